"""What people do with their digests."""

from datetime import date, datetime

from sqlalchemy import update

from tracker.extensions import db
from tracker.models import Message, User


def mark_read(*, message: Message, now: datetime) -> None:
    """Note that the person has opened the digest; the first time counts."""
    message.read_at = message.read_at or now


def mark_all_read(*, user: User, up_to: date, now: datetime) -> None:
    """Note that the person has seen their digests up to the day of the newest that the page showed, inclusive."""
    db.session.execute(
        update(Message)
        .where(Message.user_id == user.id, Message.digest_on <= up_to, Message.read_at.is_(None))
        .values(read_at=now)
    )
