"""The append-only history of a plan, chained by hashes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.history import EventKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.plan import Plan
from tracker.models.position import Appointment
from tracker.models.task import Task


class Event(db.Model):
    """
    One thing that happened: who (person in a position), when, from, to, and the words that explain it.

    `hash` covers the row and its predecessor's hash. The note enters by its digest, so that personal words can be
    erased without breaking the chain.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "seq"),
        Index("ix_event_news", "plan_id", "kind", "at", "task_id"),  # what is told to people is found by it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))  # None: the system
    kind: Mapped[EventKind] = mapped_column(word(EventKind))
    task_id: Mapped[int | None] = mapped_column(ForeignKey(Task.id), index=True)
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    note_digest: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    by: Mapped[Appointment | None] = relationship()
