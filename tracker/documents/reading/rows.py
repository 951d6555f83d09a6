"""Text → rows of raw cells: tables separated by tabs or pipes, and paragraphs, which are rows of one cell."""

import io
import re
from collections.abc import Iterator

from tracker.documents.reading.refusals import ReportTooLong
from tracker.domain.sentences import N_

Row = tuple[str, ...]

BLANK: Row = ("",)
GOES_ON = (
    "\u2060"  # ends a cell that fills the last line of its page: what follows belongs to the same word or sentence
)
MOST_LINES = 10_000
_MOST_COLUMNS = 40  # what lies beyond stays in the last cell
_LONGEST_PAGE_NUMBER = 20
_PAGE_NUMBER = re.compile(r"[ *–-]*(?:หน้า ?(?:ที่)?)? ?\d{1,3} ?(?:/ ?\d{1,3})?[ *–-]*")
_RULE = re.compile(r"[:\s]*[-–—]{2,}[:\s]*")


def rows_of(text: str) -> Iterator[Row]:
    """
    Yield the text's lines as rows of raw cells, one `BLANK` for any number of empty lines and page numbers.

    A form feed is only a space: a page may end in the middle of a cell.

    :raises ReportTooLong: if more than `MOST_LINES` lines are written
    """
    last, written = BLANK, 0
    for line in io.StringIO(text.replace("\f", " "), newline=None):
        row = _cells(line.rstrip("\n"))
        if row != BLANK or last != BLANK:
            yield row
        written += row != BLANK
        if written > MOST_LINES:
            raise ReportTooLong(N_("The file has more than %(limit)s lines: this is no report."), limit=MOST_LINES)
        last = row


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
        return tuple(line.split("\t", _MOST_COLUMNS))
    if line.count("|") < 2:
        return (line,)
    return tuple(line.strip().removeprefix("|").removesuffix("|").split("|", _MOST_COLUMNS))
