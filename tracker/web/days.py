"""The day that a page of figures shows, today or whichever `?on=` names, and the one before it to compare it with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request
from flask_babel import gettext

from tracker import clock
from tracker.domain.calendar import month_end_after, month_ends_before, weeks_of
from tracker.domain.sentences import Refusal
from tracker.domain.thai import read_date
from tracker.web.addresses import PLACES, asked_here, here
from tracker.web.filters import sentence

FIRST_BUDDHIST_YEAR, LAST_BUDDHIST_YEAR = 2400, 2700
LAST_YEAR = timedelta(days=364)
MONTHS_OFFERED = 6


@dataclass(frozen=True)
class Days:
    """The day in view, the earlier one it is compared with, and what could not be read of the address."""

    day: date
    today: date
    since: date | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_now(self) -> bool:
        """Whether today is in view."""
        return self.day == self.today

    @property
    def on(self) -> str | None:
        """What `?on=` says in links that keep to the day."""
        return None if self.is_now else self.day.isoformat()

    @property
    def month_end_before(self) -> date | None:
        """One step back; None in the first month that there ever was."""
        return next(iter(month_ends_before(self.day, 1)), None)

    @property
    def month_end_after(self) -> date | None:
        """One step forward, if that day has come."""
        after = month_end_after(self.day)
        return after if after <= self.today else None

    @property
    def weeks(self) -> list[list[date | None]]:
        """The month in view, week by week."""
        return weeks_of(self.day)

    def offered(self, rounds: Collection[date]) -> list[date]:
        """Return the days it is likely to be compared with, the latest first: rounds and the last months' ends."""
        ends = {*month_ends_before(self.day, MONTHS_OFFERED), *rounds}
        return sorted((end for end in ends if end < self.day), reverse=True)

    def address(self, day: date) -> str:
        """Return this page's address as of another day, still compared if that day comes after the other."""
        since = {"since": None} if self.since and self.since >= day else {}
        on = None if day == self.today else day.isoformat()
        return here(on=on, **dict.fromkeys(PLACES), **since)

    def kept(self, *asked: str) -> list[tuple[str, str]]:
        """Return what a form that asks for another day hands on unseen, beside what it asks."""
        return asked_here(*asked, *PLACES)


def days_in_view() -> Days:
    """Return the days that `?on=` and `?since=` name; what names none is said instead."""
    today = clock.today()
    day, warning = day_from(request.args, today=today)
    since, doubt = _since(request.args.get("since", "").strip(), day, today)
    return Days(day, today, since, tuple(filter(None, (warning, doubt))))


def day_from(arguments: Mapping[str, str], *, today: date) -> tuple[date, str]:
    """Return the day that `?on=` names (ISO or as Thais write it), and a warning where it names none that has come."""
    written = arguments.get("on", "").strip()
    if not written:
        return today, ""
    try:
        day = read_day(written, today=today)
    except Refusal as refusal:
        return today, sentence(refusal.sentence)
    if day > today:
        return today, gettext("That day has not come yet, so you see today.")
    return day, ""


def _since(written: str, day: date, today: date) -> tuple[date | None, str]:
    if not written:
        return None, ""
    try:
        since = read_day(written, today=today)
    except Refusal as refusal:
        return None, gettext("Nothing is compared: %(why)s", why=sentence(refusal.sentence))
    if since >= day:
        return None, gettext("Nothing is compared: the other day must come before the day in view.")
    return since, ""


def read_day(written: str, *, today: date) -> date:
    """
    Return the day that an address or a field names: without a year the last such day, because people look back.

    :raises Refusal: if it is neither ISO nor a date as Thais write it
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return read_date(written, today=today - LAST_YEAR)
    if not FIRST_BUDDHIST_YEAR <= day.year <= LAST_BUDDHIST_YEAR:
        return day
    # Nobody looks at a day centuries ahead: such a year is พ.ศ.
    return read_date(f"{day.day}/{day.month}/{day.year}", today=today)
