"""A Word document → rows: paragraphs and tables in order, as whoever reads it on paper sees them."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from tracker.documents.reading.markup import begins_with_mark, joined
from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.rows import BLANK, MOST_LINES, Row, Tell
from tracker.domain.sentences import N_

MOST_PARAGRAPHS = 10 * MOST_LINES
MOST_COLUMNS = 63  # Word's own limit
SLIVER = 200  # twentieths of a point, 3.5 mm: a column that only came of an edge dragged in one row

_P, _TBL, _TR, _TC, _R = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r"))
_TEXT_BOX = qn("w:txbxContent")
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# What only stands around what is read. Deleted and moved text (w:del, w:moveFrom) is not among them.
_AROUND = frozenset(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
_DRAWN = frozenset(qn(f"w:{name}") for name in ("drawing", "pict", "object"))
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_NO = frozenset({"0", "false", "off", "none"})

Element = Any  # of lxml, which has no types


def rows_of_docx(content: bytes, *, tell: Tell) -> Iterator[Row]:
    """
    Yield the paragraphs and table rows of a Word document.

    A merged cell's words stand where it begins, the other places it covers are empty. What was deleted with changes
    tracked is left out, so is hidden text, the table of contents, and what stands in headers, footers and notes.
    Word's own bullets and numbers are no words: in a cell, a paragraph of a list begins with a dash instead.

    :raises ReportTooLong: if its tables have more than `MOST_LINES` rows
    """
    document = Document(BytesIO(content))
    body = document.element.body
    total = sum(1 for _ in body.iter(_TR))
    if total > MOST_LINES or sum(1 for _ in body.iter(_P)) > MOST_PARAGRAPHS:
        raise ReportTooLong(N_("The file has more than %(limit)s lines: this is no report."), limit=MOST_LINES)
    reader = _Reader(_styles_of_lists(document.styles.element), tell, total)
    last = BLANK
    for row in reader.rows(body):
        if row != BLANK or last != BLANK:
            yield row
        last = row


class _Reader:
    """Walks through a document; knows which styles make lists, and how far it is."""

    def __init__(self, list_styles: frozenset[str], tell: Tell, total: int) -> None:
        self._list_styles = list_styles
        self._tell = tell
        self._done, self._total = 0, total

    def rows(self, container: Element) -> Iterator[Row]:
        for block in _blocks(container):
            if block.tag == _TBL:
                yield from self._table(block)
            elif not _style(block).upper().startswith("TOC"):
                for text in self._paragraphs(block):
                    yield (" ".join(text.split()),) if text.strip() else BLANK

    def _table(self, table: Element) -> Iterator[Row]:
        column_of = _columns(table)
        yield BLANK
        for row in _parts(table):
            if row.tag != _TR or _is_left_out(row):
                continue
            self._done += 1
            self._tell(self._done, self._total)
            if column_of[-1] > 1:
                yield self._cells(row, column_of)
            else:  # a table of one column is a frame around whatever stands in it
                for cell in _cells(row):
                    yield from self.rows(cell)
        yield BLANK

    def _cells(self, row: Element, column_of: Sequence[int]) -> Row:
        cells = [""] * column_of[-1]
        edge = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"))
        for cell in _cells(row):
            column = min(column_of[min(edge, len(column_of) - 1)], len(cells) - 1)
            if not _continues_above(cell):
                cells[column] = "\n".join(filter(None, (cells[column], self._cell(cell))))
            edge += _span(cell)
        return tuple(cells)

    def _cell(self, cell: Element) -> str:
        return joined(self._cell_paragraphs(cell))

    def _cell_paragraphs(self, cell: Element) -> Iterator[str]:
        for block in _blocks(cell):
            if block.tag == _TBL:
                for row in _parts(block):
                    yield " ".join(filter(None, map(self._cell, _cells(row))))
                continue
            is_listed = self._is_listed(block)
            for text in self._paragraphs(block):
                yield f"- {text}" if is_listed and text.strip() and not begins_with_mark(text.strip()) else text

    def _paragraphs(self, paragraph: Element) -> Iterator[str]:
        """Yield a paragraph's text, then that of the boxes anchored in it."""
        yield _text(paragraph)
        for drawing in _runs_parts(paragraph):
            if drawing.tag in _DRAWN:
                for box in _text_boxes(drawing):
                    yield from self._cell_paragraphs(box)

    def _is_listed(self, paragraph: Element) -> bool:
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        return _number(number) > 0 if number is not None else _style(paragraph) in self._list_styles


