"""People who sign in. What they may do follows from the positions they are appointed to."""

from datetime import date
from typing import TYPE_CHECKING

from flask_security.core import UserMixin
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.extensions import db
from tracker.models.organization import Organization

if TYPE_CHECKING:
    from tracker.models.position import Appointment


class User(db.Model, UserMixin):
    """An account. People without e-mail have a user name only and are never mailed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    username: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)  # type: ignore[assignment]
    name: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)

    organization: Mapped[Organization] = relationship()
    appointments: Mapped[list["Appointment"]] = relationship(back_populates="user", order_by="Appointment.id")

    # The token of the session in which the person is here; of no use to anybody until a session is begun.
    session_token = ""

    def cookie_id(self) -> str:
        """Return what the cookies say: the token of one session, so that each can be ended on its own."""
        return self.session_token

    def appointments_on(self, day: date) -> list["Appointment"]:
        """Return the appointments in force on a day, the person's own before acting ones."""
        in_force = [appointment for appointment in self.appointments if appointment.is_in_force(day)]
        return sorted(in_force, key=lambda appointment: (appointment.is_acting, appointment.id))
