"""The public's window on a plan: whether it is open, and what is shown in it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.organization import Organization
from tracker.models.plan import Plan
from tracker.models.position import Appointment


class PublicWindow(db.Model):
    """
    What the public may see of a plan; open while `published_at` is set. The plan's history tells who opened and closed
    it when.
    """

    __table_args__ = (CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published_together"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    shows_results: Mapped[bool] = mapped_column(default=True)  # what divisions wrote came of their tasks
    shows_obstacles: Mapped[bool] = mapped_column(default=False)
    takes_feedback: Mapped[bool] = mapped_column(default=False)

    plan: Mapped[Plan] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether the public sees it."""
        return self.published_at is not None
