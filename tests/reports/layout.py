"""A report's text → its paragraphs and tables, with the cells merged and the lists broken as a clerk lays them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tracker.documents.reading.rows import BLANK, is_rule, rows_of

_MARKUP = re.compile(r"</?(?:p|ul)[^<>]*>")
_NEXT_POINT = re.compile(r"\s+(?=- )")
_FIRST_BODY_ROW = {"แบบวัด": 2}  # the years stand in a second heading row


@dataclass(frozen=True)
class Cell:
    """Paragraphs, and over how many columns and rows they stand."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells by their column; what a merged cell covers is missing. The first `heads` rows are headings."""

    rows: tuple[dict[int, Cell], ...]
    heads: int
    width: int

    @property
    def is_wide(self) -> bool:
        """Say whether this is the plan, which is published on pages laid across."""
        return any("ผู้รับผิดชอบ" in line for cell in self.rows[0].values() for line in cell.lines)


Block = str | Table


def blocks_of(text: str) -> list[Block]:
    """Return a report's paragraphs and tables; tables that a page break tore apart are whole again."""
    blocks: list[str | list[tuple[str, ...]]] = []
    is_new = True
    rows = list(rows_of(text))
    for row, following in pairwise([*rows, BLANK]):
        if row == BLANK or is_rule(row):
            is_new = is_new or row == BLANK
        elif len(row) == 1:
            blocks.append(row[0].replace("**", "").strip())
            is_new = True
        elif is_rule(following):
            _continue(blocks[-1], row)
        elif is_new and not _repeats_heading(blocks[-1], row):
            blocks.append([row])
            is_new = False
        elif not is_new:
            blocks[-1].append(row)
        else:
            is_new = False
    return [block if isinstance(block, str) else _table(block) for block in blocks]


def _continue(table: list[tuple[str, ...]], row: tuple[str, ...]) -> None:
    """Put the rest of a cell back to the cell that the page break tore it off."""
    width = len(table[0])
    padded = ("",) * (width - len(row)) + row
    at = next(at for at, cell in enumerate(padded) if cell)
    number = max(number for number, above in enumerate(table) if above[at])
    above = table[number]
    table[number] = (*above[:at], f"{above[at]}\n{padded[at]}", *above[at + 1 :])


def _repeats_heading(block, row: tuple[str, ...]) -> bool:
    return isinstance(block, list) and [_bare(cell) for cell in block[0]] == [_bare(cell) for cell in row]


def _bare(cell: str) -> str:
    return cell.replace(" ", "")


def _table(rows: list[tuple[str, ...]]) -> Table:
    heads = _FIRST_BODY_ROW.get(rows[0][0], 1)
    merged: list[dict[int, Cell]] = []
    for number, row in enumerate(rows):
        cells = dict(_merged_across(row))
        for at in [at for at, cell in cells.items() if not any(cell.lines) and number not in (0, heads)]:
            if any(row[:at] + row[at + 1 :]) and _stretch(merged, at, down_to=number, heads=heads):
                del cells[at]
        merged.append(cells)
    return Table(tuple(merged), heads, len(rows[0]))


def _merged_across(row: tuple[str, ...]) -> Iterator[tuple[int, Cell]]:
    """A label at the front, and a heading without another below its right neighbour, stand over the empty cells."""
    at = 0
    while at < len(row):
        columns = 1
        while row[at] and (at == 0 or row[0] in _FIRST_BODY_ROW) and at + columns < len(row) and not row[at + columns]:
            columns += 1
        yield at, Cell(lines_of(row[at]), columns)
        at += columns


def _stretch(merged: list[dict[int, Cell]], at: int, *, down_to: int, heads: int) -> bool:
    """Let the cell above reach down to this row, if it is of one column and reaches to the row before."""
    first = heads if down_to > heads else 0
    for number in range(down_to - 1, first - 1, -1):
        if above := merged[number].get(at):
            fits = above.columns == 1 and number + above.rows == down_to and any(above.lines)
            if fits:
                merged[number][at] = Cell(above.lines, 1, above.rows + 1)
            return fits
    return False


def lines_of(cell: str) -> tuple[str, ...]:
    """Return a cell's paragraphs: where its list has points, each its own."""
    text = _MARKUP.sub("\n", cell).strip()
    if text.startswith("- "):
        text = _NEXT_POINT.sub("\n", text)
    return tuple(line for line in (" ".join(line.split()) for line in text.split("\n")) if line) or ("",)
