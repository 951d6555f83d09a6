"""Positions hold the duty; appointments say who fills them from when to when."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain import appointments
from tracker.domain.permissions import MAY, Act, Role
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Division, Organization

if TYPE_CHECKING:
    from tracker.models.user import User


class Position(db.Model):
    """A post in the organization, with what it is for in this system; tasks and history stay with it."""

    __table_args__ = (
        UniqueConstraint("organization_id", "title"),
        CheckConstraint("leads_at IN (1, 2)", name="leads_at_a_level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey(Division.id), index=True)
    title: Mapped[str]
    role: Mapped[Role] = mapped_column(word(Role))
    leads_at: Mapped[int | None]  # which escalation it is told of: 1 permanent secretary and deputies, 2 the mayor
    abolished_on: Mapped[date | None]  # its tasks and history stay; nobody fills it any more

    division: Mapped[Division | None] = relationship()

    @property
    def takes_tasks(self) -> bool:
        """Whether tasks of its division can be given to it."""
        return self.division_id is not None and self.role in MAY[Act.REPORT]


class Appointment(db.Model):
    """
    A person in a position: the actor of every change. Both bounds are inclusive; no end: until further notice.

    Who hands over in the middle of a day loses access then, not at midnight: `ended_at` cuts the last day short.
    """

    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("ended_at IS NULL OR ends_on IS NOT NULL", name="ended_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey(Position.id), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_acting: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    user: Mapped["User"] = relationship(back_populates="appointments")
    position: Mapped[Position] = relationship()

    def is_in_force(self, day: date) -> bool:
        """Return whether the person fills the position on this day."""
        return self.tenure.is_in_force(day)

    @property
    def tenure(self) -> appointments.Tenure:
        """From when to when it holds."""
        return appointments.Tenure(self.starts_on, self.ends_on, is_cut_short=self.ended_at is not None)


def in_force(day: date) -> ColumnElement[bool]:
    """Return `Tenure.is_in_force` as SQL over an appointment's row."""
    ends_later = or_(Appointment.ends_on.is_(None), Appointment.ends_on > day)
    is_last_day = and_(Appointment.ends_on == day, Appointment.ended_at.is_(None))
    return and_(Appointment.starts_on <= day, or_(ends_later, is_last_day))
