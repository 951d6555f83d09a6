"""What a report prints about scores: figures, the claims around them, and the doubts they raise."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.domain.indicators import EIT, Instrument, numbers
from tracker.domain.scores import Level
from tracker.domain.sentences import Sentence


class Source(StrEnum):
    """Where in a report a figure stands; the same figure is often printed in several of these."""

    TABLE = "table"
    """A summary table: overall and instruments, or the ten indicators, with their differences."""
    DETAIL = "detail"
    """An indicator's own table of items, with its mean (คะแนนเฉลี่ย)."""
    HEADING = "heading"
    """The row that names an indicator and its score above its measure."""
    TEXT = "text"
    """A sentence of the report."""


@dataclass(frozen=True)
class Subject:
    """
    What a figure measures.

    - the overall score: `Subject()`
    - an instrument: `Subject(Instrument.EIT1)`
    - an indicator: `Subject(indicator=6)`; `Subject(Instrument.IIT, 1)` and `Subject(Instrument.OIT, 9)` mean
      the same as without the instrument
    - an indicator in one part of EIT: `Subject(Instrument.EIT2, 6)`
    - an item: `Subject(Instrument.EIT2, 6, "e1")`; its code as in `i4`, `e1`, `o6`
    """

    instrument: Instrument | None = None
    indicator: int | None = None
    item: str = ""


@dataclass(frozen=True)
class Figure:
    """
    A printed score, or with `minus_year` a printed difference: the score of `year` less that of `minus_year`.

    Years are fiscal years in พ.ศ. `printed` is the number as it stands (99.6 is taken as 99.60); differences
    carry their sign. Give each printing of a figure once, with its own `source`.
    """

    subject: Subject
    year: int
    printed: Decimal
    source: Source = Source.TABLE
    minus_year: int | None = None


class Scope(StrEnum):
    """Among which indicators a claim calls some the highest or lowest."""

    ALL = "all"
    IIT = "IIT"
    EIT = "EIT"
    OIT = "OIT"

    @property
    def indicators(self) -> tuple[int, ...]:
        """Return the numbers of the indicators compared."""
        instruments = {Scope.IIT: (Instrument.IIT,), Scope.EIT: EIT, Scope.OIT: (Instrument.OIT,)}
        return numbers(instruments.get(self, tuple(Instrument)))


@dataclass(frozen=True)
class RankClaim:
    """
    A sentence that calls indicators the highest (or lowest) of a scope, in the order it names them.

    Scores printed beside the names are figures of their own, with `Source.TEXT`.
    """

    year: int
    indicators: tuple[int, ...]
    highest: bool
    scope: Scope = Scope.ALL


@dataclass(frozen=True)
class LevelClaim:
    """A sentence that gives the official level of a year."""

    year: int
    level: Level


Claim = RankClaim | LevelClaim


@dataclass(frozen=True)
class Doubt:
    """
    A printed figure or claim that does not agree with the others.

    `printed` and `expected` are in Arabic digits: a score with two decimals, `96.67`, or the range that would
    agree, `90.00–100.00`; indicator numbers (`5`, or `3, 4, 2`); or the Thai word of a level. `about` is the
    figure or claim as it was given.
    """

    about: Figure | Claim
    where: Sentence
    printed: str
    expected: str
    why: Sentence
