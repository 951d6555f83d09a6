"""An Excel workbook → rows: its visible sheets one after the other, each cell as it is shown."""

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import COL_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from tracker.documents.reading.markup import joined
from tracker.documents.reading.naming import indicator_named
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.rows import BLANK, Row, Tell, with_titles
from tracker.documents.reading.shown_values import shown
from tracker.domain.sentences import N_

MOST_CELLS = 1_000_000  # empty ones that have a border among them
MOST_ROWS = 20_000
MOST_COLUMNS = 100  # in use; what stands further right is passed over
FURTHEST_COLUMN = 1000

Sheet: TypeAlias = Any  # openpyxl's own, for reading only

_TELLS_EVERY = 200  # rows
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_CARRIAGE_RETURN = "_x000D_"


def rows_of_xlsx(content: bytes, *, tell: Tell) -> Iterator[Row]:
    """
    Yield the rows of a workbook's sheets.

    Days become words as Thais write them (30 กันยายน 2569), numbers what their format shows, formulas the value that
    was last computed, errors nothing. A merged cell's words stand where it begins. Hidden sheets, rows (also those
    that a filter hides) and columns are passed over, like columns in which nothing is written. The name of a sheet
    counts only where it names an indicator.

    :raises ReportTooLong: if there are more than `MOST_CELLS` cells or `MOST_ROWS` rows
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what is not read anyway
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    total = sum(sheet.max_row or 0 for sheet in sheets)
    progress, written = _Progress(tell, total), 0
    for sheet in sheets:
        if indicator_named(sheet.title):
            yield (sheet.title,)
        for row in with_titles(_rows(_read(sheet, progress))):
            yield row
            written += row != BLANK
            if written > MOST_ROWS:
                raise ReportTooLong(N_("The file has more than %(limit)s lines: this is no report."), limit=MOST_ROWS)
        yield BLANK


@dataclass
class _Progress:
    """How far the reading of all sheets is."""

    tell: Tell
    total: int
    rows: int = 0
    cells: int = 0

    def count(self, cells: int) -> None:
        self.rows += 1
        self.cells += cells
        if self.cells > MOST_CELLS:
            raise ReportTooLong(N_("The file has more than %(limit)s cells: this is no report."), limit=MOST_CELLS)
        if self.rows % _TELLS_EVERY == 0:
            self.tell(self.rows, max(self.total, self.rows))


@dataclass
class _Grid:
    """What is written on a sheet: its cells by row and column, and each row's place among those that are shown."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)


class _SheetReader(WorkSheetParser):
    """
    Reads rows, columns and merged cells, and nothing else of a sheet: no drawing or rule can spoil the reading.

    openpyxl's worksheet for reading only knows neither merged nor hidden cells, and walks through every empty row
    before the last; the one that knows them keeps every cell of a sheet as an object.
    """

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)
            elif element.tag == MERGE_TAG:
                self.merged_cells = [part.get("ref", "") for part in element]


def _read(sheet: Sheet, progress: _Progress) -> _Grid:
    grid, hidden = _Grid(), 0
    with warnings.catch_warnings(), sheet._get_source() as source:
        warnings.simplefilter("ignore")  # that a day is none: its cell is taken for an error, which shows nothing
        reader = _reader(sheet, source)
        for number, cells in reader.parse():
            progress.count(len(cells))
            if _is_hidden(reader.row_dimensions.pop(str(number), {})):
                hidden += 1
                continue
            texts = {cell["column"]: _text(sheet, cell) for cell in cells if cell["column"] <= FURTHEST_COLUMN}
            if written := {column: text for column, text in texts.items() if text.strip()}:
                grid.rows[number], grid.places[number] = written, number - hidden
    _take_out_columns(grid, reader.column_dimensions.values())
    _take_out_covered(grid, reader.merged_cells or [])
    return grid


def _reader(sheet: Sheet, source: Any) -> _SheetReader:
    book = sheet.parent
    return _SheetReader(
        source,
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _text(sheet: Sheet, cell: Mapping[str, Any]) -> str:
    value, kind = cell["value"], cell["data_type"]
    if value is None or kind == "e":
        return ""
    if isinstance(value, str):
        lines = value.replace(_CARRIAGE_RETURN, "").splitlines()
        return joined(lines) if len(lines) > 1 else value
    try:
        number_format = ReadOnlyCell(sheet, **cell).number_format
    except IndexError:  # a style that is not there
        number_format = "General"
    return shown(value, number_format)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


def _take_out_columns(grid: _Grid, dimensions: Iterable[Mapping[str, str]]) -> None:
    hidden: set[int] = set()
    for one in filter(_is_hidden, dimensions):
        hidden.update(range(int(one["min"]), min(int(one["max"]), FURTHEST_COLUMN) + 1))
    for cells in grid.rows.values():
        for column in hidden & cells.keys():
            del cells[column]


def _take_out_covered(grid: _Grid, references: Iterable[str]) -> None:
    """Leave of each merged cell what is shown: what stands in its first place."""
    left = MOST_CELLS  # places to look at: merged cells that lie upon each other could ask for any number
    for found in filter(None, map(_RANGE.fullmatch, references)):
        first_row, last_row = int(found[2]), int(found[4])
        columns = range(column_index_from_string(found[1]), column_index_from_string(found[3]) + 1)
        is_small = last_row - first_row < len(grid.rows)
        for number in range(first_row, last_row + 1) if is_small else list(grid.rows):
            cells = grid.rows.get(number, {}) if first_row <= number <= last_row else {}
            left -= 1 + len(cells)
            if left < 0:
                raise ReportTooLong(N_("The file has more than %(limit)s cells: this is no report."), limit=MOST_CELLS)
            for column in [one for one in cells if one in columns]:
                if (number, column) != (first_row, columns[0]):
                    del cells[column]


def _rows(grid: _Grid) -> Iterator[Row]:
    """Yield a sheet's rows, each as wide as all columns in use, a blank one for any number of empty ones."""
    columns = sorted({column for cells in grid.rows.values() for column in cells})[:MOST_COLUMNS]
    last = 0
    for number, cells in grid.rows.items():
        if grid.places[number] > last + 1:
            yield BLANK
        last = grid.places[number]
        yield tuple(cells.get(column, "") for column in columns)
