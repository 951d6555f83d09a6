"""Progress of a plan as of any day: one statement, counted by the database."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Label,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    case,
    cast,
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
    return _figures(_AS_OF, day, plan_id=plan_id)


def of_divisions(plan_id: int, *, day: date, division_ids: Collection[int]) -> Figures:
    """Return the same of some divisions, by position as well: with what each was given, and what nobody was."""
    return _figures(_BY_POSITION, day, plan_id=plan_id, division_ids=sorted(division_ids))


def by_measure(plan_id: int, *, day: date) -> dict[int, Progress]:
    """Return what `as_of` says of each measure (by id), where nothing finer is asked for: added up by the database."""
    rows = db.session.execute(_BY_MEASURE, {"plan_id": plan_id, "today": day, "moment": end_of(day)})
    return {measure_id: Progress(*counted) for measure_id, *counted in rows}


def at_days(days: Mapping[int, date]) -> dict[int, Figures]:
    """Return how several plans (by id) stood, each at the end of a local day of its own; all in one statement."""
    found: dict[int, list[Cell]] = {plan_id: [] for plan_id in days}
    if days:
        each = (
            cells(more=[TaskState.plan_id], at=At(literal(plan_id), literal(day, Date), literal(end_of(day), Moment)))
            for plan_id, day in days.items()
        )
        for *row, plan_id in db.session.execute(in_order(union_all(*each))):
            found[plan_id].append(cell(row))
    return {plan_id: Figures(day, tuple(found[plan_id])) for plan_id, day in days.items()}


def _figures(statement: Select | CompoundSelect, day: date, **asked: Any) -> Figures:
    rows = db.session.execute(statement, asked | {"today": day, "moment": end_of(day)})
    return Figures(day, tuple(map(cell, rows)))


def cell(row: Sequence[Any]) -> Cell:
    """Return a row of `cells` as a value."""
    _, division_id, name, short, indicator, measure_id, due_on, *counted = row
    named, done = _named(division_id, name, short), Progress(*counted[:COUNTS])
    return Cell(indicator, measure_id, named, due_on, done, *counted[COUNTS:])


@lru_cache(maxsize=1024)
def _named(division_id: int, name: str, short_names: str) -> Named:
    """Return how figures name a division; its short names come as JSON, which is not read again for every row."""
    short = json.loads(short_names)
    return Named(division_id, short[0] if short else name)


COUNTS = len(fields(Progress))


class At(NamedTuple):
    """Which plan, the day that decides what is late and due, and the end of that day (exclusive bound)."""

    plan_id: BindParameter[int]
    today: BindParameter[date]
    moment: BindParameter[datetime]

    @property
    def states(self) -> tuple[ColumnElement[bool], ...]:
        """What picks the states of the plan just before the moment."""
        state = TaskState
        return state.plan_id == self.plan_id, state.valid_to >= self.moment, state.valid_from < self.moment


ASKED = At(bindparam("plan_id", type_=Integer), bindparam("today", type_=Date), bindparam("moment", type_=Moment))


def cells(*only: ColumnElement[bool], more: Sequence[SQLColumnExpression[Any]] = (), at: At = ASKED) -> Select:
    """
    Return the statement for a plan's cells at a moment; its rows are in no order yet.

    :param only: conditions, for the cells of some states
    :param more: columns that make a cell finer; they come last
    """
    keys = (TaskState.division_id, TaskState.indicator, TaskState.measure_id, TaskState.due_on)
    counted = select(*keys, *counts(at.today), *more).where(*at.states, *only).group_by(*keys, *more).subquery()
    division_id, *rest = counted.c
    return select(Division.order, division_id, Division.name, _SHORT_NAMES, *rest).join(
        Division, Division.id == division_id
    )


def in_order(statement: Select | CompoundSelect) -> Select | CompoundSelect:
    """Return the statement with its cells by official order of divisions, then by indicator, measure and deadline."""
    order, division_id, _, _, indicator, measure_id, due_on, *rest = statement.selected_columns
    return statement.order_by(order, division_id, indicator, measure_id, due_on, *rest[COUNTS:])


def how_many(condition: ColumnElement[bool], weight: SQLColumnExpression[int] | int = 1) -> ColumnElement[int]:
    """Return how many states meet a condition, or what they weigh together."""
    return func.coalesce(func.sum(case((condition, weight), else_=0)), 0)


def counts(today: BindParameter[date]) -> list[Label[int]]:
    """Return the columns of `Progress`, in its order and by its names."""
    state = TaskState
    due = and_(_COUNTABLE, state.due_on <= today)
    on_time = and_(_DONE, state.submitted_on <= state.due_on)
    columns = [
        how_many(state.status == Status.NOT_STARTED),
        how_many(state.status == Status.IN_PROGRESS),
        how_many(state.status == Status.SUBMITTED),
        how_many(_DONE),
        how_many(state.status == Status.NOT_APPLICABLE),
        how_many(overdue(state, today)),
        how_many(due),
        how_many(on_time),
        WEIGHT,
        DONE_WEIGHT,
        how_many(due, state.weight),
    ]
    return [count.label(field.name) for count, field in zip(columns, fields(Progress), strict=True)]


_SHORT_NAMES = cast(Division.short_names, String).label("short_names")
_DONE, _COUNTABLE = TaskState.status == Status.DONE, TaskState.status != Status.NOT_APPLICABLE
WEIGHT, DONE_WEIGHT = how_many(_COUNTABLE, TaskState.weight), how_many(_DONE, TaskState.weight)

# Built once: putting a statement together takes longer than running it on a small plan.
_AS_OF = in_order(cells())
_BY_POSITION = in_order(
    cells(TaskState.division_id.in_(bindparam("division_ids", expanding=True)), more=[TaskState.position_id])
)
_BY_MEASURE = select(TaskState.measure_id, *counts(ASKED.today)).where(*ASKED.states).group_by(TaskState.measure_id)
