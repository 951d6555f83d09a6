"""Keeping what was true of a task from when to when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, insert, update

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Task, TaskState
from tracker.models.base import FOREVER, Moment
from tracker.services import task_counts


def keep(*, tasks: Sequence[Task], now: datetime) -> None:
    """
    Close what was true of these tasks and open what is true from now on; a retired task has no further state.

    How many tasks stand how follows in the same transaction.
    """
    db.session.flush()
    ids = [task.id for task in tasks]
    closed = [row._asdict() for row in db.session.execute(_CLOSE, {"ids": ids, "now": now, "forever": FOREVER})]
    ends = {state["task_id"]: state["valid_to"] for state in closed}
    opened = [_opened(task, max(now, ends.get(task.id, now))) for task in tasks if task.placement != Placement.RETIRED]
    if opened:
        db.session.execute(_OPEN, opened)
    task_counts.keep(closed=closed, opened=opened)
    for row in list(db.session.identity_map.values()):
        if isinstance(row, TaskState) and row.task_id in ids:
            db.session.expire(row)  # whoever read it before sees what became of it


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


# Of the table rather than the entity, and built once: this runs with every change of a task. A clock that was set back
# must not make states overlap, so what is new begins after what was.
_state = TaskState.__table__
_CLOSE = (
    update(_state)
    .where(_state.c.task_id.in_(bindparam("ids", expanding=True)), _state.c.valid_to == bindparam("forever"))
    .values(
        valid_to=case(
            (_state.c.valid_from > bindparam("now", type_=Moment), _state.c.valid_from),
            else_=bindparam("now", type_=Moment),
        )
    )
    .returning(
        _state.c.task_id,
        _state.c.valid_to,
        *(_state.c[name] for name in (*task_counts.Place._fields, "status", "submitted_on", "weight")),
    )
)
_OPEN = insert(_state)
