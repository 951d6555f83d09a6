"""Divisions with what still hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager

from tracker.domain.permissions import MAY, Act
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models import Appointment, Division, Plan, Position, Task
from tracker.models.position import in_force

UNFINISHED = OPEN | {Status.SUBMITTED}
IS_UNFINISHED = and_(Task.status.in_(sorted(UNFINISHED)), Task.placement != Placement.RETIRED)


@dataclass(frozen=True)
class Row:
    """A division as the list shows it, with how many unfinished tasks and how many positions it has."""

    division: Division
    unfinished: int
    positions: int


@dataclass(frozen=True)
class Unfinished:
    """How many tasks of a fiscal year (พ.ศ.) somebody still has to report on, or to accept where handed in."""

    fiscal_year: int
    is_submitted: bool
    count: int


@dataclass(frozen=True)
class Staffed:
    """A division with the positions that take its tasks, and whoever fills each, in their own right before acting."""

    division: Division
    posts: dict[Position, list[Appointment]]


def listed(organization_id: int) -> list[Row]:
    """Return an organization's divisions in official order, closed ones among them, in one statement."""
    tasks = select(func.count()).where(Task.division_id == Division.id, IS_UNFINISHED).scalar_subquery()
    positions = (
        select(func.count())
        .where(Position.division_id == Division.id, Position.abolished_on.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Division, tasks, positions)
        .where(Division.organization_id == organization_id)
        .order_by(Division.order, Division.id)
    )
    return [Row(*row) for row in rows]


def unfinished(division_id: int) -> list[Unfinished]:
    """Return what a division has not finished by fiscal year, newest first."""
    is_submitted = (Task.status == Status.SUBMITTED).label("is_submitted")
    rows = db.session.execute(
        select(Plan.fiscal_year, is_submitted, func.count())
        .join(Plan, Plan.id == Task.plan_id)
        .where(Task.division_id == division_id, IS_UNFINISHED)
        .group_by(Plan.fiscal_year, is_submitted)
        .order_by(Plan.fiscal_year.desc(), is_submitted)
    )
    return [Unfinished(year, bool(submitted), count) for year, submitted, count in rows]


def positions(division_id: int) -> Sequence[Position]:
    """Return the positions that belong to a division, those abolished left out."""
    return db.session.scalars(
        select(Position)
        .where(Position.division_id == division_id, Position.abolished_on.is_(None))
        .order_by(Position.id)
    ).all()


def staffed(division_id: int, *, day: date) -> Staffed | None:
    """Return a division with who filled the positions that take its tasks on a day, in one statement."""
    takes_tasks = and_(
        Position.division_id == Division.id,
        Position.role.in_(sorted(MAY[Act.REPORT])),
        or_(Position.abolished_on.is_(None), Position.abolished_on > day),
    )
    rows = db.session.execute(
        select(Division, Position, Appointment)
        .outerjoin(Position, takes_tasks)
        .outerjoin(Appointment, and_(Appointment.position_id == Position.id, in_force(day)))
        .outerjoin(Appointment.user)
        .options(contains_eager(Appointment.user))
        .where(Division.id == division_id)
        .order_by(Position.id, Appointment.is_acting, Appointment.id)
    ).all()
    posts: dict[Position, list[Appointment]] = {}
    for _, position, appointment in rows:
        if position is not None:
            posts.setdefault(position, []).extend([appointment] if appointment else [])
    return Staffed(rows[0][0], posts) if rows else None


def plan_ids(organization_id: int) -> Sequence[int]:
    """Return the plans of an organization (ids) in the order in which they are locked."""
    return db.session.scalars(select(Plan.id).where(Plan.organization_id == organization_id).order_by(Plan.id)).all()
