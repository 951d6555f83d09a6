import pytest

from tests.factories import make_person, make_task
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status


def undo_of(task):
    return f"/plans/{task.plan_id}/undo"


def test_what_was_just_saved_can_be_taken_back_from_the_page_that_says_so(visit, people, move):
    task = make_task()
    visitor = visit(people.member)
    page = move(visitor, task, "start")

    page = visitor.post(undo_of(task), page.values(undo_of(task)))

    assert task.status == Status.NOT_STARTED
    assert page.alerts == ["เลิกทำแล้ว งานกลับเป็นเหมือนเดิม"]


def test_it_is_offered_once(visit, people, move):
    task = make_task()
    visitor = visit(people.member)
    assert move(visitor, task, "start").offers(undo_of(task))

    assert not visitor.get(f"/tasks/{task.id}").offers(undo_of(task))


def test_taking_back_from_a_list_leads_back_to_the_list(visit, people):
    task = make_task()
    visitor = visit(people.member)
    visitor.get("/")
    page = visitor.post(f"/tasks/{task.id}/status", {"move": "start", "next": "/"})
    assert page.h1 == "งานของฉัน"

    assert visitor.post(undo_of(task), page.values(undo_of(task))).h1 == "งานของฉัน"


def test_pressing_it_twice_takes_back_once(visit, people, move, told):
    task = make_task()
    visitor = visit(people.member)
    sent = move(visitor, task, "start").values(undo_of(task))

    first, second = (visitor.post(undo_of(task), sent) for _ in range(2))

    assert first.alerts == second.alerts
    assert len(told(task)) == 2


def test_after_ten_minutes_the_button_says_why_not(visit, people, move, clock):
    task = make_task()
    visitor = visit(people.member)
    sent = move(visitor, task, "start").values(undo_of(task))
    clock.advance(minutes=11)

    page = visitor.post(undo_of(task), sent)

    assert "เกินสิบนาที" in page.alerts[0]
    assert task.status == Status.IN_PROGRESS


@pytest.mark.parametrize("who", ["colleague", "neighbour", "clerk", "executive", "auditor", "administrator"])
def test_nobody_takes_back_what_another_did(visit, people, move, who):
    task = make_task()
    sent = move(visit(people.member), task, "start").values(undo_of(task))
    other = make_person(Role.OFFICER, division=task.division) if who == "colleague" else getattr(people, who)
    visitor = visit(other)
    visitor.get("/")

    visitor.post(undo_of(task), sent | {"csrf_token": visitor.page.token}, status=403)

    assert task.status == Status.IN_PROGRESS


@pytest.mark.parametrize(
    "sent", [{}, {"first": "x", "last": "1"}, {"first": "2", "last": "1"}, {"first": "-1", "last": "1"},
             {"first": "1", "last": "9" * 30}, {"first": "0", "last": "0"}],
)  # fmt: skip
def test_a_range_that_cannot_be_is_a_form_that_cannot_be_read(visit, people, move, sent):
    task = make_task()
    visitor = visit(people.member)
    move(visitor, task, "start")

    visitor.post(undo_of(task), sent, status=400)

    assert task.status == Status.IN_PROGRESS


def test_a_return_that_was_a_slip_is_taken_back_before_the_division_works_on(visit, people, move):
    task = make_task(status=Status.SUBMITTED)
    clerk = visit(people.clerk)
    sent = move(clerk, task, "return", note="ผิดงาน").values(undo_of(task))

    clerk.post(undo_of(task), sent)

    assert (task.status, task.status_reason) == (Status.SUBMITTED, "")


def test_who_no_longer_may_review_no_longer_takes_an_acceptance_back(visit, people, move):
    task = make_task(status=Status.SUBMITTED)
    executive = visit(people.executive)
    sent = move(executive, task, "accept").values(undo_of(task))
    people.executive.position.role = Role.AUDITOR

    executive.post(undo_of(task), sent, status=403)

    assert task.status == Status.DONE


def test_a_page_that_is_behind_offers_to_take_nothing_back(visit, people, move):
    task = make_task(status=Status.IN_PROGRESS)
    colleague = visit(make_person(Role.OFFICER, division=task.division))
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")
    move(colleague, task, "block", note="รอข้อมูล")
    move(colleague, task, "unblock")

    page = visitor.post(f"/tasks/{task.id}/status", {"move": "unblock"})

    assert not page.offers(undo_of(task))
