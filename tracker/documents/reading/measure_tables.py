"""Rows of the tables of measures → measures, whatever page breaks and merged cells did to them."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.documents.reading.columns import Column, Columns, cell_of
from tracker.documents.reading.draft import MeasureDraft
from tracker.documents.reading.markup import BREAK, plain, points
from tracker.documents.reading.naming import bare_number, indicator_named, split_naming, squeezed
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.rows import Row
from tracker.documents.reading.torn_rows import TornRows
from tracker.domain.scores import read_score
from tracker.domain.sentences import N_

MOST_MEASURES = 200

_LISTS = (Column.STEPS, Column.ANALYSIS)
_TITLE_OPENING = re.compile(r"[\s\d.()*•-]*(?:มาตรการ|โครงการ|กิจกรรม)")
_LIST_OPENING = re.compile(r"\s*(?:<[^<>]*>\s*)?(?:[-–•●▪*]|\d{1,2}[.)])")
_LONGEST_NAMING = 200
_LONGEST_SCORE = 20


@dataclass
class _OpenMeasure:
    """A measure whose next rows may still continue its cells."""

    indicator: int | None
    cells: dict[Column, list[str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def text(self, column: Column) -> str:
        return "".join(self.cells.get(column, ()))

    def first(self, column: Column) -> str:
        return self.cells.get(column, [""])[0].strip()

    def add(self, column: Column, cell: str, *, joint: str) -> None:
        is_repeated = column not in _LISTS and squeezed(cell) == squeezed(self.first(column))
        if cell.strip() and not is_repeated:
            parts = self.cells.setdefault(column, [])
            parts.extend((joint, cell) if parts else (cell,))

    def closed(self) -> MeasureDraft:
        return MeasureDraft(
            indicator=self.indicator,
            title=plain(self.text(Column.TITLE)),
            analysis=points(self.text(Column.ANALYSIS)),
            steps=points(self.text(Column.STEPS)),
            time_frame=plain(self.text(Column.TIME_FRAME)),
            responsible=plain(self.text(Column.RESPONSIBLE)),
            source=tuple(self.rows),
        )


class MeasureTables:
    """Collects the measures, and the scores printed beside the indicators' names, row by row."""

    def __init__(self) -> None:
        self.measures: list[MeasureDraft] = []
        self.printed_scores: list[tuple[int, Decimal]] = []
        self._columns: Columns = {}
        self._width = 0
        self._torn = TornRows({}, 0)
        self._indicator: int | None = None
        self._has_indicator_rows = False
        self._page_turned = False
        self._open: _OpenMeasure | None = None

    def begin(self, columns: Columns, width: int) -> None:
        """Take a heading row: the first, or one repeated on the next page."""
        self.turn_page()
        self._columns = columns
        self._width = width
        self._torn = TornRows(columns, width)

    def turn_page(self) -> None:
        """Note a blank line: the next row may be the rest of one that a page break tore apart."""
        self._settle()
        self._page_turned = True

    def name_indicator(self, heading: str) -> bool:
        """Take the heading as the next measures' indicator, and say whether it names one."""
        number = indicator_named(heading) if len(heading) <= _LONGEST_NAMING else None
        if number is None:
            return False
        self._settle()
        self._turn_to(number, split_naming(plain(heading))[0])
        self._close()
        self._has_indicator_rows = True
        return True

    def continued_by(self, row: Row) -> bool:
        """Say whether this line goes on with a cell of the row before."""
        return self._torn.continued_by(row)

    def take(self, row: Row, *, own_table: bool = False) -> None:
        """Take a row; `own_table` says that it opens a table without a heading, the rest of one before it."""
        if own_table:
            row = ("",) * (self._width - len(row)) + row
        for whole in self._torn.take(row):
            self._read(whole)

    def finish(self) -> tuple[MeasureDraft, ...]:
        """Return all measures, in the report's order."""
        self._settle()
        self._close()
        return tuple(self.measures)

    def _settle(self) -> None:
        for whole in self._torn.settled():
            self._read(whole)

    def _read(self, row: Row) -> None:
        if not any(cell.strip() for cell in row) or self.name_indicator(_naming_in(row)):
            return
        cells = {column: cell_of(row, self._columns, column) for column in self._columns}
        self._take_naming(cells)
        if self._open is None or self._begins_measure(self._open, row, cells):
            self._begin_measure(cells)
        self._continue_measure(row, cells)
        self._page_turned = False

    def _take_naming(self, cells: dict[Column, str]) -> None:
        """Read the indicator that stands in a cell of the measure's own row, and take it out of the analysis."""
        column = Column.INDICATOR if cells.get(Column.INDICATOR, "").strip() else Column.ANALYSIS
        listed = points(cells.get(column, ""))
        if not listed:
            return
        is_own_column = column is Column.INDICATOR
        number = indicator_named(listed[0]) or (bare_number(listed[0]) if is_own_column else None)
        printed, rest = split_naming(listed[0], is_naming=is_own_column)
        is_named = rest != listed[0]
        if number and (is_named or is_own_column or not self._has_indicator_rows):
            self._turn_to(number, printed)
        if is_named:
            cells[column] = BREAK.join((rest, *listed[1:]))

    def _begins_measure(self, last: _OpenMeasure, row: Row, cells: dict[Column, str]) -> bool:
        title = cells.get(Column.TITLE, "").strip()
        schedule = [cells.get(column, "").strip() for column in (Column.TIME_FRAME, Column.RESPONSIBLE)]
        if not title:  # merged with the row above; a time frame and people of its own make it another measure
            is_own = schedule != [last.first(Column.TIME_FRAME), last.first(Column.RESPONSIBLE)]
            return all(schedule) and is_own and not self._page_turned
        if not self._page_turned or _TITLE_OPENING.match(title) or all(schedule):
            return True
        return bool(row[0].strip() and _LIST_OPENING.match(cells.get(Column.STEPS, "")))

    def _begin_measure(self, cells: dict[Column, str]) -> None:
        merged_title = self._open.text(Column.TITLE) if self._open else ""
        self._close()
        self._open = _OpenMeasure(self._indicator)
        if not cells.get(Column.TITLE, "").strip():
            self._open.add(Column.TITLE, merged_title, joint="")

    def _continue_measure(self, row: Row, cells: dict[Column, str]) -> None:
        assert self._open is not None
        self._open.rows.append(tuple(cell.replace(BREAK, "\n") for cell in row))
        joint = "\n" if self._page_turned else BREAK
        for column, cell in cells.items():
            # Where the first column is headed ตัวชี้วัด, what follows the indicator's name is the analysis.
            self._open.add(Column.ANALYSIS if column is Column.INDICATOR else column, cell, joint=joint)

    def _close(self) -> None:
        if self._open is None:
            return
        if len(self.measures) >= MOST_MEASURES:
            raise ReportTooLong(
                N_("The file has more than %(limit)s measures: this cannot be one plan."), limit=MOST_MEASURES
            )
        self.measures.append(self._open.closed())
        self._open = None

    def _turn_to(self, number: int, printed: str) -> None:
        if number != self._indicator:
            self._close()
        self._indicator = number
        score = read_score(printed) if len(printed) <= _LONGEST_SCORE else None
        if score is not None:
            self.printed_scores.append((number, score))


def _naming_in(row: Row) -> str:
    """Return the words of a row that can only name an indicator: one cell of words, perhaps numbers beside it."""
    written = [cell for cell in row if cell.strip()]
    words = [cell for cell in written if len(cell) > _LONGEST_SCORE or read_score(cell) is None]
    if len(words) == 1 and (words[0] == row[0] or squeezed(words[0]).startswith("ตัวชี้วัด")):
        return " ".join(written)
    return ""
