"""Progress of a plan as of any day: one statement, counted by the database."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)

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
    rows = db.session.execute(_AS_OF, {"plan_id": plan_id, "today": day, "moment": end_of(day)})
    return Figures(day, tuple(_cell(*row) for row in rows))


def at_days(days: Mapping[int, date]) -> dict[int, Figures]:
    """Return how several plans (by id) stood, each at the end of a local day of its own; all in one statement."""
    cells: dict[int, list[Cell]] = {plan_id: [] for plan_id in days}
    if days:
        rows = db.session.execute(_of_several(days))
        for plan_id, *row in rows:
            cells[plan_id].append(_cell(*row))
    return {plan_id: Figures(day, tuple(cells[plan_id])) for plan_id, day in days.items()}


def _cell(
    division_id: int, name: str, short: list[str], indicator: int, measure_id: int, due_on: date, *counts: int
) -> Cell:
    named = Named(division_id, short[0] if short else name)
    return Cell(indicator, measure_id, named, due_on, Progress(*counts))


_PLAN_ID = bindparam("plan_id", type_=Integer)
_TODAY, _MOMENT = bindparam("today", type_=Date), bindparam("moment", type_=Moment)

# What picks the states of a plan just before a moment (exclusive bound).
_AT = (TaskState.plan_id == _PLAN_ID, TaskState.valid_to >= _MOMENT, TaskState.valid_from < _MOMENT)


def _as_of_statement() -> Select:
    keys = (TaskState.division_id, TaskState.indicator, TaskState.measure_id, TaskState.due_on)
    counted = select(*keys, *_counts()).where(*_AT).group_by(*keys).subquery()
    division_id, *rest = counted.c
    return (
        select(division_id, Division.name, Division.short_names, *rest)
        .join(Division, Division.id == division_id)
        .order_by(Division.order, Division.id, *rest[:3])
    )


def _of_several(days: Mapping[int, date]) -> Select:
    """Return the statement that counts each plan on its day, so that the index is used for each of them."""
    keys = (TaskState.plan_id, TaskState.division_id, TaskState.indicator, TaskState.measure_id, TaskState.due_on)
    counted = union_all(
        *(
            select(*keys, *_counts(literal(day, Date)))
            .where(TaskState.plan_id == plan_id, TaskState.valid_to >= end_of(day), TaskState.valid_from < end_of(day))
            .group_by(*keys)
            for plan_id, day in days.items()
        )
    ).subquery()
    plan_id, division_id, *rest = counted.c
    return (
        select(plan_id, division_id, Division.name, Division.short_names, *rest)
        .join(Division, Division.id == division_id)
        .order_by(plan_id, Division.order, Division.id, *rest[:3])
    )


def _counts(today: BindParameter[date] = _TODAY) -> list[ColumnElement[int]]:
    """Return the columns of `Progress`, in its order."""
    state = TaskState
    done, countable = state.status == Status.DONE, state.status != Status.NOT_APPLICABLE
    due = and_(countable, state.due_on <= today)
    on_time = and_(done, state.submitted_on <= state.due_on)
    return [
        _how_many(state.status == Status.NOT_STARTED),
        _how_many(state.status == Status.IN_PROGRESS),
        _how_many(state.status == Status.SUBMITTED),
        _how_many(done),
        _how_many(state.status == Status.NOT_APPLICABLE),
        _how_many(overdue(state, today)),
        _how_many(due),
        _how_many(on_time),
        _how_many(countable, state.weight),
        _how_many(done, state.weight),
        _how_many(due, state.weight),
    ]


def _how_many(condition: ColumnElement[bool], weight: SQLColumnExpression[int] | int = 1) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, weight), else_=0)), 0)


# Built once: putting a statement together takes longer than running it on a small plan.
_AS_OF = _as_of_statement()
