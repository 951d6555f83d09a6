"""Calendars that people's own programs subscribe to: what stands in one, for how long, and who may have which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tracker.domain.calendar import first_day, fiscal_year_of
from tracker.domain.permissions import MAY, Act, Role

# Programs look a few times a day; this long they are told that a task is no longer theirs, then it is left out.
CANCELLED_FOR = timedelta(days=30)
MOST_FEEDS = 10  # of one person: a telephone, a computer, and some that were forgotten


class Post(Protocol):
    """A position in which somebody reads: its id, what it is for, and the division it belongs to."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> Role: ...
    @property
    def division_id(self) -> int | None: ...


@dataclass(frozen=True)
class Share:
    """Tasks of a division: all of them or, with a position, what it has to do – its own, and what nobody was given."""

    division_id: int
    position_id: int | None = None


def own_shares(posts: Iterable[Post]) -> tuple[Share, ...]:
    """Return whose tasks a person's own calendar shows, as reminders do: a head's are those of the whole division."""
    return tuple(
        Share(post.division_id, None if post.role == Role.HEAD else post.id)
        for post in posts
        if post.role in MAY[Act.REPORT] and post.division_id is not None
    )


def may_follow(division_id: int, posts: Iterable[Post]) -> bool:
    """Return whether a person may have a division's calendar: its own people, the clerk and executives."""
    return any(post.division_id == division_id or post.role in MAY[Act.REVIEW] for post in posts)


def shares(division_id: int | None, posts: Iterable[Post]) -> tuple[Share, ...]:
    """
    Return what a calendar shows to whom it belongs, in the positions they hold on the day it is asked for.

    Nothing is left of it when a position is handed over, and it is filled again by the next: an empty calendar takes
    the tasks off a telephone, where an address that is gone would leave them standing.
    """
    posts = tuple(posts)
    if division_id is None:
        return own_shares(posts)
    return (Share(division_id),) if may_follow(division_id, posts) else ()


def shown_from(today: date) -> date:
    """Return the first deadline that a calendar still shows: the last fiscal year is there beside this one."""
    return first_day(fiscal_year_of(today) - 1)


def cancelled_from(today: date) -> date:
    """Return the first day whose cancellations a calendar still tells."""
    return today - CANCELLED_FOR


def sequence(*, states: int, ended: int, is_overdue: bool) -> int:
    """
    Return the number of a task's event (RFC 5545, 3.8.7.4), which grows with all that the event says.

    A move ends a state and begins one, retiring a task ends one, bringing it back begins one: each counts two, so
    that it still grows when with it the mark of a late task goes, which counts one.

    :param states: how many states the task has had, the present one included
    :param ended: how many of them have ended
    """
    return 2 * (states + ended) + is_overdue
