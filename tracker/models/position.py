"""Positions hold the duty; appointments say who fills them from when to when."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models.base import word
from tracker.models.organization import Division, Organization

if TYPE_CHECKING:
    from tracker.models.user import User


class Position(db.Model):
    """A post in the organization, with what it is for in this system; tasks and history stay with it."""

    __table_args__ = (UniqueConstraint("organization_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    division_id: Mapped[int | None] = mapped_column(ForeignKey(Division.id), index=True)
    title: Mapped[str]
    role: Mapped[Role] = mapped_column(word(Role))

    division: Mapped[Division | None] = relationship()


class Appointment(db.Model):
    """A person in a position: the actor of every change. Both bounds are inclusive; no end: until further notice."""

    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    position_id: Mapped[int] = mapped_column(ForeignKey(Position.id), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_acting: Mapped[bool] = mapped_column(default=False)

    user: Mapped["User"] = relationship(back_populates="appointments")
    position: Mapped[Position] = relationship()

    def is_in_force(self, day: date) -> bool:
        """Return whether the person fills the position on this day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
