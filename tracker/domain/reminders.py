"""When somebody is to be told of a task: a plan's rules, and which due dates they reach today (DESIGN 2, Reminders)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Self

from tracker.domain.calendar import ONE_DAY, Calendar
from tracker.domain.sentences import N_, Refusal

# The steps that are not a distance from the deadline. What each is about is its occasion:
RETURNED = "returned"  # the event that sent the task back
ASSIGNED = "assigned"  # the event that gave the task
REVIEW = "review"  # the event that handed the task in
STALLED = "stalled"  # the day of the last word on it
BLOCKED = "blocked"  # the event that told of the obstacle
CITIZENS = "citizens"  # the newest comment that nobody has read, and a week
BEHIND = "behind"  # a division and a month
LINK_BROKEN = "link_broken"  # since when an address cannot be opened, and how often that was told before
WEEKLY = "weekly"  # the first working day of a week
ESCALATED = ("escalated_1", "escalated_2")  # the deadline, told to the first and to the second level of leadership

# In which order people read them: what asks for something first, what went wrong before what is coming.
ORDER = (
    RETURNED, *reversed(ESCALATED), "late", LINK_BROKEN, "due", "lead", ASSIGNED, REVIEW, BLOCKED, CITIZENS, STALLED,
    BEHIND, WEEKLY,
)  # fmt: skip

NEWS = timedelta(days=30)  # what was given to somebody longer ago is no news
MOST_STEPS, FARTHEST = 8, 180  # more than these, or days farther off, and reminding is a nuisance
MOST_POINTS = 100


class BadRules(Refusal):
    """These rules would tell nobody anything sensible; `rule` is the one to look at, as the form names it."""

    def __init__(self, rule: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.rule = rule


@dataclass(frozen=True)
class Rules:
    """
    When a plan reminds. A follow-up comes after `first_follow_up` days and then every `follow_up_every` days, at most
    `follow_ups` times more: then there is silence. 0 switches a rule off.
    """

    leads: tuple[int, ...] = (30, 7, 1)  # days before the deadline
    on_the_day: bool = True
    first_follow_up: int = 1  # days after the deadline
    follow_up_every: int = 7  # days
    follow_ups: int = 8
    escalations: tuple[int, int] = (3, 10)  # working days late, for the first and the second level of leadership
    stalled_after: int = 30  # days without a word on a task in progress
    blocked_after: int = 7  # days that an obstacle has stood
    behind_by: int = 10  # percentage points of completion below what was to be expected
    weekly: bool = True  # a summary for leadership on the first working day of a week

    def __post_init__(self) -> None:
        """
        Refuse what cannot be meant.

        :raises BadRules: saying what is wrong
        """
        for rule, count in self._days():
            if not 0 <= count <= FARTHEST:
                raise BadRules(rule, N_("Write days between 0 and %(most)s."), most=FARTHEST)
        if 0 in self.leads or len(set(self.leads)) < len(self.leads):
            raise BadRules("leads", N_("Write each day before the deadline once, and 1 at least."))
        for rule, count in (("leads", len(self.leads)), ("follow_ups", self.follow_ups)):
            if not 0 <= count <= MOST_STEPS:
                raise BadRules(rule, N_("More than %(most)s reminders of one kind help nobody."), most=MOST_STEPS)
        if self.follow_ups and not (self.first_follow_up and self.follow_up_every):
            rule = "follow_up_every" if self.first_follow_up else "first_follow_up"
            raise BadRules(rule, N_("Say after how many days the reminder is repeated, or repeat it 0 times."))
        if all(self.escalations) and self.escalations[0] > self.escalations[1]:
            raise BadRules("second_level", N_("The higher level of leadership is told later than the lower one."))
        if not 0 <= self.behind_by <= MOST_POINTS:
            raise BadRules("behind_by", N_("Write percentage points between 0 and 100."))

    def _days(self) -> Iterator[tuple[str, int]]:
        yield from (("leads", count) for count in self.leads)
        yield from (("first_follow_up", self.first_follow_up), ("follow_up_every", self.follow_up_every))
        yield from zip(("first_level", "second_level"), self.escalations, strict=True)
        yield from (("stalled_after", self.stalled_after), ("blocked_after", self.blocked_after))

    @property
    def ladder(self) -> tuple["Rung", ...]:
        """The steps around a deadline in time order."""
        leads = [Rung(f"lead_{days}", -days) for days in sorted(self.leads, reverse=True)]
        due = [Rung("due", 0)] if self.on_the_day else []
        repeats = range(self.follow_ups + 1) if self.first_follow_up else ()
        late = [self.first_follow_up + number * self.follow_up_every for number in repeats]
        return (*leads, *due, *(Rung(f"late_{days}", days) for days in late))

    def blocked_until(self, today: date) -> date | None:
        """Return the last day (inclusive) on which an obstacle was told of that stands too long; None: switched off."""
        return _days_ago(self.blocked_after, today)

    def stalled_until(self, today: date) -> date | None:
        """Return the last day (inclusive) of a last word that is too long ago; None: switched off."""
        return _days_ago(self.stalled_after, today)

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the rules kept in the database; what they do not say is as usual."""
        known = {field.name for field in fields(cls)}
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known
        }
        return cls(**kept)


