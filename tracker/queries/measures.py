"""Measures ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.domain.results import Taken
from tracker.extensions import db
from tracker.models import Measure, Plan, Step
from tracker.models.measure import measure_division


@dataclass(frozen=True)
class Listed:
    """A measure as the list shows it, with how many divisions and steps it has."""

    measure: Measure
    division_count: int
    step_count: int


def of_plan(plan_id: int) -> Sequence[Listed]:
    """Return a plan's measures by indicator, in one statement."""
    divisions = select(func.count()).where(measure_division.c.measure_id == Measure.id).scalar_subquery()
    steps = select(func.count()).where(Step.measure_id == Measure.id, Step.is_retired.is_(False)).scalar_subquery()
    rows = db.session.execute(
        select(Measure, divisions, steps)
        .where(Measure.plan_id == plan_id, Measure.is_retired.is_(False))
        .order_by(Measure.indicator, Measure.id)
    )
    return [Listed(*row) for row in rows]


def one(measure_id: int) -> Measure | None:
    """Return a measure with its steps, its plan and the few rounds of that, in one statement."""
    together = joinedload(Measure.steps), joinedload(Measure.plan).joinedload(Plan.rounds)
    rows = db.session.scalars(select(Measure).where(Measure.id == measure_id).options(*together))
    return rows.unique().one_or_none()


def taken(organization_id: int) -> dict[int, dict[int, list[Taken]]]:
    """Return the measures of every plan (by its id) by indicator, in one statement."""
    rows = db.session.execute(
        select(Measure.plan_id, Measure.indicator, Measure.id, Measure.title)
        .where(Measure.organization_id == organization_id, Measure.is_retired.is_(False))
        .order_by(Measure.plan_id, Measure.indicator, Measure.id)
    )
    found: dict[int, dict[int, list[Taken]]] = {}
    for plan_id, indicator, measure_id, title in rows:
        found.setdefault(plan_id, {}).setdefault(indicator, []).append(Taken(measure_id, title))
    return found
