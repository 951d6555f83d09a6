"""Since when an obstacle has stood: the one answer for reminders and for what leadership decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, SQLColumnExpression, String, cast, exists, func, select
from sqlalchemy.orm import aliased

from tracker.domain.history import EventKind
from tracker.models import Event


def last_told(
    what: SQLColumnExpression[Any],
    *,
    task_id: SQLColumnExpression[int],
    before: datetime | BindParameter[datetime] | None = None,
) -> ScalarSelect:
    """
    Return, as a value in a statement, the `seq` or the moment of the event that last told of a task's obstacle.

    What was taken back by then told of nothing.

    :param before: leave out what happened from this moment on
    """
    undone = aliased(Event)
    known = () if before is None else (Event.at < before,)
    known_undone: Sequence[Any] = () if before is None else (undone.at < before,)
    is_undone = exists().where(
        undone.task_id == Event.task_id,
        undone.kind == EventKind.UNDONE,
        undone.after == cast(Event.seq, String),
        *known_undone,
    )
    return (
        select(func.max(what))
        .where(Event.task_id == task_id, Event.kind == EventKind.BLOCKED, *known, ~is_undone)
        .correlate_except(Event, undone)
        .scalar_subquery()
    )
