from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_task
from tracker.domain.statuses import Placement, Status
from tracker.models import TaskState
from tracker.models.base import FOREVER
from tracker.services import states, tasks

HOUR = timedelta(hours=1)


def status_as_of(db, task, moment):
    """Return what was true just before a moment, as every figure asks it."""
    rows = db.session.scalars(
        select(TaskState.status).where(
            TaskState.task_id == task.id, TaskState.valid_from < moment, TaskState.valid_to >= moment
        )
    ).all()
    assert len(rows) <= 1, rows
    return rows[0] if rows else None


def current(db, task):
    return db.session.scalars(
        select(TaskState).where(TaskState.task_id == task.id, TaskState.valid_to == FOREVER)
    ).one_or_none()


@pytest.fixture
def task_of_three_moves(people):
    """A task that began at nine, was submitted at ten and accepted at eleven."""
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    tasks.submit(task=task, by=people.member, now=MORNING + HOUR, today=TODAY)
    tasks.accept(task=task, by=people.clerk, now=MORNING + 2 * HOUR)
    return task


@pytest.mark.parametrize(
    ("hours", "status"),
    [
        (-1, Status.NOT_STARTED),
        (0, Status.NOT_STARTED),
        (0.5, Status.IN_PROGRESS),
        (1, Status.IN_PROGRESS),
        (1.5, Status.SUBMITTED),
        (2.5, Status.DONE),
        (9999, Status.DONE),
    ],
)
def test_every_moment_of_the_past_can_be_asked_for(db, task_of_three_moves, hours, status):
    assert status_as_of(db, task_of_three_moves, MORNING + hours * HOUR) == status


def test_nothing_was_true_before_there_was_a_task(db, task_of_three_moves):
    began = task_of_three_moves.plan.created_at

    assert status_as_of(db, task_of_three_moves, began) is None


def test_two_moves_in_one_moment_leave_the_last_one(db, people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    assert status_as_of(db, task, MORNING + HOUR) == Status.SUBMITTED
    assert status_as_of(db, task, MORNING) == Status.NOT_STARTED


def test_a_clock_that_was_set_back_never_makes_a_state_end_before_it_began(db, people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)
    tasks.submit(task=task, by=people.member, now=MORNING - HOUR, today=TODAY)

    spans = db.session.execute(select(TaskState.valid_from, TaskState.valid_to)).all()
    assert all(start <= end for start, end in spans)
    assert status_as_of(db, task, MORNING + HOUR) == Status.SUBMITTED


def test_the_current_state_says_what_the_task_says(db, task_of_three_moves):
    task, state = task_of_three_moves, current(db, task_of_three_moves)

    assert (state.status, state.due_on, state.submitted_on) == (task.status, task.due_on, task.submitted_on)
    assert (state.plan_id, state.measure_id, state.division_id) == (task.plan_id, task.measure_id, task.division_id)
    assert (state.indicator, state.weight) == (task.measure.indicator, task.measure.weight)


def test_a_retired_task_has_no_current_state_but_keeps_its_past(db):
    task = make_task()
    task.placement = Placement.RETIRED

    states.keep(tasks=[task], now=MORNING)

    assert current(db, task) is None
    assert status_as_of(db, task, MORNING) == Status.NOT_STARTED
    assert status_as_of(db, task, MORNING + HOUR) is None


def test_one_task_moving_leaves_the_others_states_alone(db, people):
    moving, resting = make_task(), make_task()
    before = current(db, resting).id

    tasks.start(task=moving, by=people.member, now=MORNING)

    assert current(db, resting).id == before


def test_a_move_in_a_session_that_read_the_states_before_is_seen_there(db, people):
    task = make_task()
    state = current(db, task)

    tasks.start(task=task, by=people.member, now=MORNING)

    assert state.valid_to == MORNING
