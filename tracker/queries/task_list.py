"""
The list of a plan's tasks: what it is narrowed to, and one page of it at a time however many there are.

It is read from the tasks as they are now, or from what was true of them at the end of a past day.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Date, FromClause, Select, Table, and_, bindparam, func, literal_column, select, text, tuple_

from tracker.domain.calendar import end_of
from tracker.domain.figures import Post
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models import Task, TaskState
from tracker.models.base import Moment

PAGE = 50
MOST_COUNTED = 1000  # beyond this a list says "more than": counting a million rows takes longer than reading them


@dataclass(frozen=True)
class Filter:
    """
    What a list of tasks is narrowed to; None or nothing means all. Days are inclusive.

    Which tasks stood outside the schedule is known of now alone: `as_of` a day nobody can ask for `only_outside`.
    """

    as_of: date | None = None  # as they stood at the end of this day; None: as they are now
    measure_ids: tuple[int, ...] | None = None
    division_ids: tuple[int, ...] = ()
    given: Post | None = None  # what this position has to do: its own, and its division's that nobody was given
    status: Status | None = None
    due_from: date | None = None
    due_to: date | None = None
    only_overdue: bool = False
    only_open: bool = False
    only_blocked: bool = False
    only_outside: bool = False
    only_counted: bool = False  # without what does not apply, as figures count
    only_on_time: bool = False  # accepted, and handed in by its day


class Place(NamedTuple):
    """Where a task stands in the order of the list."""

    due_on: date
    id: int


@dataclass(frozen=True)
class Cursor:
    """The page after a place, or the one before it."""

    place: Place
    is_backward: bool = False


class Row(NamedTuple):
    """What a list shows of a task."""

    id: int
    due_on: date
    status: Status
    placement: Placement
    blocked_reason: str
    status_reason: str
    slot: str
    measure_id: int
    division_id: int
    position_id: int | None

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.due_on, self.id)


@dataclass(frozen=True)
class Page:
    """A page of the list; `count` stops at one more than `MOST_COUNTED`."""

    rows: list[Row]
    count: int
    has_previous: bool
    has_next: bool


@dataclass(frozen=True)
class Source:
    """
    What a list is read from.

    `table` is what the filters speak of and `joined` what has all `columns`, which are those of `Row`.
    """

    table: Table
    joined: FromClause
    columns: tuple[Any, ...]
    conditions: dict[str, Any]

    @property
    def place(self) -> tuple[Any, Any]:
        """The columns that lists are ordered by."""
        _id, due_on, *_ = self.columns
        return due_on, _id


def _conditions(table: Table) -> dict[str, Any]:
    """Return each filter as SQL; how it is said decides which index serves it, which the tests of these plans hold."""
    column = table.c
    return {
        "plan_id": column.plan_id == bindparam("plan_id"),
        "blocked": text(f"{table.name}.blocked_reason <> ''"),
        "measure_id": column.measure_id == bindparam("measure_id"),
        "division_id": column.division_id == bindparam("division_id"),
        # Of several, an index would be read one after the other and all of it sorted: the sum keeps it from being
        # chosen.
        "measure_ids": (column.measure_id + 0).in_(bindparam("measure_ids", expanding=True)),
        "division_ids": (column.division_id + 0).in_(bindparam("division_ids", expanding=True)),
        "own_division_id": column.division_id == bindparam("own_division_id"),
        "position_id": func.coalesce(column.position_id, bindparam("position_id")) == bindparam("position_id"),
        "status": column.status == bindparam("status"),
        # "In" would be looked up status by status, out of order; what is no "in" is passed over.
        "open": column.status.not_in(sorted(set(Status) - OPEN)),
        "counted": column.status != Status.NOT_APPLICABLE,
        "on_time": and_(column.status == Status.DONE, column.submitted_on <= column.due_on),
        "late_on": column.due_on < bindparam("late_on"),
        "due_from": column.due_on >= bindparam("due_from"),
        "due_to": column.due_on <= bindparam("due_to"),
    }


# The tables rather than the entities: their rows are plain, and asking for them costs half as much.
_tasks, _states = Task.__table__, TaskState.__table__
_task, _state = _tasks.c, _states.c
COLUMNS = (
    _task.id,
    _task.due_on,
    _task.status,
    _task.placement,
    _task.blocked_reason,
    _task.status_reason,
    _task.slot,
    _task.measure_id,
    _task.division_id,
    _task.position_id,
)
NOW = Source(
    _tasks,
    _tasks,
    COLUMNS,
    _conditions(_tasks)
    | {
        "not_retired": _task.placement != Placement.RETIRED,
        "outside": text("task.placement = 'outside'"),  # as the index of these few rows says it
    },
)
_TRUE_UNTIL = bindparam("true_until", type_=Moment)
# A retired task has no state, so that whatever has one was asked for.
THEN = Source(
    _states,
    _states.join(_tasks, _task.id == _state.task_id),
    (
        _state.task_id,
        _state.due_on,
        _state.status,
        literal_column(f"'{Placement.SCHEDULED}'", _task.placement.type),
        _state.blocked_reason,
        _state.status_reason,
        _task.slot,
        _state.measure_id,
        _state.division_id,
        _state.position_id,
    ),
    _conditions(_states)
    | {
        "begun_by": _state.valid_from < bindparam("begun_by"),
        # Said plainly, the states of the plan would be found by it and all of them sorted.
        "true_until": func.coalesce(_state.valid_to, _TRUE_UNTIL) >= _TRUE_UNTIL,
    },
)


def page(plan_id: int, chosen: Filter, *, today: date, cursor: Cursor | None = None) -> Page:
    """
    Return a page of a plan's tasks by deadline, in one statement.

    Within a day tasks stand in the order in which the plan made them, by measure and division: an order that an index
    holds, so that no page is dearer than the first. As of a past day, late is what was late then.
    """
    asked = _asked(plan_id, chosen, today)
    if asked is None:
        return Page([], 0, has_previous=False, has_next=False)
    is_backward = cursor is not None and cursor.is_backward
    statement = _page_statement(frozenset(asked), has_cursor=cursor is not None, is_backward=is_backward)
    place = {"after_on": cursor.place.due_on, "after_id": cursor.place.id} if cursor else {}
    found = db.session.execute(statement, asked | place).all()
    if is_backward and len(found) < PAGE:  # the first page is always a full one
        return page(plan_id, chosen, today=today)
    rows = [Row(*row[:-1]) for row in found[:PAGE]]
    has_more = len(found) > PAGE
    return Page(
        rows=rows[::-1] if is_backward else rows,
        count=found[0][-1] if found else 0,
        has_previous=has_more if is_backward else cursor is not None,
        has_next=is_backward or has_more,
    )


def ids(plan_id: int, chosen: Filter, *, today: date, limit: int) -> Sequence[int]:
    """Return the first ids of the tasks that match, in the order of the list."""
    return [row.id for row in every(plan_id, chosen, today=today, limit=limit)]


def every(plan_id: int, chosen: Filter, *, today: date, limit: int) -> Iterator[Row]:
    """Yield the tasks that match, in the order of the list and without holding all of them."""
    asked = _asked(plan_id, chosen, today)
    if asked is None:
        return
    source = _source(asked)
    statement = _narrowed(select(*source.columns), asked, source.joined).order_by(*source.place).limit(limit)
    for row in db.session.execute(statement, asked, execution_options={"yield_per": 1000}):
        yield Row(*row)


def _asked(plan_id: int, chosen: Filter, today: date) -> dict[str, Any] | None:
    """Return the conditions that a filter puts, by name and with their values; None when nothing can meet them."""
    if chosen.measure_ids == ():
        return None
    flags = {
        "outside": chosen.only_outside,
        "not_retired": chosen.as_of is None and not chosen.only_outside,
        "blocked": chosen.only_blocked,
        "open": chosen.only_open or chosen.only_overdue,
        "counted": chosen.only_counted,
        "on_time": chosen.only_on_time,
    }
    moment = None if chosen.as_of is None else end_of(chosen.as_of)
    values = {
        "plan_id": plan_id,
        "begun_by": moment,
        "true_until": moment,
        **_one_or_several("measure_id", chosen.measure_ids or ()),
        **_one_or_several("division_id", chosen.division_ids),
        "position_id": chosen.given and chosen.given.position_id,
        "own_division_id": chosen.given and chosen.given.division_id,
        "status": chosen.status,
        "late_on": (chosen.as_of or today) if chosen.only_overdue else None,
        "due_from": chosen.due_from,
        "due_to": chosen.due_to,
    }
    asked = {name: True for name, is_set in flags.items() if is_set}
    return asked | {name: value for name, value in values.items() if value is not None}


def _one_or_several(name: str, ids: Sequence[int]) -> dict[str, Any]:
    return {name: ids[0]} if len(ids) == 1 else {f"{name}s": list(ids)} if ids else {}


@lru_cache(maxsize=256)
def _page_statement(asked: frozenset[str], *, has_cursor: bool, is_backward: bool) -> Select:
    """Return the statement of a page: built once for each set of filters, because building it takes longer than it."""
    source = _source(asked)
    some = _narrowed(select(literal_column("1")), asked, source.table).limit(MOST_COUNTED + 1).subquery()
    count = select(func.count()).select_from(some).scalar_subquery()
    statement = _narrowed(select(*source.columns, count), asked, source.joined).limit(PAGE + 1)
    there = tuple_(bindparam("after_on", type_=Date()), bindparam("after_id"))
    if is_backward:
        return statement.where(tuple_(*source.place) < there).order_by(*(column.desc() for column in source.place))
    if has_cursor:
        statement = statement.where(tuple_(*source.place) > there)
    return statement.order_by(*source.place)


def _narrowed(statement: Select, asked: Collection[str], rows: FromClause) -> Select:
    conditions = _source(asked).conditions
    return statement.select_from(rows).where(*(conditions[name] for name in sorted(asked)))


def _source(asked: Collection[str]) -> Source:
    return THEN if "true_until" in asked else NOW
