from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_task
from tracker.domain.statuses import Placement, Status
from tracker.models import TaskCount
from tracker.models.base import FOREVER
from tracker.services import states, task_counts, tasks


def rows(db):
    """Return what is counted where, in the order of deadlines, without the places that are empty."""
    names = [*task_counts.COUNTED]
    found = db.session.execute(select(TaskCount).order_by(TaskCount.due_on)).scalars()
    counts = [(row.due_on, {name: getattr(row, name) for name in names if getattr(row, name)}) for row in found]
    return [(due_on, count) for due_on, count in counts if count]


def test_a_move_is_counted_where_the_task_is(db, people):
    task = make_task(measure=make_measure(weight=3))

    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)
    assert rows(db) == [(TODAY, {"submitted": 1, "weight": 3})]

    tasks.accept(task=task, by=people.clerk, now=MORNING)
    assert rows(db) == [(TODAY, {"done": 1, "done_on_time": 1, "weight": 3, "done_weight": 3})]


def test_a_task_that_is_moved_to_another_day_is_counted_there_alone(db):
    measure = make_measure()
    moved, stays = (make_task(measure=measure, due_on=TODAY - timedelta(days=days)) for days in (1, 0))
    moved.due_on = TODAY + timedelta(days=1)

    states.keep(tasks=[moved, stays], now=MORNING)

    one = {"not_started": 1, "weight": 1}
    assert rows(db) == [(TODAY, one), (TODAY + timedelta(days=1), one)]
    assert task_counts.first_miscount(measure.plan) is None


def test_a_retired_task_is_counted_nowhere(db):
    task = make_task()
    task.placement = Placement.RETIRED

    states.keep(tasks=[task], now=MORNING)

    assert rows(db) == []
    assert task_counts.first_miscount(task.plan) is None


def test_a_change_that_no_count_shows_leaves_the_counts_alone(db, people):
    task = make_task()
    before = db.session.scalars(select(TaskCount.changed_at)).all()

    tasks.block(task=task, by=people.member, now=MORNING, note="รอเอกสาร")

    assert db.session.scalars(select(TaskCount.changed_at)).all() == before


@pytest.mark.parametrize("status", Status)
def test_counting_again_gives_what_was_kept(db, people, status):
    for days in range(3):
        make_task(status=status, due_on=TODAY + timedelta(days=days), measure=make_measure(weight=2))
    plan = make_task(status=status, submitted_on=TODAY + timedelta(days=1)).plan
    before = rows(db)

    assert task_counts.first_miscount(plan) is None
    task_counts.recount(plan.id)

    assert rows(db) == before


def test_counting_again_remembers_when_a_state_last_changed(db, people):
    task = make_task()
    tasks.start(task=task, by=people.member, now=MORNING)

    task_counts.recount(task.plan_id)

    assert db.session.scalars(select(TaskCount.changed_at)).all() == [MORNING] != [FOREVER]


def test_a_wrong_count_is_found(db):
    task = make_task()
    db.session.execute(update(TaskCount).values(not_started=2))

    wrong = task_counts.first_miscount(task.plan)

    assert (wrong.division_id, wrong.measure_id, wrong.due_on) == (task.division_id, task.measure_id, task.due_on)
