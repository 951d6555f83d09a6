"""A paper as XLSX: a cover with its texts, a sheet for each table, charts that the spreadsheet draws itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tracker.documents.writing import workbook_charts
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Chart,
    Code,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Points,
    Row,
    Section,
    Signatures,
    Table,
)
from tracker.documents.writing.texts import Shown
from tracker.documents.writing.workbook_charts import HEAD_FILL, INK, number_format
from tracker.documents.writing.xlsx import FONT, LINE, LONGEST_NAME, MADE_AT, SIZE, THAI_DATE, as_text, sheet_name

COVER = "เอกสาร"
COVER_WIDTH = 110  # characters; a page wide
SHEET_WIDTH = 150
NARROWEST = 9
TALLEST = 409.0  # points that a row can have
A4 = 9
SECTION_FILL, FAINT = "#E6EEF4", "#555555"
THAI_DATE_DIGITS = "[$-D07041E]d mmmm yyyy"
STRONG: Mapping[str, object] = {"bold": True, "font_color": INK}
LINK: Mapping[str, object] = {"underline": 1, "font_color": INK}
DOTS = "." * 40
LONGEST_FOOT = 180  # of the 255 characters that a foot may have
_NO_ROOM = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]")  # vowels and marks above and below


def write(paper: Paper) -> bytes:
    """
    Return the paper as a workbook. Texts are written as texts whatever they begin with, numbers as numbers.

    The same paper gives the same bytes; the file names no person and no moment.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    words = Shown(paper)
    book.set_properties(
        {
            "title": words(paper.title),
            "subject": words(" ".join(paper.subtitle)),
            "keywords": words(", ".join(paper.keywords)),
            "author": "",
            "created": MADE_AT.replace(tzinfo=None),
        }
    )
    writer = _Writer(book, paper, words)
    writer.cover()
    for block in paper.blocks:
        if isinstance(block, Table):
            writer.table(block)
        elif isinstance(block, Chart):
            writer.chart(block)
    book.close()
    return target.getvalue()


@dataclass(frozen=True)
class _Line:
    """A line of the cover; `sheet` is where it leads."""

    text: str
    size: int = SIZE
    look: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""


