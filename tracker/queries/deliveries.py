"""Deliveries that wait for their turn."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from tracker.domain.deliveries import DeliveryState
from tracker.extensions import db
from tracker.models import Delivery, Message


def waiting(organization_id: int, *, machine_now: datetime) -> Sequence[int]:
    """Return an organization's deliveries (ids) whose time has come and that nobody has in hand, the oldest first."""
    return db.session.scalars(
        select(Delivery.id)
        .join(Message, Message.id == Delivery.message_id)
        .where(
            Message.organization_id == organization_id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.next_try_at <= machine_now,
            or_(Delivery.leased_until.is_(None), Delivery.leased_until <= machine_now),
        )
        .order_by(Delivery.next_try_at, Delivery.id)
    ).all()
