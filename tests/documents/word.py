"""Word documents for tests: built by python-docx, and by hand where it knows no word for something."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HEADINGS = ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")


def document(*build: Callable[[Any], None]) -> bytes:
    """Return a document that these functions put something into, one after the other."""
    made, file = docx.Document(), io.BytesIO()
    for add in build:
        add(made)
    made.save(file)
    return file.getvalue()


def paragraph(text: str, style: str | None = None) -> Callable[[Any], None]:
    return lambda made: made.add_paragraph(text, style=style)


def table(*rows: Sequence[str]) -> Callable[[Any], None]:
    """Return what adds a table with these cells."""

    def add(made: Any) -> None:
        added = made.add_table(len(rows), len(rows[0]))
        for row, cells in zip(added.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    return add


def xml(content: str) -> Callable[[Any], None]:
    """Return what adds elements of WordprocessingML to the body."""

    def add(made: Any) -> None:
        for element in parse_xml(f"<w:body {nsdecls('w')} {MORE}>{content}</w:body>"):
            made.element.body.insert(len(made.element.body) - 1, element)

    return add


MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def p(*runs: str) -> str:
    """Return a paragraph of these runs, given as what stands in them."""
    return "<w:p>" + "".join(runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
