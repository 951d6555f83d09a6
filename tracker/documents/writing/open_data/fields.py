"""What a field of the open data is, and a table of them: the one definition behind every writer and description."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from tracker.documents.writing.texts import printable

Value: TypeAlias = str | int | Decimal | date | datetime | None  # a bool is an int
Written: TypeAlias = str | int | float | None


class Type(StrEnum):
    """What a value is, by the names of the Table Schema standard (datapackage.org)."""

    TEXT = "string"
    INTEGER = "integer"
    DECIMAL = "number"
    YES_NO = "boolean"
    DATE = "date"  # ISO 8601, the Christian year
    MOMENT = "datetime"  # ISO 8601 with its offset from UTC
    ADDRESS = "uri"


@dataclass(frozen=True)
class Row:
    """What one row is about, and what that belongs to: a task to its measure."""

    plan: Any  # a PublicPlan; of the directory None
    base: str  # the address of this installation, without the slash at its end
    about: Any = None
    within: Any = None


@dataclass(frozen=True)
class Allowed:
    """One of the values that a field can have, and what it says."""

    value: str
    thai: str
    english: str


@dataclass(frozen=True)
class Field:
    """One field: its name everywhere, what is in it, and where its value comes from."""

    name: str
    type: Type
    thai: str
    english: str
    value: Callable[[Row], Value]
    unit: str = ""
    allowed: Sequence[Allowed] = ()
    may_be_empty: bool = False

    def read(self, row: Row) -> Written:
        """Return the value of a row as JSON has it; a text of nothing is null."""
        value = self.value(row)
        if isinstance(value, date):  # a datetime is one as well
            return value.isoformat()
        if isinstance(value, str):
            return printable(str(value)) or None  # of a StrEnum its value
        return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Table:
    """Rows of one kind."""

    name: str
    thai: str
    english: str
    fields: Sequence[Field]
    rows: Callable[[Any, str], Iterable[Row]]

    @cached_property
    def columns(self) -> list[str]:
        """Return the names of its fields in order."""
        return list(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field:
        """
        Return the field of this name.

        :raises KeyError: if it has none
        """
        return self._by_name[name]

    def records(self, shown: Any, base: str) -> list[Mapping[str, Written]]:
        """
        Return every row as names and values.

        :param shown: a PublicPlan; of the directory the plans that are open
        :param base: the address of this installation, without the slash at its end
        """
        return [dict(record) for record in self.each(shown, base)]

    def each(self, shown: Any, base: str) -> Iterator["Record"]:
        """Yield the same rows, of which only what is asked for is read."""
        return (Record(self, row) for row in self.rows(shown, base))


class Record(Mapping[str, Written]):
    """A row as names and values, each read when it is asked for: of ten thousand rows a part of a list needs few."""

    def __init__(self, table: Table, row: Row) -> None:
        self._table, self._row = table, row

    def __getitem__(self, name: str) -> Written:
        return self._table.field(name).read(self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.columns)

    def __len__(self) -> int:
        return len(self._table.fields)


def as_cell(value: Written) -> str | int | Decimal | None:
    """Return a value as a CSV file has it: `true` and `false` as JSON writes them, a score with both decimals."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return Decimal(f"{value:.2f}") if isinstance(value, float) else value
