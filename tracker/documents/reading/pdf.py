"""
A PDF with a text layer → rows of raw cells.

pdfium says which letters stand where and which lines are drawn; pdfplumber finds the cells between the lines.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tracker.documents.evidence.refusals import BrokenPdf
from tracker.documents.reading.decoding import looks_thai
from tracker.documents.reading.glyphs import Glyph, Turn, glyphs_of, upright
from tracker.documents.reading.lines import Line, distance, fills_line, lines_of, paragraphs
from tracker.documents.reading.markup import joined
from tracker.documents.reading.naming import indicator_named
from tracker.documents.reading.refusals import (
    LettersUnknown,
    PasswordPdf,
    ReportTooLong,
    ScannedPdf,
)
from tracker.documents.reading.rows import BLANK, GOES_ON, Row, Tell
from tracker.documents.reading.ruled import Box, Ruled, tables_of
from tracker.domain.sentences import N_

MOST_PAGES = 300
_FEWEST_LETTERS = 40  # of a page on the average; scans may bear a stamp
_MARGIN = 0.1  # of the page's height
_LOW = 0.7  # of the page's height
_LEAST_REPEATED = 3  # pages that bear the same line at their head or foot
_NEAR = 4.0  # points within which columns of the next page are the same


_NUMBER_OF_PAGE = re.compile(r"^[\d๐-๙ –-]+|(?:หน้า ?(?:ที่ ?)?)?[\d๐-๙/ –-]+$")


@dataclass(frozen=True)
class _Page:
    """What stands on a page from top to bottom: rows of tables, and the lines between the tables."""

    sheet: Box
    parts: list[Row | list[Line]]
    column: tuple[float, float]  # from where to where its text runs

    @property
    def in_margins(self) -> Iterator[Line]:
        """Yield the lines at its head and foot."""
        yield from filter(self.is_in_margin, chain.from_iterable(self.lines))

    def is_in_margin(self, line: Line) -> bool:
        _, top, _, bottom = self.sheet
        margin = _MARGIN * (bottom - top)
        return not top + margin <= line.y <= bottom - margin

    @property
    def lines(self) -> Iterator[list[Line]]:
        """Yield the lines between its tables."""
        yield from (part for part in self.parts if isinstance(part, list))

    @property
    def is_full(self) -> bool:
        """Say whether its last line stands so low that its paragraph may go on over the page."""
        _, top, _, bottom = self.sheet
        last = self.parts[-1] if isinstance(self.parts[-1], list) else []
        return any(line.y > top + _LOW * (bottom - top) and not self.is_in_margin(line) for line in last)

    def without(self, repeated: set[str], *, is_first: bool) -> Iterator[Row | list[Line]]:
        """Yield its parts; what is repeated at the head or foot of pages only on the first, each a row of its own."""
        for part in self.parts:
            if isinstance(part, tuple):
                yield part
                continue
            for is_repeated, lines in groupby(part, lambda line: self.is_in_margin(line) and _bare(line) in repeated):
                if not is_repeated:
                    yield [*lines]
                elif is_first:
                    yield from ((line.text.strip(),) for line in lines if _bare(line))

    @property
    def letters(self) -> str:
        """Return all its letters."""
        words = (part if isinstance(part, tuple) else [line.text for line in part] for part in self.parts)
        return "".join("".join(chain.from_iterable(words)).split())


def rows_of_pdf(content: bytes, *, tell: Tell) -> Iterator[Row]:
    """
    Yield the rows of a PDF's tables and its paragraphs (rows of one cell) in reading order, `BLANK` between pages.

    Page numbers and lines that head or foot many pages are left out. A merged cell's words stand in its first place.

    :param tell: called with how many pages of how many are read
    :raises PasswordPdf: if it cannot be opened without a password
    :raises BrokenPdf: if it is not whole
    :raises ReportTooLong: above `MOST_PAGES`, or if a page holds more than any report's
    :raises ScannedPdf: if its pages are pictures without a text layer
    :raises LettersUnknown: if its fonts do not say which letters they draw
    """
    pages = _pages(content, tell)
    letters = "".join(page.letters for page in pages)
    if len(letters) < _FEWEST_LETTERS * len(pages):
        raise ScannedPdf()
    if not looks_thai(letters):
        raise LettersUnknown()
    yield from _rows(pages)


def _rows(pages: list[_Page]) -> Iterator[Row]:
    """Yield the rows of all pages; a paragraph may go on over the end of a page, and so may a table."""
    repeated = _repeated(pages)
    apart = distance(chain.from_iterable(page.lines for page in pages))
    columns = {page.sheet: _column([other for other in pages if other.sheet == page.sheet]) for page in pages}
    held: list[Line] = []
    for number, page in enumerate(pages):
        left, right = columns[page.sheet]
        for part in page.without(repeated, is_first=number == 0):
            if isinstance(part, list):
                held += part
                continue
            yield from ((text,) for text in paragraphs(held, left=left, right=right, apart=apart))
            held = []
            yield part
        if not (held and page.is_full) or page is pages[-1]:
            yield from ((text,) for text in paragraphs(held, left=left, right=right, apart=apart))
            held = []
            yield BLANK


def _column(pages: list[_Page]) -> tuple[float, float]:
    """Return from where to where the text of these pages runs."""
    return min(page.column[0] for page in pages), max(page.column[1] for page in pages)


def _pages(content: bytes, tell: Tell) -> list[_Page]:
    document = _opened(content)
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise ReportTooLong(
                N_("The file has more than %(limit)s pages. Please send only those with the tables of the plan."),
                limit=MOST_PAGES,
            )
        pages: list[_Page] = []
        columns: tuple[float, ...] = ()
        for number in range(count):
            page, columns = _read_page(document, number, columns)
            pages.append(page)
            tell(number + 1, count)
        return pages
    except pdfium.PdfiumError:
        raise BrokenPdf() from None
    finally:
        document.close()


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise (PasswordPdf if locked else BrokenPdf)() from None


def _read_page(
    document: pdfium.PdfDocument, number: int, columns: tuple[float, ...]
) -> tuple[_Page, tuple[float, ...]]:
    """Return what a page says and the columns of its last table, given those of the last table before."""
    page = document[number]
    try:
        glyphs, turn = glyphs_of(page)
        tables = [_aligned(table, columns) for table in tables_of(page, turn)]
        sheet = _sheet(page, turn)
    finally:
        page.close()
    sides = [side for table in tables for side in (table.box[0], table.box[2])]
    sides += [side for glyph in glyphs for side in (glyph.left, glyph.right) if not glyph.is_space]
    column = min(sides, default=0), max(sides, default=0)
    return _Page(sheet, _parts(glyphs, tables, sheet), column), tables[-1].columns if tables else columns


def _sheet(page: pdfium.PdfPage, turn: Turn) -> Box:
    left, bottom, right, top = page.get_cropbox()
    (x0, y0), (x1, y1) = turn(left, bottom), turn(right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _aligned(table: Ruled, columns: tuple[float, ...]) -> Ruled:
    """Put a table that goes on over the page's end into the columns it had: there its cells may all be merged."""
    places = [next((at for at, x in enumerate(columns) if abs(x - left) < _NEAR), None) for left in table.columns]
    if len(columns) <= len(table.columns) or None in places or places[0] != 0:
        return table
    rows: list[tuple[Box | None, ...]] = []
    for row in table.rows:
        cells: list[Box | None] = [None] * len(columns)
        for place, cell in zip(places, row, strict=True):
            assert place is not None
            cells[place] = cell
        rows.append(tuple(cells))
    return Ruled(table.box, columns, tuple(rows))


