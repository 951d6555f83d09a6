"""Deliveries that wait for their turn."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import select

from tracker.domain.channels import MAIL
from tracker.extensions import db
from tracker.models import Delivery, Message, Preference
from tracker.models.handed import is_free
from tracker.queries.recipients import may_hear


def waiting(
    organization_id: int, *, today: date, at: time, machine_now: datetime, has_mail: bool, limit: int
) -> Sequence[int]:
    """
    Return an organization's deliveries (ids) whose time has come and that nobody has in hand, the oldest first.

    A delivery waits while its person pauses, and every day anew until the person's hour.

    :param has_mail: whether there is a mail server; without one mails wait, and what leaves otherwise does not
    """
    statement = (
        select(Delivery.id)
        .join(Message, Message.id == Delivery.message_id)
        .outerjoin(Preference, Preference.user_id == Message.user_id)
        .where(
            Message.organization_id == organization_id,
            is_free(Delivery, machine_now),
            may_hear(today, at),
        )
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(limit)
    )
    if not has_mail:
        statement = statement.where(Delivery.channel != MAIL)
    return db.session.scalars(statement).all()
