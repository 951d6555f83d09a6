"""What the administrator has under care, in numbers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select

from tracker.domain.deliveries import DeliveryState
from tracker.extensions import db
from tracker.models import Appointment, Change, Delivery, Division, Letter, Message, Position, User
from tracker.models.position import in_force


@dataclass(frozen=True)
class Standing:
    """How many there are of everything that can be administered."""

    people: int
    divisions: int
    positions: int
    vacant: int  # positions that nobody fills today, not even acting: reminders reach nobody
    acting: int
    changes: int
    undelivered: int = 0  # mails that were given up


def standing(organization_id: int, *, today: date) -> Standing:
    """Return the numbers of an organization on a day, in one statement."""
    is_ours = and_(Position.organization_id == organization_id, Position.abolished_on.is_(None))
    filled = and_(Appointment.position_id == Position.id, Appointment.user_id == User.id, User.active, in_force(today))
    counts = (
        select(func.count()).where(User.organization_id == organization_id, User.active),
        select(func.count()).where(Division.organization_id == organization_id, Division.closed_on.is_(None)),
        select(func.count()).where(is_ours),
        select(func.count()).select_from(Position).where(is_ours, ~exists().where(filled).correlate(Position)),
        select(func.count())
        .select_from(Appointment)
        .join(Position)
        .join(User, User.id == Appointment.user_id)
        .where(is_ours, User.active, Appointment.is_acting, in_force(today)),
        select(func.count()).where(Change.organization_id == organization_id),
    )
    given_up = (
        select(func.count())
        .select_from(Delivery)
        .join(Message)
        .where(Message.organization_id == organization_id, Delivery.state == DeliveryState.FAILED),
        select(func.count())
        .select_from(Letter)
        .join(User)
        .where(User.organization_id == organization_id, Letter.state == DeliveryState.FAILED),
    )
    numbers = db.session.execute(select(*(count.scalar_subquery() for count in (*counts, *given_up)))).one()
    *whole, digests, letters = numbers
    return Standing(*[*whole, digests + letters])
