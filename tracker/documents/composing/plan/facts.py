"""What the published plan says, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tracker.documents.composing.signers import Signers
from tracker.domain.findings import Finding
from tracker.domain.results import History
from tracker.domain.statuses import Review


@dataclass(frozen=True)
class Measure:
    """A measure in the plan's own words; `time_frame` as a person corrected it, where one did."""

    indicator: int
    title: str
    analysis: Sequence[str] = ()
    steps: Sequence[str] = ()
    time_frame: str = ""
    responsible: str = ""
    budget: str = ""
    success: str = ""


@dataclass(frozen=True)
class Head:
    """The end of the plan's history: which entry it is, when it was written (aware), and the hash over all of it."""

    number: int
    at: datetime
    hash: str


@dataclass(frozen=True)
class Facts:
    """Everything the paper says. The plan is of `fiscal_year` (พ.ศ.), the assessment it answers of the year before."""

    organization: str
    fiscal_year: int
    history: History = field(default_factory=History)
    findings: Sequence[Finding] = ()
    unanswered: Sequence[Finding] = ()  # those of them that no measure answers
    measures: Sequence[Measure] = ()
    rounds: Sequence[date] = ()
    review: Review = Review.REQUIRED
    signers: Signers = field(default_factory=Signers)
    head: Head | None = None

    @property
    def year(self) -> int:
        """The year that was assessed."""
        return self.fiscal_year - 1

    @property
    def year_before(self) -> int:
        """The year that the assessment is compared with."""
        return self.fiscal_year - 2

    def measures_of(self, indicator: int) -> Sequence[Measure]:
        """Return the measures of an indicator, in order."""
        return [one for one in self.measures if one.indicator == indicator]
