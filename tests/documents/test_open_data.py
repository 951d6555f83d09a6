"""The definition of the open data: every field says what it is, and every value is what its field says."""

import re
from datetime import date, datetime

import pytest

from tests.clocks import MORNING
from tests.shown_plans import shown_plan
from tracker.documents.writing import csv
from tracker.documents.writing.open_data import dataset, dictionary, identifiers
from tracker.documents.writing.open_data.directory import OPEN_PLANS, ORGANIZATIONS, OpenPlan
from tracker.documents.writing.open_data.fields import Type, as_cell
from tracker.documents.writing.open_data.tables import TABLES

BASE = "https://ita.example.go.th"
PYTHON = {
    Type.TEXT: str,
    Type.INTEGER: int,
    Type.DECIMAL: float,
    Type.YES_NO: bool,
    Type.DATE: str,
    Type.MOMENT: str,
    Type.ADDRESS: str,
}


OPEN = [
    OpenPlan(3, "เทศบาลตำบลตัวอย่าง", "bangpla", 2569, MORNING),
    OpenPlan(2, "เทศบาลตำบลตัวอย่าง", "bangpla", 2568, MORNING),
]
WHOLE = [(table, shown_plan()) for table in TABLES.values()] + [(ORGANIZATIONS, OPEN), (OPEN_PLANS, OPEN)]
FIELDS = [pytest.param(field, id=f"{table.name}.{field.name}") for table, _ in WHOLE for field in table.fields]


def only(name, plan=None):
    return TABLES[name].records(plan or shown_plan(), BASE)[0]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_named_for_programs_and_explained_in_thai_and_english(field):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
    assert re.search("[ก-๙]", field.thai)
    assert re.search("[a-z]", field.english)
    assert not re.search("[ก-๙]", field.english)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_names_in_a_table_are_different(table):
    assert len(set(table.columns)) == len(table.columns)


@pytest.mark.parametrize(("table", "shown"), WHOLE, ids=[table.name for table, _ in WHOLE])
def test_every_value_is_what_its_field_says(table, shown):
    for record in table.records(shown, BASE):
        for field in table.fields:
            value = record[field.name]
            assert value is None if value is None and field.may_be_empty else type(value) is PYTHON[field.type], field
            if field.allowed and value is not None:
                assert str(value) in [one.value for one in field.allowed]


def test_days_and_moments_are_iso_and_the_christian_year():
    task = only("tasks")
    assert (task["due_on"], task["due_year_be"]) == ("2026-01-31", 2569)
    assert datetime.fromisoformat(only("plans")["published_at"]) == MORNING


def test_a_day_of_the_autumn_lies_in_the_buddhist_year_before_the_fiscal_one():
    task = only("tasks", shown_plan(due_on=date(2025, 10, 31)))
    assert (task["due_year_be"], task["fiscal_year_be"]) == (2568, 2569)


def test_what_nobody_wrote_is_null_and_an_empty_cell():
    task = TABLES["tasks"].records(shown_plan(), BASE)[1]
    assert (task["result"], as_cell(task["result"])) == (None, None)


def test_a_score_is_rounded_as_it_is_printed():
    score = only("indicators")["score"]
    assert (score, str(as_cell(score))) == (97.02, "97.02")


def test_yes_and_no_are_written_in_csv_as_json_writes_them():
    assert [as_cell(True), as_cell(False), as_cell(0)] == ["true", "false", 0]


@pytest.mark.parametrize("written", ["=HYPERLINK(1)", "+1", "@SUM(A1)", "-2"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed_in_csv_alone(written):
    record = only("tasks", shown_plan(result=written))
    text = csv.write(["result"], [[as_cell(record["result"])]]).decode("utf-8-sig")
    assert record["result"] == written
    assert text.splitlines()[1].strip('"').startswith("'")


def test_an_identifier_holds_nothing_that_can_change():
    measure = only("measures", shown_plan(title="ชื่ออื่น"))
    assert measure["uri"] == identifiers.measure(BASE, 7) == f"{BASE}/public/id/measures/7"
    assert {"bangpla", "2569", "2.1"} & set(measure["uri"].split("/")) == set()


def test_evidence_leads_to_its_file_or_to_the_address_of_the_link():
    file, link = TABLES["evidence"].records(shown_plan(), BASE)
    assert file["url"] == f"{BASE}/public/bangpla/2569/evidence/abc"
    assert link["url"] == "https://example.go.th/1"


def test_the_dictionary_has_a_row_for_each_field_of_each_table():
    told = [(row[0], row[2]) for row in dictionary.rows()]
    assert told == [(table.name, field.name) for table in TABLES.values() for field in table.fields]


def test_the_dictionary_says_the_same_as_rows_and_as_values():
    values = {(table["name"], one["name"]): one for table in dictionary.described() for one in table["fields"]}
    for row in dictionary.rows():
        told = dict(zip(dictionary.COLUMNS, row, strict=True))
        one = values[told["table"], told["field"]]
        assert (one["meaning_th"], one["meaning_en"], one["type"]) == (
            told["meaning_th"],
            told["meaning_en"],
            told["type"],
        )


def test_the_description_has_what_catalogues_ask_of_a_dataset():
    told = dataset.described(shown_plan(), BASE)
    assert told["@type"] == "Dataset"
    assert 50 <= len(told["description"]) <= 5000
    assert told["temporalCoverage"] == "2025-10-01/2026-09-30"
    assert told["license"].startswith("https://")
    assert {"name", "creator", "dateModified", "identifier", "url"} <= told.keys()
    assert len(told["distribution"]) == 2 * len(TABLES)


def test_an_organization_is_listed_once_with_how_many_plans_are_open():
    (listed,) = ORGANIZATIONS.records(OPEN, BASE)
    assert (listed["organization_key"], listed["plans_total"]) == ("bangpla", 2)
