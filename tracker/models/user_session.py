"""Where a person is signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.user import User


class UserSession(db.Model):
    """
    One browser that a person is signed in with; its cookie holds a token of which this row keeps the fingerprint.

    There is a row as long as the session may be used: ending it deletes the row. `expires_at` is on the machine's
    clock, the other moments are for the record.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")
    is_remembered: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship()
