"""The lines of a chart of scores by year: where its points lie, on one scale for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from tracker.domain.scores import HIGHEST, rounded

# The picture of one line, in units of its own: numbers stand left and right of the plot, years below it.
WIDTH, HEIGHT = 200, 116
LEFT, RIGHT, TOP, BOTTOM = 58, 142, 12, 88
STEP = 5  # points


class Axis(NamedTuple):
    """From which score to which a scale reaches."""

    low: int
    high: int

    @property
    def starts_at_zero(self) -> bool:
        """Whether heights stand for the scores themselves, not only for their differences."""
        return self.low == 0

    def height(self, score: Decimal) -> float:
        """Return how far down in the picture a score lies."""
        share = (self.high - score) / (self.high - self.low)
        return round(TOP + float(share) * (BOTTOM - TOP), 1)


class Point(NamedTuple):
    """A score in the picture."""

    x: float
    y: float
    year: int
    score: Decimal


class Stretch(NamedTuple):
    """What joins the scores of a year and the next."""

    start: Point
    end: Point

    @property
    def falls(self) -> bool:
        """Whether the later score is lower, as scores are shown."""
        return rounded(self.end.score) < rounded(self.start.score)


@dataclass(frozen=True)
class Line:
    """One score through the years. Years without it leave a gap: nothing is drawn that was not measured."""

    points: tuple[Point, ...]

    @property
    def stretches(self) -> list[Stretch]:
        """The parts between neighbouring years."""
        return [Stretch(a, b) for a, b in pairwise(self.points) if b.year - a.year == 1]


def axis(scores: Iterable[Decimal]) -> Axis:
    """Return the scale on which all of these lie: from whole steps below the lowest to 100, or whatever was printed."""
    known = list(scores)
    high = max([HIGHEST, *known])
    low = min([high, *known])
    top = ceil(high / STEP) * STEP
    return Axis(min(floor(low / STEP) * STEP, top - STEP), top)


def line(scores: Mapping[int, Decimal], *, years: Sequence[int], on: Axis) -> Line:
    """Return one score's line over these years (in order), each as far from the next as it is in time."""
    return Line(
        tuple(
            Point(place(year, years), on.height(scores[year]), year, scores[year]) for year in years if year in scores
        )
    )


def place(year: int, years: Sequence[int]) -> float:
    """Return how far right in the picture a year lies."""
    span = years[-1] - years[0]
    return round(LEFT + (RIGHT - LEFT) * ((year - years[0]) / span if span else 0.5), 1)


def ends(years: Sequence[int]) -> list[tuple[int, float]]:
    """Return the first and the last year with their places, to be named below the picture: more would touch."""
    return [(year, place(year, years)) for year in (years[0], years[-1])]
