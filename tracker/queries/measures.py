"""Measures ready to show."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Measure, Task


def of_plan(plan_id: int) -> Sequence[Measure]:
    """Return a plan's measures by indicator with their divisions and steps."""
    return db.session.scalars(
        select(Measure)
        .where(Measure.plan_id == plan_id)
        .options(selectinload(Measure.divisions), selectinload(Measure.steps))
        .order_by(Measure.indicator, Measure.id)
    ).all()


def deadlines(measure: Measure) -> list[tuple[date, int]]:
    """Return the days on which a measure's tasks fall due, with how many tasks each."""
    rows = db.session.execute(
        select(Task.due_on, func.count())
        .where(Task.measure_id == measure.id, Task.placement != Placement.RETIRED)
        .group_by(Task.due_on)
        .order_by(Task.due_on)
    )
    return [(due_on, count) for due_on, count in rows]
