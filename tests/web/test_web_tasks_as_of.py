from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Placement, Status
from tracker.services import assignments, states, tasks

YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=40)
THEN = f"on={YESTERDAY}"


def tags(page):
    """Return each filter in force, and where it leads when it is taken away."""
    lists = [one for one in page.root.all("ul") if one.get("class") == "filter-tags"]
    return {link.text.partition(" ×")[0]: link.get("href") for one in lists for link in one.all("a")}


def listed(page):
    links = [link.get("href") for link in page.root.all("a") if link.get("class") == "row-link"]
    return [int(link.rpartition("/")[2]) for link in links]


@pytest.fixture
def moved(people):
    """A task that yesterday was late in the first division and today is handed in by the second, due tomorrow."""
    task = make_task(measure=make_measure(1), due_on=LONG_AGO, division=people.member.position.division)
    other = people.neighbour.position.division
    assignments.assign(plan=task.plan, ids=[task.id], division=other, by=people.clerk, now=MORNING)
    assignments.move_deadlines(
        plan=task.plan, ids=[task.id], due_on=TODAY + timedelta(days=1), by=people.clerk, now=MORNING
    )
    tasks.submit(task=task, by=people.neighbour, now=MORNING, today=TODAY)
    return task


def test_a_past_day_lists_the_tasks_as_they_stood_at_its_end(visit, people, moved):
    visitor = visit(people.clerk)
    before, after = people.member.position.division_id, people.neighbour.position.division_id

    for then in (f"late=1&division={before}", "status=not_started", f"to={LONG_AGO.day}/{LONG_AGO.month}/2569"):
        assert listed(visitor.get(f"/tasks?{THEN}&{then}")) == [moved.id], then
        assert listed(visitor.get(f"/tasks?{then}")) == [], then
    for now in (f"division={after}", "status=submitted"):
        assert listed(visitor.get(f"/tasks?{THEN}&{now}")) == [], now
        assert listed(visitor.get(f"/tasks?{now}")) == [moved.id], now


def test_the_page_says_which_day_it_shows_and_the_tag_leads_back_to_today(visit, people, moved):
    visitor = visit(people.clerk)

    page = visitor.get(f"/tasks?{THEN}&indicator=1")

    assert "ณ สิ้นวันพฤหัสบดีที่ 19 กุมภาพันธ์ 2569" in page.main
    assert tags(page)["ณ วันที่ 19 กุมภาพันธ์ 2569"] == "/tasks?indicator=1"
    assert tags(page)["ตัวชี้วัดที่ 1"] == f"/tasks?{THEN}"
    assert page.links["แสดงทั้งหมด"] == f"/tasks?year=2569&{THEN}"
    assert "ณ สิ้นวัน" not in visitor.get("/tasks?indicator=1").main


def test_how_late_a_task_was_is_counted_to_that_day(visit, people, moved):
    assert "เกินกำหนด 39 วัน" in visit(people.clerk).get(f"/tasks?{THEN}").main


@pytest.mark.parametrize("on", [f"{TODAY}", "20 ก.พ. 69", "20 ก.พ.", ""])
def test_today_is_the_list_as_it_is(visit, people, moved, on):
    page = visit(people.clerk).get("/tasks", query_string={"on": on})

    assert page.alerts == []
    assert tags(page) == {}
    assert 'name="task"' in page.html  # to choose some of them


@pytest.mark.parametrize("on", ["2026-02-21", "31 ก.พ. 69", "เมื่อวาน", "31/1/2026", "\x00", "9" * 5000])
def test_a_day_that_cannot_be_shown_warns_and_lists_today(visit, people, moved, on):
    page = visit(people.clerk).get("/tasks", query_string={"on": on})

    assert len(page.alerts) == 1
    assert tags(page) == {}
    assert listed(page) == [moved.id]


def test_a_day_without_a_year_is_the_last_such_day(visit, people, moved):
    page = visit(people.clerk).get("/tasks", query_string={"on": "28 ก.พ."})

    assert "ณ วันที่ 28 กุมภาพันธ์ 2568" in tags(page)


