"""What a month's report of checked addresses says, read in few statements, and the tasks that wait for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import joinedload

from tracker.documents.composing.link_checks import Address, Facts
from tracker.domain.calendar import THAILAND, last_day, month_end
from tracker.domain.link_months import SLOT, Course, bounds, month_of, slot_of
from tracker.domain.links import LinkCheckUse
from tracker.domain.statuses import OPEN, Placement
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Division, Evidence, Link, Measure, Plan, Task
from tracker.queries import links, signers
from tracker.queries.link_keepers import is_in_force

ONE_TICK = timedelta(microseconds=1)


def facts(
    plan: Plan, *, month: date, now: datetime, division: Division | None = None, is_signed: bool = False
) -> Facts:
    """
    Return the month's report of the items that are asked for in a plan's year, in two statements and one for who signs.

    :param division: whose items alone are meant; where it has none with an address, everybody's
    """
    since, until = bounds(month, now=now)
    own = _addresses(plan, division) if division else []
    rows = own or _addresses(plan, None)
    seen = links.looks({link.id for _, link in rows}, since=since, until=until)
    courses = {link_id: Course.of(looks, since=since, until=until) for link_id, looks in seen.items()}
    return Facts(
        organization=plan.organization.name,
        fiscal_year=plan.fiscal_year,
        month=month,
        until=min((until - ONE_TICK).astimezone(THAILAND).date(), month_end(month)),
        addresses=[_address(item, link, courses[link.id]) for item, link in rows],
        division=division.name if division and own else "",
        head_hash=plan.last_hash,
        signers=signers.of(plan.organization_id) if is_signed else None,
    )


def facts_for(task: Task, *, now: datetime) -> Facts:
    """Return the report that a monthly task gets: of its month, for its division."""
    month = month_of(task.slot)
    assert month is not None
    return facts(task.plan, month=month, now=now, division=task.division)


def waiting(*, today: date) -> Sequence[Task]:
    """Return the open monthly tasks up to this month that the clerk wants the check on and that never got it."""
    rows = db.session.scalars(
        select(Task)
        .join(Measure, Measure.id == Task.measure_id)
        .where(Measure.link_check != LinkCheckUse.NONE, Measure.is_retired.is_(False), _is_monthly())
        .where(Task.slot <= slot_of(today), Task.placement == Placement.SCHEDULED)
        .where(Task.status.in_(sorted(OPEN)), ~has_check())
        .options(
            joinedload(Task.measure), joinedload(Task.division), joinedload(Task.plan).joinedload(Plan.organization)
        )
        .order_by(Task.plan_id, Task.slot, Task.division_id, Task.id)
    )
    return [task for task in rows if _is_since_it_was_chosen(task)]


def _is_since_it_was_chosen(task: Task) -> bool:
    chosen_on, month = task.measure.link_check_from, month_of(task.slot)
    return chosen_on is not None and month is not None and month >= chosen_on.replace(day=1)


def has_check() -> ColumnElement[bool]:
    """Say that the program attached the month's report to a task once, whatever people did with it since."""
    return exists().where(Evidence.task_id == Task.id, Evidence.added_by_id.is_(None))


def _is_monthly() -> ColumnElement[bool]:
    return Task.slot.startswith(SLOT, autoescape=True)


def _addresses(plan: Plan, division: Division | None) -> Sequence[tuple[DisclosureItem, Link]]:
    """
    Return the addresses of the plan's items by division, in their official order, and number.

    A plan begins in October and its year's list months later: until then those of the list before are checked.
    """
    whose = [DisclosureItem.division_id == division.id] if division else []
    rows = db.session.execute(
        select(DisclosureItem, Link)
        .join(DisclosureAddress, DisclosureAddress.item_id == DisclosureItem.id)
        .join(Link, Link.id == DisclosureAddress.link_id)
        .outerjoin(Division, Division.id == DisclosureItem.division_id)
        .where(
            DisclosureItem.organization_id == plan.organization_id,
            is_in_force(last_day(plan.fiscal_year)),
            *whose,
        )
        .options(joinedload(DisclosureItem.division))
        .order_by(
            DisclosureItem.division_id.is_(None), Division.order, Division.id, DisclosureItem.number,
            DisclosureItem.id, DisclosureAddress.id,
        )
    ).all()  # fmt: skip
    return [(item, link) for item, link in rows]


def _address(item: DisclosureItem, link: Link, course: Course) -> Address:
    standing, known = course.standing, link.failing_since
    if standing.failing_since and known and known < standing.failing_since:  # it began before the looks read here
        course = replace(course, standing=replace(standing, failing_since=known))
    return Address(f"{item.code} {item.title}", item.division.name if item.division else "", link.url, course)
