"""What the public may know of a plan: the one value behind the public page, the open data, the API, feed and badge."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tracker.domain.evidence import EvidenceKind
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status


@dataclass(frozen=True)
class PublicEvidence:
    """A file or link that somebody marked public; `key` names it in public addresses."""

    key: str
    kind: EvidenceKind
    title: str
    url: str = ""  # of a link
    size: int | None = None  # of a file, in bytes


@dataclass(frozen=True)
class PublicTask:
    """What one division owes on one deadline; `done_on` is the day of the submission that was accepted."""

    id: int
    division: str
    due_on: date
    status: Status
    is_overdue: bool
    done_on: date | None = None
    result: str = ""  # what the division wrote, of tasks that are done only
    obstacles: str = ""
    evidence: Sequence[PublicEvidence] = ()


@dataclass(frozen=True)
class PublicMeasure:
    """A measure in the plan's own words, and how far it is."""

    id: int
    indicator: int
    number: str  # 2.1: the first of indicator 2
    title: str
    steps: Sequence[str]
    time_frame: str
    responsible: str  # the divisions, by their names: neither people nor positions
    progress: Progress
    tasks: Sequence[PublicTask] = ()

    @property
    def late(self) -> Mapping[str, int]:
        """How many tasks are overdue at which divisions, those with the most first."""
        return dict(Counter(task.division for task in self.tasks if task.is_overdue).most_common())

    @property
    def evidence(self) -> list[PublicEvidence]:
        """Everything that shows what was done, by deadline."""
        return [one for task in self.tasks for one in task.evidence]

    @property
    def next_due_on(self) -> date | None:
        """The next deadline that is still owed and not late."""
        ahead = (task.due_on for task in self.tasks if task.status in _OWED and not task.is_overdue)
        return min(ahead, default=None)


@dataclass(frozen=True)
class PublicIndicator:
    """An indicator with its score of the assessment that the plan answers and of the one before, and its measures."""

    number: int
    progress: Progress
    score: Decimal | None
    score_before: Decimal | None
    measures: Sequence[PublicMeasure]


@dataclass(frozen=True)
class PublicRound:
    """A closed follow-up round: the figures are those that were frozen at the end of `as_of`."""

    round_on: date
    as_of: date
    progress: Progress
    seal: str


@dataclass(frozen=True)
class PublicPlan:
    """
    A plan as the public sees it at the end of `day`. No person and no position is in it.

    `changed_at` is when its history last went on, `head_hash` where it stood then.
    """

    id: int
    organization: str
    public_name: str
    fiscal_year: int
    day: date
    published_at: datetime | None
    changed_at: datetime
    head_hash: str
    progress: Progress
    indicators: Sequence[PublicIndicator]
    score: Decimal | None = None  # the overall one of the assessment that the plan answers
    score_before: Decimal | None = None
    rounds: Sequence[PublicRound] = ()
    next_deadlines: Sequence[tuple[date, int]] = ()  # the next days, and how many tasks are still owed on each
    takes_feedback: bool = False

    @property
    def measures(self) -> list[PublicMeasure]:
        """All of them, by indicator."""
        return [measure for indicator in self.indicators for measure in indicator.measures]

    @property
    def late(self) -> Mapping[str, int]:
        """How many tasks are overdue at which divisions, those with the most first."""
        found: Counter[str] = Counter()
        for measure in self.measures:
            found.update(measure.late)
        return dict(found.most_common())

    def measure(self, measure_id: int) -> PublicMeasure | None:
        """Return one of its measures."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)


_OWED = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})
