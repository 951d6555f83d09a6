"""Calendars that a person's own program subscribes to."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.organization import Division
from tracker.models.user import User


class Feed(db.Model):
    """
    One address under which deadlines can be read without signing in; whoever made it can take it back.

    The address carries a token of which this row keeps the fingerprint. With a division it shows that one's tasks,
    without one those of the person's own positions.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey(Division.id))
    fingerprint: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)

    user: Mapped[User] = relationship()
    division: Mapped[Division | None] = relationship()
