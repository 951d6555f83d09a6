"""Mails about a person's own account, which leave at any hour."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.sign_in import LetterKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.handed import Handed
from tracker.models.user import User


class Letter(Handed, db.Model):
    """
    One mail and its delivery, handed over like a digest's.

    The token of a link is sealed with the installation's secret as long as the mail waits, so that every attempt
    carries the same link; once the mail is settled nothing of it is left. `useless_at` is when the link dies.
    """

    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_pair"),
        CheckConstraint("state = 'waiting' OR sealed IS NULL", name="sealed_while_waiting"),
        Index("ix_letter_waiting", "state", "next_try_at"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    kind: Mapped[LetterKind] = mapped_column(word(LetterKind))
    created_at: Mapped[datetime] = mapped_column(Moment)
    useless_at: Mapped[datetime | None] = mapped_column(Moment)
    sealed: Mapped[str | None]

    user: Mapped[User] = relationship()
