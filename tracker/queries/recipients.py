"""Who can be told something today, in which positions, and on which ways."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import ColumnElement, Subquery, Time, and_, exists, func, literal, select

from tracker.domain.channels import MAIL, channel_name
from tracker.domain.sending_hours import USUAL_HOUR
from tracker.extensions import db
from tracker.models import Appointment, ChannelAddress, Message, Position, Preference, User
from tracker.models.position import in_force


@dataclass
class Ways:
    """On which channels a person's digests leave: each with the address it leads to, None for e-mail."""

    channels: dict[str, int | None] = field(default_factory=dict)


def posts(organization_id: int, *, today: date, at: time) -> Subquery:
    """
    Return, as something to join, the positions in which people may be told something at this local day and time:
    their hour has come, they do not pause and have no digest of the day yet.
    """
    return (
        select(
            Appointment.user_id,
            Position.id.label("position_id"),
            Position.role,
            Position.division_id,
            Position.leads_at,
        )
        .join(Position, Position.id == Appointment.position_id)
        .join(User, User.id == Appointment.user_id)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(
            User.organization_id == organization_id,
            User.active,
            in_force(today),
            func.coalesce(Preference.hour, literal(USUAL_HOUR, Time)) <= at,
            ~pauses(today),
            ~exists().where(Message.user_id == User.id, Message.digest_on == today),
        )
        .subquery("post")
    )


def positions_of(user_ids: Collection[int], *, today: date) -> dict[int, list[Position]]:
    """Return the positions that people fill on a day, by the people's ids."""
    rows = db.session.execute(
        select(Appointment.user_id, Position)
        .join(Position, Position.id == Appointment.position_id)
        .where(Appointment.user_id.in_(user_ids), in_force(today))
        .order_by(Appointment.user_id, Position.id)
    )
    found: dict[int, list[Position]] = {}
    for user_id, position in rows:
        found.setdefault(user_id, []).append(position)
    return found


def ways_of(user_ids: Collection[int]) -> dict[int, Ways]:
    """Return on which channels each of these people wants to be told beside the program itself."""
    ways = {user_id: Ways() for user_id in user_ids}
    mailed = db.session.scalars(
        select(User.id)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.id.in_(user_ids), User.email.is_not(None), func.coalesce(Preference.wants_mail, True))
    )
    for user_id in mailed:
        ways[user_id].channels[MAIL] = None
    addresses = db.session.execute(
        select(ChannelAddress.user_id, ChannelAddress.id)
        .where(ChannelAddress.user_id.in_(user_ids), ChannelAddress.is_on)
        .order_by(ChannelAddress.id)
    )
    for user_id, address_id in addresses:
        ways[user_id].channels[channel_name(address_id)] = address_id
    return ways


def pauses(today: date) -> ColumnElement[bool]:
    """Return `Wishes.is_paused` as SQL over a preference that may be missing."""
    return and_(
        func.coalesce(Preference.paused_from <= today, False), func.coalesce(Preference.paused_to >= today, False)
    )
