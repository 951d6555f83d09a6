"""Who fills, filled and will fill a position."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Appointment


@dataclass(frozen=True)
class Filling:
    """How a position is filled on a day: in somebody's own right, by acting cover, and what is to come."""

    holder: Appointment | None
    acting: Appointment | None
    coming: Sequence[Appointment]

    @property
    def is_vacant(self) -> bool:
        """Whether nobody fills it in their own right."""
        return self.holder is None

    @property
    def is_unattended(self) -> bool:
        """Whether nobody can act for it, so that reminders reach nobody."""
        return self.holder is None and self.acting is None


def filling(appointments: Sequence[Appointment], today: date) -> Filling:
    """Return how a position is filled, from its appointments whose accounts are open."""
    usable = [one for one in appointments if one.user.active]
    in_force = [one for one in usable if one.is_in_force(today)]
    return Filling(
        holder=next((one for one in reversed(in_force) if not one.is_acting), None),
        acting=next((one for one in reversed(in_force) if one.is_acting), None),
        coming=[one for one in usable if one.starts_on > today and not one.tenure.is_over(today)],
    )


def of_position(position_id: int) -> Sequence[Appointment]:
    """Return everybody who ever filled a position, by their first day."""
    return db.session.scalars(
        select(Appointment)
        .where(Appointment.position_id == position_id)
        .options(joinedload(Appointment.user))
        .order_by(Appointment.starts_on, Appointment.id)
    ).all()


def newest_id(appointments: Sequence[Appointment]) -> int:
    """Return the newest of a position's appointments (its id), 0 before there is any: whoever changes them adds one."""
    return max((one.id for one in appointments), default=0)
