"""The report as XLSX: one sheet, paragraphs and tables below each other."""

import io

import openpyxl
from openpyxl.styles import Alignment

from tests.reports.layout import Block


def as_xlsx(blocks: list[Block]) -> bytes:
    """Return the blocks as XLSX, an empty row between them."""
    book = openpyxl.Workbook()
    sheet = book.active
    top = 1
    for block in blocks:
        if isinstance(block, str):
            sheet.cell(top, 1).value = block
            top += 2
            continue
        for number, row in enumerate(block.rows, top):
            for at, cell in row.items():
                _write(sheet, number, at + 1, cell)
        top += len(block.rows) + 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(sheet, number: int, at: int, cell) -> None:
    place = sheet.cell(number, at)
    place.value = "\n".join(cell.lines) or None
    place.alignment = Alignment(wrap_text=True, vertical="top")
    if place.data_type == "f":  # a figure such as +0.39 is text
        place.data_type = "s"
    if cell.columns > 1 or cell.rows > 1:
        sheet.merge_cells(
            start_row=number, start_column=at, end_row=number + cell.rows - 1, end_column=at + cell.columns - 1
        )
