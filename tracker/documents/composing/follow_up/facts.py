"""What the follow-up report tells, as plain values: how the plan stood at the end of a day, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from tracker.documents.composing.signers import Signers
from tracker.domain.calendar import last_day
from tracker.domain.curves import Curve
from tracker.domain.decisions import Matter
from tracker.domain.figures import Figures, Named
from tracker.domain.lateness import days_left, is_overdue, was_on_time
from tracker.domain.reminders import USUAL, Rules
from tracker.domain.results import Cycle
from tracker.domain.statuses import Status


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as its division calls it; a link has an address."""

    title: str
    url: str = ""


class Standing(Enum):
    """How a task stands for a reader of the report: its status, an open one that is late apart."""

    DONE = "done"
    SUBMITTED = "submitted"
    OVERDUE = "overdue"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Work:
    """What one division did about one deadline of a measure."""

    measure_id: int
    division: Named  # by its full name
    due_on: date
    status: Status
    submitted_on: date | None = None
    accepted_on: date | None = None
    result: str = ""
    obstacles: str = ""
    suggestions: str = ""
    budget: Decimal | None = None  # baht; 0: none used, None: not said
    evidence: tuple[Proof, ...] = ()
    ticked: int = 0
    steps: int = 0
    reason: str = ""  # why it was set aside, returned or opened again
    blocked: str = ""  # the obstacle that stands in its way
    own_acceptance: str = ""  # the reason of whoever handed it in and accepted it as well
    is_outside: bool = False  # the schedule no longer asks for it

    def standing(self, day: date) -> Standing:
        """Return how it stands at the end of a day."""
        is_late = is_overdue(status=self.status, due_on=self.due_on, today=day)
        return Standing.OVERDUE if is_late else Standing(self.status.value)

    @property
    def days_late(self) -> int:
        """How many days after its last good day it was handed in; 0 where it was not, or on time."""
        if self.submitted_on is None or was_on_time(submitted_on=self.submitted_on, due_on=self.due_on):
            return 0
        return -days_left(due_on=self.due_on, today=self.submitted_on)

    def is_told(self, day: date) -> bool:
        """Return whether the report lists it: it was due by the day, or something came of it before its time."""
        has_moved = self.status not in {Status.NOT_STARTED, Status.IN_PROGRESS} or self.blocked
        has_words = self.result or self.obstacles or self.suggestions or self.evidence or self.budget is not None
        return bool(self.due_on <= day or has_moved or has_words)


@dataclass(frozen=True)
class Promise:
    """A measure in the plan's own words; `number` counts it within its indicator (2.1)."""

    id: int
    indicator: int
    number: str
    title: str
    time_frame: str = ""
    responsible: str = ""
    budget: str = ""  # as planned
    success: str = ""


@dataclass(frozen=True)
class Closed:
    """A closing of a round as it was sealed."""

    round_on: date
    revision: int
    as_of: date
    closed_on: date
    closed_by: str  # the position
    note: str
    seal: str


@dataclass(frozen=True)
class Earlier:
    """How the plan stood in the round before; frozen where that was closed."""

    round_on: date
    figures: Figures
    closed: Closed | None = None


@dataclass(frozen=True)
class Concern:
    """A task that asks for a decision, and since when it does."""

    indicator: int
    title: str
    division: str
    responsible: str
    due_on: date
    since: date


@dataclass(frozen=True)
class Concerns:
    """How many tasks ask for decisions of one matter, and the first of them."""

    matter: Matter
    count: int
    first: Sequence[Concern] = ()


@dataclass(frozen=True)
class Facts:
    """Everything the report says, as of the end of `day`."""

    organization: str
    fiscal_year: int  # พ.ศ.
    day: date
    figures: Figures  # frozen where `closed` is quoted
    curve: Curve
    round_on: date | None = None  # None: the report of the year
    rounds: Sequence[date] = ()  # of the plan
    closed: Closed | None = None  # what is quoted of the round
    differs: int = 0  # cells in which a recount differs from what is frozen
    measures: Sequence[Promise] = ()
    works: Sequence[Work] = ()
    division_names: Mapping[int, str] = field(default_factory=dict)  # in full, by id
    earlier: Earlier | None = None
    concerns: Sequence[Concerns] = ()
    findings: Sequence[tuple[int, str]] = ()  # which no measure answers, with their indicators
    rules: Rules = USUAL
    cycle: Cycle | None = None  # the scores around the plan's year, for its report
    closings: Sequence[Closed] = ()
    head_seq: int = 0
    head_hash: str = ""
    signers: Signers = Signers()

    @property
    def is_whole_year(self) -> bool:
        """Whether this is the report of a year that is over."""
        return self.round_on is None and self.day >= last_day(self.fiscal_year)

    @cached_property
    def told(self) -> tuple[Work, ...]:
        """The tasks that the report lists."""
        return tuple(work for work in self.works if work.is_told(self.day))

    @cached_property
    def works_of(self) -> dict[int, list[Work]]:
        """The tasks of each measure, by its id."""
        found: dict[int, list[Work]] = {}
        for work in self.works:
            found.setdefault(work.measure_id, []).append(work)
        return found

    def name(self, division: Named) -> str:
        """Return the full name of a division that figures name by its short one."""
        return self.division_names.get(division.id, division.name)


def spent(works: Sequence[Work]) -> Decimal | None:
    """Return what the tasks used in baht, to the satang; None where nobody has said."""
    stated = [work.budget for work in works if work.budget is not None]
    return sum(stated, Decimal(0)) if stated else None
