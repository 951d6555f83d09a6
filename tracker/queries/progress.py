"""Progress of a plan as of any day: one statement, counted by the database."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Date, Integer, Select, SQLColumnExpression, and_, bindparam, case, func, select

from tracker.domain.progress import Progress
from tracker.domain.statuses import OPEN, Status
from tracker.extensions import db
from tracker.models import Division, TaskState
from tracker.models.base import Moment
from tracker.models.task import overdue

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Cell:
    """The progress of one measure in one division."""

    indicator: int
    measure_id: int
    division_id: int
    division: str
    division_order: int
    progress: Progress


def as_of(plan_id: int, *, today: date, moment: datetime) -> list[Cell]:
    """
    Return the plan's progress by measure and division as it stood at the end of a day.

    :param today: the local day that decides what is late and due
    :param moment: the end of that day (exclusive bound, aware)
    """
    rows = db.session.execute(_AS_OF, {"plan_id": plan_id, "today": today, "moment": moment})
    return [
        Cell(indicator, measure_id, division_id, short[0] if short else name, order, Progress(*counts))
        for indicator, measure_id, division_id, name, short, order, *counts in rows
    ]


def deadlines(plan_id: int, *, today: date, moment: datetime, limit: int = 4) -> list[tuple[date, int]]:
    """Return the next days on which tasks that were open at that moment fall due, with how many."""
    chosen = {"plan_id": plan_id, "today": today, "moment": moment, "limit": limit}
    return [(due_on, count) for due_on, count in db.session.execute(_DEADLINES, chosen)]


def grouped(cells: Sequence[Cell], key: Callable[[Cell], Key]) -> dict[Key, Progress]:
    """Return the progress of each group of cells, in the order in which the groups first appear."""
    groups: dict[Key, list[Progress]] = {}
    for cell in cells:
        groups.setdefault(key(cell), []).append(cell.progress)
    return {group: Progress.sum(parts) for group, parts in groups.items()}


def total(cells: Sequence[Cell]) -> Progress:
    """Return the progress of all cells together."""
    return Progress.sum(cell.progress for cell in cells)


_PLAN_ID, _LIMIT = bindparam("plan_id", type_=Integer), bindparam("limit", type_=Integer)
_TODAY, _MOMENT = bindparam("today", type_=Date), bindparam("moment", type_=Moment)

# What picks the states of a plan just before a moment (exclusive bound).
_AT = (TaskState.plan_id == _PLAN_ID, TaskState.valid_to >= _MOMENT, TaskState.valid_from < _MOMENT)


def _as_of_statement() -> Select:
    keys = (TaskState.indicator, TaskState.measure_id, TaskState.division_id)
    counted = select(*keys, *_counts()).where(*_AT).group_by(*keys).subquery()
    indicator, measure_id, division_id, *counts = counted.c
    return (
        select(indicator, measure_id, division_id, Division.name, Division.short_names, Division.order, *counts)
        .join(Division, Division.id == division_id)
        .order_by(Division.order, Division.id, indicator)
    )


def _deadlines_statement() -> Select:
    return (
        select(TaskState.due_on, func.count())
        .where(*_AT, TaskState.due_on >= _TODAY, TaskState.status.in_(sorted(OPEN)))
        .group_by(TaskState.due_on)
        .order_by(TaskState.due_on)
        .limit(_LIMIT)
    )


def _counts() -> list[ColumnElement[int]]:
    """Return the columns of `Progress`, in its order."""
    state = TaskState
    done, countable = state.status == Status.DONE, state.status != Status.NOT_APPLICABLE
    due = and_(countable, state.due_on <= _TODAY)
    on_time = and_(done, state.submitted_on <= state.due_on)
    return [
        _how_many(state.status == Status.NOT_STARTED),
        _how_many(state.status == Status.IN_PROGRESS),
        _how_many(state.status == Status.SUBMITTED),
        _how_many(done),
        _how_many(state.status == Status.NOT_APPLICABLE),
        _how_many(overdue(state, _TODAY)),
        _how_many(due),
        _how_many(on_time),
        _how_many(countable, state.weight),
        _how_many(done, state.weight),
        _how_many(due, state.weight),
    ]


def _how_many(condition: ColumnElement[bool], weight: SQLColumnExpression[int] | int = 1) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, weight), else_=0)), 0)


# Built once: putting a statement together takes longer than running it on a small plan.
_AS_OF, _DEADLINES = _as_of_statement(), _deadlines_statement()
