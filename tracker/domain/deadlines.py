"""Slots: the occurrences of a schedule, each with a name that never changes and a day it is due (DESIGN 2, Task)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import Calendar, quarter_of
from tracker.domain.timeframes import Kind, TimeFrame

# The slots of duties that come again in a rhythm of their own, whatever the plan's follow-up rounds are.
RECURRING = frozenset({"week", "month", "quarter", "half", "festival"})


@dataclass(frozen=True)
class Slot:
    """One occurrence: `key` names it for good; `due_on` is the last good day and may be moved."""

    key: str
    due_on: date


@dataclass(frozen=True)
class Festival:
    """A festival of the year; `due_on` is the working day before it."""

    key: str
    due_on: date


def festival_deadline(on: date, calendar: Calendar) -> date:
    """Return the working day before a festival's first day."""
    return calendar.working_days_before(on, 1)


def slots(time_frame: TimeFrame, *, rounds: Sequence[date], festivals: Sequence[Festival] = ()) -> tuple[Slot, ...]:
    """
    Return the slots that a schedule asks of each division, by day. An unclear one asks for nothing.

    `rounds` are the plan's follow-up rounds; work that waits for an event is reported in them.
    """
    rounds = sorted(set(rounds))
    if time_frame.kind == Kind.ON_EVENT:
        return tuple(_round(day, rounds) for day in rounds if time_frame.covers(day))
    eves = [festival.due_on for festival in festivals]
    days = time_frame.deadlines(rounds=rounds, festivals=eves)
    if time_frame.kind == Kind.FESTIVALS:
        found = [Slot(f"festival:{it.key}", it.due_on) for it in festivals if it.due_on in days]
        return tuple(sorted(found, key=lambda slot: (slot.due_on, slot.key)))
    if time_frame.kind == Kind.SPAN:
        return tuple(_round(day, rounds) if day in rounds else Slot(_key(Kind.DATES, day), day) for day in days)
    return tuple(Slot(_key(time_frame.kind, day), day) for day in days)


def recurs(slot: str) -> bool:
    """Return whether a slot is an occurrence of something done every week, month or quarter, or every festival."""
    return _kind_of(slot) in RECURRING


def is_of_a_round(slot: str) -> bool:
    """Return whether a slot is a report in a follow-up round."""
    return _kind_of(slot) == "round"


def _kind_of(slot: str) -> str:
    return slot.partition(":")[0]


def _round(day: date, rounds: Sequence[date]) -> Slot:
    return Slot(f"round:{rounds.index(day) + 1}", day)


def _key(kind: Kind, day: date) -> str:
    week = day.isocalendar()
    keys = {
        Kind.DATES: f"date:{day.isoformat()}",
        Kind.WEEKLY: f"week:{week.year}-W{week.week:02}",
        Kind.MONTHLY: f"month:{day:%Y-%m}",
        Kind.QUARTERLY: f"quarter:{quarter_of(day)}",
        Kind.HALF_YEARLY: f"half:{1 if quarter_of(day) <= 2 else 2}",
        Kind.YEARLY: "year",
    }
    return keys[kind]
