from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.clocks import MORNING, TODAY
from tests.factories import make_person, make_task
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import CannotMove, Placement, ReasonNeeded, Status
from tracker.models import Event, Task
from tracker.services import appointments, tasks
from tracker.services.tasks import NotOpen, OwnSubmission

LATER = MORNING + timedelta(hours=1)


def test_starting_begins_the_work_and_says_so(people, told):
    task = make_task()

    tasks.start(task=task, by=people.member, now=MORNING, note="เริ่มแล้ว")

    assert task.status == Status.IN_PROGRESS
    assert told(task) == [(EventKind.STARTED, "not_started", "in_progress", "เริ่มแล้ว")]


def test_starting_twice_is_refused(people):
    task = make_task(status=Status.IN_PROGRESS)

    with pytest.raises(CannotMove):
        tasks.start(task=task, by=people.member, now=MORNING)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_only_what_has_not_begun_is_begun(people, told, status):
    task = make_task(status=status)

    with pytest.raises(CannotMove):
        tasks.start(task=task, by=people.member, now=MORNING)

    assert (task.status, told(task)) == (status, [])


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS])
def test_an_open_task_is_submitted_in_one_step(people, told, status):
    task = make_task(status=status)

    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY, note="ส่งรายงาน")

    assert (task.status, task.submitted_on, task.submitted_by_id) == (Status.SUBMITTED, TODAY, people.member.user_id)
    assert told(task) == [(EventKind.SUBMITTED, status, "submitted", "ส่งรายงาน")]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_what_is_not_open_cannot_be_submitted(people, told, status):
    task = make_task(status=status)

    with pytest.raises(CannotMove):
        tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    assert (task.status, told(task)) == (status, [])


def test_accepting_keeps_the_day_of_submission(people, told):
    task = make_task(status=Status.SUBMITTED, submitted_on=TODAY - timedelta(days=3), submitted_by=people.member)

    tasks.accept(task=task, by=people.clerk, now=MORNING)

    assert (task.status, task.submitted_on) == (Status.DONE, TODAY - timedelta(days=3))
    assert told(task) == [(EventKind.ACCEPTED, "submitted", "done", "")]


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE, Status.NOT_APPLICABLE])
def test_only_what_was_submitted_can_be_accepted(people, status):
    task = make_task(status=status)

    with pytest.raises(CannotMove):
        tasks.accept(task=task, by=people.clerk, now=MORNING)


def test_nobody_accepts_what_they_submitted_not_even_in_another_position(db, people):
    as_clerk = appointments.appoint(
        user=people.member.user, position=people.clerk.position, starts_on=TODAY, is_acting=True
    )
    task = make_task(status=Status.SUBMITTED, submitted_by=people.member)

    with pytest.raises(OwnSubmission):
        tasks.accept(task=task, by=as_clerk, now=MORNING)

    assert task.status == Status.SUBMITTED


def test_a_new_person_in_the_submitters_position_may_accept(people):
    task = make_task(status=Status.SUBMITTED, submitted_by=people.clerk)
    successor = appointments.appoint(user=people.executive.user, position=people.clerk.position, starts_on=TODAY)

    tasks.accept(task=task, by=successor, now=MORNING)

    assert task.status == Status.DONE


def test_returning_needs_a_reason(people):
    task = make_task(status=Status.SUBMITTED)

    with pytest.raises(ReasonNeeded):
        tasks.return_to_division(task=task, by=people.clerk, now=MORNING, note=" \n")

    assert task.status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("verb", "status", "kind"),
    [
        (tasks.return_to_division, Status.SUBMITTED, EventKind.RETURNED),
        (tasks.withdraw, Status.SUBMITTED, EventKind.WITHDRAWN),
        (tasks.reopen, Status.DONE, EventKind.REOPENED),
    ],
)
def test_a_task_taken_back_is_in_progress_and_nobodys_submission(people, told, verb, status, kind):
    task = make_task(status=status)

    verb(task=task, by=people.clerk, now=MORNING, note="ขาดภาพถ่าย")

    assert (task.status, task.submitted_on, task.submitted_by_id) == (Status.IN_PROGRESS, None, None)
    assert told(task) == [(kind, status, "in_progress", "ขาดภาพถ่าย")]


