"""What happened to people's accounts, append-only."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.sign_in import RecordKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.user import User


class SignInRecord(db.Model):
    """One thing that happened to an account: whose it is, who did it (None: nobody signed in), when, from where."""

    __table_args__ = (Index("ix_sign_in_record_of_user", "user_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    kind: Mapped[RecordKind] = mapped_column(word(RecordKind))
    at: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(default="")
    device: Mapped[str] = mapped_column(default="")

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])
