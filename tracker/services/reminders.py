"""Collecting what is owed to a person into the one digest of the day."""

from collections.abc import Sequence
from datetime import date, datetime
from email.utils import make_msgid

from tracker.extensions import db
from tracker.models import Delivery, Message, Notice
from tracker.queries.reminders import Owed

MAIL = "mail"


def collect(*, owed: Sequence[Owed], on: date, now: datetime, machine_now: datetime) -> Message:
    """
    Write one person's digest of a day with everything owed, and its delivery where the person has an address.

    The unique constraints make a second digest of the day, or a second notice of the same thing, impossible.
    """
    user = owed[0].user
    message = Message(organization_id=user.organization_id, user_id=user.id, digest_on=on, created_at=now)
    message.notices = [
        Notice(user_id=user.id, plan_id=item.task.plan_id, task_id=item.task.id, step=item.step, occasion=item.occasion)
        for item in owed
    ]
    if user.email:
        header_id = make_msgid(idstring=f"{user.id}.{on:%Y%m%d}", domain="ita-tracker")
        message.deliveries = [Delivery(channel=MAIL, header_id=header_id, next_try_at=machine_now)]
    db.session.add(message)
    db.session.flush()
    return message
