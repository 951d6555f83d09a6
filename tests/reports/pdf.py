"""The report as PDF, set by typst."""

import json
from dataclasses import asdict

import typst
from fontpkg_sarabun import ROOT

from tests.reports.layout import Block

FONTS = ROOT / "files"
_SOURCE = """
#set page(paper: "a4", margin: 2cm, numbering: "1", header: context {
  if counter(page).get().first() > 1 [การประเมินคุณธรรมและความโปร่งใส]
})
#set text(font: "Sarabun", lang: "th", region: "TH", size: 11pt)
#set par(justify: false)
#let lines(cell) = cell.lines.join(linebreak())
#let put(cell) = table.cell(x: cell.x, y: cell.y, colspan: cell.columns, rowspan: cell.rows, lines(cell))
#for block in json(bytes(sys.inputs.blocks)) {
  if type(block) == str { par(block) } else {
    let set-table = table(
      columns: block.widths.map(width => width * 1fr),
      table.header(..block.heads.map(put)),
      ..block.body.map(put),
    )
    if block.is_wide { page(flipped: true, set-table) } else { set-table }
  }
}
"""


def as_pdf(blocks: list[Block]) -> bytes:
    """Return the blocks as PDF: portrait, the plan on pages laid across, the heads of tables repeated on each."""
    said = json.dumps([block if isinstance(block, str) else _said(block) for block in blocks])
    content: bytes = typst.compile(
        _SOURCE.encode(), font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"blocks": said}
    )
    return content


def _said(table) -> dict:
    cells = [
        [asdict(cell) | {"x": at, "y": number} for at, cell in row.items()] for number, row in enumerate(table.rows)
    ]
    return {
        "is_wide": table.is_wide,
        "widths": [1] * table.width,
        "heads": sum(cells[: table.heads], []),
        "body": sum(cells[table.heads :], []),
    }
