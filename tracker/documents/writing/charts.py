"""Charts as one drawing for pages and papers: SVG with nothing a strict page refuses, and the same drawing as PNG."""

import json
from dataclasses import asdict
from html import escape
from typing import Any

from tracker.documents.writing.chart_drawing import INK, PAPER, SIZE, WIDTH, Drawing, Word, draw
from tracker.documents.writing.paper import Chart
from tracker.documents.writing.texts import shown
from tracker.documents.writing.typesetting import TEMPLATES, compiler

DOTS = 200  # per inch, of a PNG
FONT = "Sarabun"
EDGE = f'stroke="{PAPER}" stroke-width="4" paint-order="stroke"'


def svg(chart: Chart, *, thai_digits: bool = False) -> str:
    """Return the drawing. Series differ in lightness, hatching and marks, so that it reads without colour."""
    drawing = _drawing(chart, thai_digits)
    label = escape(shown(description(chart), thai_digits=thai_digits))
    parts = (part if isinstance(part, str) else _text(part) for part in drawing.parts)
    look = f'class="chart" role="img" aria-label="{label}" font-family="{FONT}" font-size="{SIZE}" fill="{INK}"'
    return _sheet(drawing.height, look, "".join(parts))


def png(chart: Chart, *, thai_digits: bool = False) -> bytes:
    """Return the same drawing as a picture of DOTS to the inch, 16 cm wide."""
    setter = compiler(TEMPLATES / "chart_picture.typ", chart=json.dumps(set_parts(chart, thai_digits=thai_digits)))
    picture = setter.compile(format="png", ppi=DOTS)
    assert isinstance(picture, bytes)
    return picture


def description(chart: Chart) -> str:
    """Return what is said instead of the drawing to who cannot see it."""
    return f"{chart.title}: {chart.finding}" if chart.finding else chart.title


def set_parts(chart: Chart, *, thai_digits: bool) -> dict[str, Any]:
    """
    Return the drawing as `chart.typ` takes it: shapes as SVG, and the words apart.

    A text within an SVG loses letters in a PDF (only the first glyph of ที่ keeps its letter) and its ำ is garbled.
    """
    drawing = _drawing(chart, thai_digits)
    shapes = _sheet(drawing.height, f'fill="{INK}"', "".join(drawing.shapes))
    return {
        "svg": shapes,
        "width": WIDTH,
        "height": drawing.height,
        "size": SIZE,
        "words": [asdict(word) for word in drawing.words],
    }


def _drawing(chart: Chart, thai_digits: bool) -> Drawing:
    return draw(chart, lambda text: shown(text, thai_digits=thai_digits))


def _sheet(height: float, look: str, inside: str) -> str:
    size = f'viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>{inside}</svg>'


def _text(word: Word) -> str:
    anchor = "" if word.anchor == "start" else f' text-anchor="{word.anchor}"'
    edge = f" {EDGE}" if word.has_edge else ""
    return f'<text x="{word.x:.1f}" y="{word.y:.1f}"{anchor}{edge}>{escape(word.text)}</text>'
