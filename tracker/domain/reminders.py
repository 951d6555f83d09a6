"""Which reminder a task has reached: the ladder around a deadline, on working days (DESIGN 2, Reminders)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from tracker.domain.calendar import Calendar

DIGEST_HOUR = time(8, 30)
LAST_SENDING_HOUR = time(18, 0)


RETURNED = "returned"  # the step of a submission that came back; its occasion is the event that sent it back
ASSIGNED = "assigned"  # the step of being given a task; its occasion is the event that gave it
NEWS = timedelta(days=30)  # what was given to somebody longer ago is no news


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, `offset` days from the deadline: negative before it, positive after."""

    name: str
    offset: int

    def day(self, due_on: date, calendar: Calendar) -> date:
        """Return when it is told: leads fall back to the working day before, follow-ups move to the one after."""
        planned = due_on + timedelta(days=self.offset)
        if self.offset <= 0:
            return calendar.working_day_on_or_before(planned)
        return calendar.working_day_on_or_after(planned)


LEADS = tuple(Rung(f"lead_{days}", -days) for days in (30, 7, 1))
DUE = Rung("due", 0)
FOLLOW_UPS = tuple(Rung(f"late_{days}", days) for days in (1, *range(8, 8 + 7 * 8, 7)))
LADDER = (*LEADS, DUE, *FOLLOW_UPS)
# Beyond this many days before its deadline no task can have reached a rung, holidays included.
HORIZON = timedelta(days=60)


def reached(
    *, due_on: date, since: date, today: date, calendar: Calendar, ladder: Sequence[Rung] = LADDER
) -> Rung | None:
    """
    Return the last rung that an open task has reached by today, or None.

    Only the last one counts: after any gap a person is told once, as things stand. Rungs whose day lies before
    `since` (inclusive bound: the plan's `reminders_from`) are owed to nobody.
    """
    last = None
    for rung in ladder:
        if rung.day(due_on, calendar) <= today:
            last = rung
    return last if last is not None and last.day(due_on, calendar) >= since else None


def may_send(*, today: date, at: time, calendar: Calendar, hour: time = DIGEST_HOUR) -> bool:
    """Return whether a digest may leave now: on a working day, from the person's hour until the office closes."""
    return calendar.is_working_day(today) and hour <= at <= LAST_SENDING_HOUR