class _Writer:
    def __init__(self, book: Workbook, paper: Paper, words: Shown) -> None:
        self.book, self.paper, self.words = book, paper, words
        self.names = _names(paper, words)
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def cover(self) -> None:
        """Write all that is no table and no chart, with a link where those stand."""
        page = self._sheet(COVER)
        page.set_column(0, 0, COVER_WIDTH)
        page.fit_to_pages(1, 0)
        lines = [*self._title(), *(line for block in self.paper.blocks for line in self._said(block)), *self._foot()]
        for number, line in enumerate(lines):
            room = COVER_WIDTH * SIZE // line.size
            page.set_row(number, min(LINE * line.size / SIZE * _lines(line.text, room), TALLEST))
            look = self._format(text_wrap=True, valign="top", font_size=line.size, **line.look)
            page.write_string(number, 0, as_text(line.text), look)
            if line.sheet:
                page.write_url(number, 0, f"internal:'{line.sheet}'!A1", look, as_text(line.text))

    def _title(self) -> list[_Line]:
        others = [line for line in [*self.paper.subtitle, self.paper.organization] if line]
        return [_Line(self.words(self.paper.title), 22, STRONG), *(_Line(self.words(line), 18) for line in others)]

    def _foot(self) -> list[_Line]:
        return [_Line(self.words(self.paper.foot), look={"font_color": FAINT})] if self.paper.foot else []

    def _said(self, block: Block) -> list[_Line]:
        words = self.words
        match block:
            case Heading(text, level):
                return [_Line(words(text), 22 - 2 * level, STRONG)]
            case Paragraph(text, label):
                return [_Line(words(f"{label} {text}".strip()))]
            case Points(items, numbered):
                marks = (f"{place}." if numbered else "•" for place in range(1, len(items) + 1))
                points = zip(marks, items, strict=False)
                return [_Line(words(f"{mark} {item}"), look={"indent": 1}) for mark, item in points]
            case Code(label, text):
                # On a line of its own: it cannot be broken, and what does not fit beside the label is not seen.
                return [_Line(f"{words(label)}\n{words.code(text)}".strip())]
            case Signatures(places):
                return [
                    _Line(words(f"ลงชื่อ {DOTS} {one.role}  ({one.name or DOTS})  {one.position}".rstrip()))
                    for one in places
                ]
            case Table(title) | Chart(title):
                return [_Line(words(f"{title} – ดูแผ่นงาน"), look=LINK, sheet=self.names[id(block)])]
            case PageBreak():
                return []

    def table(self, table: Table) -> None:
        page = self._sheet(self.names[id(table)])
        total = sum(column.share for column in table.columns)
        widths = [max(NARROWEST, round(SHEET_WIDTH * column.share / total)) for column in table.columns]
        for number, width in enumerate(widths):
            page.set_column(number, number, width)
        page.write_string(0, 0, as_text(self.words(table.title)), self._format(bold=True, font_color=INK))
        page.set_row(0, LINE)
        head = self._format(bold=True, bg_color=HEAD_FILL, border=1, text_wrap=True, valign="vcenter", align="center")
        page.set_row(1, LINE * max(map(_lines, [self.words(column.title) for column in table.columns], widths)))
        for number, column in enumerate(table.columns):
            page.write_string(1, number, as_text(self.words(column.title)), head)
        for number, row in enumerate(table.rows, start=2):
            self._row(page, number, row, widths)
        page.freeze_panes(2, 0)
        page.repeat_rows(1)
        page.fit_to_pages(1, 0)

    def _row(self, page: Worksheet, number: int, row: Row | Section, widths: Sequence[int]) -> None:
        if isinstance(row, Section):
            look = self._format(bold=True, bg_color=SECTION_FILL, border=1, text_wrap=True, valign="top")
            if len(widths) > 1:
                page.merge_range(number, 0, number, len(widths) - 1, "", look)
            page.write_string(number, 0, as_text(self.words(row.text)), look)
            page.set_row(number, LINE * _lines(self.words(row.text), sum(widths)))
            return
        texts = [self.words(_text(cell)) for cell in row.cells]
        page.set_row(number, min(LINE * max(map(_lines, texts, widths)), TALLEST))
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            self._cell(page, number, column, cell, text)

    def _cell(self, page: Worksheet, row: int, column: int, cell: Cell, text: str) -> None:
        look: dict[str, object] = {"border": 1, "valign": "top", "text_wrap": True, "align": str(cell.align)}
        if cell.align != Align.CENTER:
            look["indent"] = 1  # so that a number does not touch the text beside it
        if cell.is_strong:
            look["bold"] = True
        thai = self.words.thai_digits
        if cell.day is not None:
            date_format = THAI_DATE_DIGITS if thai else THAI_DATE
            page.write_datetime(row, column, cell.day, self._format(**look, num_format=date_format))
        elif cell.number is not None:
            page.write_number(
                row, column, cell.number, self._format(**look, num_format=number_format(_text(cell), thai_digits=thai))
            )
        else:
            page.write_string(row, column, as_text(text), self._format(**look))

    def chart(self, chart: Chart) -> None:
        page = self._sheet(self.names[id(chart)])
        workbook_charts.write(self.book, page, chart, words=self.words, formats=self._format)

    def _sheet(self, name: str) -> Worksheet:
        page = self.book.add_worksheet(name)
        page.set_paper(A4)
        page.set_landscape()
        page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.8)
        foot = self.words(self.paper.foot).replace("\n", " ")[:LONGEST_FOOT].replace("&", "&&")
        page.set_footer(f"&L{foot}&Rหน้า &P จาก &N")
        return page

    def _format(self, **look: object) -> Format:
        """Return the format of that look; a workbook has room for some thousands of different ones only."""
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"font_name": FONT, "font_size": SIZE} | look)
        return self.formats[key]


def _names(paper: Paper, words: Shown) -> dict[int, str]:
    """Return the name of the sheet of each table and chart, by its id; spreadsheets want each name once."""
    taken = {COVER}
    found: dict[int, str] = {}
    for block in paper.blocks:
        if isinstance(block, Table | Chart):
            wanted = name = sheet_name(words(block.title))
            count = 1
            while name.casefold() in taken:
                count += 1
                name = f"{wanted[: LONGEST_NAME - 5]} ({count})"
            taken.add(name.casefold())
            found[id(block)] = name
    return found


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell.text, str) else "\n".join(cell.text)


def _lines(text: str, width: int) -> int:
    return max(1, sum(-(-len(_NO_ROOM.sub("", line)) // max(width, 1)) or 1 for line in text.split("\n")))
