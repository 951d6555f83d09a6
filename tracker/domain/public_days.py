"""What came about on a public plan, day by day: the entries of its feed. What the public page lacks is not in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from tracker.domain.calendar import THAILAND
from tracker.domain.public_plans import PublicEvidence, PublicMeasure, PublicPlan, PublicRound, PublicTask

MOST_DAYS = 60


@dataclass(frozen=True)
class Moments:
    """When tasks became done (by id), evidence became public (by key) and rounds were closed (by their day)."""

    done: Mapping[int, datetime]
    shown: Mapping[str, datetime]
    closed: Mapping[date, datetime]


@dataclass(frozen=True)
class Done:
    """A task that is done now, with its measure."""

    measure: PublicMeasure
    task: PublicTask


@dataclass(frozen=True)
class Shown:
    """Evidence that everybody can open now, with its measure."""

    measure: PublicMeasure
    evidence: PublicEvidence


@dataclass(frozen=True)
class Closed:
    """A round that was closed, with the figures that were frozen."""

    round: PublicRound


News: TypeAlias = Done | Shown | Closed


@dataclass(frozen=True)
class PublicDay:
    """All that came about on one local day; `updated_at` is when the last of it did."""

    day: date
    updated_at: datetime
    news: Sequence[News]

    @property
    def done(self) -> list[Done]:
        """The tasks that became done."""
        return [one for one in self.news if isinstance(one, Done)]

    @property
    def shown(self) -> list[Shown]:
        """The evidence that became public."""
        return [one for one in self.news if isinstance(one, Shown)]

    @property
    def closed(self) -> list[Closed]:
        """The rounds that were closed."""
        return [one for one in self.news if isinstance(one, Closed)]


def days(plan: PublicPlan, moments: Moments, *, most: int = MOST_DAYS) -> list[PublicDay]:
    """
    Return the last days on which anything came about, the latest first.

    Only what the plan shows now counts: a task that was opened again and evidence that was taken back are gone.
    """
    told = sorted(_told(plan, moments), key=lambda pair: pair[0])
    found = [
        PublicDay(day, max(at for at, _ in group), [news for _, news in group])
        for day, rows in groupby(told, key=lambda pair: pair[0].astimezone(THAILAND).date())
        for group in [list(rows)]
    ]
    return found[::-1][:most]


def _told(plan: PublicPlan, moments: Moments) -> Iterator[tuple[datetime, News]]:
    for measure in plan.measures:
        for task in measure.tasks:
            if task.done_on and task.id in moments.done:
                yield moments.done[task.id], Done(measure, task)
            for evidence in task.evidence:
                if evidence.key in moments.shown:
                    yield moments.shown[evidence.key], Shown(measure, evidence)
    for one in plan.rounds:
        if one.round_on in moments.closed:
            yield moments.closed[one.round_on], Closed(one)
