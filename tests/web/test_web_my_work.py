from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_person, make_task
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.links import Cause, Verdict
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.services import appointments

LATE = TODAY - timedelta(days=3)
SOON = TODAY + timedelta(days=7)
LATER = TODAY + timedelta(days=8)


def task_links(page):
    return [link.get("href") for link in page.root.all("a") if link.get("class") == "row-link"]


def address(task):
    return f"/tasks/{task.id}"


@pytest.mark.parametrize("role", ["member", "clerk", "executive", "auditor", "administrator"])
def test_who_has_nothing_to_do_is_told_so_and_shown_a_way_on(visit, people, role):
    page = visit(getattr(people, role)).get("/")

    assert "ไม่มีงานที่ท่านต้องดำเนินการ" in page.main
    assert page.links["ดูภาพรวม"] == "/dashboard"


def test_a_head_sees_what_is_late_what_is_soon_and_what_comes_later(visit, people):
    for due_on in (LATE, LATE, TODAY, SOON, LATER):
        make_task(due_on=due_on)

    page = visit(people.member).get("/")

    assert "ค้าง 5 · ▲ เกินกำหนด 2 · ครบกำหนดใน 7 วัน 2" in page.main
    assert [heading.text for heading in page.root.all("h2")] == ["เกินกำหนด 2", "ครบกำหนดใน 7 วัน 2", "งานลำดับถัดไป 1"]


def test_what_falls_due_today_is_not_late(visit, people):
    make_task(due_on=TODAY)

    page = visit(people.member).get("/")

    assert "ครบกำหนดวันนี้" in page.main
    assert "เกินกำหนด" not in page.main


def test_each_row_leads_to_its_task(visit, people):
    later, sooner = make_task(due_on=LATER), make_task(due_on=SOON)

    assert task_links(visit(people.member).get("/")) == [address(sooner), address(later)]


def test_the_work_of_another_division_is_not_mine(visit, people):
    make_task(division=people.neighbour.position.division)

    assert "ไม่มีงานที่ท่านต้องดำเนินการ" in visit(people.member).get("/").main


def test_who_acts_for_a_second_division_sees_the_work_of_both(visit, people):
    own, other = people.member.position.division, people.neighbour.position.division
    appointments.appoint(user=people.member.user, position=people.neighbour.position, starts_on=TODAY, is_acting=True)
    tasks = [make_task(division=own), make_task(division=other)]

    page = visit(people.member).get("/")

    assert task_links(page) == [address(task) for task in tasks]
    assert f"{own.name}, {other.name}" in page.main
    assert "(รักษาการ)" in page.text


@pytest.mark.parametrize("reviewer", ["clerk", "executive"])
def test_a_reviewer_sees_what_waits_for_review_in_every_division(visit, people, reviewer):
    waiting = [make_task(division=who.position.division, status=Status.SUBMITTED) for who in people_of(people)]
    make_task(status=Status.IN_PROGRESS)

    assert task_links(visit(getattr(people, reviewer)).get("/")) == [address(task) for task in waiting]


def people_of(people):
    return people.member, people.neighbour


@pytest.mark.parametrize(
    ("status", "due_on", "count"),
    [(Status.NOT_STARTED, LATE, 31), (Status.NOT_STARTED, LATER, 6), (Status.SUBMITTED, LATER, 6)],
    ids=["overdue", "later", "submitted"],
)
def test_a_group_too_long_for_the_page_leads_to_the_list_of_all_its_tasks(visit, people, status, due_on, count):
    tasks = [make_task(status=status, due_on=due_on, submitted_by=people.member) for _ in range(count)]
    visitor = visit(people.member)

    page = visitor.get("/")
    rest = visitor.get(page.links["แสดงทั้งหมด"])

    assert len(task_links(page)) < count
    assert set(map(address, tasks)) == set(task_links(rest))


def test_a_group_too_long_for_the_page_leads_to_the_tasks_of_every_division_one_reports_for(visit, people):
    appointments.appoint(user=people.member.user, position=people.neighbour.position, starts_on=TODAY, is_acting=True)
    tasks = [make_task(due_on=LATER, division=who.position.division) for who in people_of(people) for _ in range(4)]
    visitor = visit(people.member)

    rest = visitor.get(visitor.get("/").links["แสดงทั้งหมด"])

    assert set(map(address, tasks)) == set(task_links(rest))


def test_the_page_asks_the_database_the_same_number_of_times_however_much_work_there_is(visit, people):
    visitor = visit(people.member)
    counts = []
    for _ in range(2):
        for days in range(-10, 20):
            make_task(due_on=TODAY + timedelta(days=days))
        with count_queries() as heard:
            visitor.get("/")
        counts.append(len(heard))

    # who is signed in with every appointment, unread notices and last tick, counts by group, first rows of each group,
    # which addresses are broken, and on which tasks they are evidence
    assert counts == [6, 6]


def test_a_position_without_a_division_reports_on_nothing(visit, people):
    nobody = make_person(Role.HEAD, organization=people.member.user.organization)
    make_task()

    assert "ไม่มีงานที่ท่านต้องดำเนินการ" in visit(nobody).get("/").main


def test_a_title_is_shown_as_written_never_run(visit, people):
    measure = make_measure()
    measure.title = "<script>alert(1)</script> & มาตรการ"
    make_task(measure=measure)

    page = visit(people.member).get("/")

    assert "<script>alert(1)</script> & มาตรการ" in page.main


def test_how_much_is_open_is_told_before_the_addresses_that_nobody_can_open(visit, people):
    make_task(due_on=SOON)
    office, division = people.member.user.organization, people.member.position.division
    link = make_link(organization=office, verdict=Verdict.BROKEN, cause=Cause.GONE, failing_since=MORNING)
    make_item(organization=office, division=division, links=(link,))

    page = visit(people.member).get("/").main

    assert page.index("ค้าง 1") < page.index("ลิงก์ที่เปิดไม่ได้") < page.index("ครบกำหนดใน 7 วัน 1", page.index("ลิงก์"))
