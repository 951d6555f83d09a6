"""Closing a follow-up round: when it may be, what is frozen of the plan's figures, and the seal over that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.domain.calendar import ONE_DAY
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.history import chained_hash
from tracker.domain.progress import Progress
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import ReasonNeeded

WAITS = timedelta(days=15)  # for reports that come in after the round's day, before its figures are frozen
COUNTS = tuple(one.name for one in fields(Progress))


class Standing(StrEnum):
    """Where a follow-up round stands."""

    AHEAD = "ahead"  # its day is not over
    OPEN = "open"
    CLOSED = "closed"


class NoSuchRound(Refusal):
    """The plan has no follow-up round on this day."""

    def __init__(self) -> None:
        super().__init__(N_("The plan has no follow-up round on this day."))


class RoundAhead(Refusal):
    """The round has not come, or its day is still running."""

    def __init__(self, round_on: date) -> None:
        super().__init__(
            N_("This round can be closed from %(day)s on, once its own day is over."), day=round_on + ONE_DAY
        )


class DayBeforeRound(Refusal):
    """Nobody had to report by then."""

    def __init__(self, round_on: date) -> None:
        super().__init__(N_("Choose a day from the round's own day on: %(day)s."), day=round_on)


class DayNotOver(Refusal):
    """What is counted on a day that still runs would be another figure an hour later."""

    def __init__(self, last: date) -> None:
        super().__init__(
            N_("Choose a day that is over, %(day)s at the latest: figures of a day can change until it ends."), day=last
        )


class NothingToClose(Refusal):
    """There was no task yet."""

    def __init__(self, day: date) -> None:
        super().__init__(N_("The plan had no task yet on %(day)s, so there are no figures to freeze."), day=day)


def standing(round_on: date, *, is_closed: bool, today: date) -> Standing:
    """Return where a round stands."""
    if is_closed:
        return Standing.CLOSED
    return Standing.OPEN if round_on < today else Standing.AHEAD


def usual_day(round_on: date, *, today: date) -> date:
    """Return the day as of whose end a round is usually closed: the last one that is over, within `WAITS`."""
    return min(today - ONE_DAY, round_on + WAITS)


def check_day(*, round_on: date, as_of: date, today: date) -> None:
    """
    Refuse to close a round that has not come, or as of a day that cannot be taken.

    :raises Refusal: `RoundAhead`, `DayBeforeRound` or `DayNotOver`
    """
    if round_on >= today:
        raise RoundAhead(round_on)
    if as_of < round_on:
        raise DayBeforeRound(round_on)
    if as_of >= today:
        raise DayNotOver(today - ONE_DAY)


def check_reason(*, round_on: date, as_of: date, revision: int, note: str) -> None:
    """
    Refuse to close without a reason what needs one: another day than the round's own, and closing again.

    :raises ReasonNeeded: if there is none
    """
    if (as_of != round_on or revision > 1) and not note.strip():
        raise ReasonNeeded()


@dataclass(frozen=True)
class Snapshot:
    """
    What is frozen: the figures with every name as it was, so that they can be read without anything else.

    `counts` names the numbers of `Progress` that were counted then; a later program may count more.
    """

    organization: str
    fiscal_year: int
    closed_by: str  # the position; persons are not named, so that nothing personal is sealed
    indicators: Mapping[int, tuple[str, str]]  # Thai and English name
    measures: Mapping[int, str]
    figures: Figures
    counts: tuple[str, ...] = COUNTS

    def canonical(self) -> str:
        """Return it as the one text that is sealed: JSON with sorted keys and no spaces; cells stay in their order."""
        divisions = {cell.division.id: cell.division.name for cell in self.figures.cells}
        content = {
            "organization": self.organization,
            "fiscal_year": self.fiscal_year,
            "closed_by": self.closed_by,
            "day": self.figures.day.isoformat(),
            "indicators": {str(number): list(names) for number, names in self.indicators.items()},
            "divisions": {str(division_id): name for division_id, name in divisions.items()},
            "measures": {str(measure_id): title for measure_id, title in self.measures.items()},
            "counts": list(self.counts),
            "cells": [self._cell(cell) for cell in self.figures.cells],
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def _cell(self, cell: Cell) -> dict[str, Any]:
        return {
            "indicator": cell.indicator,
            "measure": cell.measure_id,
            "division": cell.division.id,
            "due_on": cell.due_on.isoformat(),
            "numbers": [getattr(cell.progress, name) for name in self.counts],
        }

    @classmethod
    def read(cls, text: str) -> "Snapshot":
        """Return what `canonical` wrote."""
        content = json.loads(text)
        names = {int(number): name for number, name in content["divisions"].items()}
        counts = tuple(content["counts"])
        cells = (
            Cell(
                indicator=cell["indicator"],
                measure_id=cell["measure"],
                division=Named(cell["division"], names[cell["division"]]),
                due_on=date.fromisoformat(cell["due_on"]),
                progress=Progress(**dict(zip(counts, cell["numbers"], strict=True))),
            )
            for cell in content["cells"]
        )
        return cls(
            organization=content["organization"],
            fiscal_year=content["fiscal_year"],
            closed_by=content["closed_by"],
            indicators={int(number): (thai, english) for number, (thai, english) in content["indicators"].items()},
            measures={int(number): title for number, title in content["measures"].items()},
            figures=Figures(date.fromisoformat(content["day"]), tuple(cells)),
            counts=counts,
        )

    def differences(self, recount: Figures) -> list["Difference"]:
        """Return the cells in which a recount says something else than what is frozen; names do not matter."""
        frozen, counted = _by_place(self.figures), _by_place(recount)
        return [
            Difference(cell, before, after)
            for place, cell in {**counted, **frozen}.items()
            if (before := self._numbers(frozen.get(place))) != (after := self._numbers(counted.get(place)))
        ]

    def _numbers(self, cell: Cell | None) -> dict[str, int]:
        """Return what was counted then; where there is no cell, there was nothing to count."""
        return {name: getattr(cell.progress, name) if cell else 0 for name in self.counts}


class Difference(NamedTuple):
    """A cell in which a recount differs: what was frozen and what is counted now, by the names of `Progress`."""

    cell: Cell
    frozen: dict[str, int]
    counted: dict[str, int]

    @property
    def numbers(self) -> list[tuple[str, int, int]]:
        """Each number that differs: its name, what was frozen, what is counted now."""
        return [(name, was, self.counted[name]) for name, was in self.frozen.items() if was != self.counted[name]]


def owed(figures: Figures, round_on: date) -> Figures:
    """Return the cells in which the divisions still owe something that was due by the round's day."""
    return figures.part(lambda cell: cell.due_on <= round_on and cell.progress.open > 0)


def _by_place(figures: Figures) -> dict[tuple[int, int, int, date], Cell]:
    return {(cell.indicator, cell.measure_id, cell.division.id, cell.due_on): cell for cell in figures.cells}


@dataclass(frozen=True)
class Sealed:
    """What a seal covers, in this order. The note is there by its digest only."""

    plan_id: int
    round_on: date
    revision: int
    as_of: date
    closed_at: datetime
    closed_by_id: int
    note_digest: str
    figures: str
    head_seq: int
    head_hash: str


def seal(sealed: Sealed, *, previous: str) -> str:
    """Return the SHA-256 over a closing and the seal of the plan's closing before it ("" for the first)."""
    return chained_hash(sealed, previous=previous)
