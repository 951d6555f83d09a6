"""A person's addresses beside e-mail."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import ChannelAddress


def of_user(user_id: int) -> Sequence[ChannelAddress]:
    """Return every address of a person, the oldest first."""
    return db.session.scalars(
        select(ChannelAddress).where(ChannelAddress.user_id == user_id).order_by(ChannelAddress.id)
    ).all()