def _days_ago(days: int, today: date) -> date | None:
    return today - timedelta(days=days) if days else None


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

    def last_due(self, today: date, calendar: Calendar) -> date:
        """Return the last due date whose `day` has come by today: those of all earlier ones have come as well."""
        if self.offset <= 0:
            reach = calendar.working_day_on_or_after(today + ONE_DAY) - ONE_DAY
        else:
            reach = calendar.working_day_on_or_before(today)
        return reach - timedelta(days=self.offset)


@dataclass(frozen=True)
class Window:
    """The due dates, both inclusive, of open tasks that are at one step today."""

    step: str
    first: date
    last: date


USUAL = Rules()


def reached(
    *, due_on: date, since: date, today: date, calendar: Calendar, ladder: Sequence[Rung] = USUAL.ladder
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


def windows(
    *, since: date, today: date, calendar: Calendar, ladder: Sequence[Rung] = USUAL.ladder
) -> tuple[Window, ...]:
    """
    Return for every rung the due dates for which `reached` answers it today, so that a database finds the tasks
    without looking at any other.
    """
    found = []
    for rung, following in pairwise((*ladder, None)):
        assert rung is not None  # only the last one has nothing after it
        earliest = rung.last_due(since - ONE_DAY, calendar) + ONE_DAY  # its own day lies before `since` no more
        passed = following.last_due(today, calendar) + ONE_DAY if following else earliest
        window = Window(rung.name, max(earliest, passed), rung.last_due(today, calendar))
        if window.first <= window.last:
            found.append(window)
    return tuple(found)


def escalation_windows(*, since: date, today: date, calendar: Calendar, rules: Rules = USUAL) -> tuple[Window, ...]:
    """
    Return the due dates that are so many working days late today that leadership is told, a window a level.

    What came to that before `since` is owed to nobody.
    """
    found = []
    for step, days in zip(ESCALATED, rules.escalations, strict=True):
        if days:
            first = calendar.working_days_before(since, days)
            last = last_due_so_late(days, today=today, calendar=calendar)
            if first <= last:
                found.append(Window(step, first, last))
    return tuple(found)


def last_due_so_late(days: int, *, today: date, calendar: Calendar) -> date:
    """
    Return the last deadline (inclusive) that is so many working days late today, as all earlier ones are.

    A deadline is N working days late once the office has been open on N days after it.
    """
    return calendar.working_days_before(today + ONE_DAY, days) - ONE_DAY


def place_of(step: str) -> tuple[int, int]:
    """Return what steps are sorted by to be read; of two distances from the deadline the more pressing comes first."""
    kind, _, days = step.partition("_")
    name = kind if kind in {"late", "lead"} else step
    distance = int(days) if days.isdecimal() else 0
    return ORDER.index(name) if name in ORDER else len(ORDER), -distance if kind == "late" else distance
