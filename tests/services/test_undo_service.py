from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import ALL_YEAR, ROUNDS, make_measure, make_person, make_task
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Review, Status
from tracker.domain.undoing import CannotUndo
from tracker.extensions import db
from tracker.models import Event, Task, TaskState
from tracker.services import assignments, events, plans, reviews, schedules, tasks, undo
from tracker.services.undo import Undone

SOON = MORNING + timedelta(minutes=5)


def last_of(task):
    return task.plan.last_seq


def take_back(task, by, *, now=SOON, seq=None):
    seq = seq or last_of(task)
    return undo.take_back(plan=task.plan, first=seq, last=seq, by=by, now=now)


def as_it_is(task):
    return (task.status, task.submitted_on, task.submitted_by_id, task.status_reason, task.blocked_reason)


# What is done, by whom, on a task that stands how.
DEEDS = {
    "start": (Status.NOT_STARTED, "member", tasks.start, {}),
    "submit": (Status.IN_PROGRESS, "member", tasks.submit, {"today": TODAY}),
    "withdraw": (Status.SUBMITTED, "member", tasks.withdraw, {}),
    "accept": (Status.SUBMITTED, "clerk", tasks.accept, {}),
    "return": (Status.SUBMITTED, "clerk", tasks.return_to_division, {"note": "ขาดลิงก์"}),
    "reopen": (Status.DONE, "clerk", tasks.reopen, {"note": "ยังไม่ครบ"}),
    "block": (Status.IN_PROGRESS, "member", tasks.block, {"note": "รอข้อมูล"}),
    "set aside": (Status.IN_PROGRESS, "clerk", tasks.set_not_applicable, {"note": "ไม่มีงาน"}),
    "count again": (Status.NOT_APPLICABLE, "clerk", tasks.set_applicable, {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_taking_back_makes_the_task_what_it_was(people, deed):
    status, who, verb, values = DEEDS[deed]
    task = make_task(status=status)
    before = as_it_is(task)
    by = getattr(people, who)
    verb(task=task, by=by, now=MORNING, **values)
    assert as_it_is(task) != before

    assert take_back(task, by) == Undone(1, 0)

    assert as_it_is(task) == before


def test_submitting_a_task_that_was_held_up_and_taking_that_back_brings_the_obstacle_back(people):
    task = make_task(status=Status.IN_PROGRESS)
    tasks.block(task=task, by=people.member, now=MORNING, note="รอราคากลาง")
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    take_back(task, people.member)

    assert (task.status, task.blocked_reason) == (Status.IN_PROGRESS, "รอราคากลาง")


def test_the_history_says_what_was_taken_back_and_stays_whole(people, told):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)

    take_back(task, people.member)

    assert told(task)[-1] == (EventKind.UNDONE, "started", "1", "")
    assert events.first_break(task.plan) is None


def test_what_was_true_meanwhile_stays_true_of_that_time(people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    take_back(task, people.member)

    states = db.session.scalars(select(TaskState).order_by(TaskState.valid_from)).all()
    assert [(state.status, state.valid_to) for state in states][:2] == [
        (Status.NOT_STARTED, MORNING),
        (Status.IN_PROGRESS, SOON),
    ]
    assert states[2].status == Status.NOT_STARTED


def test_after_ten_minutes_it_stands(people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)

    with pytest.raises(CannotUndo):
        take_back(task, people.member, now=MORNING + timedelta(minutes=10, seconds=1))

    assert task.status == Status.IN_PROGRESS


def test_what_somebody_else_did_is_not_mine_to_take_back(people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)

    with pytest.raises(CannotUndo):
        take_back(task, make_person(Role.OFFICER, division=task.division))

    assert task.status == Status.IN_PROGRESS


def test_once_something_came_after_it_stands(people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    began = last_of(task)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    with pytest.raises(CannotUndo):
        take_back(task, people.member, seq=began)

    assert task.status == Status.SUBMITTED


def test_what_happened_to_another_task_since_does_not_matter(people):
    measure = make_measure()
    mine, other = make_task(measure=measure), make_task(measure=measure, due_on=TODAY + timedelta(days=1))
    tasks.start(task=mine, by=people.member, now=MORNING)
    began = last_of(mine)
    tasks.start(task=other, by=people.member, now=MORNING)

    assert take_back(mine, people.member, seq=began).count == 1
    assert (mine.status, other.status) == (Status.NOT_STARTED, Status.IN_PROGRESS)


def test_pressing_twice_takes_back_once(people, told):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    began = last_of(task)

    assert take_back(task, people.member, seq=began) == take_back(task, people.member, seq=began) == Undone(1, 0)

    assert [kind for kind, *_ in told(task)] == [EventKind.STARTED, EventKind.UNDONE]


def test_an_undo_is_not_itself_undone(people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    take_back(task, people.member)

    with pytest.raises(CannotUndo):
        take_back(task, people.member)

    assert task.status == Status.NOT_STARTED


@pytest.fixture
def accepted(people):
    """Three tasks that the clerk accepted in one act, and the first and last event of it."""
    measure = make_measure()
    rows = [
        make_task(measure=measure, due_on=TODAY + timedelta(days=number), status=Status.SUBMITTED)
        for number in range(3)
    ]
    reviews.accept_many(plan=measure.plan, task_ids=[row.id for row in rows], by=people.clerk, now=MORNING)
    return rows, (measure.plan.last_seq - 2, measure.plan.last_seq)


def test_what_was_done_to_many_in_one_act_is_taken_back_in_one(people, accepted):
    rows, (first, last) = accepted

    assert undo.take_back(plan=rows[0].plan, first=first, last=last, by=people.clerk, now=SOON) == Undone(3, 0)
    assert {row.status for row in rows} == {Status.SUBMITTED}


def test_of_many_those_that_moved_on_stay(people, accepted):
    rows, (first, last) = accepted
    tasks.reopen(task=rows[1], by=people.executive, now=MORNING, note="ขอดูอีกครั้ง")

    assert undo.take_back(plan=rows[0].plan, first=first, last=last, by=people.clerk, now=SOON) == Undone(2, 1)
    assert [row.status for row in rows] == [Status.SUBMITTED, Status.IN_PROGRESS, Status.SUBMITTED]


def test_two_acts_are_not_taken_back_in_one_however_the_range_is_written(people):
    measure = make_measure()
    long_ago = make_task(measure=measure, due_on=TODAY + timedelta(days=1))
    now = make_task(measure=measure)
    tasks.start(task=long_ago, by=people.member, now=MORNING - timedelta(days=3))
    first = last_of(long_ago)
    tasks.start(task=now, by=people.member, now=MORNING)

    with pytest.raises(CannotUndo):
        undo.take_back(plan=measure.plan, first=first, last=first + 1, by=people.member, now=SOON)

    assert {long_ago.status, now.status} == {Status.IN_PROGRESS}


def test_after_a_round_was_moved_the_day_it_was_moved_to_stays(people):
    measure = make_measure(words=ALL_YEAR)
    schedules.apply(plan=measure.plan, by=None, now=MORNING - timedelta(days=1))
    task = db.session.scalars(select(Task).where(Task.slot == "round:1").order_by(Task.id)).first()
    tasks.start(task=task, by=people.member, now=MORNING)
    began = last_of(task)
    plans.set_rounds(plan=measure.plan, days=[TODAY, ROUNDS[1]], by=people.clerk, now=SOON)
    schedules.apply(plan=measure.plan, by=people.clerk, now=SOON)

    with pytest.raises(CannotUndo):
        take_back(task, people.member, seq=began, now=SOON + timedelta(minutes=1))

    assert (task.status, task.due_on) == (Status.IN_PROGRESS, TODAY)


def test_nothing_goes_back_to_a_division_that_was_closed_meanwhile(people):
    task = make_task()
    from_here, to_there = task.division, people.neighbour.position.division
    assignments.assign(plan=task.plan, ids=[task.id], division=to_there, by=people.clerk, now=MORNING)
    from_here.closed_on = TODAY

    with pytest.raises(CannotUndo):
        take_back(task, people.clerk)

    assert task.division_id == to_there.id


def test_a_range_that_reaches_into_somebody_elses_deeds_takes_nothing_back(people, accepted):
    rows, (first, last) = accepted
    other = make_task(measure=rows[0].measure, due_on=TODAY + timedelta(days=9))
    tasks.start(task=other, by=people.member, now=MORNING)

    with pytest.raises(CannotUndo):
        undo.take_back(plan=rows[0].plan, first=first, last=last + 1, by=people.clerk, now=SOON)

    assert {row.status for row in rows} == {Status.DONE}
    assert db.session.scalar(select(Event.id).where(Event.kind == EventKind.UNDONE)) is None


def test_with_review_switched_off_a_submission_that_is_done_can_be_taken_back(people):
    task = make_task()
    task.plan.review = Review.OFF
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)
    assert task.status == Status.DONE

    take_back(task, people.member)

    assert db.session.get(Task, task.id).status == Status.NOT_STARTED
