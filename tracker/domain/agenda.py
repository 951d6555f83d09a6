"""The fiscal year as a calendar: its months and days with what falls due, and its measures month by month."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.domain.calendar import first_day, last_day
from tracker.domain.deadlines import is_of_a_round, recurs
from tracker.domain.figures import Figures, Month
from tracker.domain.progress import Progress

# What stands behind a measure's deadline: the slots whose tasks fall due then.
Slots = Mapping[tuple[int, date], tuple[str, ...]]

UNFOLDED_AHEAD = 2  # months, the present one included


class Mark(NamedTuple):
    """What a day is called: a day off or, where it has a key, a festival."""

    on: date
    name: str
    key: str = ""


@dataclass(frozen=True)
class Due:
    """What a measure asks for on a day, and of how many divisions."""

    measure_id: int
    slots: tuple[str, ...]
    divisions: int
    progress: Progress


@dataclass(frozen=True)
class Day:
    """A day on which something falls due, or that is worth a line of its own."""

    on: date
    due: tuple[Due, ...] = ()
    round: int | None = None  # which follow-up round it is
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Section:
    """A month with its days."""

    month: Month
    progress: Progress
    days: tuple[Day, ...]
    is_unfolded: bool  # shown at once: this month, the next one, and whatever something late is in


@dataclass(frozen=True)
class Line:
    """A measure month by month."""

    measure_id: int
    recurs: bool
    total: Progress
    months: Mapping[Month, Progress]
    rounds: frozenset[Month]  # in which it is reported in a follow-up round

    @property
    def months_late(self) -> int:
        """How many months hold something late."""
        return sum(done.overdue > 0 for done in self.months.values())


def sections(
    figures: Figures, *, fiscal_year: int, slots: Slots, rounds: Sequence[date], marks: Iterable[Mark]
) -> list[Section]:
    """Return a fiscal year (พ.ศ.) month by month, with the months before and after it that hold moved tasks."""
    days = _days(figures, slots, rounds, marks)
    if first_day(fiscal_year) <= figures.day <= last_day(fiscal_year):
        days.setdefault(figures.day, Day(figures.day))
    months = figures.months_shown(fiscal_year)
    coming = [month for month in months if month >= Month.of(figures.day)][:UNFOLDED_AHEAD]
    return [
        Section(
            month,
            done := figures.months.get(month, Progress()),
            tuple(days[on] for on in sorted(days) if Month.of(on) == month),
            is_unfolded=month in coming or done.overdue > 0,
        )
        for month in months
    ]


def lines(figures: Figures, slots: Slots) -> list[Line]:
    """Return the measures that ask for anything, month by month; what recurs in a rhythm of its own comes first."""
    months: dict[int, dict[Month, Progress]] = {}
    for (measure_id, month), done in sorted(figures.by(lambda cell: (cell.measure_id, cell.month)).items()):
        if done.countable:
            months.setdefault(measure_id, {})[month] = done
    recurring = {measure_id for (measure_id, _), keys in slots.items() if any(map(recurs, keys))}
    reported = {(measure_id, Month.of(on)) for (measure_id, on), keys in slots.items() if any(map(is_of_a_round, keys))}
    indicators = {cell.measure_id: cell.indicator for cell in figures.cells}
    return [
        Line(
            measure_id,
            measure_id in recurring,
            figures.measures[measure_id],
            months[measure_id],
            frozenset(month for month in months[measure_id] if (measure_id, month) in reported),
        )
        for measure_id in sorted(months, key=lambda id: (id not in recurring, indicators[id], id))
    ]


def _days(figures: Figures, slots: Slots, rounds: Sequence[date], marks: Iterable[Mark]) -> dict[date, Day]:
    due = _due(figures, slots)
    numbers = {day: number for number, day in enumerate(sorted(set(rounds)), start=1)}
    named: dict[date, list[Mark]] = {}
    for mark in marks:
        named.setdefault(mark.on, []).append(mark)
    return {
        on: Day(on, tuple(due.get(on, ())), numbers.get(on), tuple(named.get(on, ())))
        for on in {*due, *numbers, *named}
    }


def _due(figures: Figures, slots: Slots) -> dict[date, list[Due]]:
    """Return what falls due on each day, by indicator and measure."""
    owed = figures.part(lambda cell: cell.progress.countable > 0)
    divisions = Counter((cell.due_on, cell.indicator, cell.measure_id) for cell in owed.cells)
    groups = owed.by(lambda cell: (cell.due_on, cell.indicator, cell.measure_id))
    found: dict[date, list[Due]] = {}
    for key, done in sorted(groups.items(), key=lambda group: group[0]):
        on, _, measure_id = key
        found.setdefault(on, []).append(Due(measure_id, slots.get((measure_id, on), ()), divisions[key], done))
    return found
