"""People and their positions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Appointment, Division, Position, User


def appointments(organization_id: int, *, today: date) -> Sequence[Appointment]:
    """Return an organization's appointments in force on a day, leaders first, then by division."""
    return db.session.scalars(
        select(Appointment)
        .join(Appointment.position)
        .outerjoin(Position.division)
        .join(Appointment.user)
        .where(
            Position.organization_id == organization_id,
            User.active,
            Appointment.starts_on <= today,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= today),
        )
        .options(joinedload(Appointment.user), joinedload(Appointment.position).joinedload(Position.division))
        .order_by(Division.order.is_not(None), Division.order, Position.id, Appointment.id)
    ).all()
