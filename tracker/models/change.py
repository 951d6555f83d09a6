"""The append-only record of what administrators did to divisions, positions and people, chained by hashes."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.changes import ChangeKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Division, Organization
from tracker.models.position import Appointment, Position
from tracker.models.user import User


class Change(db.Model):
    """
    One change: who made it (person in a position), when, what, about whom, and how that read before and after.

    `hash` covers the row and its predecessor's hash. Names of people are personal data: both texts enter by digest.
    """

    __table_args__ = (UniqueConstraint("organization_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))  # None: the system
    kind: Mapped[ChangeKind] = mapped_column(word(ChangeKind))
    division_id: Mapped[int | None] = mapped_column(ForeignKey(Division.id))
    position_id: Mapped[int | None] = mapped_column(ForeignKey(Position.id))
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    before_digest: Mapped[str]
    after_digest: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    by: Mapped[Appointment | None] = relationship()
    division: Mapped[Division | None] = relationship()
    position: Mapped[Position | None] = relationship()
    person: Mapped[User | None] = relationship()
