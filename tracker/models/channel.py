"""Addresses beside e-mail, how each channel is doing, and when a person wants to be told."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import Problem
from tracker.domain.sending_hours import USUAL_HOUR, Wishes
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.user import User


class ChannelAddress(db.Model):
    """
    One more way on which a person's digests leave, entered by an administrator.

    The address holds a secret (a token, a key in a path): it is sealed and never shown again, only its `hint` is.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    kind: Mapped[ChannelKind] = mapped_column(word(ChannelKind))
    label: Mapped[str]
    hint: Mapped[str]
    sealed: Mapped[str]
    is_on: Mapped[bool] = mapped_column(default=True)  # the person's own choice
    created_at: Mapped[datetime] = mapped_column(Moment)

    user: Mapped[User] = relationship()


class ChannelStanding(db.Model):
    """How a channel is doing as a whole: since when nothing leaves on it, and what stands in the way."""

    channel: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    last_sent_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[Problem | None] = mapped_column(word(Problem))
    error: Mapped[str] = mapped_column(default="")


class Preference(db.Model):
    """When and how a person wants to be told; without a row it is as usual."""

    __table_args__ = (
        CheckConstraint("(paused_from IS NULL) = (paused_to IS NULL)", name="pause_pair"),
        CheckConstraint("paused_to >= paused_from", name="pause_runs_forward"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    hour: Mapped[time] = mapped_column(default=USUAL_HOUR)
    wants_mail: Mapped[bool] = mapped_column(default=True)
    paused_from: Mapped[date | None]
    paused_to: Mapped[date | None]

    user: Mapped[User] = relationship()

    @property
    def wishes(self) -> Wishes:
        """When the person wants to be told."""
        return Wishes(self.hour, self.paused_from, self.paused_to)
