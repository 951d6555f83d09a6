"""Tasks as rows: the words of a list are looked up once a list, not once a row."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, cast

from flask import Flask, g
from flask_babel import gettext

from tracker import clock
from tracker.domain.lateness import days_left, is_overdue
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.models import Task
from tracker.queries import dead_evidence
from tracker.queries.directories import Directory
from tracker.queries.task_list import Row
from tracker.web import access, labels
from tracker.web.filters import days_in_words, short_date

SOON = 7  # days


class Shown(NamedTuple):
    """A row in words; `urgency` and `mark` choose how it looks."""

    id: int
    when: str
    urgency: str  # late, soon or nothing
    left: str
    title: str
    more: str
    mark: str  # done, blocked, returned, submitted or nothing
    status: str
    is_outside: bool
    is_dead: bool = False  # a link among its evidence cannot be opened


class _Words:
    """The words of one list."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.statuses = labels.statuses()
        self.obstacle, self.returned = gettext("obstacle"), gettext("came back")
        self.indicator = gettext("Indicator %(number)s")
        self._days: dict[date, str] = {}
        self._left: dict[date, str] = {}
        self._occasions: dict[str, str] = {}

    def deadline(self, due_on: date, status: Status) -> tuple[str, str, str]:
        """Return the date, how urgent it is and how far away, while that matters."""
        day = self._days.get(due_on) or self._days.setdefault(due_on, short_date(due_on))
        left = days_left(due_on=due_on, today=self.today)
        if status not in OPEN or left > SOON:
            return day, "", ""
        is_late = is_overdue(status=status, due_on=due_on, today=self.today)
        words = self._left.get(due_on) or self._left.setdefault(due_on, days_in_words(left))
        return day, "late" if is_late else "soon", words

    def more(self, indicator: int, who: str, slot: str) -> str:
        """Return what stands below the title."""
        if slot not in self._occasions:
            self._occasions[slot] = labels.occasion(slot)
        return " · ".join(filter(None, (self.indicator % {"number": indicator}, self._occasions[slot], who)))

    def standing(self, status: Status, *, is_blocked: bool, is_returned: bool) -> tuple[str, str]:
        """Return how the status looks and reads; colour only where somebody must act."""
        if status == Status.DONE:
            return "done", self.statuses[status]
        if is_blocked:
            return "blocked", self.obstacle
        if is_returned and status == Status.IN_PROGRESS:
            return "returned", self.returned
        return ("submitted" if status == Status.SUBMITTED else ""), self.statuses[status]


def of_list(rows: Iterable[Row], names: Directory, *, today: date, is_now: bool = True) -> list[Shown]:
    """
    Return the rows of the list of tasks in words; late is what is late on the day given.

    :param is_now: whether it shows today; how links stood on a past day is not told
    """
    labels.keep_festivals(access.user().organization_id, names.festivals)
    words, dead = _Words(today), _dead() if is_now else frozenset()
    return [
        Shown(
            row.id,
            *words.deadline(row.due_on, row.status),
            names.measures[row.measure_id].title,
            words.more(names.measures[row.measure_id].indicator, names.who(row.division_id, row.position_id), row.slot),
            *words.standing(row.status, is_blocked=bool(row.blocked_reason), is_returned=bool(row.status_reason)),
            row.placement == Placement.OUTSIDE,
            row.id in dead,
        )
        for row in rows
    ]


def of_tasks(tasks: Iterable[Task], with_division: bool = True) -> list[Shown]:
    """Return whole tasks in words, for the lists that load them."""
    words, dead = _Words(clock.today()), _dead()
    return [
        Shown(
            task.id,
            *words.deadline(task.due_on, task.status),
            task.measure.title,
            words.more(task.measure.indicator, task.division.name if with_division else "", task.slot),
            *words.standing(task.status, is_blocked=bool(task.blocked_reason), is_returned=bool(task.status_reason)),
            task.placement == Placement.OUTSIDE,
            task.id in dead,
        )
        for task in tasks
    ]


def _dead() -> frozenset[int]:
    """Return the tasks with a link that cannot be opened, asked once a page however many lists it has."""
    if "dead_evidence" not in g:
        g.dead_evidence = dead_evidence.task_ids(access.user().organization_id, today=clock.today())
    return cast(frozenset[int], g.dead_evidence)


def register(app: Flask) -> None:
    """Let templates show whole tasks as rows."""
    functions: dict[str, Any] = {"in_words": of_tasks}
    app.jinja_env.globals.update(functions)
