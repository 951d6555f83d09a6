"""The second proof of a person: an app that shows codes, and codes on paper for when the app is lost."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.user import User


class SecondFactor(db.Model):
    """
    The secret that a person's app shares, sealed with the installation's secret. It counts once it is confirmed.

    `last_counter` is the time step of the last code taken: no code is taken twice.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    sealed: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_counter: Mapped[int | None]


class RecoveryCode(db.Model):
    """A code that replaces the app once; using it deletes the row."""

    __table_args__ = (UniqueConstraint("user_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    fingerprint: Mapped[str]
