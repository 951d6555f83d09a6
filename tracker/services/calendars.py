"""An organization's calendar: filled from the library of public holidays, then edited by the administrator."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import select

from tracker.domain import days_off as rules
from tracker.domain.changes import ChangeKind
from tracker.domain.deadlines import Festival as Deadline
from tracker.extensions import db
from tracker.models import Appointment, Festival, Holiday, Organization, Plan
from tracker.queries import calendars as queries
from tracker.queries import plans, usual_days
from tracker.services import changes, organizations, schedules
from tracker.services.schedules import Summary

Deadlines: TypeAlias = dict[Plan, tuple[Deadline, ...]]


@dataclass(frozen=True)
class Filled:
    """How many days off and festivals were added."""

    days: int
    festivals: int


def seed(*, organization: Organization, fiscal_year: int) -> Filled:
    """
    Add the days off and festivals of a fiscal year (พ.ศ.) that are not there yet; nothing known is changed.

    A day that somebody took out stays out.
    """
    known_days = set(db.session.scalars(select(Holiday.on_day).where(Holiday.organization_id == organization.id)))
    known_days |= queries.removed_days(organization.id)
    days = [
        Holiday(organization_id=organization.id, on_day=day, name=name[: rules.LONGEST_NAME])
        for day, name in usual_days.days_off(fiscal_year).items()
        if day not in known_days
    ]
    of_year = (Festival.organization_id == organization.id, Festival.fiscal_year == fiscal_year)
    known_keys = set(db.session.scalars(select(Festival.key).where(*of_year)))
    festivals = [
        Festival(organization_id=organization.id, fiscal_year=fiscal_year, key=key, name=name, on_day=day)
        for key, name, day in usual_days.festivals(fiscal_year)
        if key not in known_keys
    ]
    db.session.add_all([*days, *festivals])
    db.session.flush()
    return Filled(len(days), len(festivals))


def fill(
    *, organization_id: int, fiscal_year: int, by: Appointment, now: datetime, today: date
) -> tuple[Filled, Summary]:
    """
    Add the usual days of a fiscal year (พ.ศ.) that are missing; return how many, and which tasks followed.

    :raises TooFar: if the year is far away
    """
    rules.check_year(fiscal_year, today=today)
    organization = organizations.lock(organization_id)
    before = _deadlines(organization_id)
    filled = seed(organization=organization, fiscal_year=fiscal_year)
    if filled.days or filled.festivals:
        said = f"{fiscal_year}/{filled.days}/{filled.festivals}"
        _record(organization_id, ChangeKind.USUAL_DAYS_ADDED, by=by, now=now, after=said)
    return filled, _follow(before, organization_id, by=by, now=now)


def add_days(
    *, organization_id: int, first: date, last: date, name: str, by: Appointment, now: datetime, today: date
) -> Summary:
    """
    Add a day off, or all days from a first to a last one; return which tasks followed.

    :raises Refusal: `SpanBackwards`, `SpanTooLong`, `TooFar` or `DayTaken`
    """
    days = rules.span(first, last, today=today)
    organizations.lock(organization_id)
    taken = queries.days_between(organization_id, first=first, last=last)
    if taken:
        raise rules.DayTaken(taken[0].on_day, taken[0].name)
    before = _deadlines(organization_id)
    db.session.add_all(Holiday(organization_id=organization_id, on_day=day, name=name) for day in days)
    db.session.flush()
    _record(organization_id, ChangeKind.DAYS_OFF_ADDED, by=by, now=now, after=rules.kept(name, first, last))
    return _follow(before, organization_id, by=by, now=now)


def rename_day(*, holiday: Holiday, name: str, by: Appointment, now: datetime) -> None:
    """
    Call a day off by another name. The same name again changes nothing.

    :raises DayGone: if it is no day off any more
    """
    _hold(holiday)
    if holiday.name == name:
        return
    before = rules.kept(holiday.name, holiday.on_day)
    holiday.name = name
    db.session.flush()
    after = rules.kept(name, holiday.on_day)
    _record(holiday.organization_id, ChangeKind.DAY_OFF_CHANGED, by=by, now=now, before=before, after=after)


def remove_day(*, holiday: Holiday, by: Appointment, now: datetime) -> Summary:
    """
    Take a day off out: the office works on it. Return which tasks followed.

    :raises DayGone: if it is no day off any more
    """
    organization_id = holiday.organization_id
    _hold(holiday)
    before, said = _deadlines(organization_id), rules.kept(holiday.name, holiday.on_day)
    db.session.delete(holiday)
    db.session.flush()
    _record(organization_id, ChangeKind.DAY_OFF_REMOVED, by=by, now=now, before=said)
    return _follow(before, organization_id, by=by, now=now)


def change_festival(*, festival: Festival, name: str, on_day: date, by: Appointment, now: datetime) -> Summary:
    """
    Change what a festival is called and when it is; return which tasks followed.

    :raises FestivalOutside: if the day is not in the festival's fiscal year
    """
    rules.check_festival(on_day, fiscal_year=festival.fiscal_year)
    organizations.lock(festival.organization_id)
    db.session.refresh(festival)
    known = _deadlines(festival.organization_id)
    before, after = rules.kept(festival.name, festival.on_day), rules.kept(name, on_day)
    if before != after:
        festival.name, festival.on_day = name, on_day
        db.session.flush()
        _record(festival.organization_id, ChangeKind.FESTIVAL_CHANGED, by=by, now=now, before=before, after=after)
    return _follow(known, festival.organization_id, by=by, now=now)


def _hold(holiday: Holiday) -> None:
    """Hold the organization, whose calendar changes one step after another, and look at the day as it stands now."""
    organizations.lock(holiday.organization_id)
    now_there = select(Holiday).where(Holiday.id == holiday.id).execution_options(populate_existing=True)
    if db.session.scalar(now_there) is None:
        raise rules.DayGone()


def _deadlines(organization_id: int) -> Deadlines:
    """Return when the festivals of each plan's year fall due, as the calendar stands now."""
    return {
        plan: queries.festivals(organization_id, fiscal_year=plan.fiscal_year) for plan in plans.of(organization_id)
    }


def _follow(before: Deadlines, organization_id: int, *, by: Appointment, now: datetime) -> Summary:
    """Let the tasks of festivals follow where a deadline is another now, as they follow a moved round."""
    told = [
        schedules.apply(plan=plan, by=by, now=now)
        for plan, deadlines in sorted(_deadlines(organization_id).items(), key=lambda item: item[0].id)
        if deadlines != before[plan]
    ]
    return Summary(
        added=sum(one.added for one in told),
        retired=sum(one.retired for one in told),
        kept=sum(one.kept for one in told),
        moved=sum(one.moved for one in told),
    )


def _record(
    organization_id: int, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = ""
) -> None:
    changes.record(organization_id=organization_id, kind=kind, by=by, now=now, before=before, after=after)
