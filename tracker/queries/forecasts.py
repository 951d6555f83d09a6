"""Who will be told what on a day, and how each person is reached."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from tracker.domain.calendar import ONE_DAY, Calendar
from tracker.domain.sending_hours import USUAL, Wishes
from tracker.extensions import db
from tracker.models import ChannelAddress, Plan, Preference, Task, User
from tracker.queries import reminders


@dataclass(frozen=True)
class Item:
    """One thing that a digest will tell: a step of a task, or of a plan as a whole."""

    step: str
    task: Task | None
    plan: Plan


@dataclass(frozen=True)
class Forecast:
    """What a person will be told."""

    user: User
    items: list[Item]


@dataclass(frozen=True)
class Reach:
    """How and when a person is told: `addresses` are those beside e-mail that are switched on."""

    wishes: Wishes = USUAL
    by_mail: bool = False
    addresses: list[ChannelAddress] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        """Whether nothing leaves to the person, who finds it on the page of notices only."""
        return not self.by_mail and not self.addresses


def of_day(organization_id: int, *, on: date, today: date, calendar: Calendar) -> list[Forecast]:
    """Return who will be told what on a day, as things stand now; what will have been told before it is left out."""
    if not calendar.is_working_day(on):
        return []
    before = calendar.working_day_on_or_before(on - ONE_DAY)
    told = reminders.owed(organization_id, today=before, calendar=calendar) if before >= today else {}
    forecasts = []
    for user, owed in reminders.owed(organization_id, today=on, calendar=calendar).items():
        already = {(one.task, one.step, one.occasion) for one in told.get(user, [])}
        items = [
            Item(one.step, one.task, one.task.plan) for one in owed if (one.task, one.step, one.occasion) not in already
        ]
        if items:
            forecasts.append(Forecast(user, items))
    return forecasts


def reach(users: Collection[User]) -> dict[int, Reach]:
    """Return how each person (by id) is reached, in two statements."""
    ids = [user.id for user in users]
    wishes = {row.user_id: row for row in db.session.scalars(select(Preference).where(Preference.user_id.in_(ids)))}
    addresses: dict[int, list[ChannelAddress]] = {}
    for address in db.session.scalars(
        select(ChannelAddress).where(ChannelAddress.user_id.in_(ids), ChannelAddress.is_on).order_by(ChannelAddress.id)
    ):
        addresses.setdefault(address.user_id, []).append(address)
    return {user.id: _reach(user, wishes.get(user.id), addresses.get(user.id, [])) for user in users}


def _reach(user: User, preference: Preference | None, addresses: list[ChannelAddress]) -> Reach:
    return Reach(
        wishes=preference.wishes if preference else USUAL,
        by_mail=bool(user.email) and (preference is None or preference.wants_mail),
        addresses=addresses,
    )
