"""Progress of a plan as of any day: one statement, counted by the database."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, SQLColumnExpression, and_, bindparam, case, func, select

from tracker.domain.calendar import end_of
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Division, TaskState
from tracker.models.base import Moment
from tracker.models.task import overdue


def as_of(plan_id: int, *, day: date) -> Figures:
    """Return how a plan stood at the end of a local day, in one statement."""
    return _figures(_AS_OF, day, plan_id=plan_id)


def of_divisions(plan_id: int, *, day: date, division_ids: Collection[int]) -> Figures:
    """Return the same of some divisions, by position as well: with what each was given, and what nobody was."""
    return _figures(_BY_POSITION, day, plan_id=plan_id, division_ids=sorted(division_ids))


def _figures(statement: Select, day: date, **asked: Any) -> Figures:
    rows = db.session.execute(statement, asked | {"today": day, "moment": end_of(day)})
    return Figures(
        day,
        tuple(
            Cell(
                indicator,
                measure_id,
                Named(division_id, short[0] if short else name),
                due_on,
                Progress(*counted[:COUNTS]),
                *counted[COUNTS:],
            )
            for division_id, name, short, indicator, measure_id, due_on, *counted in rows
        ),
    )


_PLAN_ID = bindparam("plan_id", type_=Integer)
_TODAY, _MOMENT = bindparam("today", type_=Date), bindparam("moment", type_=Moment)

COUNTS = len(fields(Progress))

# What picks the states of a plan just before a moment (exclusive bound).
_AT = (TaskState.plan_id == _PLAN_ID, TaskState.valid_to >= _MOMENT, TaskState.valid_from < _MOMENT)


def _statement(*more: SQLColumnExpression[Any], where: tuple[ColumnElement[bool], ...] = ()) -> Select:
    """Return the statement of the figures by what makes a cell, and by more where that is asked for."""
    keys = (TaskState.division_id, TaskState.indicator, TaskState.measure_id, TaskState.due_on)
    counted = select(*keys, *_counts(), *more).where(*_AT, *where).group_by(*keys, *more).subquery()
    division_id, *rest = counted.c
    return (
        select(division_id, Division.name, Division.short_names, *rest)
        .join(Division, Division.id == division_id)
        .order_by(Division.order, Division.id, *rest[:3], *rest[3 + COUNTS :])
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
_AS_OF = _statement()
_BY_POSITION = _statement(
    TaskState.position_id, where=(TaskState.division_id.in_(bindparam("division_ids", expanding=True)),)
)
