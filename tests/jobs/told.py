"""What people are owed and what they were told, kept in plain Python beside the program: what it is measured by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.clocks import BANGKOK
from tracker.domain.appointments import Tenure
from tracker.domain.calendar import Calendar, fiscal_year_of
from tracker.domain.reminders import ASSIGNED, NEWS, RETURNED, Rules, reached
from tracker.domain.sending_hours import CLOSES, OPENS, Wishes

HEAD = 0  # the post that is told of all the division's tasks
ELSEWHERE = -1  # a post in another division


@dataclass
class Task:
    """A task of the division, for one of its posts or for all of them."""

    id: int
    due_on: date
    post: int | None = None
    is_open: bool = True
    news: dict[str, list[tuple[int, datetime]]] = field(default_factory=lambda: {RETURNED: [], ASSIGNED: []})


@dataclass(eq=False)
class Notice:
    """One step that a person is owed, from the moment that it is noted."""

    task: Task
    step: str
    occasion: str
    told_by: str = ""  # a Message-ID that a server accepted
    is_void: bool = False  # it was untrue for a while before it was told, or its mail was refused for good


@dataclass(eq=False)
class Digest:
    """What a person was to be told on a day, and whether that may have arrived."""

    day: date
    notices: list[Notice]
    is_settled: bool = False  # accepted, or nobody knows: what comes later leaves it out


@dataclass
class Person:
    """Somebody with posts, wishes and digests in the order in which they were written."""

    address: str
    posts: list[tuple[int, Tenure]]
    wishes: Wishes = field(default_factory=Wishes)
    digests: list[Digest] = field(default_factory=list)

    def is_told_of(self, task: Task, today: date) -> bool:
        """Return whether it is theirs to do today."""
        held = {post for post, tenure in self.posts if post != ELSEWHERE and tenure.is_in_force(today)}
        return task.is_open and bool(held) and (task.post is None or task.post in held or HEAD in held)

    def is_heard_at(self, moment: datetime, calendar: Calendar) -> bool:
        """Return whether a digest may leave to them now."""
        today, at = moment.date(), moment.time()
        is_open = calendar.is_working_day(today) and OPENS <= at <= CLOSES
        return is_open and self.wishes.hour <= at and not self.wishes.is_paused(today)

    def carried_by(self, digest: Digest) -> list[Notice]:
        """Return what a digest tells: its own, and what those before it were to tell and surely did not."""
        number = self.digests.index(digest)
        first = number
        while first > 0 and not self.digests[first - 1].is_settled:
            first -= 1
        return [notice for one in self.digests[first : number + 1] for notice in one.notices]


@dataclass
class Town:
    """A division at work, on a clock that goes to and fro."""

    since: date
    rules: Rules
    people: list[Person]
    tasks: list[Task] = field(default_factory=list)
    holidays: set[date] = field(default_factory=set)

    @property
    def calendar(self) -> Calendar:
        return Calendar(frozenset(self.holidays))

    def collect(self, moment: datetime) -> None:
        """Note what is owed at this local moment: at most one digest a person and day."""
        for person in self.people:
            if not person.is_heard_at(moment, self.calendar):
                continue
            if any(digest.day == moment.date() for digest in person.digests):
                continue
            if owed := self._unnoted(person, moment.date()):
                person.digests.append(Digest(moment.date(), owed))

    def void_what_is_untrue(self, today: date) -> None:
        """What is not true any more before it is told need not be told, though it may become true again."""
        for person in self.people:
            for notice in self.untold(person):
                notice.is_void |= not person.is_told_of(notice.task, today)

    def untold(self, person: Person) -> Iterable[Notice]:
        """Return what no server has accepted of what was noted for a person."""
        return (notice for digest in person.digests for notice in digest.notices if not notice.told_by)

    def owed_steps(self, person: Person, today: date) -> Iterable[tuple[Task, str, str]]:
        """Return all that is true of today: the step that each deadline has reached, and the news of a month."""
        if today < self.since or fiscal_year_of(self.since) < fiscal_year_of(today) - 1:
            return
        for task in self.tasks:
            if not person.is_told_of(task, today):
                continue
            rung = reached(
                due_on=task.due_on, since=self.since, today=today, calendar=self.calendar, ladder=self.rules.ladder
            )
            if rung:
                yield task, rung.name, task.due_on.isoformat()
            for step, events in task.news.items():
                recent = [(seq, at) for seq, at in events if at >= _start(max(self.since, today - NEWS))]
                if recent and recent[-1][1] < _start(today + timedelta(days=1)):
                    yield task, step, str(recent[-1][0])

    def _unnoted(self, person: Person, today: date) -> list[Notice]:
        known = {(one.task.id, one.step, one.occasion) for digest in person.digests for one in digest.notices}
        owed = self.owed_steps(person, today)
        return [Notice(*found) for found in owed if (found[0].id, *found[1:]) not in known]


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, BANGKOK)
