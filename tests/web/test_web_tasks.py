from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Placement, Status

YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def listed(page):
    """Return the ids of the tasks on a page of the list."""
    links = [link.get("href") for link in page.root.all("a") if link.get("class") == "row-link"]
    return [int(link.rpartition("/")[2]) for link in links]


@pytest.fixture
def two_of_everything(people):
    """Two tasks that differ in every respect that a list can be narrowed by."""
    late = make_task(measure=make_measure(1), due_on=YESTERDAY, division=people.member.position.division)
    fine = make_task(
        measure=make_measure(2), due_on=TOMORROW, division=people.neighbour.position.division, status=Status.DONE
    )
    return late, fine


def test_before_there_is_a_plan_the_list_says_why_it_is_empty(visit, people):
    page = visit(people.member).get("/tasks")

    assert "ยังไม่มีแผน" in page.main
    assert "งานจะแสดงเมื่อนำเข้ารายงานแล้ว" in page.main


def test_a_filter_that_nothing_matches_says_so_and_leads_back_to_all(visit, people):
    make_task()
    visitor = visit(people.member)

    page = visitor.get("/tasks?status=done")

    assert "ไม่มีงานตรงตามเงื่อนไข" in page.main
    assert listed(visitor.get(page.links["แสดงงานทั้งหมด"])) != []


def test_the_list_shows_the_tasks_of_every_division_by_deadline(visit, people):
    late, soon, middle = (make_task(due_on=day) for day in (TOMORROW, YESTERDAY, TODAY))

    assert listed(visit(people.auditor).get("/tasks")) == [soon.id, middle.id, late.id]


@pytest.mark.parametrize(
    "query",
    ["indicator=1", "division={division}", "measure={measure}", "status=not_started", "late=1", "open=1"],
)
def test_a_filter_in_the_address_narrows_the_list(visit, people, two_of_everything, query):
    late, _ = two_of_everything

    page = visit(people.clerk).get("/tasks?" + query.format(division=late.division_id, measure=late.measure_id))

    assert listed(page) == [late.id]
    assert "1 งาน" in page.main


def test_filters_narrow_together(visit, people, two_of_everything):
    late, _ = two_of_everything

    page = visit(people.clerk).get(f"/tasks?indicator=2&division={late.division_id}")

    assert listed(page) == []


def test_the_form_shows_the_filter_that_is_in_force(visit, people, two_of_everything):
    late, _ = two_of_everything

    page = visit(people.clerk).get(f"/tasks?indicator=1&division={late.division_id}&status=not_started&late=1")

    assert page.values("/tasks") == {
        "year": ["2569"],
        "indicator": ["1"],
        "division": [str(late.division_id)],
        "status": ["not_started"],
        "late": ["1"],
    }


@pytest.mark.parametrize(
    "query",
    [
        "indicator=one",
        "division=",
        "status=finished",
        "late=yes",
        "measure=99999999999999999999",
        "division=%00",
        "page=0",
        "page=-1",
        "page=x",
        "page=๑",
    ],
)
def test_a_filter_that_cannot_be_read_narrows_nothing(visit, people, two_of_everything, query):
    assert len(listed(visit(people.clerk).get(f"/tasks?{query}"))) == 2


def test_retired_tasks_are_not_listed(visit, people):
    task = make_task()
    task.placement = Placement.RETIRED

    assert listed(visit(people.clerk).get("/tasks")) == []


def test_a_task_outside_the_schedule_is_listed_and_says_so(visit, people):
    task = make_task(status=Status.IN_PROGRESS)
    task.placement = Placement.OUTSIDE

    assert "นอกกำหนดการ" in visit(people.clerk).get("/tasks").main


def test_a_long_list_shows_every_task_once_over_its_pages(visit, people):
    tasks = {make_task().id for _ in range(101)}
    visitor = visit(people.clerk)

    first = visitor.get("/tasks?open=1")
    second = visitor.get(first.links["ถัดไป"])
    third = visitor.get(second.links["ถัดไป"])

    assert "หน้า 1 จาก 3" in first.main
    assert "ถัดไป" not in third.links
    seen = [*listed(first), *listed(second), *listed(third)]
    assert len(seen) == 101
    assert set(seen) == tasks


def test_turning_the_page_keeps_the_filter(visit, people):
    measures = [make_measure(1), make_measure(2)]
    for number in range(102):
        make_task(measure=measures[number % 2], due_on=TODAY + timedelta(days=number))
    visitor = visit(people.clerk)

    second = visitor.get(visitor.get("/tasks?indicator=1").links["ถัดไป"])

    assert len(listed(second)) == 1
    assert second.values("/tasks")["indicator"] == ["1"]


def test_a_page_beyond_the_end_leads_back_into_the_list(visit, people):
    make_task()
    visitor = visit(people.clerk)

    page = visitor.get("/tasks?page=99")

    assert listed(page) or listed(visitor.get(page.links["แสดงงานทั้งหมด"]))


def test_the_list_shows_the_plan_of_this_fiscal_year_and_another_when_asked(visit, people):
    then = make_task(measure=make_measure(plan=make_plan(2568, rounds=())), due_on=date(2025, 3, 31))
    now = make_task(measure=make_measure(plan=make_plan(2569)))
    visitor = visit(people.clerk)

    page = visitor.get("/tasks")

    assert listed(page) == [now.id]
    assert listed(visitor.get(page.links["2568"])) == [then.id]


def test_choosing_another_year_keeps_the_division_that_was_chosen(visit, people):
    division = people.member.position.division
    make_plan(2568, rounds=())
    make_plan(2569)

    page = visit(people.clerk).get(f"/tasks?division={division.id}")

    assert page.links["2568"] == f"/tasks?division={division.id}&year=2568"


@pytest.mark.parametrize("year", ["2570", "0", "x", "99999999999999999999", "๒๕๖๙"])
def test_a_year_without_a_plan_is_not_there(visit, people, year):
    make_plan(2569)

    visit(people.clerk).get(f"/tasks?year={year}", status=404)


def test_the_list_asks_the_database_the_same_number_of_times_however_long_it_is(visit, people):
    visitor = visit(people.clerk)
    counts = []
    for many in (3, 47):
        for number in range(many):
            make_task(division=people.member.position.division, due_on=TODAY + timedelta(days=number))
        with count_queries() as heard:
            visitor.get("/tasks")
        counts.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, how many tasks, one page of them, the divisions
    # to choose from, unread notices and last tick
    assert counts == [6, 6]
