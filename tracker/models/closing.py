"""Closed follow-up rounds: the plan's figures as they were frozen, under a seal."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.closings import Sealed, Snapshot, seal
from tracker.domain.history import EventKind, digest
from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.event import Event
from tracker.models.plan import Plan
from tracker.models.position import Appointment


class Closing(db.Model):
    """
    One closing of a follow-up round. It is never changed: closing the round again adds a revision, which counts.

    `round_on` is the round's day as it was and no reference: a round may be moved or taken out, what was reported on
    it stays. `head_seq` and `head_hash` are where the plan's history ended; the event of the closing, which has the
    seal in `after`, is the next one. `seal` covers all of it and the seal of the plan's closing before.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "round_on", "revision"),
        UniqueConstraint("plan_id", "head_seq"),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("as_of >= round_on", name="as_of_a_day_from_the_round_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id))
    round_on: Mapped[date]
    revision: Mapped[int]
    as_of: Mapped[date]  # the day at whose end the figures stood like this
    closed_at: Mapped[datetime] = mapped_column(Moment)
    closed_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))
    note: Mapped[str] = mapped_column(default="")
    figures: Mapped[str]  # `Snapshot.canonical`
    head_seq: Mapped[int]
    head_hash: Mapped[str]
    previous_seal: Mapped[str]
    seal: Mapped[str]

    plan: Mapped[Plan] = relationship()
    closed_by: Mapped[Appointment] = relationship()

    @property
    def snapshot(self) -> Snapshot:
        """The frozen figures with their names; to be read only while the seal is whole."""
        return Snapshot.read(self.figures)

    @property
    def seal_of_content(self) -> str:
        """The seal that belongs over what the row says."""
        sealed = Sealed(
            plan_id=self.plan_id,
            round_on=self.round_on,
            revision=self.revision,
            as_of=self.as_of,
            closed_at=self.closed_at,
            closed_by_id=self.closed_by_id,
            note_digest=digest(self.note),
            figures=self.figures,
            head_seq=self.head_seq,
            head_hash=self.head_hash,
        )
        return seal(sealed, previous=self.previous_seal)

    def is_whole(self, event: Event | None) -> bool:
        """
        Return whether the row is as it was sealed and the plan's history has it like this.

        :param event: the one that follows `head_seq` in the plan's history, if there is any
        """
        if event is None or event.kind != EventKind.ROUND_CLOSED or self.seal != self.seal_of_content:
            return False
        told = (event.at, event.appointment_id, event.note, event.after, event.previous_hash)
        return told == (self.closed_at, self.closed_by_id, self.note, self.seal, self.head_hash)
