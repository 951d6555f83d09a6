"""Tables and fields of a DOCX that python-docx has no words for."""

from collections.abc import Sequence

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from tracker.documents.writing.docx_styles import element


def field(line: Paragraph, code: str, *, thai_digits: bool) -> None:
    """
    Add a field that Word counts, such as PAGE.

    The switch for Thai digits is in capitals: LibreOffice takes `ThaiArabic` for letters, and this for Arabic digits.
    """
    run = line.add_run()
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} \\* THAIARABIC " if thai_digits else f" {code} "
    shown = OxmlElement("w:t")
    shown.text = "๑" if thai_digits else "1"
    begin, between, end = (element("w:fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    run._r.extend([begin, instruction, between, shown, end])


def right_tab(line: Paragraph, at: Length) -> None:
    """Let what follows a tab end at that place."""
    line.paragraph_format.tab_stops.add_tab_stop(at, WD_TAB_ALIGNMENT.RIGHT)


def fix_widths(table: Table, widths: Sequence[Length]) -> None:
    """Give the columns these widths, in the grid as well: programs believe either."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column._gridCol.w = width
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def describe(table: Table, title: str) -> None:
    """Say what the table shows to who cannot see it."""
    table._tbl.tblPr.append(element("w:tblCaption", val=title))


def fill(cell: _Cell, colour: str) -> None:
    """Lay a colour below the cell."""
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def keep_whole(row: _Row) -> None:
    """Keep the row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def repeat(row: _Row) -> None:
    """Repeat the row on every page."""
    keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))
