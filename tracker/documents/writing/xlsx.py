"""A list as an XLSX file: true dates shown in พ.ศ., room for Thai vowels, and nothing that a spreadsheet would run."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | float | Decimal | date | None

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000
LONGEST_TEXT = 32_767  # characters that a cell can hold
LONGEST_NAME = 31
NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FONT, SIZE = "TH Sarabun New", 16  # what government offices have; half the size of other fonts at the same number
LINE = 24.0  # points: below this the vowels and tone marks of two lines touch
THAI_DATE = "[$-107041E]d mmmm yyyy"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """A column: its heading, and its width in characters."""

    title: str
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A list to write: its title names the sheet; `cut` is what the last row says when there were more rows."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    cut: str = ""


def write(sheet: Sheet, *, most_rows: int = MOST_ROWS) -> bytes:
    """
    Return the list as a workbook. Rows are written as they come, so that long lists need no memory.

    Texts are written as texts whatever they begin with. The file names no person and no moment.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "remove_timezone": True})
    book.set_properties({"title": sheet.title, "author": "", "created": MADE_AT.replace(tzinfo=None)})
    page = book.add_worksheet(sheet_name(sheet.title))
    _head(book, page, sheet)
    last = _body(book, page, sheet, most_rows)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    book.close()
    return target.getvalue()


def sheet_name(title: str) -> str:
    """Return a title as a spreadsheet accepts it as the name of a sheet."""
    return NO_NAME.sub(" ", title).strip("' ")[:LONGEST_NAME].rstrip("' ") or "1"


def _head(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    heading = book.add_format(
        {"font_name": FONT, "font_size": SIZE, "bold": True, "bg_color": "#D9E7EE", "bottom": 1, "text_wrap": True}
    )
    page.freeze_panes(1, 0)
    page.set_row(0, LINE * max(_lines(column.title, column.width) for column in sheet.columns))
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, column.title, heading)


def _body(book: Workbook, page: Worksheet, sheet: Sheet, most_rows: int) -> int:
    """Write the rows and return the number of the last one that holds data."""
    common = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
    text = book.add_format(common | {"text_wrap": True})
    day = book.add_format(common | {"num_format": THAI_DATE, "align": "left"})
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        if number > most_rows:
            page.write_string(number, 0, sheet.cut, text)
            return most_rows
        page.set_row(number, LINE * _height(row, sheet.columns))
        for column, value in enumerate(row):
            _write(page, number, column, value, text, day)
    return number


def _write(page: Worksheet, row: int, column: int, value: Value, text: Format, day: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, value[:LONGEST_TEXT], text)
    else:
        page.write_number(row, column, value, text)


def _height(row: Sequence[Value], columns: Sequence[Column]) -> int:
    """Return how many lines the tallest cell of a row needs."""
    texts = ((value, column.width) for value, column in zip(row, columns, strict=True) if isinstance(value, str))
    return min(max((_lines(value, width) for value, width in texts), default=1), 12)


def _lines(text: str, width: int) -> int:
    return max(1, sum(max(1, ceil(len(line) / width)) for line in text.split("\n")))
