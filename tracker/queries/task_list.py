"""The list of a plan's tasks: what it is narrowed to, and one page of it at a time however many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, func, literal_column, select, text, tuple_

from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models import Task

PAGE = 50
MOST_COUNTED = 1000  # beyond this a list says "more than": counting a million rows takes longer than reading them


class Given(NamedTuple):
    """A position and its division."""

    position_id: int
    division_id: int


@dataclass(frozen=True)
class Filter:
    """What a list of tasks is narrowed to; None or nothing means all. Days are inclusive."""

    measure_ids: tuple[int, ...] | None = None
    division_ids: tuple[int, ...] = ()
    given: Given | None = None  # what this position has to do: its own, and its division's that nobody was given
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


# The table rather than the entity: its rows are plain, and asking for them costs half as much.
_task = Task.__table__.c
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


# Each filter as SQL; how it is said decides which index serves it, which the tests of these plans hold.
CONDITIONS: dict[str, Any] = {
    "plan_id": _task.plan_id == bindparam("plan_id"),
    "not_retired": _task.placement != Placement.RETIRED,
    "outside": text("task.placement = 'outside'"),  # as the index of these few rows says it
    "blocked": text("task.blocked_reason <> ''"),
    "measure_id": _task.measure_id == bindparam("measure_id"),
    "division_id": _task.division_id == bindparam("division_id"),
    # Of several, an index would be read one after the other and all of it sorted: the sum keeps it from being chosen.
    "measure_ids": (_task.measure_id + 0).in_(bindparam("measure_ids", expanding=True)),
    "division_ids": (_task.division_id + 0).in_(bindparam("division_ids", expanding=True)),
    "own_division_id": _task.division_id == bindparam("own_division_id"),
    "position_id": func.coalesce(_task.position_id, bindparam("position_id")) == bindparam("position_id"),
    "status": _task.status == bindparam("status"),
    # "In" would be looked up status by status, out of order; what is no "in" is passed over.
    "open": _task.status.not_in(sorted(set(Status) - OPEN)),
    "counted": _task.status != Status.NOT_APPLICABLE,
    "on_time": and_(_task.status == Status.DONE, _task.submitted_on <= _task.due_on),
    "late_on": _task.due_on < bindparam("late_on"),
    "due_from": _task.due_on >= bindparam("due_from"),
    "due_to": _task.due_on <= bindparam("due_to"),
}


def page(plan_id: int, chosen: Filter, *, today: date, cursor: Cursor | None = None) -> Page:
    """
    Return a page of a plan's tasks by deadline, in one statement.

    Within a day tasks stand in the order in which the plan made them, by measure and division: an order that an index
    holds, so that no page is dearer than the first.
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
    statement = _narrowed(select(*COLUMNS), frozenset(asked)).order_by(_task.due_on, _task.id).limit(limit)
    for row in db.session.execute(statement, asked, execution_options={"yield_per": 1000}):
        yield Row(*row)


def _asked(plan_id: int, chosen: Filter, today: date) -> dict[str, Any] | None:
    """Return the conditions that a filter puts, by name and with their values; None when nothing can meet them."""
    if chosen.measure_ids == ():
        return None
    flags = {
        "outside": chosen.only_outside,
        "not_retired": not chosen.only_outside,
        "blocked": chosen.only_blocked,
        "open": chosen.only_open or chosen.only_overdue,
        "counted": chosen.only_counted,
        "on_time": chosen.only_on_time,
    }
    values = {
        "plan_id": plan_id,
        **_one_or_several("measure_id", chosen.measure_ids or ()),
        **_one_or_several("division_id", chosen.division_ids),
        "position_id": chosen.given and chosen.given.position_id,
        "own_division_id": chosen.given and chosen.given.division_id,
        "status": chosen.status,
        "late_on": today if chosen.only_overdue else None,
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
    some = _narrowed(select(literal_column("1")), asked).limit(MOST_COUNTED + 1).subquery()
    count = select(func.count()).select_from(some).scalar_subquery()
    statement = _narrowed(select(*COLUMNS, count), asked).limit(PAGE + 1)
    place, there = tuple_(_task.due_on, _task.id), tuple_(bindparam("after_on", type_=Date()), bindparam("after_id"))
    if is_backward:
        return statement.where(place < there).order_by(_task.due_on.desc(), _task.id.desc())
    if has_cursor:
        statement = statement.where(place > there)
    return statement.order_by(_task.due_on, _task.id)


def _narrowed(statement: Select, asked: frozenset[str]) -> Select:
    return statement.select_from(Task.__table__).where(*(CONDITIONS[name] for name in sorted(asked)))
