from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Review, Status
from tracker.models import TaskReport


@pytest.fixture
def waiting(people):
    """Three tasks of one plan that were handed in, the longest waiting first."""
    measure = make_measure()
    return [
        make_task(
            measure=measure,
            due_on=TODAY + timedelta(days=days),
            status=Status.SUBMITTED,
            submitted_on=TODAY - timedelta(days=3 - days),
        )
        for days in range(3)
    ]


def approvals(row):
    return f"/plans/{row.plan_id}/approvals"


def links(page):
    return [link.get("href") for link in page.root.all("a") if link.get("href").startswith("/tasks/")]


def test_the_queue_shows_the_longest_waiting_first_with_what_was_done(visit, people, waiting, db):
    report = {"task_id": waiting[1].id, "saved_by_id": people.member.id, "result": "ประกาศแล้ว", "budget": 0}
    db.session.add(TaskReport(**report, revision=1, saved_at=MORNING))

    page = visit(people.clerk).get("/reviews")

    assert links(page) == [f"/tasks/{row.id}" for row in waiting]
    assert "ประกาศแล้ว · งบประมาณ: ไม่ใช้งบประมาณ" in page.main


def test_the_ticked_ones_are_accepted_and_the_others_wait(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")

    page = visitor.post(approvals(waiting[0]), {"task": [waiting[0].id, waiting[2].id]})

    assert [row.status for row in waiting] == [Status.DONE, Status.SUBMITTED, Status.DONE]
    assert page.alerts[0].startswith("ตรวจรับแล้ว 2 งาน")


def test_accepting_several_is_taken_back_in_one(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")
    page = visitor.post(approvals(waiting[0]), {"task": [row.id for row in waiting]})
    address = f"/plans/{waiting[0].plan_id}/undo"

    page = visitor.post(address, page.values(address))

    assert {row.status for row in waiting} == {Status.SUBMITTED}
    assert links(page) == [f"/tasks/{row.id}" for row in waiting]


def test_ones_own_submission_has_no_box_and_is_refused_by_the_server(visit, people):
    task = make_task(status=Status.SUBMITTED, submitted_by=people.clerk)
    visitor = visit(people.clerk)

    page = visitor.get("/reviews")
    assert "ท่านเป็นผู้ส่งงานนี้เอง" in page.main
    assert [box for box in page.root.all("input") if box.get("name") == "task"] == []

    page = visitor.post(approvals(task), {"task": task.id})
    assert "ต้องให้ผู้อื่นเป็นผู้ตรวจรับ" in page.alerts[0]
    assert task.status == Status.SUBMITTED


def test_ticking_nothing_says_what_to_do(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")

    assert visitor.post(approvals(waiting[0])).alerts == ["โปรดเลือกงานที่จะตรวจรับก่อน"]


def test_accepting_twice_says_what_became_of_each(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")
    visitor.post(approvals(waiting[0]), {"task": waiting[0].id})

    page = visitor.post(approvals(waiting[0]), {"task": waiting[0].id})

    assert "สถานะของงานนี้เปลี่ยนไปแล้ว" in page.alerts[0]


def test_a_task_of_another_organization_is_not_accepted(visit, people, waiting):
    visitor = visit(people.stranger)
    visitor.get("/reviews")

    visitor.post(approvals(waiting[0]), {"task": waiting[0].id}, status=404)

    assert waiting[0].status == Status.SUBMITTED


def test_an_empty_queue_says_so(visit, people):
    assert "ไม่มีงานที่รอตรวจรับ" in visit(people.executive).get("/reviews").main


def test_the_queue_asks_the_database_little_whatever_its_length(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")

    with count_queries() as statements:
        visitor.get("/reviews")

    # the person with positions, the queue, what every page knows
    assert len(statements) == 3


def test_the_clerk_says_who_reviews(visit, people):
    plan = make_measure().plan
    address = f"/plans/{plan.id}/review"
    visitor = visit(people.clerk)
    visitor.get(address)

    refused = visitor.post(address, {"review": "off"}, status=422)
    assert "โปรดระบุเหตุผล" in refused.alerts[0]
    assert refused.values(address)["review"] == ["off"]

    visitor.post(address, {"review": "off", "note": "ทดลองใช้หนึ่งเดือน"})
    assert plan.review == Review.OFF
    assert "ไม่ต้องตรวจรับ" in visitor.get("/measures").main


def test_an_unknown_way_of_reviewing_is_a_form_that_cannot_be_read(visit, people):
    plan = make_measure().plan
    visitor = visit(people.clerk)
    visitor.get("/")
    visitor.get("/nowhere", status=404)

    visitor.post(f"/plans/{plan.id}/review", {"review": "everybody"}, status=400)

    assert plan.review == Review.REQUIRED