def _parts(element: Element) -> Iterator[Element]:
    """Yield what an element holds, without the wrappings; of two forms for newer and older programs the newer."""
    for child in element:
        if child.tag in _AROUND:
            yield from _parts(child)
        elif child.tag == _ALTERNATIVES:
            for newer in child[:1]:
                yield from _parts(newer)
        else:
            yield child


def _blocks(container: Element) -> Iterator[Element]:
    return (part for part in _parts(container) if part.tag in (_P, _TBL))


def _cells(row: Element) -> Iterator[Element]:
    return (part for part in _parts(row) if part.tag == _TC)


def _runs_parts(paragraph: Element) -> Iterator[Element]:
    for run in _parts(paragraph):
        if run.tag == _R and not _is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")):
            yield from _parts(run)


def _text(paragraph: Element) -> str:
    return "".join(
        (part.text or "") if part.tag == qn("w:t") else _CHARACTERS.get(part.tag, "") for part in _runs_parts(paragraph)
    )


def _text_boxes(drawing: Element) -> Iterator[Element]:
    for child in drawing:
        if child.tag == _TEXT_BOX:
            yield child
        else:
            yield from _text_boxes(child)


def _columns(table: Element) -> list[int]:
    """
    Return in which column each edge of the table's grid begins, and at the end how many columns there are.

    Word's grid has an edge wherever any row has one; what lies closer together than `SLIVER` is one column.
    """
    widths = [_number(column, "w") or SLIVER for column in table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    rows = [list(map(_span, _cells(row))) for row in _parts(table) if row.tag == _TR]
    edges = min(max([len(widths), 1, *map(sum, rows)]), MOST_COLUMNS)
    is_wide = [width >= SLIVER for width in [*widths, *[SLIVER] * edges][:edges]]
    if sum(is_wide) < min(max([1, *map(len, rows)]), edges):  # the widths say nothing
        is_wide = [True] * edges
    return list(accumulate(is_wide, initial=0))


def _continues_above(cell: Element) -> bool:
    """Say whether the cell is covered by the one above, or in old documents by the one before."""
    for name in ("vMerge", "hMerge"):
        merged = cell.find(f"{qn('w:tcPr')}/{qn(f'w:{name}')}")
        if merged is not None and merged.get(qn("w:val")) != "restart":
            return True
    return cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None


def _span(cell: Element) -> int:
    return min(max(_number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")), 1), MOST_COLUMNS)


def _is_left_out(row: Element) -> bool:
    """Say whether the row was deleted with changes tracked, or is hidden."""
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None or _is_on(row.find(f"{qn('w:trPr')}/{qn('w:hidden')}"))


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(qn("w:val"), "")


def _styles_of_lists(styles: Element) -> frozenset[str]:
    """Return the styles that make a paragraph part of a list, by themselves or by the style they follow."""
    number = f"{qn('w:pPr')}/{qn('w:numPr')}"
    followed = {one.get(qn("w:styleId")): one.find(qn("w:basedOn")) for one in styles.iter(qn("w:style"))}
    found = {one.get(qn("w:styleId")) for one in styles.iter(qn("w:style")) if one.find(number) is not None}
    for _ in range(3):  # styles that follow styles that follow a list's
        found |= {name for name, base in followed.items() if base is not None and base.get(qn("w:val")) in found}
    # Headings are numbered as well, and are no points.
    return frozenset(name for name in found if name and not name.lower().startswith(("heading", "toc")))


def _is_on(switch: Element) -> bool:
    return switch is not None and switch.get(qn("w:val"), "") not in _NO


def _number(element: Element, name: str = "val") -> int:
    written = "" if element is None else element.get(qn(f"w:{name}"), "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0
