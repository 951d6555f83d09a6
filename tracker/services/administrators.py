"""The one rule that keeps an organization administered: asked after every change that could take somebody away."""

from datetime import date

from sqlalchemy import select

from tracker.domain.appointments import check_administered
from tracker.domain.permissions import MAY, Act
from tracker.extensions import db
from tracker.models import Appointment, Position, User


def concerns(position: Position) -> bool:
    """Return whether whoever fills the position administers."""
    return position.role in MAY[Act.ADMINISTER]


def check(organization_id: int, *, today: date, without: User | None = None) -> None:
    """
    Refuse what this transaction did to an administrator's position or account if a day is left without any.

    The organization must be held.

    :param without: whose appointments are not counted on
    :raises LastAdministrator: if there is such a day
    """
    db.session.flush()
    rows = db.session.scalars(
        select(Appointment)
        .join(Appointment.position)
        .join(Appointment.user)
        .where(
            Position.organization_id == organization_id,
            Position.role.in_(MAY[Act.ADMINISTER]),
            Position.abolished_on.is_(None),
            User.active,
            Appointment.is_acting.is_(False),
        )
        .execution_options(populate_existing=True)
    )
    counted = [row.tenure for row in rows if without is None or row.user_id != without.id]
    check_administered([tenure for tenure in counted if not tenure.is_over(today)], today=today)
