"""Rows of the summary tables → printed figures: overall, instruments, indicators, for every year."""

import re
from collections.abc import Mapping, Sequence

from tracker.documents.reading.naming import (
    bare_number,
    indicator_named,
    instrument_named,
    squeezed,
    year_in_heading,
)
from tracker.documents.reading.rows import Row
from tracker.domain.consistency import Figure, Subject
from tracker.domain.indicators import EIT
from tracker.domain.scores import read_score

UNNAMED_YEAR = 0  # a column headed only "คะแนน": the assessment's own year, whichever that is

_LONGEST_LABEL = 150
_LONGEST_SCORE = 20
_LABEL_HEADING = re.compile("ตัวชี้วัด|แบบวัด|เครื่องมือ|ที่$|ลำดับ")
_SCORE_HEADING = re.compile(r"(?:(?:ผล|ค่า)?คะแนน(?!เฉลี่ย)|ผลการประเมิน)\D*$")
_DIFFERENCE_HEADING = re.compile("ผลต่าง|ส่วนต่าง|เพิ่มขึ้น|เพิ่ม/ลด|เปรียบเทียบ")
_OVERALL = re.compile("(?:ผล)?(?:การประเมิน|คะแนน)?(?:ใน)?(?:ภาพรวม|รวม)")


class ScoreTables:
    """Collects the figures of tables whose columns are years."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.end()

    def end(self) -> None:
        """Forget the table's columns: what follows is another table."""
        self._years: Mapping[int, int] = {}
        self._difference: int | None = None
        self._is_of_indicators = False

    def begins(self, row: Row) -> bool:
        """Take the row if it heads a table of scores (in one row or two), and say whether it did."""
        if len(row) < 2 or any(len(cell) > _LONGEST_LABEL for cell in row):
            return False
        years = {position: year for position, cell in enumerate(row) if (year := year_in_heading(cell))}
        headings = [squeezed(cell) for cell in row]
        if not years and _LABEL_HEADING.match(headings[0]):
            years = {at: UNNAMED_YEAR for at, heading in enumerate(headings) if _SCORE_HEADING.match(heading)}
        if not years:
            return False
        if headings[0]:  # a second heading row, with the years alone, leaves the first cell empty
            self.end()
            self._difference = next(
                (at for at, heading in enumerate(headings) if _DIFFERENCE_HEADING.match(heading)), None
            )
            self._is_of_indicators = any("ตัวชี้วัด" in heading for heading in headings)
        self._years = years
        return True

    def take(self, row: Row, *, own_table: bool = False) -> None:
        """Take a row of scores; any other row is passed over."""
        labels = [cell for at, cell in enumerate(row) if at not in self._years and at != self._difference]
        subject = self._subject(labels)
        if subject is None:
            return
        for position, year in self._years.items():
            self._keep(subject, row, position, year)
        if self._difference is not None and len(self._years) == 2:
            earlier, later = sorted(self._years.values())
            self._keep(subject, row, self._difference, later, minus_year=earlier)

    def _keep(self, subject: Subject, row: Row, position: int, year: int, *, minus_year: int | None = None) -> None:
        cell = row[position] if position < len(row) else ""
        score = read_score(cell) if len(cell) <= _LONGEST_SCORE else None
        if score is not None:
            self.figures.append(Figure(subject, year, score, minus_year=minus_year))

    def _subject(self, labels: Sequence[str]) -> Subject | None:
        indicator = next(filter(None, map(indicator_named, labels)), None)
        if indicator is None and self._is_of_indicators:
            indicator = next(filter(None, map(bare_number, labels)), None)
        instrument = next(filter(None, map(instrument_named, labels)), None)
        if indicator is not None:
            return Subject(instrument if instrument in EIT else None, indicator)
        if instrument is not None:
            return Subject(instrument)
        return Subject() if any(_OVERALL.match(squeezed(label)) for label in labels) else None
