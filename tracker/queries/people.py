"""People and their positions."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.domain.thai import sort_key
from tracker.extensions import db
from tracker.models import Appointment, Division, Position, User
from tracker.models.position import in_force

PAGE = 50


def listed(organization_id: int, *, page: int = 1) -> tuple[Sequence[User], int]:
    """
    Return one page of an organization's people with their appointments, and how many there are in all.

    Open accounts come first, then the Thai alphabet decides, which databases do not know.
    """
    known = db.session.execute(select(User.id, User.name, User.active).where(User.organization_id == organization_id))
    in_order = [row.id for row in sorted(known, key=lambda row: (not row.active, sort_key(row.name), row.id))]
    wanted = in_order[(page - 1) * PAGE : page * PAGE]
    people = {user.id: user for user in db.session.scalars(_with_appointments(select(User).where(User.id.in_(wanted))))}
    return [people[user_id] for user_id in wanted], len(in_order)


def one(user_id: int) -> User | None:
    """Return a person with every appointment, past ones too."""
    return db.session.scalar(_with_appointments(select(User).where(User.id == user_id)))


def choices(organization_id: int) -> list[User]:
    """Return the people who can be appointed, with their appointments, in the order of the Thai alphabet."""
    can_be = select(User).where(User.organization_id == organization_id, User.active)
    return sorted(db.session.scalars(_with_appointments(can_be)), key=lambda user: (sort_key(user.name), user.id))


def in_office(organization_id: int, *, today: date) -> Sequence[Appointment]:
    """Return an organization's appointments in force on a day, leaders first, then by division."""
    return db.session.scalars(
        select(Appointment)
        .join(Appointment.position)
        .outerjoin(Position.division)
        .join(Appointment.user)
        .where(Position.organization_id == organization_id, User.active, in_force(today))
        .options(joinedload(Appointment.user), joinedload(Appointment.position).joinedload(Position.division))
        .order_by(Division.order.is_not(None), Division.order, Position.id, Appointment.id)
    ).all()


def _with_appointments(statement: Select[User]) -> Select[User]:
    load = selectinload(User.appointments).joinedload(Appointment.position).joinedload(Position.division)
    return statement.options(load)
