"""The S-curve of a fiscal year: what should be done by the end of each month, and what truly was. No forecast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.domain.calendar import month_end, months_of
from tracker.domain.figures import Figures
from tracker.domain.progress import Progress

FEWEST_POINTS = 2  # one point is no line


class Share(NamedTuple):
    """A part of a weight: what is due or done of all there is."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In whole percent, rounded as completion is everywhere; None of nothing."""
        return Progress(weight=self.whole, done_weight=self.part).percent


class Point(NamedTuple):
    """
    The end of a day: what is due by then as the plan stands, and what was done as it stood then.

    `actual` is None for a day ahead and for one on which there was nothing to do yet.
    """

    day: date
    planned: Share
    actual: Share | None

    @property
    def gap(self) -> int | None:
        """Percentage points that the actual is above the planned (negative: below), between the figures shown."""
        planned, actual = self.planned.percent, self.actual.percent if self.actual else None
        return None if planned is None or actual is None else actual - planned


@dataclass(frozen=True)
class Curve:
    """Planned against actual at the ends of a fiscal year's months, and at the end of the day in view."""

    fiscal_year: int
    day: date
    points: tuple[Point, ...]

    @property
    def reached(self) -> tuple[Point, ...]:
        """The points that have come and had something to do."""
        return tuple(point for point in self.points if point.actual)

    @property
    def is_drawn(self) -> bool:
        """Whether there is a line to draw: fewer than two points say nothing about a course, nor does an empty plan."""
        return len(self.reached) >= FEWEST_POINTS and self.points[-1].planned.whole > 0


def days_of(fiscal_year: int, *, day: date) -> tuple[date, ...]:
    """Return the ends of a fiscal year's months (พ.ศ.) and, if it lies among them, the day in view."""
    ends = [month_end(month) for month in months_of(fiscal_year)]
    is_within = months_of(fiscal_year)[0] <= day <= ends[-1]
    return tuple(sorted({*ends, day} if is_within else ends))


def past_days(fiscal_year: int, *, day: date) -> tuple[date, ...]:
    """Return those of the days that have come on the day in view."""
    return tuple(one for one in days_of(fiscal_year, day=day) if one <= day)


def curve(figures: Figures, *, fiscal_year: int, done: Mapping[date, Share]) -> Curve:
    """Return the curve of a plan, or of a part of it: `done` is what was done at the end of the days that have come."""
    points = []
    for day in days_of(fiscal_year, day=figures.day):
        due_by_then = sum(due.weight for due_on, due in figures.deadlines.items() if due_on <= day)
        was_done = done.get(day)
        actual = was_done if was_done and was_done.whole else None
        points.append(Point(day, Share(due_by_then, figures.total.weight), actual))
    return Curve(fiscal_year, figures.day, tuple(points))