def test_withdrawing_ones_own_submission_needs_no_reason(people):
    task = make_task(status=Status.SUBMITTED)

    tasks.withdraw(task=task, by=people.member, now=MORNING)

    assert task.status == Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (tasks.return_to_division, Status.DONE),
        (tasks.return_to_division, Status.NOT_STARTED),
        (tasks.withdraw, Status.DONE),
        (tasks.withdraw, Status.NOT_APPLICABLE),
        (tasks.reopen, Status.SUBMITTED),
        (tasks.reopen, Status.NOT_APPLICABLE),
    ],
)
def test_taking_back_is_for_the_status_it_is_about(people, verb, status):
    task = make_task(status=status)

    with pytest.raises(CannotMove):
        verb(task=task, by=people.clerk, now=MORNING, note="เหตุผล")

    assert task.status == status


def test_reopening_needs_a_reason(people):
    task = make_task(status=Status.DONE)

    with pytest.raises(ReasonNeeded):
        tasks.reopen(task=task, by=people.clerk, now=MORNING, note="")


def test_setting_aside_needs_a_reason_and_counting_again_does_not(people, told):
    task = make_task()

    with pytest.raises(ReasonNeeded):
        tasks.set_not_applicable(task=task, by=people.clerk, now=MORNING, note="")
    tasks.set_not_applicable(task=task, by=people.clerk, now=MORNING, note="ไม่มีภารกิจนี้")
    tasks.set_applicable(task=task, by=people.clerk, now=LATER)

    assert task.status == Status.NOT_STARTED
    assert [kind for kind, *_ in told(task)] == [EventKind.NOT_APPLICABLE, EventKind.APPLICABLE]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE])
def test_what_was_submitted_cannot_be_set_aside(people, status):
    task = make_task(status=status)

    with pytest.raises(CannotMove):
        tasks.set_not_applicable(task=task, by=people.clerk, now=MORNING, note="ไม่มีภารกิจนี้")


def test_an_obstacle_is_a_flag_that_leaves_the_status_alone(people, told):
    task = make_task(status=Status.IN_PROGRESS)

    tasks.block(task=task, by=people.member, now=MORNING, note="รอหนังสือตอบ")

    assert (task.status, task.blocked_reason) == (Status.IN_PROGRESS, "รอหนังสือตอบ")
    assert told(task) == [(EventKind.BLOCKED, "", "", "รอหนังสือตอบ")]


def test_an_obstacle_needs_words(people):
    with pytest.raises(ReasonNeeded):
        tasks.block(task=make_task(), by=people.member, now=MORNING, note="  ")


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_only_an_open_task_can_have_an_obstacle(people, status):
    with pytest.raises(NotOpen):
        tasks.block(task=make_task(status=status), by=people.member, now=MORNING, note="รอหนังสือตอบ")


def test_taking_away_an_obstacle_that_is_not_there_tells_nothing(people, told):
    task = make_task()

    tasks.unblock(task=task, by=people.member, now=MORNING)

    assert told(task) == []


@pytest.mark.parametrize("verb", ["unblock", "submit", "set_not_applicable"])
def test_an_obstacle_goes_with_the_first_thing_that_settles_it(people, verb):
    task = make_task()
    tasks.block(task=task, by=people.member, now=MORNING, note="รอหนังสือตอบ")

    dated = {"today": TODAY} if verb == "submit" else {}
    getattr(tasks, verb)(task=task, by=people.member, now=LATER, note="เรียบร้อย", **dated)

    assert task.blocked_reason == ""


@pytest.mark.parametrize("verb", ["start", "submit", "set_not_applicable"])
def test_a_retired_task_cannot_be_moved(db, people, verb):
    task = make_task()
    task.placement = Placement.RETIRED
    db.session.flush()

    dated = {"today": TODAY} if verb == "submit" else {}
    with pytest.raises((NotOpen, CannotMove)):
        getattr(tasks, verb)(task=task, by=people.member, now=MORNING, note="เหตุผล", **dated)


def test_a_move_looks_at_the_task_as_it_stands_not_as_it_was_read(db, people):
    task = make_task()
    # Somebody else was quicker; this session has not heard of it.
    elsewhere = update(Task).values(status=Status.IN_PROGRESS).execution_options(synchronize_session=False)
    db.session.execute(elsewhere)

    with pytest.raises(CannotMove):
        tasks.start(task=task, by=people.member, now=MORNING)


def test_an_event_names_the_person_in_the_position(db):
    task = make_task()
    officer = make_person(Role.OFFICER, division=task.division)

    tasks.start(task=task, by=officer, now=MORNING)

    event = db.session.scalar(select(Event))
    assert (event.by, event.at) == (officer, MORNING)
