"""The report as DOCX, as Word and LibreOffice keep it."""

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.reports.layout import Block, Table


def as_docx(blocks: list[Block]) -> bytes:
    """Return the blocks as DOCX: portrait, the plan on pages laid across, the heads of tables repeated on each."""
    document = docx.Document()
    _set_font(document)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        if block.is_wide:
            _lay_across(document)
        _add_table(document, block)
    document.add_paragraph()  # a section that ends with a table is not laid across by LibreOffice
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_font(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name = "Sarabun"
    style.font.size = Pt(11)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    properties.rFonts.set(qn("w:cs"), "Sarabun")
    for name, attribute, value in (("w:szCs", "w:val", "22"), ("w:lang", "w:bidi", "th-TH")):
        found = properties.find(qn(name))
        element = found if found is not None else OxmlElement(name)
        element.set(qn(attribute), value)
        if found is None:
            properties.append(element)


def _lay_across(document: Document) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _add_table(document: Document, block: Table) -> None:
    table = document.add_table(rows=len(block.rows), cols=block.width, style="Table Grid")
    for number, row in enumerate(block.rows):
        for at, cell in row.items():
            place = table.cell(number, at)
            if cell.columns > 1 or cell.rows > 1:
                place = place.merge(table.cell(number + cell.rows - 1, at + cell.columns - 1))
            place.text = cell.lines[0]
            for line in cell.lines[1:]:
                place.add_paragraph(line)
    for row in table.rows[: block.heads]:
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(repeat)
