from functools import cache

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING
from tests.factories import make_plan
from tracker.documents.reading.text import read_text_report
from tracker.models import Draft, Measure, Plan, Task
from tracker.sample import report_bytes

UNCLEAR = "ตลอดปีการศึกษา ๒๕๗๐"


@cache
def short_report():
    """Return what was read of the sample, cut down to its first two measures: reading it all takes its time."""
    read = read_text_report(report_bytes()).to_json()
    return read | {"figures": [], "claims": [], "findings": [], "measures": read["measures"][:2]}


@pytest.fixture
def draft(people, db):
    """An uploaded report of two measures; with two divisions they make eight tasks."""
    draft = Draft(
        organization_id=people.clerk.user.organization_id,
        uploaded_by_id=people.clerk.id,
        uploaded_at=MORNING,
        file_name="report.txt",
        content=report_bytes(),
        report=short_report(),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


@pytest.fixture
def uploaded(visit, people, draft):
    """The clerk, looking at what was read of the report, and that page's address."""
    visitor, address = visit(people.clerk), f"/imports/{draft.id}"
    visitor.get(address)
    return visitor, address


@pytest.fixture
def count(db):
    """Count the rows of a table."""
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


def test_corrections_are_kept_for_later(uploaded, count):
    visitor, address = uploaded
    form = visitor.page.values(address) | {"words-0": "ทุกเดือน", "divisions-0": ["กองคลัง"]}

    page = visitor.post(address, form)

    assert count(Plan) == 0
    kept = page.values(address)
    assert (kept["words-0"], kept["divisions-0"]) == (["ทุกเดือน"], ["กองคลัง"])
    assert kept["words-1"] == form["words-1"]


def test_the_number_of_tasks_follows_the_corrections(uploaded):
    visitor, address = uploaded
    form = visitor.page.values(address) | {"words-0": "28 ก.พ. 69", "divisions-0": ["กองคลัง"]}

    page = visitor.post(address, form)

    assert page.root.all("dl")[0].text.endswith(" 5")  # one task where two divisions had two rounds each


def test_creating_makes_the_plan_with_a_task_for_every_division_and_deadline(uploaded, count):
    visitor, address = uploaded

    page = visitor.post(address, visitor.page.values(address) | {"create": "1"})

    assert len(page.alerts) == 1
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 2, 8]
    assert "แผนปีงบประมาณ พ.ศ. 2569" in page.h1


def test_creating_takes_over_what_was_corrected(uploaded, db):
    visitor, address = uploaded
    form = visitor.page.values(address) | {"words-0": "28 ก.พ. 69", "divisions-0": ["กองคลัง"], "create": "1"}

    visitor.post(address, form)

    measure = db.session.scalars(select(Measure).order_by(Measure.id)).first()
    assert measure.schedule_words == "28 ก.พ. 69"
    assert measure.time_frame_text != "28 ก.พ. 69"
    assert [division.name for division in measure.divisions] == ["กองคลัง"]


def test_pressing_create_twice_makes_one_plan_and_says_so(uploaded, count):
    visitor, address = uploaded
    form = visitor.page.values(address) | {"create": "1"}
    visitor.post(address, form)

    page = visitor.post(address, form, status=422)

    assert len(page.alerts) == 1
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 2, 8]


def test_a_report_that_became_a_plan_offers_no_second_one(uploaded):
    visitor, address = uploaded
    visitor.post(address, visitor.page.values(address) | {"create": "1"})

    page = visitor.get(address)

    assert not page.offers(address, create="1")


def test_a_year_that_has_its_plan_is_refused_and_nothing_is_created(uploaded, count):
    make_plan(2569)
    visitor, address = uploaded

    page = visitor.post(address, visitor.page.values(address) | {"create": "1"}, status=422)

    assert "มีแผนปีงบประมาณ พ.ศ. 2569 อยู่แล้ว" in page.alerts[0]
    assert [count(table) for table in (Plan, Measure, Task)] == [1, 0, 0]


def test_the_clerk_can_choose_another_year(uploaded, db):
    visitor, address = uploaded

    visitor.post(address, visitor.page.values(address) | {"year": "๒๕๗๐", "create": "1"})

    assert db.session.scalars(select(Plan.fiscal_year)).all() == [2570]


def test_a_report_that_names_no_year_asks_for_it_and_takes_it(uploaded, draft, db):
    visitor, address = uploaded
    draft.report = draft.report | {"plan_year": None}

    page = visitor.get(address)
    assert len(page.alerts) == 1
    refused = visitor.post(address, page.values(address) | {"create": "1"}, status=422)
    visitor.post(address, refused.values(address) | {"year": "2569", "create": "1"})

    assert db.session.scalars(select(Plan.fiscal_year)).all() == [2569]


def test_a_measure_whose_indicator_is_unknown_asks_for_it(uploaded, draft, count):
    visitor, address = uploaded
    first, *others = draft.report["measures"]
    draft.report = draft.report | {"measures": [first | {"indicator": None}, *others]}

    page = visitor.get(address)
    refused = visitor.post(address, page.values(address) | {"create": "1"}, status=422)
    assert count(Plan) == 0
    visitor.post(address, refused.values(address) | {"indicator-0": "1", "create": "1"})

    assert count(Task) == 8


@pytest.mark.parametrize(("button", "status"), [({}, 302), ({"create": "1"}, 422)], ids=["keep", "create"])
def test_unclear_words_stay_in_the_form_and_make_no_plan(uploaded, count, button, status):
    visitor, address = uploaded

    page = visitor.post(address, visitor.page.values(address) | {"words-1": UNCLEAR} | button, status=status)

    assert UNCLEAR in "".join(page.alerts)
    assert page.values(address)["words-1"] == [UNCLEAR]
    assert count(Plan) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"indicator-0": "11"},
        {"divisions-0": ["กองของใครก็ไม่รู้"]},
        {"words-0": "ก" * 1000},
        {"words-99": "ทุกเดือน"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_no_value_of_the_form_is_a_failure(uploaded, count, changes):
    visitor, address = uploaded

    page = visitor.post(address, visitor.page.values(address) | changes)

    assert page.alerts
    assert count(Plan) == 0


@pytest.mark.parametrize("year", ["26", "x", "๙" * 30, "9" * 5000, "2026"])
def test_a_year_that_is_none_is_refused_in_words(uploaded, count, year):
    visitor, address = uploaded

    page = visitor.post(address, visitor.page.values(address) | {"year": year, "create": "1"}, status=422)

    assert "ไม่ใช่ปีงบประมาณ" in "".join(page.alerts)
    assert count(Plan) == 0


def test_opening_a_draft_changes_nothing(uploaded, draft):
    visitor, address = uploaded

    visitor.get(address)

    assert draft.corrections == {}
