"""Keeping what was true of a task from when to when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, select, update

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Task, TaskState
from tracker.models.base import FOREVER


def keep(*, tasks: Sequence[Task], now: datetime) -> None:
    """Close what was true of these tasks and open what is true from now on; a retired task has no further state."""
    db.session.flush()
    current = and_(TaskState.task_id.in_([task.id for task in tasks]), TaskState.valid_to == FOREVER)
    # A clock that was set back must not make states overlap: what is new begins after what was.
    moment = max(now, db.session.scalar(select(func.max(TaskState.valid_from)).where(current)) or now)
    db.session.execute(
        update(TaskState).where(current).values(valid_to=moment).execution_options(synchronize_session="fetch")
    )
    db.session.add_all(_opened(task, moment) for task in tasks if task.placement != Placement.RETIRED)
    db.session.flush()


def _opened(task: Task, moment: datetime) -> TaskState:
    return TaskState(
        task_id=task.id,
        plan_id=task.plan_id,
        measure_id=task.measure_id,
        indicator=task.measure.indicator,
        division_id=task.division_id,
        status=task.status,
        due_on=task.due_on,
        submitted_on=task.submitted_on,
        weight=task.measure.weight,
        valid_from=moment,
    )
