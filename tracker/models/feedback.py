"""What citizens write about a measure."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.feedback import FeedbackState
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.measure import Measure
from tracker.models.organization import Organization
from tracker.models.position import Appointment


class Feedback(db.Model):
    """
    One citizen's word on a measure. It has no name and no address: whoever wants an answer reads it on the page.

    `receipt` is what the citizen is given to find it again.
    """

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_together"),
        Index("ix_feedback_measure", "measure_id", "state", "id"),
        Index("ix_feedback_organization", "organization_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    receipt: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    state: Mapped[FeedbackState] = mapped_column(word(FeedbackState), default=FeedbackState.NEW)
    hidden_reason: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    is_answer_shown: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))

    measure: Mapped[Measure] = relationship()
    settled_by: Mapped[Appointment | None] = relationship()
