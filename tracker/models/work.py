"""Work longer than a second: asked for in a request, done by a job, watched by whoever asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.sentences import Sentence
from tracker.domain.works import SETTLED, WorkKind, WorkState
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Organization
from tracker.models.position import Appointment


class Work(db.Model):
    """
    One piece of work and how far it is: `done` of `total` in its own steps, `total` 0 while nobody knows.

    `leased_until` is on the machine's clock: a process that dies loses its lease, and another begins anew.
    """

    __table_args__ = (
        CheckConstraint("(state = 'running') = (leased_until IS NOT NULL)", name="leased_while_running"),
        CheckConstraint("(state = 'failed') = (refusal IS NOT NULL)", name="refusal_of_failed"),
        Index("ix_work_state", "state", "id"),
        Index("ix_work_subject", "kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    kind: Mapped[WorkKind] = mapped_column(word(WorkKind))
    subject_id: Mapped[int]  # no reference: what it names depends on the kind
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[WorkState] = mapped_column(word(WorkState), default=WorkState.WAITING)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # why it failed

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in SETTLED

    @property
    def why_failed(self) -> Sentence | None:
        """What to tell whoever asked."""
        return Sentence.from_json(self.refusal) if self.refusal else None
