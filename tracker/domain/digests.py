"""What a digest tells of a task when it leaves: what is still true then, in one section (DESIGN 2, Reminders 5)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.reminders import ASSIGNED, BLOCKED, ESCALATED, RETURNED, REVIEW, STALLED


class Section(StrEnum):
    """The parts of a digest in the order in which they are read."""

    ESCALATED = "escalated"
    RETURNED = "returned"
    LATE = "late"
    ASSIGNED = "assigned"
    COMING = "coming"
    STALLED = "stalled"
    REVIEW = "review"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Standing:
    """How a task stands for one person at the moment of telling."""

    is_open: bool  # the division still owes it, and the schedule asks for it
    is_overdue: bool = False
    is_submitted: bool = False
    is_blocked: bool = False
    is_theirs: bool = False  # the person reports on it
    is_their_submission: bool = False
    reviews: bool = False  # the person may accept or return
    leads: bool = False  # the person is told of what is late


def section_of(steps: Collection[str], standing: Standing) -> Section | None:
    """
    Return where a task belongs of which a person should be told these steps; None: nothing of it is true any more.

    What a person has to do comes before what a person has to know: a task is told once.
    """
    if standing.is_open and standing.is_theirs and not set(steps) <= _OF_LEADERS:
        return _to_do(steps, standing)
    if standing.is_overdue and standing.leads and not _ESCALATED.isdisjoint(steps):
        return Section.ESCALATED
    if standing.is_submitted and standing.reviews and not standing.is_their_submission and REVIEW in steps:
        return Section.REVIEW
    if standing.is_open and standing.is_blocked and standing.reviews and BLOCKED in steps:
        return Section.BLOCKED
    return None


def _to_do(steps: Collection[str], standing: Standing) -> Section:
    if RETURNED in steps and not standing.is_overdue:
        return Section.RETURNED
    if standing.is_overdue:
        return Section.LATE
    if ASSIGNED in steps:
        return Section.ASSIGNED
    return Section.STALLED if set(steps) == {STALLED} else Section.COMING


_ESCALATED = frozenset(ESCALATED)
_OF_LEADERS = _ESCALATED | {REVIEW, BLOCKED}
