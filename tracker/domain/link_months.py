"""The month's check of addresses: when its report is due, what it says of each, and whether it does the work."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from tracker.domain.calendar import THAILAND, Calendar, end_of, month_end, start_of
from tracker.domain.link_histories import Look, Standing, after, reachable_share
from tracker.domain.links import Judgement, Reach, Verdict

SLOT = "month:"  # what the slots of monthly tasks begin with
READY_FROM = time(15)  # on the last working day of the month: the office still has the afternoon to look at it
_CHECKING = "ตรวจ|ลองเปิด|ทดสอบ|สอบทาน|เช็ค|เช็ก"
_ADDRESSES = "ลิงก์|ลิงค์|ลิ้งก์|ลิ้งค์|ลิ๊งค์|url|link|เว็บไซต์|เว็บไซด์|เวปไซต์|เว็ปไซต์"
_MONTHLY = "ทุกเดือน|ทุกๆเดือน|รายเดือน|ประจำเดือน|เดือนละ|แต่ละเดือน"
_NEAR = 40  # letters between checking and what is checked


def month_of(slot: str) -> date | None:
    """Return the first day of the month that a task is of; None: it is no monthly one."""
    return date.fromisoformat(f"{slot.removeprefix(SLOT)}-01") if slot.startswith(SLOT) else None


def slot_of(day: date) -> str:
    """Return the slot of the month a day lies in."""
    return f"{SLOT}{day:%Y-%m}"


def is_ready(*, month: date, due_on: date, calendar: Calendar, at: datetime) -> bool:
    """
    Return whether the month's report is to be attached to a task by now.

    That is on the afternoon of the last working day by which the task and the month are over, so that it comes in
    time; ever after as well, for a machine may have been off.

    :param month: its first day
    :param at: aware
    """
    local = at.astimezone(THAILAND)
    day = calendar.working_day_on_or_before(max(month, min(due_on, month_end(month))))
    return (local.date(), local.time()) >= (day, READY_FROM)


def bounds(month: date, *, now: datetime) -> tuple[datetime, datetime]:
    """Return from when (inclusive) to when (exclusive) a month's report speaks: until now, or until the month's end."""
    return start_of(month), min(now, end_of(month_end(month)))


@dataclass(frozen=True)
class Course:
    """How an address fared in a month: looks, the share of time it was reachable (0 to 1), how it stands at the end."""

    looks: int = 0
    share: Fraction | None = None  # None: nobody looked
    standing: Standing = Standing()

    @classmethod
    def of(cls, seen: Sequence[Look], *, since: datetime, until: datetime) -> "Course":
        """
        Return the course of the looks between two moments.

        :param seen: in time order; the last one before `since` is needed as well
        """
        looks = sum(since <= one.at < until for one in seen)
        if not looks:
            return cls()
        standing = Standing()
        for one in seen:
            standing = after(standing, Judgement(one.verdict, one.cause), now=one.at)
        return cls(looks, reachable_share(seen, since=since, now=until), standing)


@dataclass(frozen=True)
class Outcome(Reach):
    """What a month's check found: how many addresses stand how, and how often it looked."""

    looks: int = 0
    in_doubt: int = 0  # of the cautions: nobody answered last time, and a second look is still to come

    @classmethod
    def of(cls, courses: Iterable[Course]) -> "Outcome":
        """Return what these addresses give together."""
        courses = list(courses)
        verdicts = [course.standing.verdict for course in courses]
        counts = {str(verdict): verdicts.count(verdict) for verdict in Verdict}
        in_doubt = sum(course.standing.is_in_doubt for course in courses)
        return cls(**counts, looks=sum(course.looks for course in courses), in_doubt=in_doubt)

    @property
    def is_check(self) -> bool:
        """Whether anything was looked at: without a look there is nothing to report."""
        return self.looks > 0

    @property
    def has_fault(self) -> bool:
        """Whether something keeps the month's task open: an address not looked at, or without an answer last time."""
        return bool(self.broken or self.unchecked or self.in_doubt)


def speaks_of_checking(texts: Collection[str], *, is_monthly: bool = False) -> bool:
    """
    Return whether a measure's words promise to check addresses every month.

    :param texts: of the measure and its steps, as they were printed: spaces inside words do no harm
    :param is_monthly: whether its time frame says every month already
    """
    words = [re.sub(r"\s+", "", text).lower() for text in texts]
    checks = re.compile(f"(?:{_CHECKING}).{{0,{_NEAR}}}(?:{_ADDRESSES})")
    return any(checks.search(one) for one in words) and (is_monthly or any(re.search(_MONTHLY, one) for one in words))
