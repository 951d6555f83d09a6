"""What the calendar of a plan says beside its figures: its measures, and which of their occurrences fall due when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from tracker.domain.statuses import Placement, Status
from tracker.extensions import db
from tracker.models import Measure, Task
from tracker.queries.directories import Promise


@dataclass(frozen=True)
class Occasions:
    """A plan's measures by id, by indicator, and the slots of their deadlines."""

    measures: dict[int, Promise]
    slots: dict[tuple[int, date], tuple[str, ...]]


def occasions(plan_id: int, *, division_ids: Sequence[int] = ()) -> Occasions:
    """Return a plan's measures with what falls due in these divisions, or in all of them, in one statement."""
    task = Task.__table__.c
    of_whom = [task.division_id.in_(division_ids)] if division_ids else []
    due = (
        select(task.measure_id, task.due_on, task.slot)
        .where(
            task.plan_id == plan_id,
            task.placement != Placement.RETIRED,
            task.status != Status.NOT_APPLICABLE,
            *of_whom,
        )
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        select(Measure.id, Measure.indicator, Measure.title, due.c.due_on, due.c.slot)
        .outerjoin(due, due.c.measure_id == Measure.id)
        .where(Measure.plan_id == plan_id, or_(Measure.is_retired.is_(False), due.c.due_on.is_not(None)))
        .order_by(Measure.indicator, Measure.id, due.c.due_on, due.c.slot)
    )
    found = Occasions({}, {})
    for measure_id, indicator, title, due_on, slot in rows:
        found.measures[measure_id] = Promise(measure_id, indicator, title)
        if due_on is not None:
            key = (measure_id, due_on)
            found.slots[key] = (*found.slots.get(key, ()), slot)
    return found
