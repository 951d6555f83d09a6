from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY
from tests.factories import make_measure, make_person, make_position, make_task
from tests.statements import count_queries
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.models import Event, Task
from tracker.services import appointments

MOVES = {
    "start", "submit", "withdraw", "accept", "return", "reopen", "block", "unblock", "not_applicable", "applicable",
}  # fmt: skip
REPORTING = {
    Status.NOT_STARTED: {"start", "submit", "block"},
    Status.IN_PROGRESS: {"submit", "block"},
    Status.SUBMITTED: {"withdraw"},
    Status.DONE: set(),
    Status.NOT_APPLICABLE: set(),
}
REVIEWING = {
    Status.NOT_STARTED: set(),
    Status.IN_PROGRESS: set(),
    Status.SUBMITTED: {"accept", "return"},
    Status.DONE: {"reopen"},
    Status.NOT_APPLICABLE: set(),
}
PLANNING = {
    Status.NOT_STARTED: {"not_applicable"},
    Status.IN_PROGRESS: {"not_applicable"},
    Status.SUBMITTED: set(),
    Status.DONE: set(),
    Status.NOT_APPLICABLE: {"applicable"},
}


def moves_to(task):
    return f"/tasks/{task.id}/status"


def offered(page, task):
    return {move for move in MOVES if page.offers(moves_to(task), move=move)}


def test_the_page_says_when_the_task_is_due_what_it_is_for_and_whose_it_is(visit, people):
    measure = make_measure(2)
    task = make_task(measure=measure, due_on=TODAY + timedelta(days=5))

    page = visit(people.auditor).get(f"/tasks/{task.id}")

    assert page.h1 == measure.title
    assert "เหลือ 5 วัน" in page.main
    assert "ครบกำหนดวันพุธที่ 25 กุมภาพันธ์ 2569" in page.main
    assert f"ตัวชี้วัดที่ 2 · {task.division.name}" in page.main
    assert page.links["ตัวชี้วัดที่ 2"] == f"/measures/{measure.id}"


def test_a_late_task_says_for_how_long(visit, people):
    task = make_task(due_on=TODAY - timedelta(days=3))

    assert "▲ เกินกำหนด 3 วัน" in visit(people.member).get(f"/tasks/{task.id}").main


def test_what_was_handed_in_is_no_longer_called_late(visit, people):
    task = make_task(due_on=TODAY - timedelta(days=3), status=Status.SUBMITTED)

    assert "เกินกำหนด" not in visit(people.member).get(f"/tasks/{task.id}").main


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("who", "table"),
    [
        ("member", [REPORTING]),
        ("clerk", [REVIEWING, PLANNING]),
        ("executive", [REVIEWING]),
        ("neighbour", []),
        ("auditor", []),
        ("administrator", []),
    ],
)
def test_the_page_offers_exactly_the_moves_that_a_person_may_make(visit, people, who, table, status):
    task = make_task(status=status)

    page = visit(getattr(people, who)).get(f"/tasks/{task.id}")

    assert offered(page, task) == set().union(*(moves[status] for moves in table))


@pytest.mark.parametrize(
    ("who", "before", "name", "after"),
    [
        ("member", Status.NOT_STARTED, "start", Status.IN_PROGRESS),
        ("member", Status.NOT_STARTED, "submit", Status.SUBMITTED),
        ("member", Status.IN_PROGRESS, "submit", Status.SUBMITTED),
        ("member", Status.IN_PROGRESS, "block", Status.IN_PROGRESS),
        ("member", Status.SUBMITTED, "withdraw", Status.IN_PROGRESS),
        ("clerk", Status.SUBMITTED, "accept", Status.DONE),
        ("executive", Status.SUBMITTED, "accept", Status.DONE),
        ("clerk", Status.SUBMITTED, "return", Status.IN_PROGRESS),
        ("executive", Status.DONE, "reopen", Status.IN_PROGRESS),
        ("clerk", Status.NOT_STARTED, "not_applicable", Status.NOT_APPLICABLE),
        ("clerk", Status.NOT_APPLICABLE, "applicable", Status.NOT_STARTED),
    ],
)
def test_a_move_is_made_said_and_kept_in_the_history(move, visit, people, told, who, before, name, after):
    task = make_task(status=before)

    visitor = visit(getattr(people, who))

    page = move(visitor, task, name, note="ตามที่ประชุม")

    assert task.status == after
    assert task.measure.title in page.alerts[0]
    assert [note for _, note in told(task)] == ["ตามที่ประชุม"]
    assert getattr(people, who).position.title in visitor.get(f"/tasks/{task.id}").main


@pytest.mark.parametrize("who", ["neighbour", "clerk", "executive", "auditor", "administrator"])
@pytest.mark.parametrize("name", ["start", "submit", "block"])
def test_nobody_reports_for_a_division_that_is_not_theirs(move, visit, people, who, name):
    task = make_task()

    move(visit(getattr(people, who)), task, name, note="เรียบร้อย", status=403)

    assert task.status == Status.NOT_STARTED


@pytest.mark.parametrize(("who", "name"), [("member", "accept"), ("auditor", "accept"), ("administrator", "return")])
def test_nobody_reviews_who_is_no_reviewer(move, visit, people, who, name):
    task = make_task(status=Status.SUBMITTED)

    move(visit(getattr(people, who)), task, name, note="เรียบร้อย", status=403)

    assert task.status == Status.SUBMITTED


