"""A paper as DOCX that a clerk can go on with: official layout, true headings, repeated table heads, page numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.text.paragraph import CT_P
from docx.shared import Cm, Length
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from tracker.documents.writing import charts, docx_styles, docx_tables, rows
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Chart,
    Code,
    Column,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Points,
    Row,
    Section,
    Signature,
    Signatures,
    Table,
)
from tracker.documents.writing.texts import Shown

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the file itself names no moment: what it says does
LONG_SIDE, SHORT_SIDE = Cm(29.7), Cm(21)
LEFT, RIGHT, TOP, BOTTOM = Cm(3), Cm(2), Cm(2.5), Cm(2)
CHART_WIDTH = Cm(16)
HEAD_FILL, SECTION_FILL = "C5CCD3", "E6EEF4"
PLACES_ABREAST = 3
ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(paper: Paper) -> bytes:
    """Return the paper as DOCX. The same paper gives the same bytes; the file names no person and no moment."""
    document = blank(thai_digits=paper.has_thai_digits)
    _properties(document, paper)
    writer = _Writer(document, paper)
    writer.title()
    for block in paper.blocks:
        writer.write(block)
    writer.foot()
    target = BytesIO()
    document.save(target)
    return _without_moments(target.getvalue())


def blank(*, thai_digits: bool) -> OpenDocument:
    """Return an empty document in the official layout."""
    document = Document()
    docx_styles.settle(document, thai_digits=thai_digits)
    return document


def write_blocks(document: OpenDocument, paper: Paper, *, width: Length) -> None:
    """Add the paper's blocks at the end of a document with a layout of its own, which has our styles and lists."""
    writer = _Writer(document, paper, width=width)
    for block in paper.blocks:
        writer.write(block)


def _properties(document: OpenDocument, paper: Paper) -> None:
    words = Shown(paper)
    known = document.core_properties
    known.title = words(paper.title)[:255]
    known.subject = words(" ".join(paper.subtitle))[:255]
    known.keywords = words(", ".join(paper.keywords))[:255]
    known.language = "th-TH"
    known.author = known.last_modified_by = known.comments = ""
    known.created = known.modified = MADE_AT.replace(tzinfo=None)


