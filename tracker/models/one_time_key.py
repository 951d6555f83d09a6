"""What lets a person choose a password once, and what was asked for by whoever forgot theirs."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.sign_in import KeyKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.user import User


class OneTimeKey(db.Model):
    """
    A link or a printed code that has not been used yet; of its secret only the fingerprint is kept.

    Using or replacing it deletes the row. `expires_at` is on the machine's clock.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    kind: Mapped[KeyKind] = mapped_column(word(KeyKind))
    fingerprint: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    user: Mapped[User] = relationship()


class ResetRequest(db.Model):
    """
    A user name or e-mail address, as somebody wrote it who forgot a password.

    It is kept whether or not there is such an account and looked at by a job, so that neither the answer nor the time
    it takes says which. The job deletes it.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    written: Mapped[str]
    address: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(Moment)
