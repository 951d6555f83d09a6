"""What citizens write about a measure."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.feedback import FeedbackState, HiddenReason
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.measure import Measure
from tracker.models.organization import Organization
from tracker.models.position import Appointment


class Feedback(db.Model):
    """
    One citizen's word on a measure. It has no name and no address: whoever wants an answer reads it on the page.

    `receipt` is what the citizen is given to find it again; `version` counts what became of it, so that the second of
    two people who look at it is told. The text of what is not shown can be erased: then it is empty.
    """

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_together"),
        CheckConstraint("(state = 'hidden') = (hidden_reason IS NOT NULL)", name="hidden_together"),
        CheckConstraint("text <> '' OR state = 'hidden'", name="erased_is_hidden"),
        CheckConstraint("NOT is_answer_shown OR (state = 'shown' AND answer <> '')", name="answer_is_shown_with_it"),
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
    hidden_reason: Mapped[HiddenReason | None] = mapped_column(word(HiddenReason))
    hidden_words: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    is_answer_shown: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    version: Mapped[int] = mapped_column(default=0)

    measure: Mapped[Measure] = relationship()
    settled_by: Mapped[Appointment | None] = relationship()

    @property
    def is_erased(self) -> bool:
        """Whether nothing is left but that something was there."""
        return self.text == ""
