"""
A paper as plain blocks, before anything is written: headings, paragraphs, tables, charts.

One paper is composed once and written as DOCX, PDF and XLSX, and shown on a page, so that all say the same. Texts are
Thai with Arabic digits; a writer turns them into Thai digits where the paper asks for them, but for `Code`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Align(StrEnum):
    """Where a cell's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class ChartKind(StrEnum):
    """How a chart is drawn. There are no gauges and no donuts (UX 23)."""

    BARS = "bars"  # a group of horizontal bars for each category, a bar for each series
    LINES = "lines"  # a line for each series over the categories
    BULLETS = "bullets"  # a bar of the first series, a mark where the second stands


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a part) to 3; it becomes a bookmark."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text. `label` is printed bold before it."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Points:
    """A list, each point on its own."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True)
class Code:
    """Letters and digits that nobody may change, such as a hash. `label` says what they are."""

    label: str
    text: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its paragraphs, or a number that a spreadsheet may count with and what is shown for it."""

    text: str | Sequence[str] = ""
    number: Decimal | int | None = None
    day: date | None = None
    is_strong: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Row:
    """A row with one cell for each column."""

    cells: Sequence[Cell]


@dataclass(frozen=True)
class Section:
    """A row that spans the table and heads those that follow; on a new page it is repeated where that can be done."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column: its heading and its share of the table's width."""

    title: str
    share: float = 1
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Table:
    """A table whose head is repeated on every page. `title` names its sheet in a workbook, and says what it shows."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row | Section]
    shows_title: bool = False


@dataclass(frozen=True)
class Series:
    """The values of one colour, in the order of the chart's categories; None where there is none."""

    name: str
    values: Sequence[Decimal | int | float | None]


@dataclass(frozen=True)
class Chart:
    """A drawing of numbers that a table of the same paper holds. `finding` is what the reader should see in it."""

    title: str
    finding: str
    kind: ChartKind
    categories: Sequence[str]
    series: Sequence[Series]
    most: float = 100  # where the scale ends
    least: float = 0


@dataclass(frozen=True)
class Signature:
    """Where somebody signs: as what (`ผู้จัดทำ`), in which position, and the name where it is known."""

    role: str
    position: str = ""
    name: str = ""


@dataclass(frozen=True)
class Signatures:
    """The places to sign, side by side; they stay on one page."""

    places: Sequence[Signature]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = Heading | Paragraph | Points | Code | Table | Chart | Signatures | PageBreak


@dataclass(frozen=True)
class Paper:
    """A whole paper. `foot` stands on every page beside its number."""

    title: str
    subtitle: Sequence[str]
    organization: str
    blocks: Sequence[Block]
    foot: str = ""
    is_landscape: bool = False
    has_thai_digits: bool = False
    keywords: Sequence[str] = field(default=())