def _parts(glyphs: Iterable[Glyph], tables: list[Ruled], sheet: Box) -> list[Row | list[Line]]:
    inside, outside = _sorted_into([cell for table in tables for cell in table.cells], glyphs)
    words = _words(inside, at_foot=tables[-1].box[3] if tables else None)
    parts: list[Row | list[Line]] = []
    above = sheet[1]
    for table in [*tables, None]:
        foot = table.box[1] if table else sheet[3]
        parts.append(lines_of(glyph for glyph in outside if above <= glyph.y < foot))
        if table:
            parts.extend(tuple(words[cell] if cell else "" for cell in row) for row in table.rows)
            above = foot
    return parts


def _sorted_into(cells: list[Box], glyphs: Iterable[Glyph]) -> tuple[dict[Box, list[Glyph]], list[Glyph]]:
    """Return the glyphs of each cell, and those outside all of them."""
    inside: dict[Box, list[Glyph]] = {cell: [] for cell in cells}
    outside: list[Glyph] = []
    cell: Box | None = None
    for glyph in glyphs:
        x, y = glyph.middle, glyph.body
        if cell is None or not _holds(cell, x, y):  # most stand in the cell of the one before
            cell = next((one for one in cells if _holds(one, x, y)), None)
        (outside if cell is None else inside[cell]).append(glyph)
    return inside, outside


def _holds(cell: Box, x: float, y: float) -> bool:
    left, top, right, bottom = cell
    return left <= x < right and top <= y < bottom


def _words(inside: dict[Box, list[Glyph]], *, at_foot: float | None) -> dict[Box, str]:
    """Return the words of each cell, its paragraphs on lines of their own; what ends `at_foot` may go on."""
    lines: dict[Box, list[Line]] = {}
    sides: dict[Box, tuple[float, float]] = {}
    for cell, glyphs in inside.items():
        turned, quarter = upright(glyphs)
        left, top, right, bottom = cell
        sides[cell] = ((left, right), (-bottom, -top), (-right, -left), (top, bottom))[quarter]
        lines[cell] = lines_of(turned)
    apart = distance(lines.values())
    return {
        cell: joined(paragraphs(lines[cell], left=left, right=right, apart=apart))
        + (GOES_ON if cell[3] == at_foot and fills_line(lines[cell], right=right) else "")
        for cell, (left, right) in sides.items()
    }


def _repeated(pages: list[_Page]) -> set[str]:
    """Return the lines that head or foot many pages, without the pages' numbers; an empty one is a number alone."""
    found = Counter(chain.from_iterable({_bare(line) for line in page.in_margins} for page in pages))
    return {text for text, count in found.items() if count >= _LEAST_REPEATED and not indicator_named(text)} | {""}


def _bare(line: Line) -> str:
    return _NUMBER_OF_PAGE.sub("", line.text.strip())
