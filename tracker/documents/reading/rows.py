"""Text → rows of raw cells: tables separated by tabs or pipes, and paragraphs, which are rows of one cell."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tracker.documents.reading.markup import LONGEST_CELL, joined
from tracker.documents.reading.refusals import ReportTooLong
from tracker.domain.sentences import N_

Row = tuple[str, ...]
Tell = Callable[[int, int], None]  # how far a reader is: so many of so many

BLANK: Row = ("",)
MOST_LINES = 10_000
_MOST_COLUMNS = 40  # what lies beyond stays in the last cell
_LONGEST_PAGE_NUMBER = 20
_PAGE_NUMBER = re.compile(r"[ *–-]*(?:หน้า ?(?:ที่)?)? ?\d{1,3} ?(?:/ ?\d{1,3})?[ *–-]*")
# A cell with line breaks, as spreadsheets put it on the clipboard: in quotes, beside a tab.
_INSIDE = r'"((?:[^"]|"")*+)"'
_QUOTED = re.compile(rf"(?:\A|(?<=\n)){_INSIDE}(?=\t)|(?<=\t){_INSIDE}(?=[\t\r\n]|\Z)")
_LINE_IN_CELL = "\x1f"  # no text has it: decoding takes such characters out
_RULE = re.compile(r"[:\s]*[-–—]{2,}[:\s]*")


def rows_of(text: str) -> Iterator[Row]:
    """
    Yield the text's lines as rows of raw cells, one `BLANK` for any number of empty lines and page numbers.

    A form feed is only a space: a page may end in the middle of a cell. What a spreadsheet put in quotes because it
    has several lines is one cell.

    :raises ReportTooLong: if more than `MOST_LINES` lines are written
    """
    last, written = BLANK, 0
    for line in io.StringIO(_QUOTED.sub(_on_one_line, text.replace("\f", " ")), newline=None):
        row = _cells(line.rstrip("\n"))
        if row != BLANK or last != BLANK:
            yield row
        written += row != BLANK
        if written > MOST_LINES:
            raise ReportTooLong(N_("The file has more than %(limit)s lines: this is no report."), limit=MOST_LINES)
        last = row


def rows_of_csv(text: str) -> Iterator[Row]:
    """
    Yield the rows of a text whose cells are separated by commas or semicolons, as a spreadsheet saves it.

    :raises ReportTooLong: if more than `MOST_LINES` rows are written, or a cell is longer than any
    """
    delimiter = ";" if text.count(";") > text.count(",") else ","
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), MOST_LINES + 1))
    except csv.Error:
        raise ReportTooLong(
            N_("A cell holds more than %(limit)s characters: this is no report."), limit=LONGEST_CELL
        ) from None
    if len(rows) > MOST_LINES:
        raise ReportTooLong(N_("The file has more than %(limit)s lines: this is no report."), limit=MOST_LINES)
    width = min(max(map(len, rows), default=0), _MOST_COLUMNS)
    return with_titles(tuple(joined(cell.splitlines()) for cell in [*cells, *[""] * width][:width]) for cells in rows)


def with_titles(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of a sheet, all equally wide; what stands alone above or between its tables is a paragraph."""
    in_table = had_table = False
    for row in rows:
        written = [at for at, cell in enumerate(row) if cell.strip()]
        in_table = bool(written) and (in_table or len(written) > 1)
        if not written:
            yield BLANK
        elif in_table or (had_table and written[0] > 0):
            yield row
        else:
            yield (" ".join(row[written[0]].split()),)
        had_table = had_table or in_table


def is_rule(row: Row) -> bool:
    """Say whether this is the line under a table's first row, `--|--` or `|:--|--:|`, and no words."""
    written = [cell for cell in row if cell.strip()]
    return bool(written) and all(_RULE.fullmatch(cell) for cell in written) and len(row) > 1


def _cells(line: str) -> Row:
    if not line.strip():
        return BLANK
    if len(line) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(line):
        return BLANK
    if "\t" in line:
        return tuple(cell.replace(_LINE_IN_CELL, "\n") for cell in line.split("\t", _MOST_COLUMNS))
    if line.count("|") < 2:
        return (line,)
    return tuple(line.strip().removeprefix("|").removesuffix("|").split("|", _MOST_COLUMNS))


def _on_one_line(quoted: re.Match[str]) -> str:
    """Return what stands in the quotes on one line; quotes of a single line are words."""
    lines = (quoted[1] or quoted[2] or "").replace('""', '"').splitlines()
    if len(lines) < 2 or sum(map(len, lines)) > LONGEST_CELL:
        return quoted[0]
    return joined(" ".join(line.split()) for line in lines).replace("\n", _LINE_IN_CELL)
