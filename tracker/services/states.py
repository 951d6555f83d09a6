"""Keeping what was true of a task from when to when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, insert, update

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Task, TaskState
from tracker.models.base import FOREVER


def keep(*, tasks: Sequence[Task], now: datetime) -> None:
    """Close what was true of these tasks and open what is true from now on; a retired task has no further state."""
    db.session.flush()
    closed = db.session.scalars(
        update(TaskState)
        .where(TaskState.task_id.in_([task.id for task in tasks]), TaskState.valid_to == FOREVER)
        # A clock that was set back must not make states overlap: what is new begins after what was.
        .values(valid_to=case((TaskState.valid_from > now, TaskState.valid_from), else_=now))
        .returning(TaskState.valid_to)
        .execution_options(synchronize_session="fetch")
    ).all()
    moment = max([now, *closed])
    opened = [_opened(task, moment) for task in tasks if task.placement != Placement.RETIRED]
    if opened:
        db.session.execute(insert(TaskState), opened)


def _opened(task: Task, moment: datetime) -> dict[str, Any]:
    return {
        "task_id": task.id,
        "plan_id": task.plan_id,
        "measure_id": task.measure_id,
        "indicator": task.measure.indicator,
        "division_id": task.division_id,
        "position_id": task.position_id,
        "status": task.status,
        "due_on": task.due_on,
        "submitted_on": task.submitted_on,
        "submitted_by_id": task.submitted_by_id,
        "status_reason": task.status_reason,
        "blocked_reason": task.blocked_reason,
        "weight": task.measure.weight,
        "valid_from": moment,
    }