def _without_moments(content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as goal:
        for name in source.namelist():
            goal.writestr(ZipInfo(name, MADE_AT.timetuple()[:6]), source.read(name), ZIP_DEFLATED)
    return target.getvalue()


class _Writer:
    def __init__(self, document: OpenDocument, paper: Paper, *, width: Length | None = None) -> None:
        self.document, self.paper, self.words = document, paper, Shown(paper)
        self.breaks = False  # what comes next begins on a new page
        self.width = width or self._page()

    def _page(self) -> Length:
        section = self.document.sections[0]
        long_first = self.paper.is_landscape
        section.orientation = WD_ORIENT.LANDSCAPE if long_first else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if long_first else (SHORT_SIDE, LONG_SIDE)
        section.left_margin, section.right_margin = LEFT, RIGHT
        section.top_margin, section.bottom_margin = TOP, BOTTOM
        section.header_distance = section.footer_distance = Cm(1)
        return Length(section.page_width - LEFT - RIGHT)

    def title(self) -> None:
        self.document.add_paragraph(self.words(self.paper.title), style="Title")
        for line in self.paper.subtitle:
            self.document.add_paragraph(self.words(line), style="Subtitle")
        if self.paper.organization:
            _bold(self.document.add_paragraph(style="Subtitle").add_run(self.words(self.paper.organization)))

    def foot(self) -> None:
        line = self.document.sections[0].footer.paragraphs[0]
        docx_tables.right_tab(line, self.width)
        line.add_run(f"{self.words(self.paper.foot)}\tหน้า ")
        docx_tables.field(line, "PAGE", thai_digits=self.paper.has_thai_digits)
        line.add_run(" จาก ")
        docx_tables.field(line, "NUMPAGES", thai_digits=self.paper.has_thai_digits)

    def write(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._line(self.words(text), f"Heading {min(max(level, 1), 3)}")
            case Paragraph(text, label):
                self._running(self.words(text), self.words(label))
            case Points(items, numbered):
                number = docx_styles.new_list(self.document, is_numbered=numbered)
                for item in items:
                    docx_styles.in_list(self._line(self.words(item), "List Paragraph"), number)
            case Code(label, text):
                line = self._running("", self.words(label))
                line.add_run(self.words.code(text), style="Code")
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Signatures(places):
                self._signatures([*places])
            case PageBreak():
                self.breaks = True

    def _line(self, text: str, style: str) -> DocxParagraph:
        line = self.document.add_paragraph(text, style=style)
        if self.breaks:
            line.paragraph_format.page_break_before, self.breaks = True, False
        return line

    def _running(self, text: str, label: str) -> DocxParagraph:
        line = self._line("", "Normal")
        if label:
            _bold(line.add_run(f"{label} "))
        line.add_run(text)
        return line

    def _chart(self, chart: Chart) -> None:
        self._line(self.words(chart.title), "Chart Title")
        if chart.finding:
            self._line(self.words(chart.finding), "Chart Finding")
        line = self.document.add_paragraph(style="Chart")
        picture = charts.png(chart, thai_digits=self.paper.has_thai_digits)
        drawing = line.add_run().add_picture(BytesIO(picture), width=CHART_WIDTH)
        known = drawing._inline.docPr
        known.set("descr", self.words(charts.description(chart)))
        known.set("title", self.words(chart.title))

    def _table(self, table: Table) -> None:
        if table.shows_title:
            self._line(self.words(table.title), "Table Title")
        elif self.breaks:
            self._line("", "After Table")  # a table cannot say itself where it begins
        else:
            self._keep_what_leads_here("Normal")
        total = sum(column.share for column in table.columns)
        widths = [Length(round(self.width * column.share / total)) for column in table.columns]
        made = self._grid(widths, rows=1 + len(table.rows), style="Table Grid")
        docx_tables.describe(made, self.words(table.title))
        head, *others = made.rows
        docx_tables.repeat(head)
        for column, cell in zip(table.columns, head.cells, strict=True):
            docx_tables.fill(cell, HEAD_FILL)
            self._fill(cell, Cell(column.title, is_strong=True, align=Align.CENTER), with_next=True)
        for row, content in zip(others, table.rows, strict=True):
            self._row(row, content, table.columns)
        self._line("", "After Table")

    def _keep_what_leads_here(self, style: str = "") -> None:
        """Keep the paragraph written last, where it is of that style, on the page of what comes next."""
        _first, *others = reversed(self.document.element.body)  # the first says what the page is like
        if others and isinstance(others[0], CT_P):
            line = DocxParagraph(others[0], self.document)
            if not style or (line.style and line.style.name == style):
                line.paragraph_format.keep_with_next = True

    def _row(self, row: _Row, content: Row | Section, columns: Sequence[Column]) -> None:
        if isinstance(content, Section):
            spanning = row.cells[0].merge(row.cells[-1])
            docx_tables.fill(spanning, SECTION_FILL)
            self._fill(spanning, Cell(content.text, is_strong=True), with_next=True)
            docx_tables.keep_whole(row)
            return
        for cell, one in zip(row.cells, content.cells, strict=True):
            self._fill(cell, one)
        if rows.stays_whole(content, columns):
            docx_tables.keep_whole(row)

    def _grid(self, widths: list[Length], *, rows: int, style: str) -> DocxTable:
        made = self.document.add_table(rows=rows, cols=len(widths), style=style)
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        docx_tables.fix_widths(made, widths)
        return made

    def _fill(self, cell: _Cell, content: Cell, *, style: str = "Table Text", with_next: bool = False) -> None:
        for number, text in enumerate(rows.texts(content)):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            known = line._p.get_or_add_pPr()
            known.style = style.replace(" ", "")  # its id; by its name it would be looked up among all, each time
            known.jc_val = ALIGN[content.align]
            if with_next:
                line.paragraph_format.keep_with_next = True
            run = line.add_run(self.words(text))
            if content.is_strong:
                _bold(run)

    def _signatures(self, places: list[Signature]) -> None:
        self._keep_what_leads_here()  # what is signed stays with the signatures
        for start in range(0, len(places), PLACES_ABREAST):
            self._line("", "After Table").paragraph_format.keep_with_next = True
            abreast = places[start : start + PLACES_ABREAST]
            made = self._grid([Length(self.width // len(abreast))] * len(abreast), rows=1, style="Normal Table")
            docx_tables.keep_whole(made.rows[0])
            for cell, place in zip(made.rows[0].cells, abreast, strict=True):
                self._fill(cell, Cell(_signing(place), align=Align.CENTER), style="Signature")
        self._line("", "After Table")


def _bold(run: Run) -> None:
    run.bold = run.font.cs_bold = True  # Word reads the second for Thai letters


def _signing(place: Signature) -> list[str]:
    lines = [f"ลงชื่อ {'.' * 36} {place.role}", f"({place.name or '.' * 44})"]
    return [*lines, f"ตำแหน่ง {place.position}"] if place.position else lines
