"""A plan's reminder rules in people's hands: numbers as they are typed, an example in days, what was changed."""

import json
import re
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import Calendar
from tracker.domain.reminders import ESCALATED, Rules
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, clean

_BETWEEN = re.compile(r"[\s,;/]+|และ|and")
_UNIT = re.compile(r"วันทำการ|วัน|ครั้ง|days?|times?|%")
_COUNT = re.compile(r"[0-9]{1,4}")
LONGEST = 200  # characters: far above what eight numbers with their units take


class NoCount(Refusal):
    """What was typed is no whole number."""

    def __init__(self) -> None:
        super().__init__(N_("Write a whole number such as 7, or 0 for none."))


def read_count(text: str) -> int:
    """
    Read a whole number in Arabic or Thai digits, also with its unit behind it: `๗ วัน`.

    :raises NoCount: if it is none
    """
    written = _UNIT.sub("", arabic_digits(clean(text))).strip()
    if not _COUNT.fullmatch(written):
        raise NoCount()
    return int(written)


def read_leads(text: str) -> tuple[int, ...]:
    """
    Read the days before a deadline, such as `30, 7, 1`, the farthest first. Nothing, or 0 alone, means none.

    :raises NoCount: if one of them is no whole number, or nobody could have meant so much text
    """
    if len(text) > LONGEST:
        raise NoCount()
    written = _UNIT.sub(" ", arabic_digits(clean(text)))
    counts = [read_count(part) for part in _BETWEEN.split(written) if part]
    return () if counts == [0] else tuple(sorted(counts, reverse=True))


@dataclass(frozen=True)
class ExampleStep:
    """One step of an example and the day on which it is told."""

    step: str
    on: date


def example(rules: Rules, *, due_on: date, calendar: Calendar) -> tuple[ExampleStep, ...]:
    """
    Return what is told of a task that stays open, in time order.

    Of two steps of one day only the later one is told, as with real tasks.
    """
    ladder = {rung.day(due_on, calendar): rung.name for rung in rules.ladder}
    steps = [ExampleStep(name, day) for day, name in ladder.items()]
    for step, days in zip(ESCALATED, rules.escalations, strict=True):
        if days:
            steps.append(ExampleStep(step, calendar.working_days_after(due_on, days)))
    return tuple(sorted(steps, key=lambda step: step.on))


def differences(before: Rules, after: Rules) -> tuple[str, str]:
    """Return as JSON what two sets of rules say differently, for the history."""
    old, new = before.to_json(), after.to_json()
    changed = [name for name in old if old[name] != new[name]]
    return json.dumps({name: old[name] for name in changed}), json.dumps({name: new[name] for name in changed})