def test_nothing_can_be_chosen_from_a_past_day(visit, people, moved):
    visitor = visit(people.clerk)

    assert 'name="task"' not in visitor.get(f"/tasks?{THEN}").html
    assert 'name="task"' not in visitor.get(f"/tasks/selection?every=1&{THEN}").html
    assert 'name="task"' in visitor.get("/tasks/selection?every=1&status=submitted&act=deadline").html


def test_what_stood_outside_the_schedule_is_asked_of_today_only(visit, people, moved):
    moved.placement = Placement.OUTSIDE

    page = visit(people.clerk).get(f"/tasks?{THEN}&outside=1")

    assert listed(page) == [moved.id]
    assert len(page.alerts) == 1
    assert "outside" not in page.values("/tasks")
    assert "นอกกำหนดการ" not in page.root.all("ul")[-1].text


def test_a_retired_task_is_listed_until_the_day_before(visit, people):
    task = make_task()
    task.placement = Placement.RETIRED
    states.keep(tasks=[task], now=at(TODAY, 8))
    visitor = visit(people.clerk)

    assert listed(visitor.get(f"/tasks?{THEN}")) == [task.id]
    assert listed(visitor.get("/tasks")) == []


def test_the_form_keeps_the_day(visit, people, moved):
    values = visit(people.clerk).get(f"/tasks?{THEN}&indicator=1").values("/tasks")

    assert (values["on"], values["indicator"]) == ([f"{YESTERDAY}"], ["1"])


def test_turning_the_page_keeps_the_day(visit, people):
    measure = make_measure()
    for number in range(60):
        make_task(measure=measure, due_on=TODAY + timedelta(days=number))
    visitor = visit(people.clerk)

    second = visitor.get(visitor.get(f"/tasks?{THEN}").links["ถัดไป"])
    first = visitor.get(second.links["ก่อนหน้า"])

    assert (len(listed(first)), len(listed(second))) == (50, 10)
    assert "ณ วันที่ 19 กุมภาพันธ์ 2569" in tags(second)


def test_the_file_has_the_same_list_as_of_that_day(visit, people, moved):
    visitor = visit(people.clerk)
    file = visitor.get(visitor.get(f"/tasks?{THEN}&late=1").links["ดาวน์โหลด XLSX"])

    sheet = openpyxl.load_workbook(BytesIO(file.response.get_data())).worksheets[0]

    _, row = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (row[0].date(), row[6]) == (LONG_AGO, "ยังไม่เริ่ม")
    assert sheet.title == "งานทั้งหมด ณ 19 ก.พ. 69"


def test_a_past_day_takes_no_more_statements_than_today(visit, people):
    visitor = visit(people.clerk)
    for number in range(55):
        make_task(due_on=TODAY + timedelta(days=number))
    with count_queries() as heard:
        visitor.get(f"/tasks?{THEN}")

    # who is signed in with every appointment, which plans there are, divisions with their positions, measures, one page
    # of states with how many there are, unread notices and last tick
    assert len(heard) == 6


def test_a_month_outside_the_fiscal_year_can_be_asked_for(visit, people):
    out = make_task(due_on=date(2026, 10, 15))
    make_task(due_on=date(2026, 9, 30))

    page = visit(people.clerk).get("/tasks?month=2026-10")

    assert listed(page) == [out.id]
    assert page.alerts == []
    assert "ครบกำหนดในตุลาคม 2569" in tags(page)
    assert page.values("/tasks")["month"] == ["2026-10"]
    months = [option.text for option in page.root.all("option") if option.text.endswith(("2568", "2569"))]
    assert months[-2:] == ["กันยายน 2569", "ตุลาคม 2569"]


@pytest.mark.parametrize("month", ["2026-00", "2026-13", "2026-1", "9999-01", "0001-01", "2569-10", "x"])
def test_a_month_that_there_is_not_narrows_nothing_and_says_so(visit, people, month):
    task = make_task()

    page = visit(people.clerk).get(f"/tasks?month={month}")

    assert listed(page) == [task.id]
    assert len(page.alerts) == 1


def test_another_organizations_past_is_not_listed(visit, people):
    make_plan()
    task = make_task(measure=make_measure(plan=make_plan(organization=people.stranger.user.organization)))
    task.status = Status.IN_PROGRESS

    assert listed(visit(people.clerk).get(f"/tasks?{THEN}")) == []