@pytest.fixture
def head_and_clerk(people):
    """One person in two positions: head of the first division, and clerk of the plan."""
    person = make_person(Role.HEAD, division=people.member.position.division)
    appointments.appoint(user=person.user, position=make_position(Role.CLERK), starts_on=TODAY)
    return person


def test_what_a_person_handed_in_is_not_offered_to_them_for_acceptance(visit, head_and_clerk):
    task = make_task(status=Status.SUBMITTED, submitted_by=head_and_clerk)

    assert offered(visit(head_and_clerk).get(f"/tasks/{task.id}"), task) == {"withdraw", "return"}


def test_accepting_what_one_handed_in_oneself_is_refused(move, visit, head_and_clerk):
    task = make_task(status=Status.SUBMITTED, submitted_by=head_and_clerk)

    page = move(visit(head_and_clerk), task, "accept", status=422)

    assert page.alerts == ["ท่านเป็นผู้ส่งผลการดำเนินการนี้ จึงต้องให้ผู้อื่นเป็นผู้เห็นชอบผล"]
    assert task.status == Status.SUBMITTED


@pytest.mark.parametrize("name", ["", "finish", "accept;drop", "ACCEPT"])
def test_an_unknown_move_is_a_form_that_cannot_be_read(move, visit, people, name):
    task = make_task(status=Status.SUBMITTED)

    page = move(visit(people.clerk), task, name, status=400)

    assert page.h1 == "อ่านแบบฟอร์มไม่ได้"
    assert task.status == Status.SUBMITTED


def test_a_page_that_was_open_while_the_task_moved_on_shows_where_it_stands_now(move, visit, people):
    task = make_task(status=Status.IN_PROGRESS)
    slow, quick = visit(people.member), visit(make_person(Role.OFFICER, division=task.division))
    slow.get(f"/tasks/{task.id}")
    move(quick, task, "submit", note="ส่งแล้ว")

    page = slow.post(moves_to(task), {"move": "submit", "note": "ส่งอีกครั้ง"}, status=422)

    assert page.alerts == ["สถานะของงานนี้เปลี่ยนไปแล้วหลังจากที่ท่านเปิดหน้านี้ โปรดดูสถานะปัจจุบันแล้วลองใหม่"]
    assert offered(page, task) == {"withdraw"}
    assert "ส่งแล้ว" in page.main


def test_pressing_twice_hands_in_once(move, visit, people, told):
    task = make_task()
    visitor = visit(people.member)

    move(visitor, task, "submit")
    again = visitor.post(moves_to(task), {"move": "submit"})

    assert again.alerts[0].startswith("ส่งผลแล้ว รอการตรวจ")
    assert [kind for kind, _ in told(task)] == [EventKind.SUBMITTED]


@pytest.mark.parametrize("name", ["start", "submit", "block", "not_applicable"])
def test_a_task_that_the_schedule_no_longer_asks_for_takes_no_move(move, visit, people, name):
    task = make_task()
    task.placement = Placement.RETIRED
    who = people.clerk if name == "not_applicable" else people.member

    page = move(visit(who), task, name, note="เรียบร้อย", status=422)

    assert offered(page, task) == set()
    assert task.status == Status.NOT_STARTED


def test_an_obstacle_is_shown_on_top_until_it_is_gone(move, visit, people):
    task = make_task(status=Status.IN_PROGRESS)
    visitor = visit(people.member)

    blocked = move(visitor, task, "block", note="รอข้อมูลจากสำนักงาน")

    assert "ปัญหาอุปสรรค: รอข้อมูลจากสำนักงาน" in blocked.main
    assert offered(blocked, task) == {"submit", "unblock"}
    assert "ปัญหาอุปสรรค:" not in move(visitor, task, "unblock").main


def test_the_history_tells_who_did_what_in_their_position_newest_first(move, visit, people):
    task = make_task()
    visitor = visit(people.member)
    move(visitor, task, "start")
    page = move(visitor, task, "submit", note="ส่งรายงาน")

    title = people.member.position.title
    entries = [" ".join(entry.text.split()) for entry in page.root.all("ol")[0].all("li")]
    assert entries == [
        f"20 กุมภาพันธ์ 2569 09:00 {title} ส่งผลการดำเนินการ (กำลังดำเนินการ → รอตรวจ) ส่งรายงาน",
        f"20 กุมภาพันธ์ 2569 09:00 {title} เริ่มดำเนินการ (ยังไม่เริ่ม → กำลังดำเนินการ)",
    ]


def test_reading_a_task_records_nothing(visit, people, db):
    task = make_task()

    visit(people.member).get(f"/tasks/{task.id}")

    assert db.session.scalar(select(func.count()).select_from(Event)) == 0
    assert db.session.get(Task, task.id).last_event_at is None


def test_a_move_is_one_look_one_event_and_one_state(move, visit, people):
    task = make_task(status=Status.IN_PROGRESS)
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")

    address, form = moves_to(task), {"csrf_token": visitor.page.token, "move": "submit"}

    with count_queries() as statements:
        visitor.get(address, status=302, method="POST", data=form)

    # who it is with positions; the task held with its plan; the event; the plan's head; the task; its state closed, the
    # next one opened, and both counted
    assert len(statements) == 8
