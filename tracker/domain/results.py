"""Results held against each other: what became of a score, and how far the plan in between was carried out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from tracker.domain.calendar import last_day
from tracker.domain.figures import Figures
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.progress import Progress
from tracker.domain.scores import HIGHEST, Level, level, rounded

OVERALL = "overall"
HARDLY_BELOW = 50  # percent
_INDICATOR = "indicator:"


class Outcome(StrEnum):
    """What became of a score from one year to the next. It names no cause: much else changes in a year."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCHANGED = "unchanged"
    KEPT_FULL = "kept_full"
    TOO_EARLY = "too_early"  # the year still runs
    NOT_IMPORTED = "not_imported"  # the year is over, its result is not here
    NO_SCORE = "no_score"  # one of the two results lacks it


KNOWN = frozenset({Outcome.IMPROVED, Outcome.DECLINED, Outcome.UNCHANGED, Outcome.KEPT_FULL})


def change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return the difference of two scores as they are shown, so that a reader who subtracts finds the same."""
    return None if before is None or after is None else rounded(after) - rounded(before)


def outcome(before: Decimal | None, after: Decimal | None) -> Outcome:
    """
    Return what became of a score, once both years have their result.

    There is no threshold. Scores are official to a hundredth and nothing published says how much of a difference is
    chance; the difference stands beside the word, so that a reader sees how little it may be.
    """
    difference = change(before, after)
    if before is None or difference is None:
        return Outcome.NO_SCORE
    if difference:
        return Outcome.IMPROVED if difference > 0 else Outcome.DECLINED
    return Outcome.KEPT_FULL if rounded(before) >= HIGHEST else Outcome.UNCHANGED


def key_of(indicator: int) -> str:
    """Return under which key an indicator's score is kept."""
    return f"{_INDICATOR}{indicator}"


@dataclass(frozen=True)
class Result:
    """What the assessment of one fiscal year (พ.ศ.) says; the level in the words of its report, if it has any."""

    year: int
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    printed_level: str = ""

    @property
    def derived_level(self) -> Level | None:
        """The level by today's rules; None where a score that decides it is not known."""
        deciding = [self.scores.get(key) for key in (OVERALL, *Instrument)]
        known = [score for score in deciding if score is not None]
        return level(known[0], known[1:]) if len(known) == len(deciding) else None


class Tally(NamedTuple):
    """How many indicators rose, fell and stayed from one result to the next."""

    improved: int
    declined: int
    same: int


@dataclass(frozen=True)
class History:
    """The results of every year that has one, by year."""

    results: Mapping[int, Result] = field(default_factory=dict)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """From the first year with a result to the last, those without one between them."""
        return tuple(range(min(self.results), max(self.results) + 1)) if self.results else ()

    @property
    def compared(self) -> int | None:
        """The last year whose result, and that of the year before, are known."""
        return max((year for year in self.results if year - 1 in self.results), default=None)

    def of(self, year: int) -> Result:
        """Return a year's result, an empty one where there is none."""
        return self.results.get(year, Result(year))

    def score(self, key: str, year: int) -> Decimal | None:
        """Return one score of a year."""
        return self.of(year).scores.get(key)

    def scores(self, key: str) -> dict[int, Decimal]:
        """Return one score through the years that have it."""
        return {year: result.scores[key] for year, result in sorted(self.results.items()) if key in result.scores}

    def change(self, key: str, year: int) -> Decimal | None:
        """Return the difference to the year before; None where one of them is not known."""
        return change(self.score(key, year - 1), self.score(key, year))

    def tally(self, year: int) -> Tally:
        """Return what became of the indicators from the year before to this one."""
        keys = (key_of(indicator.number) for indicator in INDICATORS)
        found = Counter(outcome(self.score(key, year - 1), self.score(key, year)) for key in keys)
        same = found[Outcome.UNCHANGED] + found[Outcome.KEPT_FULL]
        return Tally(found[Outcome.IMPROVED], found[Outcome.DECLINED], same)


class Taken(NamedTuple):
    """A measure as it is named beside what became of its indicator."""

    id: int
    title: str


@dataclass(frozen=True)
class Followed:
    """One score before and after a plan, with what the plan promised for it and how far that was carried out."""

    before: Decimal | None
    after: Decimal | None
    outcome: Outcome
    progress: Progress
    measures: Sequence[Taken] = ()

    @property
    def change(self) -> Decimal | None:
        """The difference in points, where both scores are known."""
        return change(self.before, self.after)

    @property
    def is_hardly_carried_out(self) -> bool:
        """Whether the score cannot say much about its measures: it is known, and less than half of them was done."""
        percent = self.progress.percent
        return self.outcome in KNOWN and percent is not None and percent < HARDLY_BELOW


@dataclass(frozen=True)
class Cycle:
    """A plan, as it stood at the end of its year or stands today, between the results before and after it."""

    year: int
    history: History
    figures: Figures
    today: date
    measures: Mapping[int, Sequence[Taken]] = field(default_factory=dict)  # by indicator

    @property
    def is_running(self) -> bool:
        """Whether the plan's year is not over."""
        return self.today <= last_day(self.year)

    @property
    def awaited(self) -> Outcome | None:
        """Why the result of the plan's own year is not there; None where it is."""
        if self.year in self.history.results:
            return None
        return Outcome.TOO_EARLY if self.is_running else Outcome.NOT_IMPORTED

    @property
    def tally(self) -> Tally:
        """What became of the indicators."""
        return self.history.tally(self.year)

    def followed(self, key: str) -> Followed | None:
        """Return what became of a score; None for an instrument, to which no measure belongs."""
        if key == OVERALL:
            return self._followed(key, self.figures.total)
        if not key.startswith(_INDICATOR):
            return None
        number = int(key.removeprefix(_INDICATOR))
        return self._followed(key, self.figures.indicators.get(number, Progress()), self.measures.get(number, ()))

    def _followed(self, key: str, progress: Progress, taken: Sequence[Taken] = ()) -> Followed:
        before, after = self.history.score(key, self.year - 1), self.history.score(key, self.year)
        return Followed(before, after, self.awaited or outcome(before, after), progress, taken)
