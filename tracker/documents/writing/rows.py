"""What writers must know of a table's rows before they write them."""

from collections.abc import Sequence

from tracker.documents.writing.paper import Cell, Column, Row

PAGE = 90  # letters in a line as wide as an upright page; a page that lies takes more
WHOLE = 12  # lines: a row that is no taller stays on one page, a taller one may go on overleaf


def texts(cell: Cell) -> list[str]:
    """Return the paragraphs of a cell, at least an empty one."""
    return [cell.text] if isinstance(cell.text, str) else [*cell.text] or [""]


def stays_whole(row: Row, columns: Sequence[Column]) -> bool:
    """Return whether a row is short enough to be kept on one page."""
    total = sum(column.share for column in columns)
    return all(
        _lines(cell, PAGE * column.share / total) <= WHOLE for cell, column in zip(row.cells, columns, strict=True)
    )


def _lines(cell: Cell, letters: float) -> float:
    return sum(1 + len(line) // max(letters, 1) for text in texts(cell) for line in text.split("\n"))
