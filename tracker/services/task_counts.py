"""Keeping the counts of current states right, and counting again to see whether they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Insert, Select, bindparam, case, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.domain.lateness import was_on_time
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Plan, TaskCount, TaskState
from tracker.models.base import FOREVER

COUNTED = (*map(str, Status), "done_on_time", "weight", "done_weight")


class Place(NamedTuple):
    """What is counted together."""

    plan_id: int
    division_id: int
    indicator: int
    measure_id: int
    due_on: date


def keep(*, closed: Iterable[Mapping[str, Any]], opened: Iterable[Mapping[str, Any]]) -> None:
    """Take away the states (their columns by name) that have just been closed, and add those that were opened."""
    changes: dict[Place, Counter[str]] = {}
    moments: dict[Place, datetime] = {}
    for states, one, ended in ((closed, -1, "valid_to"), (opened, 1, "valid_from")):
        for state in states:
            place = Place(*(state[name] for name in Place._fields))
            counts = changes.setdefault(place, Counter())
            for name, count in _counts(state).items():
                counts[name] += one * count
            moments[place] = max(state[ended], moments.get(place, state[ended]))
    # In one order, so that two who come at once never wait for each other in a circle.
    rows = [
        place._asdict() | {name: changes[place][name] for name in COUNTED} | {"changed_at": moments[place]}
        for place in sorted(changes)
        if any(changes[place].values())
    ]
    if rows:
        db.session.execute(_ADD[db.session.get_bind().dialect.name], rows)


def first_miscount(plan: Plan) -> Place | None:
    """Return the first place whose counts are not those of the states; None where all are."""
    columns = [_table.c[name] for name in (*Place._fields, *COUNTED)]
    is_used = sum(_table.c[str(status)] for status in Status) != 0
    kept = {tuple(row) for row in db.session.execute(select(*columns).where(_table.c.plan_id == plan.id, is_used))}
    again = {tuple(row) for row in db.session.execute(_recounted(plan.id))}
    wrong = sorted(Place(*row[: len(Place._fields)]) for row in kept ^ again)
    return wrong[0] if wrong else None


def recount(plan_id: int) -> None:
    """Count a plan's current states anew."""
    db.session.execute(delete(_table).where(_table.c.plan_id == plan_id))
    is_over = _state.valid_to < FOREVER
    last = select(func.max(case((is_over, _state.valid_to), else_=_state.valid_from))).where(_state.plan_id == plan_id)
    rows = _recounted(plan_id).add_columns(last.scalar_subquery())
    db.session.execute(insert(_table).from_select([*Place._fields, *COUNTED, "changed_at"], rows))


def _counts(state: Mapping[str, Any]) -> dict[str, int]:
    """Return what one state adds to each column."""
    status, weight = state["status"], state["weight"]
    is_done = status == Status.DONE
    on_time = is_done and was_on_time(submitted_on=state["submitted_on"], due_on=state["due_on"])
    is_countable = status != Status.NOT_APPLICABLE
    weights = {"weight": weight * is_countable, "done_weight": weight * is_done}
    return {str(status): 1, "done_on_time": int(on_time)} | weights


def _recounted(plan_id: int) -> Select[Any]:
    """Return the same in SQL, over all current states of a plan."""
    is_done = _state.status == Status.DONE
    counts = [
        *(_total(_state.status == status) for status in Status),
        _total(is_done & (_state.submitted_on <= _state.due_on)),
        _total(_state.status != Status.NOT_APPLICABLE, _state.weight),
        _total(is_done, _state.weight),
    ]
    places = [_state[name] for name in Place._fields]
    current = (_state.plan_id == plan_id, _state.valid_to == FOREVER)
    return select(*places, *counts).where(*current).group_by(*places)


def _total(condition: ColumnElement[bool], worth: ColumnElement[int] | int = 1) -> ColumnElement[int]:
    return func.sum(case((condition, worth), else_=0))


def _adding(dialect: Any) -> Insert:
    """Return the statement that adds changes to counts, and begins those of a place that had no task yet."""
    statement = dialect.insert(_table).values({column.name: bindparam(column.name) for column in _table.c})
    new = statement.excluded
    later = case((new.changed_at > _table.c.changed_at, new.changed_at), else_=_table.c.changed_at)
    added = {name: _table.c[name] + new[name] for name in COUNTED}
    return statement.on_conflict_do_update(index_elements=Place._fields, set_=added | {"changed_at": later})


# Of the tables rather than the entities, and built once: this runs with every change of a task.
_table, _state = TaskCount.__table__, TaskState.__table__.c
_ADD = {"sqlite": _adding(sqlite), "postgresql": _adding(postgresql)}
