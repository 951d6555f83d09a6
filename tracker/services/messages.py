"""What people do with their digests."""

from datetime import datetime

from tracker.models import Message


def mark_read(*, message: Message, now: datetime) -> None:
    """Note that the person has opened the digest; the first time counts."""
    message.read_at = message.read_at or now
