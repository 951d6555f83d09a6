"""Positions with the people who fill them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.domain.permissions import MAY, Act
from tracker.domain.statuses import OPEN, Status
from tracker.extensions import db
from tracker.models import Appointment, Division, Position, Task
from tracker.queries.appointments import Filling, filling
from tracker.queries.divisions import IS_UNFINISHED


@dataclass(frozen=True)
class Row:
    """A position as the list shows it."""

    position: Position
    filling: Filling


def one(position_id: int) -> Position | None:
    """Return a position with its division."""
    return db.session.scalar(select(Position).where(Position.id == position_id).options(joinedload(Position.division)))


def unfinished_tasks(position_id: int) -> int:
    """Return how many tasks that are given to a position are not finished."""
    unfinished = (Task.position_id == position_id, Task.status.in_(sorted({*OPEN, Status.SUBMITTED})))
    return db.session.scalar(select(func.count()).select_from(Task).where(*unfinished)) or 0


def open_work(position: Position) -> int:
    """Return how many unfinished tasks a position works on: its own and, if it reports, its division's as a whole."""
    is_its = Task.position_id == position.id
    if position.role in MAY[Act.REPORT]:
        is_its = or_(is_its, and_(Task.division_id == position.division_id, Task.position_id.is_(None)))
    return db.session.scalar(select(func.count()).select_from(Task).where(is_its, IS_UNFINISHED)) or 0


def listed(organization_id: int, *, today: date) -> list[Row]:
    """Return an organization's positions, leaders first, then by division; abolished ones too. In two statements."""
    positions = db.session.scalars(
        select(Position)
        .outerjoin(Position.division)
        .where(Position.organization_id == organization_id)
        .options(joinedload(Position.division))
        .order_by(Division.order.is_not(None), Division.order, Position.id)
    ).all()
    appointments: dict[int, list[Appointment]] = {}
    for one in db.session.scalars(
        select(Appointment)
        .join(Appointment.position)
        .where(
            Position.organization_id == organization_id,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= today),
        )
        .options(joinedload(Appointment.user))
        .order_by(Appointment.starts_on, Appointment.id)
    ):
        appointments.setdefault(one.position_id, []).append(one)
    return [Row(position, filling(appointments.get(position.id, []), today)) for position in positions]
