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
    assert page.alerts[0].startswith("เห็นชอบผลแล้ว 2 งาน")


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
    assert "ต้องให้ผู้อื่นเป็นผู้เห็นชอบผล" in page.alerts[0]
    assert task.status == Status.SUBMITTED


def test_ticking_nothing_says_what_to_do(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")

    assert visitor.post(approvals(waiting[0])).alerts == ["โปรดเลือกงานที่จะเห็นชอบผลก่อน"]


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
    assert "ไม่มีผลที่รอตรวจ" in visit(people.executive).get("/reviews").main


def test_the_queue_asks_the_database_little_whatever_its_length(visit, people, waiting):
    visitor = visit(people.clerk)
    visitor.get("/reviews")

    with count_queries() as statements:
        visitor.get("/reviews")

    # the person with positions, the queue, what every page knows
    assert len(statements) == 3


@pytest.mark.parametrize("name", ["accept", "return"])
def test_settling_a_task_leads_on_to_the_next_of_the_queue(visit, people, waiting, move, name):
    page = move(visit(people.clerk), waiting[1], name, note="ขาดเอกสาร")

    assert page.h1 == waiting[2].measure.title
    assert page.offers(f"/tasks/{waiting[2].id}/status", move="accept")
    assert waiting[1].measure.title in page.alerts[0]


def test_behind_the_last_of_the_queue_comes_the_first_that_still_waits(visit, people, waiting, move):
    page = move(visit(people.clerk), waiting[2], "accept")

    assert page.offers(f"/tasks/{waiting[0].id}/status", move="accept")


def test_the_next_task_is_never_one_that_the_reviewer_handed_in(visit, people, waiting, move):
    waiting[1].submitted_by_id = people.clerk.user_id

    page = move(visit(people.clerk), waiting[0], "accept")

    assert page.offers(f"/tasks/{waiting[2].id}/status", move="accept")


def test_where_the_plan_lets_people_accept_their_own_it_is_next_in_its_turn(visit, people, waiting, move):
    waiting[1].submitted_by_id = people.clerk.user_id
    waiting[1].plan.review = Review.SELF

    page = move(visit(people.clerk), waiting[0], "accept")

    assert page.offers(f"/tasks/{waiting[1].id}/status", move="accept")


def test_after_the_last_task_the_reviewer_is_back_at_the_queue_and_told_that_it_is_done(visit, people, move):
    page = move(visit(people.clerk), make_task(status=Status.SUBMITTED), "accept")

    assert page.h1 == "ผลที่รอตรวจ"
    assert "ตรวจครบแล้ว" in page.alerts[1]


def test_those_who_review_find_the_queue_in_the_menu_with_how_many_wait(visit, people, waiting):
    assert visit(people.clerk).get("/measures").links["ผลที่รอตรวจ 3"] == "/reviews"
    assert visit(people.executive).get("/measures").links["ผลที่รอตรวจ 3"] == "/reviews"
    assert "/reviews" not in visit(people.member).get("/measures").links.values()


def test_the_menu_counts_the_tasks_of_ones_own_organization_only(visit, people, waiting):
    assert "ผลที่รอตรวจ" in visit(people.stranger).get("/measures").links


def test_without_javascript_a_link_ticks_the_whole_queue(visit, people, waiting):
    visitor = visit(people.clerk)
    page = visitor.get("/reviews")

    page = visitor.get(page.links["เลือกทั้งหน้านี้"])

    assert page.values(approvals(waiting[0]))["task"] == [str(row.id) for row in waiting]


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
    assert "ไม่ต้องตรวจผล" in visitor.get("/measures").main


def test_an_unknown_way_of_reviewing_is_a_form_that_cannot_be_read(visit, people):
    plan = make_measure().plan
    visitor = visit(people.clerk)
    visitor.get("/")
    visitor.get("/nowhere", status=404)

    visitor.post(f"/plans/{plan.id}/review", {"review": "everybody"}, status=400)

    assert plan.review == Review.REQUIRED
