"""The figures of a plan at the end of a day: what every page, mail, report and file says, each defined here once."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from tracker.domain.calendar import months_of
from tracker.domain.progress import Progress

Key = TypeVar("Key", bound=Hashable)
Part = TypeVar("Part", bound=Hashable)


class Named(NamedTuple):
    """A division as figures name it, by its short name where it has one."""

    id: int
    name: str


class Post(NamedTuple):
    """A position and its division; without a position, the division as a whole."""

    position_id: int | None
    division_id: int


class Month(NamedTuple):
    """A month of a year (ค.ศ., as in dates)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)


@dataclass(frozen=True)
class Cell:
    """
    The progress of one measure in one division towards one deadline.

    Where figures are kept by position as well, each position that was given any of it has a cell of its own.
    """

    indicator: int
    measure_id: int
    division: Named
    due_on: date
    progress: Progress
    position_id: int | None = None  # None: nobody of the division was given it

    @property
    def month(self) -> "Month":
        """When it falls due."""
        return Month.of(self.due_on)


@dataclass(frozen=True)
class Change:
    """What became of a set of tasks between the ends of two days."""

    before: Progress
    after: Progress

    @property
    def points(self) -> int | None:
        """By how many percentage points more is complete, as the pages show them; None if a day had nothing to do."""
        if self.before.percent is None or self.after.percent is None:
            return None
        return self.after.percent - self.before.percent

    @property
    def done(self) -> int:
        """How many more tasks are done: fewer than 0 where more were opened again than came to be done."""
        return self.after.done - self.before.done


@dataclass(frozen=True)
class Changes:
    """What became of a plan since the end of an earlier day: of all of it, and of each indicator."""

    since: date
    total: Change
    indicators: dict[int, Change]


@dataclass(frozen=True)
class Figures:
    """
    How a plan, or the part of it that these cells are, stood at the end of a day.

    Cells come by official order of divisions, then by indicator, measure and deadline, and so do the groups.
    """

    day: date
    cells: tuple[Cell, ...] = ()

    @cached_property
    def total(self) -> Progress:
        """All of it together."""
        return Progress.sum(self.divisions.values())

    @cached_property
    def indicators(self) -> dict[int, Progress]:
        """By indicator."""
        return _together(self.indicators_of_divisions, lambda key: key[0])

    @cached_property
    def divisions(self) -> dict[Named, Progress]:
        """By division, in official order."""
        return _together(self.indicators_of_divisions, lambda key: key[1])

    @cached_property
    def measures(self) -> dict[int, Progress]:
        """By measure's id."""
        return self.by(lambda cell: cell.measure_id)

    @cached_property
    def months(self) -> dict[Month, Progress]:
        """By the month in which tasks fall due."""
        return _together(self.months_of_divisions, lambda key: key[1])

    @cached_property
    def deadlines(self) -> dict[date, Progress]:
        """By the day on which tasks fall due, in order."""
        days = self.by(lambda cell: cell.due_on)
        return {day: days[day] for day in sorted(days)}

    @cached_property
    def deadlines_of_divisions(self) -> dict[tuple[Named, date], Progress]:
        """By division and deadline."""
        return self.by(lambda cell: (cell.division, cell.due_on))

    @cached_property
    def indicators_of_divisions(self) -> dict[tuple[int, Named], Progress]:
        """By indicator and division."""
        return self.by(lambda cell: (cell.indicator, cell.division))

    @cached_property
    def months_of_divisions(self) -> dict[tuple[Named, Month], Progress]:
        """By division and month."""
        return self.by(lambda cell: (cell.division, cell.month))

    def by(self, key: Callable[[Cell], Key]) -> dict[Key, Progress]:
        """Return the progress of each group of cells, in the order in which the groups first appear."""
        return _grouped((key(cell), cell.progress) for cell in self.cells)

    def part(self, condition: Callable[[Cell], bool]) -> "Figures":
        """Return the figures of the cells that meet a condition: of one indicator, say, or of one division."""
        return replace(self, cells=tuple(filter(condition, self.cells)))

    def change_since(self, earlier: "Figures") -> Changes:
        """Return how far the plan came since the end of an earlier day; an indicator not yet there had nothing."""
        return Changes(
            earlier.day,
            Change(earlier.total, self.total),
            {
                number: Change(earlier.indicators.get(number, Progress()), done)
                for number, done in self.indicators.items()
            },
        )

    def of_division(self, division_id: int) -> "Figures":
        """Return the figures of one division."""
        return self.part(lambda cell: cell.division.id == division_id)

    def of_positions(self, *posts: Post) -> "Figures":
        """
        Return the figures of what positions have to do: their own, and what nobody of their divisions was given.

        That is what the list of a position's tasks shows. These figures must be kept by position.
        """
        places = {place for post in posts for place in (post, Post(None, post.division_id))}
        return self.part(lambda cell: Post(cell.position_id, cell.division.id) in places)

    def own_first(self, own: Collection[int]) -> dict[Named, Progress]:
        """Return the divisions with some of them (their ids) first, each of both in official order."""
        return dict(sorted(self.divisions.items(), key=lambda one: one[0].id not in own))

    def months_shown(self, fiscal_year: int) -> list[Month]:
        """Return the months of a fiscal year (พ.ศ.) and those before and after it in which a moved task falls due."""
        return sorted({*self.months, *(Month.of(day) for day in months_of(fiscal_year))})

    def most_late(self) -> list[tuple[Named, Progress]]:
        """Return the divisions that are late, the latest first."""
        late = ((division, done) for division, done in self.divisions.items() if done.overdue)
        return sorted(late, key=lambda one: -one[1].overdue)

    def next_deadlines(self, limit: int = 4) -> list[tuple[date, int]]:
        """Return the next days, this one included, on which something that is still owed falls due, with how many."""
        ahead = self.part(lambda cell: cell.due_on >= self.day and cell.progress.open > 0)
        return [(day, done.open) for day, done in ahead.deadlines.items()][:limit]


def _together(groups: Mapping[Part, Progress], key: Callable[[Part], Key]) -> dict[Key, Progress]:
    """Put groups together into larger ones: there are far fewer of them than cells."""
    return _grouped((key(group), progress) for group, progress in groups.items())


def _grouped(parts: Iterable[tuple[Key, Progress]]) -> dict[Key, Progress]:
    groups: dict[Key, list[Progress]] = {}
    for group, progress in parts:
        groups.setdefault(group, []).append(progress)
    return {group: Progress.sum(progresses) for group, progresses in groups.items()}
