"""
Progress of a plan as of any day, counted by the database.

Days since the last change of any task are answered by the counts that are kept; earlier ones by one range predicate
over what was true when. Both say the same, and a test holds them to it.
"""

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    select,
)

from tracker.domain.calendar import end_of
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Division, TaskCount, TaskState
from tracker.models.base import Moment
from tracker.models.task import overdue


def as_of(plan_id: int, *, day: date) -> Figures:
    """Return how a plan stood at the end of a local day: one statement, two for a day before the last change."""
    values = {"plan_id": plan_id, "today": day, "moment": end_of(day)}
    rows = db.session.execute(_KEPT, values).all() or db.session.execute(_AS_OF, values).all()
    return Figures(
        day,
        tuple(
            Cell(indicator, measure_id, _named(division_id, name, short), due_on, Progress(*counts))
            for division_id, name, short, indicator, measure_id, due_on, *counts in rows
        ),
    )


@lru_cache(maxsize=1024)
def _named(division_id: int, name: str, short_names: str) -> Named:
    """Return how figures name a division; its short names come as JSON, which is not read again for every row."""
    short = json.loads(short_names)
    return Named(division_id, short[0] if short else name)


_PLAN_ID = bindparam("plan_id", type_=Integer)
_SHORT_NAMES = cast(Division.short_names, String)
_TODAY, _MOMENT = bindparam("today", type_=Date), bindparam("moment", type_=Moment)

# What picks the states of a plan just before a moment (exclusive bound).
_AT = (TaskState.plan_id == _PLAN_ID, TaskState.valid_to >= _MOMENT, TaskState.valid_from < _MOMENT)


def _as_of_statement() -> Select:
    keys = (TaskState.division_id, TaskState.indicator, TaskState.measure_id, TaskState.due_on)
    counted = select(*keys, *_counts()).where(*_AT).group_by(*keys).subquery()
    division_id, *rest = counted.c
    return (
        select(division_id, Division.name, _SHORT_NAMES, *rest)
        .join(Division, Division.id == division_id)
        .order_by(Division.order, Division.id, *rest[:3])
    )


def _kept_statement() -> Select:
    """Return what is kept of a plan; nothing where a state has changed since the moment."""
    kept, later = TaskCount.__table__.c, TaskCount.__table__.alias().c
    is_later = select(later.plan_id).where(later.plan_id == _PLAN_ID, later.changed_at >= _MOMENT)
    still_open, is_due = kept.not_started + kept.in_progress, kept.due_on <= _TODAY
    countable = still_open + kept.submitted + kept.done
    return (
        select(
            kept.division_id, Division.name, _SHORT_NAMES, kept.indicator, kept.measure_id, kept.due_on,
            kept.not_started, kept.in_progress, kept.submitted, kept.done, kept.not_applicable,
            case((kept.due_on < _TODAY, still_open), else_=0),
            case((is_due, countable), else_=0),
            kept.done_on_time, kept.weight, kept.done_weight,
            case((is_due, kept.weight), else_=0),
        )
        .join(Division, Division.id == kept.division_id)
        .where(kept.plan_id == _PLAN_ID, countable + kept.not_applicable != 0, ~is_later.exists())
        .order_by(Division.order, Division.id, kept.indicator, kept.measure_id, kept.due_on)
    )  # fmt: skip


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
_AS_OF, _KEPT = _as_of_statement(), _kept_statement()
