"""Who can be told something today, in which positions, and on which ways."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import ColumnElement, FromClause, Subquery, Time, and_, exists, func, literal, or_, select

from tracker.domain.channels import MAIL, channel_name
from tracker.domain.permissions import MAY, Act, Role
from tracker.domain.sending_hours import USUAL, USUAL_HOUR, Wishes
from tracker.extensions import db
from tracker.models import Appointment, ChannelAddress, Message, Position, Preference, Task, User
from tracker.models.position import in_force


@dataclass(frozen=True)
class Reach:
    """How and when a person is told: `addresses` are those beside e-mail that are switched on."""

    wishes: Wishes = USUAL
    by_mail: bool = False
    addresses: list[ChannelAddress] = field(default_factory=list)

    @property
    def channels(self) -> dict[str, int | None]:
        """The channels on which digests leave, each with the address (id) it leads to; None for e-mail."""
        mail: dict[str, int | None] = {MAIL: None} if self.by_mail else {}
        return mail | {channel_name(address.id): address.id for address in self.addresses}

    @property
    def is_silent(self) -> bool:
        """Whether nothing leaves to the person, who finds it on the page of notices only."""
        return not self.channels


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
            may_hear(today, at),
            ~exists().where(Message.user_id == User.id, Message.digest_on == today),
        )
        .subquery("post")
    )


def is_theirs(posts: FromClause) -> ColumnElement[bool]:
    """Say that a task is told in a position of `posts`: given to one post, it is also the head's."""
    given = or_(Task.position_id.is_(None), Task.position_id == posts.c.position_id, posts.c.role == Role.HEAD)
    return and_(posts.c.role.in_(sorted(MAY[Act.REPORT])), posts.c.division_id == Task.division_id, given)


def is_for(task: Task, post: Position) -> bool:
    """Return of one task and one position what `is_theirs` says in SQL."""
    given = task.position_id in (None, post.id) or post.role == Role.HEAD
    return post.role in MAY[Act.REPORT] and post.division_id == task.division_id and given


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


def reach_of(user_ids: Collection[int]) -> dict[int, Reach]:
    """Return how each of these people is told beside the program itself, in two statements."""
    addresses: dict[int, list[ChannelAddress]] = {}
    for address in db.session.scalars(
        select(ChannelAddress)
        .where(ChannelAddress.user_id.in_(user_ids), ChannelAddress.is_on)
        .order_by(ChannelAddress.id)
    ):
        addresses.setdefault(address.user_id, []).append(address)
    rows = db.session.execute(
        select(User.id, User.email, Preference)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.id.in_(user_ids))
    )
    return {
        user_id: Reach(
            wishes=preference.wishes if preference else USUAL,
            by_mail=bool(email) and (preference is None or preference.wants_mail),
            addresses=addresses.get(user_id, []),
        )
        for user_id, email, preference in rows
    }


def may_hear(today: date, at: time) -> ColumnElement[bool]:
    """Say in SQL, over a preference that may be missing, that a person's hour has come and that they do not pause."""
    hour_has_come = func.coalesce(Preference.hour, literal(USUAL_HOUR, Time)) <= at
    pauses = func.coalesce(and_(Preference.paused_from <= today, Preference.paused_to >= today), False)
    return and_(hour_has_come, ~pauses)
