"""What leadership has to decide about a plan on a day: by the limits at which reminders speak as well."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain import reminders
from tracker.domain.calendar import Calendar
from tracker.domain.reminders import Rules

LONGEST_REVIEW = timedelta(days=7)  # what waits longer for its reviewer holds up a division that did its part


class Matter(StrEnum):
    """What asks for a decision, the most pressing first. What reminders tell as well has the name of their step."""

    LATE_2 = reminders.ESCALATED[1]  # so late that the second level of leadership is told
    LATE_1 = reminders.ESCALATED[0]  # late for the first level, not yet for the second
    BLOCKED = reminders.BLOCKED  # an obstacle that has stood for long
    REVIEW = reminders.REVIEW  # handed in, waiting for its reviewer for long
    STALLED = reminders.STALLED  # in progress, not due yet, without a word for long
    FINDING = "finding"  # a finding of the assessment that no measure answers


def limits(rules: Rules, *, day: date, calendar: Calendar) -> dict[Matter, date]:
    """
    Return up to which day (inclusive) a matter must have begun to be decided on at the end of a day.

    It began with the deadline that passed, the obstacle that was told of, the hand-in, the last word. A matter that
    the plan's rules switch off is left out.
    """
    first, second = rules.escalations
    found = {
        Matter.LATE_2: reminders.last_due_so_late(second, today=day, calendar=calendar) if second else None,
        Matter.LATE_1: reminders.last_due_so_late(first, today=day, calendar=calendar) if first else None,
        Matter.BLOCKED: rules.blocked_until(day),
        Matter.REVIEW: day - LONGEST_REVIEW,
        Matter.STALLED: rules.stalled_until(day),
    }
    return {matter: limit for matter, limit in found.items() if limit is not None}


def rows_shown(counts: Mapping[Matter, int], *, lines: int) -> dict[Matter, int]:
    """
    Return how many rows of each matter fit into so many lines, of which each matter that there is has one for itself.

    What is left goes round, the most pressing first, so that every matter shows something before one shows more.
    """
    shown = {matter: 0 for matter in Matter if counts.get(matter)}
    left = lines - len(shown)
    while left > 0 and (unfilled := [matter for matter in shown if shown[matter] < counts[matter]]):
        for matter in unfilled[:left]:
            shown[matter] += 1
        left -= len(unfilled)
    return shown
