"""Open data: its pages, its files, and that page, files and API tell the same figures."""

import csv
import json
from io import StringIO

import pytest

from tests.factories import make_measure, make_plan, make_task
from tests.factories_public import make_open_plan, make_window
from tests.statements import count_queries
from tracker.documents.writing.open_data import dictionary
from tracker.documents.writing.open_data.tables import TABLES
from tracker.extensions import db as database
from tracker.models import PublicWindow

FILES = [f"data/{name}.{ending}" for name in (*TABLES, "dictionary") for ending in ("csv", "json")]
ANSWERS = [*FILES, "data/", "data/dictionary", "dataset.json"]


@pytest.fixture
def plan(db):
    return make_open_plan()


@pytest.fixture
def address(plan):
    return f"/public/{plan.organization.public_name}/{plan.fiscal_year}"


def rows_of(page):
    return list(csv.DictReader(StringIO(page.response.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_file_the_json_file_and_the_api_have_the_same_records(visit, address, name):
    visitor = visit()
    rows = rows_of(visitor.get(f"{address}/data/{name}.csv"))
    records = json.loads(visitor.get(f"{address}/data/{name}.json").html)
    told = json.loads(
        visitor.get(f"/public/api/v1/plans{address.removeprefix('/public')}/{name}?limit=500", status=None).html
    )

    assert rows == [{key: _cell(value) for key, value in record.items()} for record in records]
    assert records == told["items"] if name != "plans" else "detail" in told
    assert records


def _cell(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def test_the_page_says_the_figures_that_the_files_have(visit, address):
    visitor = visit()
    (whole,) = rows_of(visitor.get(f"{address}/data/plans.csv"))
    measures = rows_of(visitor.get(f"{address}/data/measures.csv"))
    text = visitor.get(address).main

    assert f"{whole['tasks_done']} จาก {whole['tasks_total']} งาน" in text
    assert [one["title"] in text for one in measures] == [True] * len(measures)
    assert f"{whole['percent_done']}%" in text


def test_a_csv_file_begins_with_the_mark_that_spreadsheets_need(visit, address):
    page = visit().get(f"{address}/data/tasks.csv")
    assert page.response.get_data().startswith(b"\xef\xbb\xbf")
    assert page.response.content_type == "text/csv; charset=utf-8"
    assert "attachment" in page.response.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_is_there_while_the_window_is_closed(visit, plan, address, name):
    database.session.get_one(PublicWindow, plan.id).published_at = None
    database.session.get_one(PublicWindow, plan.id).published_by_id = None
    visit().get(f"{address}/{name}", status=404)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_kept_by_its_mark_and_sets_no_cookie(visit, address, name):
    visitor = visit()
    first = visitor.get(f"{address}/{name}").response
    again = visitor.get(f"{address}/{name}", status=304, headers={"If-None-Match": first.headers["ETag"]}).response

    assert "Set-Cookie" not in first.headers
    assert "Cookie" not in first.headers.get("Vary", "")
    assert first.headers["Cache-Control"].startswith("public")
    assert (again.get_data(), again.headers["ETag"]) == (b"", first.headers["ETag"])


@pytest.mark.parametrize("name", FILES)
def test_scripts_of_other_sites_may_read_a_file(visit, address, name):
    assert visit().get(f"{address}/{name}").response.headers["Access-Control-Allow-Origin"] == "*"


def test_the_mark_changes_with_the_day(visit, address, clock):
    visitor = visit()
    before = visitor.get(f"{address}/data/tasks.csv").response.headers["ETag"]
    clock.advance(days=1)
    assert visitor.get(f"{address}/data/tasks.csv").response.headers["ETag"] != before


def test_an_unknown_table_is_a_problem_for_programs(visit, address):
    page = visit().get(f"{address}/data/people.csv", status=404)
    assert page.response.mimetype == "application/problem+json"


def test_obstacles_are_in_the_files_only_where_the_page_shows_them(visit, address):
    assert {row["obstacles"] for row in rows_of(visit().get(f"{address}/data/tasks.csv"))} == {""}


def test_no_person_is_in_any_file(visit, address, plan, people):
    visitor = visit()
    everything = "".join(visitor.get(f"{address}/{name}").html for name in ANSWERS)
    assert people.clerk.user.name not in everything
    assert people.member.user.name not in everything


def test_the_dictionary_page_explains_every_field(visit, address):
    page = visit().get(f"{address}/data/dictionary")
    for row in dictionary.rows():
        told = dict(zip(dictionary.COLUMNS, row, strict=True))
        assert told["field"] in page.main
        assert " ".join(told["meaning_en"].split()) in page.main


def test_the_data_page_names_the_licence_and_how_to_cite(visit, address):
    page = visit().get(f"{address}/data/?lang=en")
    assert "https://creativecommons.org/licenses/by/4.0/" in page.links.values()
    assert "Progress of the ITA measures of fiscal year 2569, data as of 20 February 2569" in page.main


def test_a_public_page_describes_its_data_to_search_engines(visit, address):
    page = visit().get(address)
    (script,) = [one for one in page.root.all("script") if one.get("type") == "application/ld+json"]
    told = json.loads("".join(str(part) for part in script.content))
    described = json.loads(visit().get(f"{address}/dataset.json").html)
    assert told == described


def test_a_title_cannot_end_the_description_of_the_data(visit, plan, address):
    plan.organization.name = "</script><b>เทศบาล"
    page = visit().get(address)
    assert "</script><b>" not in page.html


def test_a_public_page_leads_to_its_feed_its_data_and_its_pictures(visit, address):
    page = visit().get(address)
    feeds = [one.get("href") for one in page.root.all("link") if one.get("type") == "application/atom+xml"]
    assert feeds == [f"{address}/feed.atom"]
    assert {f"{address}/data/", f"{address}/embed", f"{address}/feed.atom", "/public/api/v1/"} <= set(
        page.links.values()
    )


def test_a_file_takes_as_many_statements_for_many_tasks_as_for_one(visit, db):
    plan = make_plan()
    make_window(plan)
    make_task(measure=make_measure(2, plan=plan))
    address = f"/public/{plan.organization.public_name}/{plan.fiscal_year}/data/tasks.csv"
    with count_queries() as few:
        visit().get(address)
    for indicator in range(3, 8):
        make_task(measure=make_measure(indicator, plan=plan))
    with count_queries() as many:
        visit().get(address)
    assert len(many) == len(few)
