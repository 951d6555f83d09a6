"""A workbook with items that must be open to the public → the words of its rows."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from tracker.documents import disclosure_layout as layout
from tracker.documents.disclosure_layout import Field
from tracker.documents.evidence.refusals import BrokenOffice
from tracker.documents.reading.files import kind_of
from tracker.documents.reading.refusals import ReportTooLong, UnreadableReport
from tracker.documents.reading.workbook_cells import Sheet, text_of
from tracker.domain.disclosure_rows import Cells
from tracker.domain.evidence import FileType
from tracker.domain.sentences import N_, Refusal

_HEADING_WITHIN = 10  # rows: people put a title above
_MOST_COLUMNS = 60


class NoItems(UnreadableReport):
    """It is another file."""

    def __init__(self) -> None:
        super().__init__(
            N_("The file has no columns “%(number)s” and “%(addresses)s”. Download the form here and fill it in."),
            number=Field.NUMBER.value,
            addresses=Field.ADDRESSES.value,
        )


class NoWorkbook(UnreadableReport):
    """Only the form is read."""

    def __init__(self) -> None:
        super().__init__(N_("Choose an Excel file (.xlsx)."))


class NoRows(UnreadableReport):
    """The form came back as it went out."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing is filled in on the sheet “%(sheet)s”."), sheet=layout.ITEMS)


def read_items(content: bytes, name: str) -> list[dict[str, Any]]:
    """
    Return the rows of a workbook that say anything, each as the values of `Cells`.

    :raises Refusal: if it is no workbook, none of items, or has more rows than any list
    """
    if kind_of(content, name) != FileType.XLSX:
        raise NoWorkbook()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of the file that hold no words
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            rows = [asdict(cells) for cells in _rows(book.worksheets)]
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # the library raises whatever a damaged file makes it
        raise BrokenOffice() from error
    if not rows:
        raise NoRows()
    return rows


def _rows(sheets: Sequence[Sheet]) -> Iterator[Cells]:
    sheet, heading, columns = _items_among(sheets)
    filled = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number <= heading:
            continue
        values = {field: text_of(row[at]) for field, at in columns.items() if at < len(row)}
        if not any(values.values()):
            continue
        filled += 1
        if filled > layout.MOST_ROWS:
            message = N_("The file has more than %(limit)s rows: this cannot be one year's list.")
            raise ReportTooLong(message, limit=f"{layout.MOST_ROWS:,}")
        yield _cells(number, values)


def _cells(number: int, values: dict[Field, str]) -> Cells:
    return Cells(
        number,
        number=values.get(Field.NUMBER, ""),
        title=values.get(Field.TITLE, ""),
        division=values.get(Field.DIVISION, ""),
        addresses=values.get(Field.ADDRESSES, ""),
        address_title=values.get(Field.ADDRESS_TITLE, ""),
        is_confirmed=values.get(Field.IS_CONFIRMED, ""),
        is_asked_for=values.get(Field.IS_ASKED_FOR, ""),
        meaning=values.get(Field.MEANING, ""),
    )


def _items_among(sheets: Sequence[Sheet]) -> tuple[Sheet, int, dict[Field, int]]:
    """Return the sheet of items, the number of its row of headings, and where each column stands."""
    for sheet in sorted(sheets, key=lambda sheet: sheet.title != layout.ITEMS):
        for number, row in enumerate(islice(sheet.iter_rows(values_only=True), _HEADING_WITHIN), 1):
            headings = [text_of(value) for value in row[:_MOST_COLUMNS]]
            columns = {field: headings.index(field) for field in Field if field in headings}
            if columns.keys() >= layout.NEEDED:
                return sheet, number, columns
    raise NoItems()
