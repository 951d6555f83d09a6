"""Who will be told what on a coming day if nothing changes until then."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.domain.calendar import Calendar
from tracker.domain.reminders import STALLED
from tracker.extensions import db
from tracker.models import Link, Plan, Task, User
from tracker.queries import reminders
from tracker.queries.reminders import Owed


@dataclass(frozen=True)
class Item:
    """One thing that a digest will tell: a step of a task, of a watched address, or of a plan as a whole."""

    step: str
    task: Task | None
    plan: Plan
    link: Link | None = None


@dataclass(frozen=True)
class Forecast:
    """What the digest of one person would tell."""

    user: User
    items: list[Item] = field(default_factory=list)


def of_day(organization_id: int, *, on: date, today: date, calendar: Calendar) -> list[Forecast]:
    """
    Return the digests of a day from today on, without telling or keeping anything; none on a day off.

    What is told on a working day before it is not told again: each of those days is looked at.
    """
    if not calendar.is_working_day(on):
        return []
    earlier: set[tuple[int, int | None, int | None, str, str]] = set()
    for number in range((on - today).days):
        day = today + timedelta(days=number)
        if calendar.is_working_day(day):
            earlier.update(map(_key, reminders.owed(organization_id, today=day, calendar=calendar)))
    owed = reminders.owed(organization_id, today=on, calendar=calendar)
    return _by_person([one for one in owed if _key(one) not in earlier])


def _key(one: Owed) -> tuple[int, int | None, int | None, str, str]:
    # Of a task that nobody touches the day is not what it is about.
    return one.user_id, one.task_id or -one.plan_id, one.link_id, one.step, "" if one.step == STALLED else one.occasion


def _by_person(owed: list[Owed]) -> list[Forecast]:
    users = {user.id: user for user in db.session.scalars(select(User).where(User.id.in_({o.user_id for o in owed})))}
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan).where(Plan.id.in_({o.plan_id for o in owed})))}
    tasks = {
        task.id: task
        for task in db.session.scalars(
            select(Task)
            .where(Task.id.in_({o.task_id for o in owed if o.task_id}))
            .options(joinedload(Task.measure), joinedload(Task.division))
        )
    }
    linked = select(Link).where(Link.id.in_({o.link_id for o in owed if o.link_id}))
    links = {link.id: link for link in db.session.scalars(linked)}
    found: dict[int, Forecast] = {}
    for one in owed:
        task = tasks[one.task_id] if one.task_id else None
        forecast = found.setdefault(one.user_id, Forecast(users[one.user_id]))
        forecast.items.append(Item(one.step, task, plans[one.plan_id], links.get(one.link_id or 0)))
    return list(found.values())
