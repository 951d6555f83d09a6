"""Evidence that nobody can open any more: on the task, on lists, on the page of one's own work."""

from datetime import timedelta

import pytest

from tests import factories_public
from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_task
from tests.factories_public import make_link
from tests.statements import count_queries
from tracker.domain.links import Cause, LinkCheckUse, Verdict
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.models import Evidence

URL = "https://town.example/plan"
SINCE = MORNING - timedelta(days=2)


@pytest.fixture
def link(people):
    return broken(people, URL)


def broken(people, url):
    link = make_link(
        url,
        organization=people.clerk.user.organization,
        verdict=Verdict.BROKEN,
        cause=Cause.GONE,
        failing_since=SINCE,
    )
    link.checked_at, link.details = MORNING, {"status": 404}
    return link


def task_with_link(people, *, status=Status.NOT_STARTED, url=URL, due_on=TODAY):
    task = make_task(division=people.member.position.division, status=status, due_on=due_on)
    make_evidence(task, url=url, by=people.member)
    return task


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.SUBMITTED, Status.DONE])
def test_the_task_and_the_link_say_that_it_cannot_be_opened_and_since_when(visit, people, link, status):
    task = task_with_link(people, status=status)

    page = visit(people.member).get(f"/tasks/{task.id}").main

    assert "ลิงก์หลักฐานเปิดไม่ได้ 1 ลิงก์" in page
    assert "ลิงก์นี้เปิดไม่ได้ตั้งแต่ 18 กุมภาพันธ์ 2569" in page


def test_a_dead_link_of_a_task_leads_to_why_it_is_dead(visit, people, link):
    task = task_with_link(people)
    visitor = visit(people.member)

    assert f"/links/{link.id}" in visitor.get(f"/tasks/{task.id}").links.values()
    assert "ไม่มีหน้านี้แล้ว" in visitor.get(f"/links/{link.id}").main


def test_on_an_open_task_it_says_to_replace_the_link_and_on_a_done_one_to_ask_for_it(visit, people, link):
    is_open, done = task_with_link(people), task_with_link(people, status=Status.DONE)
    visitor = visit(people.member)

    assert "ให้แนบลิงก์ใหม่แทนลิงก์นี้ด้านล่าง" in visitor.get(f"/tasks/{is_open.id}").main
    assert "ขอให้เปิดงานใหม่แล้วแนบลิงก์ใหม่แทน" in visitor.get(f"/tasks/{done.id}").main


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.CAUTION, Verdict.UNCHECKED])
def test_a_link_that_is_not_broken_is_not_flagged(visit, people, link, verdict):
    task = task_with_link(people)
    link.verdict = verdict
    visitor = visit(people.member)

    assert "เปิดไม่ได้" not in visitor.get(f"/tasks/{task.id}").main
    assert "ลิงก์เปิดไม่ได้" not in visitor.get("/tasks").main


def test_replaced_or_withdrawn_the_task_is_as_any_other(visit, people, link):
    task = task_with_link(people)
    first = database.session.scalars(database.select(Evidence)).one()
    make_evidence(task, url="https://town.example/new", replaces=first, by=people.member)

    assert "ลิงก์เปิดไม่ได้" not in visit(people.member).get("/tasks").main


def test_who_may_not_see_evidence_is_told_that_a_link_is_dead_but_not_which(visit, people, link):
    task = task_with_link(people)

    page = visit(people.neighbour).get(f"/tasks/{task.id}").main

    assert "ลิงก์หลักฐานเปิดไม่ได้ 1 ลิงก์" in page
    assert URL not in page


@pytest.mark.parametrize("address", ["/", "/tasks"])
def test_lists_flag_it(visit, people, link, address):
    task_with_link(people)

    assert "ลิงก์เปิดไม่ได้" in visit(people.member).get(address).main


def test_how_links_stood_on_a_past_day_is_not_told(visit, people, link):
    task_with_link(people)

    assert "ลิงก์เปิดไม่ได้" not in visit(people.clerk).get("/tasks?on=2026-02-19").main


def test_ones_own_work_begins_with_what_has_to_be_mended(visit, people, link):
    task = task_with_link(people, status=Status.DONE)
    page = visit(people.member).get("/")

    assert "ลิงก์ที่เปิดไม่ได้" in page.main
    assert f"/tasks/{task.id}#evidence" in page.links.values()
    assert "ลิงก์ที่เปิดไม่ได้" not in visit(people.neighbour).get("/").main


def test_the_clerk_finds_items_that_no_division_keeps_among_their_own_work(visit, people, link):
    organization = people.clerk.user.organization
    factories_public.make_item(9, organization=organization, links=(link,))

    assert "O9" in visit(people.clerk).get("/").main
    assert "O9" not in visit(people.executive).get("/").main


@pytest.mark.parametrize("address", ["/", "/tasks"])
def test_a_list_asks_as_often_with_many_dead_links_as_with_one(visit, people, link, address):
    visitor, counts = visit(people.member), []
    task_with_link(people)
    for many in (1, 12):
        for number in range(many):
            url = f"{URL}/{many}/{number}"
            broken(people, url)
            task_with_link(people, url=url, due_on=TODAY + timedelta(days=number))
        database.session.commit()
        with count_queries() as heard:
            visitor.get(address)
        counts.append(len(heard))

    assert counts[0] == counts[1]


def test_a_month_whose_check_did_not_do_the_task_says_so(visit, people):
    task = make_task(division=people.member.position.division, slot="month:2026-02")
    task.measure.link_check, task.measure.link_check_from = LinkCheckUse.COMPLETION, TODAY
    make_evidence(task, by=people.member).added_by_id = None
    said = "ยังไม่ถือว่าดำเนินการแล้ว"

    assert said in visit(people.member).get(f"/tasks/{task.id}").main

    task.status_reason = "ตรวจซ้ำ"
    assert said not in visit(people.member).get(f"/tasks/{task.id}").main
