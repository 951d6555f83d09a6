"""Rows of the tables of assessed questions → item scores, means and findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tracker.documents.reading.columns import Column, Columns, cell_of
from tracker.documents.reading.markup import plain
from tracker.documents.reading.naming import (
    indicator_named,
    instrument_named,
    part_named,
    question_code,
    squeezed,
)
from tracker.documents.reading.rows import GOES_ON, Row
from tracker.documents.reading.score_tables import UNNAMED_YEAR
from tracker.domain.consistency import Figure, Source, Subject
from tracker.domain.findings import Finding
from tracker.domain.indicators import EIT, INDICATORS, Instrument, indicator, item_codes
from tracker.domain.scores import HIGHEST, read_score

_LONGEST_SCORE = 20
_LONGEST_HEADING = 200
_MEAN = re.compile("(?:คะแนน|ค่า)?เฉลี่ย")
_PART = re.compile("ส่วนที่[12]")


@dataclass
class _OpenFinding:
    """A defect whose cell may span the next questions too."""

    indicator: int
    instrument: Instrument
    defect: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    items: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        """Say whether a page ended in the midst of its defect or advice."""
        return any(
            cell.endswith(GOES_ON) for cells in (self.defect, self.advice) for cell in list(filter(None, cells))[-1:]
        )

    def closed(self) -> Finding:
        lost = [code for code, score in self.items if score < HIGHEST]
        return Finding(
            indicator=self.indicator,
            instrument=self.instrument,
            items=tuple(lost or [code for code, _ in self.items]),
            text=plain(_one_text(self.defect)),
            recommendation=plain(_one_text(self.advice)),
        )


def _one_text(cells: list[str]) -> str:
    written = [cell if cell.endswith(GOES_ON) else f"{cell} " for cell in cells if cell.strip()]
    return "".join(written)


class ItemTables:
    """Collects questions' scores, means and findings; headings between the tables say whose they are."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self._columns: Columns = {}
        self._width = 0
        self._part = ""
        self._indicator: int | None = None
        self._instrument: Instrument | None = None
        self._open: _OpenFinding | None = None
        self._found: list[_OpenFinding] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for each defect cell, in the report's order."""
        return tuple(found.closed() for found in self._found)

    def begin(self, columns: Columns, width: int) -> None:
        """Take a heading row: of a new table, or repeated on the next page."""
        self._columns = columns
        self._width = width

    def name(self, heading: str) -> None:
        """Take a heading between tables: the indicator, or the part of EIT, that follows."""
        if len(heading) > _LONGEST_HEADING:
            return
        number = indicator_named(heading)
        if number is not None:
            self._turn_to(number, self._part)
        elif _PART.match(squeezed(heading)) or "EIT" in heading:
            self._turn_to(self._indicator, part_named(heading) or self._part)

    def take(self, row: Row, *, own_table: bool = False) -> None:
        """Take a row; `own_table` says that it opens a table without a heading, the rest of one before it."""
        if own_table:
            row = self._aligned(row)
        written = [cell for cell in row if cell.strip()]
        if len(written) == 1 and self._names(written[0]):
            self.name(written[0])
        elif any(_MEAN.match(squeezed(cell)) for cell in written):
            self._read_mean(row)
        else:
            self._read_question(row)

    def _aligned(self, row: Row) -> Row:
        """Pad the front of a narrower table: what goes on over a page is its last columns; one cell is the advice."""
        written = [cell for cell in row if cell.strip()]
        if len(row) < self._width and len(written) == 1 and Column.ADVICE in self._columns:
            position = self._columns[Column.ADVICE]
            return ("",) * position + (written[0],)
        return ("",) * (self._width - len(row)) + row

    def _turn_to(self, number: int | None, part: str) -> None:
        if (number, part) != (self._indicator, self._part):
            self._indicator, self._part = number, part
            self._instrument = None
            self._open = None

    def _names(self, cell: str) -> bool:
        text = squeezed(cell)
        return bool(_PART.match(text)) or (text.startswith("ตัวชี้วัด") and indicator_named(cell) is not None)

    def _score(self, row: Row) -> Decimal | None:
        cell = cell_of(row, self._columns, Column.SCORE)
        return read_score(cell) if len(cell) <= _LONGEST_SCORE else None

    def _read_mean(self, row: Row) -> None:
        score, instrument = self._score(row), self._measuring()
        if score is not None and instrument is not None and self._indicator is not None:
            self._keep(Subject(instrument, self._indicator), score)
        self._continue_finding(row)

    def _read_question(self, row: Row) -> None:
        cells = {column: cell_of(row, self._columns, column) for column in self._columns}
        self._read_instrument(cells.get(Column.INSTRUMENT, ""))
        score, instrument = self._score(row), self._measuring()
        code = question_code(cells[Column.QUESTION], instrument, self._indicator) if instrument else None
        number = self._indicator or (_measured_by(code) if code else None)
        if instrument and code and score is not None:
            self._keep(Subject(instrument, number, code), score)
            if number and self._begins_finding(cells):
                self._open = _OpenFinding(number, instrument)
                self._found.append(self._open)
            if self._open:
                self._open.items.append((code, score))
        self._continue_finding(row)

    def _continue_finding(self, row: Row) -> None:
        """A defect beside several questions may go on in any of their rows, where a page ends even in the mean's."""
        if self._open:
            self._open.defect.append(cell_of(row, self._columns, Column.DEFECT))
            self._open.advice.append(cell_of(row, self._columns, Column.ADVICE))

    def _begins_finding(self, cells: Mapping[Column, str]) -> bool:
        if self._open and self._open.goes_on:
            return False
        has_advice = bool(cells.get(Column.ADVICE, "").strip())
        needs_no_defect = self._open is None or Column.DEFECT not in self._columns
        return bool(cells.get(Column.DEFECT, "").strip()) or (has_advice and needs_no_defect)

    def _read_instrument(self, cell: str) -> None:
        self._part = part_named(cell) or self._part
        self._instrument = instrument_named(cell, self._part or "1") or self._instrument

    def _measuring(self) -> Instrument | None:
        """Return the instrument of the rows being read: the indicator says it, and for EIT the part."""
        if self._indicator is None:
            return self._instrument
        named = indicator(self._indicator).instrument
        return Instrument(f"EIT{self._part or '1'}") if named in EIT else named

    def _keep(self, subject: Subject, score: Decimal) -> None:
        self.figures.append(Figure(subject, UNNAMED_YEAR, score, Source.DETAIL))


def _measured_by(code: str) -> int | None:
    return next((one.number for one in INDICATORS if code in item_codes(one.number)), None)
