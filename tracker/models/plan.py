"""The plan of a fiscal year, its follow-up rounds and the head of its history."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.reminders import USUAL, Rules
from tracker.domain.statuses import Review
from tracker.extensions import db
from tracker.models.base import Moment, ReminderRules, word
from tracker.models.organization import Organization

if TYPE_CHECKING:
    from tracker.models.measure import Measure


class Plan(db.Model):
    """What is done in a fiscal year (พ.ศ.) about the assessment of the year before."""

    __table_args__ = (
        UniqueConstraint("organization_id", "fiscal_year"),
        CheckConstraint("(last_seq = 0) = (last_hash = '')", name="head_pair"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    fiscal_year: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    review: Mapped[Review] = mapped_column(word(Review), default=Review.REQUIRED)
    reminders_from: Mapped[date]  # nothing that came before this day is owed to anybody
    reminder_rules: Mapped[Rules] = mapped_column(ReminderRules, default=USUAL)
    last_seq: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[str] = mapped_column(default="")

    organization: Mapped[Organization] = relationship()
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.due_on", cascade="all, delete-orphan")
    measures: Mapped[list["Measure"]] = relationship(  # those in it now
        back_populates="plan",
        order_by="(Measure.indicator, Measure.id)",
        primaryjoin="and_(Plan.id == Measure.plan_id, Measure.is_retired.is_(False))",
    )

    @property
    def round_dates(self) -> tuple[date, ...]:
        """The follow-up rounds in time order."""
        return tuple(follow_up.due_on for follow_up in self.rounds)


class Round(db.Model):
    """A day on which every division reports on its measures."""

    __table_args__ = (UniqueConstraint("plan_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), index=True)
    due_on: Mapped[date]
