"""Lists as an XLSX file: true dates shown in พ.ศ., room for Thai vowels, and nothing that a spreadsheet would run."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, TypeAlias

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
EXACT = "0.00##"  # a score: at least the two decimals that are printed
RAW = "<r>"  # what xlsxwriter would take for XML of its own
INVISIBLE = "\u200b"
A4, A3 = 9, 8  # as spreadsheets number papers
WIDE = 220  # characters, which would be too small on A4
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Column:
    """
    A column: its heading, its width in characters, and what a spreadsheet says and checks while a cell is filled in.

    `rule` holds options of xlsxwriter's `data_validation`.
    """

    title: str
    width: int = 16
    rule: Mapping[str, Any] = field(default_factory=dict)
    is_centred: bool = False  # a short number beside words would run into them


@dataclass(frozen=True)
class Sheet:
    """
    A list to write: its title names the sheet; `cut` is what the last row says when there were more rows.

    A list to be filled in has so many `empty_rows`, with the columns' rules, below what is written.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    cut: str = ""
    frozen_columns: int = 0
    empty_rows: int = 0


def write(*sheets: Sheet, most_rows: int = MOST_ROWS, marks: Mapping[str, str] | None = None) -> bytes:
    """
    Return lists as a workbook. Rows are written as they come, so that long lists need no memory.

    Texts are written as texts whatever they begin with. The file names no person and no moment; `marks` are properties
    by which a program knows the file again.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "remove_timezone": True})
    book.set_properties({"title": sheets[0].title, "author": "", "created": MADE_AT.replace(tzinfo=None)})
    for name, value in (marks or {}).items():
        book.set_custom_property(name, value)
    for sheet in sheets:
        _add(book, sheet, most_rows)
    book.close()
    return target.getvalue()


def _add(book: Workbook, sheet: Sheet, most_rows: int) -> None:
    page = book.add_worksheet(sheet_name(sheet.title))
    _head(book, page, sheet)
    last = _body(book, page, sheet, most_rows)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    for number, column in enumerate(sheet.columns):
        if column.rule:
            page.data_validation(1, number, last + sheet.empty_rows, number, dict(column.rule))


def sheet_name(title: str) -> str:
    """Return a title as a spreadsheet accepts it as the name of a sheet."""
    return NO_NAME.sub(" ", title).strip("' ")[:LONGEST_NAME].rstrip("' ") or "1"


def as_text(value: str) -> str:
    """Return a text as a cell can hold it: not taken for XML, and no longer than a spreadsheet reads (in UTF-16)."""
    shown = INVISIBLE + value if value.startswith(RAW) else value
    if len(shown) <= LONGEST_TEXT // 2:
        return shown
    return shown.encode("utf-16-le", "replace")[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")


def _head(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    heading = book.add_format(
        {"font_name": FONT, "font_size": SIZE, "bold": True, "bg_color": "#D9E7EE", "bottom": 1, "text_wrap": True}
    )
    blank = _texts(book) if sheet.empty_rows else None  # what is typed below looks like what is written
    page.freeze_panes(1, sheet.frozen_columns)
    page.set_landscape()
    page.set_paper(A3 if sum(column.width for column in sheet.columns) > WIDE else A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_row(0, LINE * max(_lines(column.title, column.width) for column in sheet.columns))
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, blank)
        page.write_string(0, number, column.title, heading)


def _body(book: Workbook, page: Worksheet, sheet: Sheet, most_rows: int) -> int:
    """Write the rows and return the number of the last one that holds data."""
    text = _texts(book)
    day = _texts(book, text_wrap=False, num_format=THAI_DATE, align="left")
    score = _texts(book, num_format=EXACT)
    centred = _texts(book, align="center")
    texts = [centred if column.is_centred else text for column in sheet.columns]
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        if number > most_rows:
            page.write_string(number, 0, sheet.cut, text)
            return most_rows
        page.set_row(number, LINE * _height(row, sheet.columns))
        for column, value in enumerate(row):
            _write(page, number, column, value, texts[column], day, score)
    return number


def _texts(book: Workbook, **more: Any) -> Format:
    return book.add_format({"font_name": FONT, "font_size": SIZE, "valign": "top", "text_wrap": True} | more)


def _write(page: Worksheet, row: int, column: int, value: Value, text: Format, day: Format, score: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, as_text(value), text)
    else:
        page.write_number(row, column, value, score if isinstance(value, Decimal) else text)


def _height(row: Sequence[Value], columns: Sequence[Column]) -> int:
    """Return how many lines the tallest cell of a row needs."""
    texts = ((value, column.width) for value, column in zip(row, columns, strict=True) if isinstance(value, str))
    return min(max((_lines(value, width) for value, width in texts), default=1), 12)


def _lines(text: str, width: int) -> int:
    return max(1, sum(max(1, ceil(len(line) / width)) for line in text.split("\n")))
