"""Collect what is owed, then deliver it: digests in groups of people, each group in a transaction of its own."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

from tracker import clock
from tracker.domain.sending_hours import CLOSES, is_sending_time
from tracker.extensions import begin_reading, db
from tracker.jobs.delivering import Send, deliver
from tracker.queries import calendars, recipients, reminders
from tracker.queries.reminders import Owed
from tracker.services import reminders as service

PEOPLE_AT_ONCE = 100  # whose digests are written in one transaction


def run(send: Send | None = None) -> None:
    """Do what the moment asks for; running it again, or in two processes, sends nothing twice."""
    run_collecting()
    run_delivering(send)


def run_collecting() -> None:
    """Write the digests that this moment owes."""
    moment = clock.now()
    local = clock.local(moment)
    collect(today=local.date(), at=local.time(), now=moment)


def run_delivering(send: Send | None = None) -> None:
    """Hand over what waits at this moment."""
    local = clock.local(clock.now())
    deliver(today=local.date(), at=local.time(), send=send)


def run_on(day: date, send: Send | None = None) -> tuple[int, int]:
    """Collect and deliver as at the end of a day's sending hours; return how many were written and how many sent."""
    moment = datetime.combine(day, CLOSES, clock.BANGKOK)
    written = collect(today=day, at=CLOSES, now=moment)
    return written, deliver(today=day, at=CLOSES, send=send, longest=timedelta(days=1))


def collect(*, today: date, at: time, now: datetime) -> int:
    """Write the digests that are due at this local day and time, and return how many."""
    written = 0
    for organization_id in [organization.id for organization in reminders.organizations()]:
        begin_reading()
        calendar = calendars.working_days(organization_id)
        is_time = is_sending_time(today=today, at=at, calendar=calendar)
        owed = reminders.owed(organization_id, today=today, calendar=calendar, at=at) if is_time else []
        db.session.rollback()
        written += sum(_collect(organization_id, group, today, now) for group in _groups(owed))
    db.session.rollback()
    return written


def _groups(owed: list[Owed]) -> list[list[Owed]]:
    """Return what is owed by groups of people; each person's stays together."""
    people = [list(items) for _, items in groupby(owed, attrgetter("user_id"))]
    return [
        [one for items in people[start : start + PEOPLE_AT_ONCE] for one in items]
        for start in range(0, len(people), PEOPLE_AT_ONCE)
    ]


def _collect(organization_id: int, owed: list[Owed], today: date, now: datetime) -> int:
    written = service.collect(
        organization_id=organization_id,
        owed=owed,
        reach=recipients.reach_of({one.user_id for one in owed}),
        on=today,
        now=now,
        machine_now=clock.machine_now(),
    )
    db.session.commit()
    return written
