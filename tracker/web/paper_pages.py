"""A paper shown on a page: every block by a template of its own, with the words and drawings that the files have."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from markupsafe import Markup

from tracker.documents.writing import charts, paper
from tracker.documents.writing.paper import Cell, Chart, Paper, Section
from tracker.documents.writing.texts import Shown

BLOCKS = {
    paper.Heading: "reports/paper/heading.html",
    paper.Paragraph: "reports/paper/paragraph.html",
    paper.Points: "reports/paper/points.html",
    paper.Code: "reports/paper/code.html",
    paper.Table: "reports/paper/table.html",
    paper.Chart: "reports/paper/chart.html",
    paper.Signatures: "reports/paper/signatures.html",
    paper.PageBreak: "reports/paper/break.html",
}


@dataclass(frozen=True)
class Shows:
    """A paper for its page."""

    paper: Paper

    @property
    def words(self) -> Shown:
        """Turns a text into what the paper shows: its digits as they are asked for."""
        return Shown(self.paper)

    @property
    def blocks(self) -> list[tuple[str, Any]]:
        """Every block with its template."""
        return [(BLOCKS[type(block)], block) for block in self.paper.blocks]

    def drawing(self, chart: Chart) -> Markup:
        """Return a chart's drawing; its texts were escaped when it was drawn."""
        return Markup(charts.svg(chart, thai_digits=self.paper.has_thai_digits))


def _paragraphs(cell: Cell) -> list[str]:
    return [cell.text] if isinstance(cell.text, str) else list(cell.text)


def register(app: Flask) -> None:
    """Let templates ask what a row is and what a cell says."""
    app.jinja_env.tests["section"] = lambda row: isinstance(row, Section)
    app.jinja_env.filters["paragraphs"] = _paragraphs
