"""A plan's figures as of a day with its S-curve: one statement, whatever the number of tasks and months."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, Row, Select, bindparam, case, literal, null, select, union_all

from tracker.domain import curves
from tracker.domain.calendar import end_of
from tracker.domain.curves import Curve, Share, past_days
from tracker.domain.figures import Figures
from tracker.extensions import db
from tracker.models import TaskState
from tracker.models.base import Moment
from tracker.queries import progress
from tracker.queries.progress import At

MOST_DAYS = 13  # the ends of twelve months and the day in view


def as_of(
    plan_id: int,
    *,
    fiscal_year: int,
    day: date,
    indicator: int | None = None,
    division_id: int | None = None,
    measure_id: int | None = None,
) -> tuple[Figures, Curve]:
    """Return how a plan, or the part of it that is named, stood at the end of a local day, and how it came there."""
    wanted = {"indicator": indicator, "division_id": division_id, "measure_id": measure_id}
    named = {column: value for column, value in wanted.items() if value is not None}
    days = past_days(fiscal_year, day=day)
    rows = db.session.execute(_statement(*named), _values(plan_id, day, days) | named).all()
    return _read(rows, fiscal_year, day, days)


def compared(plan_id: int, *, fiscal_year: int, day: date, since: date) -> tuple[Figures, Curve, Figures]:
    """Return the same of a whole plan, and how it stood at the end of an earlier local day; all in one statement."""
    days = past_days(fiscal_year, day=day)
    earlier = {"since": since, "since_moment": end_of(since)}
    rows = db.session.execute(_compared(), _values(plan_id, day, days) | earlier).all()
    before = Figures(since, tuple(progress.cell(row[:-2]) for row in rows if row.opened == _BEFORE))
    return *_read(rows, fiscal_year, day, days), before


def _values(plan_id: int, day: date, days: Sequence[date]) -> dict[str, Any]:
    bounds = {f"end_{number}": end_of(one) for number, one in enumerate([*days, *[day] * MOST_DAYS][:MOST_DAYS])}
    return {"plan_id": plan_id, "today": day, "moment": end_of(day)} | bounds


def _read(rows: Sequence[Row[Any]], fiscal_year: int, day: date, days: tuple[date, ...]) -> tuple[Figures, Curve]:
    figures = Figures(day, tuple(progress.cell(row[:-2]) for row in rows if row.opened is None))
    done = _done_at([row for row in rows if row.opened is not None and row.opened != _BEFORE], days)
    return figures, curves.curve(figures, fiscal_year=fiscal_year, done=done)


def _done_at(spans: list[Row[Any]], days: tuple[date, ...]) -> dict[date, Share]:
    """Return what was done at the end of each day: of the states opened by then those that were not closed yet."""
    done = {}
    for number, day in enumerate(days):
        there = [span for span in spans if span.opened <= number < span.closed]
        done[day] = Share(sum(span.done_weight for span in there), sum(span.weight for span in there))
    return done


@cache  # putting it together takes longer than running it on a small plan
def _statement(*named: str) -> Select | CompoundSelect:
    return progress.in_order(union_all(*_parts(*named)))


@cache
def _compared() -> Select | CompoundSelect:
    """Return the statement with the plan's cells of an earlier day as well, marked as being of before."""
    marks = literal(_BEFORE).label("opened"), null().label("closed")
    return progress.in_order(union_all(*_parts(), progress.cells(at=_SINCE).add_columns(*marks)))


def _parts(*named: str) -> tuple[Select, Select]:
    """
    Return the statement for the cells of a plan and, below them, for the spans of its past.

    Both are sums over the same states by the same index, so the second travels with the first: a row of it has no
    division, but the numbers of the first days by whose end its states were opened and were closed.
    """
    only = [_COLUMNS[name] == bindparam(name, type_=Integer) for name in named]
    cells = progress.cells(*only).add_columns(null().label("opened"), null().label("closed"))
    spans = {"weight": progress.WEIGHT, "done_weight": progress.DONE_WEIGHT, "opened": _OPENED, "closed": _CLOSED}
    past = (
        select(*(spans.get(column.name, null()).label(column.name) for column in cells.selected_columns))
        .where(
            TaskState.plan_id == progress.ASKED.plan_id,
            TaskState.valid_to >= _ENDS[0],
            TaskState.valid_from < _ENDS[-1],
        )
        .where(*only)
        .group_by("opened", "closed")
    )
    return cells, past


_BEFORE = -1  # stands where a span has the number of a day
_SINCE = At(progress.ASKED.plan_id, bindparam("since", type_=Date), bindparam("since_moment", type_=Moment))
_COLUMNS = {
    "indicator": TaskState.indicator,
    "division_id": TaskState.division_id,
    "measure_id": TaskState.measure_id,
}
_ENDS = [bindparam(f"end_{number}", type_=Moment) for number in range(MOST_DAYS)]
# A state holds at the end of a day if it was opened before and not closed before. Most were opened with the plan and
# most are not closed at all: each is compared from the end where it will be found.
_OPENED = case(*((TaskState.valid_from < end, number) for number, end in enumerate(_ENDS)), else_=MOST_DAYS)
_CLOSED = case(
    *((TaskState.valid_to >= end, number + 1) for number, end in reversed([*enumerate(_ENDS)])),
    else_=0,
)
