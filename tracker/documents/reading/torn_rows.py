"""Rows torn into several lines, because a cell holds line breaks → whole rows again."""

import re
from collections.abc import Iterator

from tracker.documents.reading.columns import Column, Columns
from tracker.documents.reading.rows import Row

_TIME_WORDS = re.compile("ปี|เดือน|วัน|ไตรมาส|รอบ|ตลอด|ทุก|ทันที|[0-9๐-๙]")


class TornRows:
    """Holds a row that is shorter than its table until the next line shows whether it goes on."""

    def __init__(self, columns: Columns, width: int) -> None:
        self._columns = columns
        self._width = width
        self._lines: list[Row] = []

    def continued_by(self, row: Row) -> bool:
        """Say whether this row is the next line of a cell of the row held."""
        if not self._lines or not row[0].strip():
            return False
        if len(row) == 1:
            return True
        # A short row may also be complete, its last cells empty: then its time frame does not fall in place.
        completed = sum(len(line) - 1 for line in self._lines) + len(row)
        position = self._columns.get(Column.TIME_FRAME, self._width) - (self._width - len(row))
        return completed == self._width and 0 < position < len(row) and bool(_TIME_WORDS.search(row[position]))

    def take(self, row: Row) -> Iterator[Row]:
        """Take the next row and yield those that are whole now."""
        if self.continued_by(row):
            self._lines.append(row)
            return
        yield from self.settled()
        if len(row) < self._width:
            self._lines.append(row)
        else:
            yield row

    def settled(self) -> Iterator[Row]:
        """Yield the row held, if any: nothing more of it follows."""
        if not self._lines:
            return
        cells: list[list[str]] = [[]]
        for line in self._lines:
            cells[-1].append(line[0])
            cells.extend([cell] for cell in line[1:])
        self._lines = []
        yield tuple("\n".join(lines) for lines in cells)
