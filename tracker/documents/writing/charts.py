"""Charts as one drawing for pages and papers: SVG with nothing a strict page refuses, and the same drawing as PNG."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape

from PIL import ImageFont

from tracker.documents.writing.paper import Chart, ChartKind
from tracker.documents.writing.texts import shown
from tracker.documents.writing.typesetting import FONTS, compiler

WIDTH = 680  # units of the drawing; 16 cm on paper
DOTS = 200  # per inch, of a PNG
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 16cm)"""
FONT = "Sarabun"
SIZE, LINE = 15, 22
INK, PALE, GRID, PAPER = "#17324d", "#dbe7f0", "#c8cdd2", "#ffffff"
GAP = 14  # between two categories
BAR = 20
WIDEST_LABEL = 250
VALUE_ROOM = 66
PLOT_HEIGHT = 240

Value = Decimal | int | float
Point = tuple[float, float, Value]
_CLUSTER = re.compile("[เแโใไ]?.[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0300-\u036f]*", re.DOTALL)
Words = Callable[[str], str]


def svg(chart: Chart, *, thai_digits: bool = False) -> str:
    """Return the drawing. Series differ in lightness, hatching and marks, so that it reads without colour."""
    words = _words(thai_digits)
    draw = _lines if chart.kind is ChartKind.LINES else _bars
    body, height = draw(chart, words)
    label = escape(words(description(chart)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" '
        f'height="{height:g}" role="img" aria-label="{label}" font-family="{FONT}" font-size="{SIZE}" fill="{INK}">'
        + "".join(body)
        + "</svg>"
    )


def png(chart: Chart, *, thai_digits: bool = False) -> bytes:
    """Return the same drawing as a picture of DOTS to the inch, 16 cm wide."""
    picture = compiler(PAGE, svg=drawn(chart, thai_digits)).compile(format="png", ppi=DOTS)
    assert isinstance(picture, bytes)
    return picture


def description(chart: Chart) -> str:
    """Return what is said instead of the drawing to who cannot see it."""
    return f"{chart.title}: {chart.finding}" if chart.finding else chart.title


def drawn(chart: Chart, thai_digits: bool) -> str:
    """Return the drawing as the writer of PDF shows it right: there ำ is two letters."""
    return svg(chart, thai_digits=thai_digits).replace("\u0e33", "\u0e4d\u0e32")


def value_text(value: Value) -> str:
    """Return a number as charts print it: whole as it is, else with two decimals."""
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def _words(thai_digits: bool) -> Words:
    return lambda text: shown(text, thai_digits=thai_digits)


# Bars and bullets


def _bars(chart: Chart, words: Words) -> tuple[list[str], float]:
    is_bullet = chart.kind is ChartKind.BULLETS
    series = chart.series[:1] if is_bullet else chart.series
    labels = [_broken(words(name), WIDEST_LABEL) for name in chart.categories]
    left = min(WIDEST_LABEL, max((_width(line) for lines in labels for line in lines), default=0)) + 12
    scale = _scale(chart, left, WIDTH - VALUE_ROOM)
    body = list(_legend(chart, words, is_bullet))
    top = y = LINE + 14.0 if body else 6.0
    rows: list[str] = []
    for number, lines in enumerate(labels):
        tall = max(BAR * len(series), LINE * len(lines))
        rows += _label(lines, left - 10, y + tall / 2)
        first = y + (tall - BAR * len(series)) / 2
        for place, one in enumerate(series):
            top_of_bar, value = first + place * BAR, one.values[number]
            rows += _bar(value, left, scale, top_of_bar, place - len(series) + 1)
            at = WIDTH - VALUE_ROOM if is_bullet else left if value is None else max(scale(value), left)
            rows.append(_value(value, at + 6, top_of_bar, words))  # a bullet's beside all, free of its mark
        if is_bullet and len(chart.series) > 1:
            rows += _mark(chart.series[1].values[number], scale, first)
        y += tall + GAP
    bottom = y - GAP + 6
    return [*body, *_ruler(chart, scale, top - 4, bottom, words), *rows], bottom + LINE + 4


def _bar(value: Value | None, left: float, scale: Callable[[Value], float], y: float, place: int) -> list[str]:
    """`place` is 0 for the newest series, which is solid; those before it are hatched and then blank."""
    if value is None:
        return []
    wide, tall = max(scale(value) - left, 0), BAR - 3
    fill = {0: INK, -1: PALE}.get(place, PAPER)
    box = f'<rect x="{left:g}" y="{y:g}" width="{wide:.1f}" height="{tall}" fill="{fill}" stroke="{INK}"/>'
    return [box, _hatch(left, y, wide, tall)] if place == -1 else [box]


def _value(value: Value | None, x: float, y: float, words: Words) -> str:
    """Return the number beside its bar, free of the lines behind it."""
    text = "–" if value is None else words(value_text(value))
    edge = f'stroke="{PAPER}" stroke-width="4" paint-order="stroke"'
    return f'<text x="{x:.1f}" y="{y + BAR / 2 + 4:g}" {edge}>{escape(text)}</text>'


def _mark(value: Value | None, scale: Callable[[Value], float], y: float) -> list[str]:
    if value is None:
        return []
    x = scale(value)
    return [
        f'<path d="M{x:.1f} {y - 5:g}v{BAR + 7}" stroke="{PAPER}" stroke-width="7"/>',
        f'<path d="M{x:.1f} {y - 5:g}v{BAR + 7}" stroke="{INK}" stroke-width="3"/>',
    ]


def _hatch(x: float, y: float, wide: float, tall: float) -> str:
    lines = []
    start = x - tall + 6
    while start < x + wide:
        low, high = max(0.0, x - start), min(tall, x + wide - start)
        if high > low:
            lines.append(f"M{start + low:.1f} {y + tall - low:.1f}L{start + high:.1f} {y + tall - high:.1f}")
        start += 6
    return f'<path d="{"".join(lines)}" stroke="{INK}" stroke-width="1" fill="none"/>' if lines else ""


def _ruler(chart: Chart, scale: Callable[[Value], float], top: float, bottom: float, words: Words) -> Iterator[str]:
    for value in _ticks(chart):
        x = scale(value)
        yield f'<path d="M{x:.1f} {top:g}V{bottom:g}" stroke="{GRID}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + LINE - 4:g}" text-anchor="middle">{escape(words(f"{value:g}"))}</text>'


def _scale(chart: Chart, low: float, high: float) -> Callable[[Value], float]:
    span = chart.most - chart.least or 1
    return lambda value: low + (min(max(float(value), chart.least), chart.most) - chart.least) / span * (high - low)


def _ticks(chart: Chart) -> list[float]:
    return [chart.least + (chart.most - chart.least) * part / 4 for part in range(5)]


# Lines


def _lines(chart: Chart, words: Words) -> tuple[list[str], float]:
    body = list(_legend(chart, words, False))
    top = LINE + 24.0 if body else 18.0
    bottom, left, right = top + PLOT_HEIGHT, 52.0, WIDTH - VALUE_ROOM
    scale = _scale(chart, bottom, top)
    step = (right - left) / max(len(chart.categories) - 1, 1)
    for value in _ticks(chart):
        y = scale(value)
        body.append(f'<path d="M{left:g} {y:.1f}H{right:g}" stroke="{GRID}"/>')
        body.append(f'<text x="{left - 8:g}" y="{y + 5:.1f}" text-anchor="end">{escape(words(f"{value:g}"))}</text>')
    for number, name in enumerate(chart.categories):
        if number % _every(chart, step, words) == 0:
            x = left + step * number
            body.append(f'<text x="{x:.1f}" y="{bottom + LINE:g}" text-anchor="middle">{escape(words(name))}</text>')
    drawn = [_points(one.values, left, step, scale) for one in chart.series]
    for place, points in enumerate(drawn, start=1 - len(drawn)):
        body += _line(points, place)
    return [*body, *_ends([points[-1] for points in drawn if points], words)], bottom + LINE + 10


def _points(values: Sequence[Value | None], left: float, step: float, scale: Callable[[Value], float]) -> list[Point]:
    return [(left + step * number, scale(value), value) for number, value in enumerate(values) if value is not None]


def _line(points: Sequence[Point], place: int) -> list[str]:
    if not points:
        return []
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _value in points)
    dashes = {0: "", -1: ' stroke-dasharray="7 5"'}.get(place, ' stroke-dasharray="2 4"')
    line = f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="{3 if place == 0 else 2}"{dashes}/>'
    return [line, *(_point(x, y, place) for x, y, _value in points)]


def _ends(ends: Sequence[Point], words: Words) -> Iterator[str]:
    """Yield the number at the end of each line; numbers at one place stand below each other."""
    taken: dict[float, float] = {}
    for x, y, value in sorted(ends, key=lambda end: end[:2]):
        taken[x] = lower = max(y, taken.get(x, -LINE) + LINE)
        yield _value(value, x + 10, lower - BAR / 2, words)


def _point(x: float, y: float, place: int) -> str:
    if place == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    shape = "M{x:.1f} {y:.1f}l6 6-6 6-6-6z" if place == -1 else "M{x:.1f} {y:.1f}l6 11h-12z"
    return f'<path d="{shape.format(x=x, y=y - 6)}" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'


def _every(chart: Chart, step: float, words: Words) -> int:
    """Return that each how-many-th category can be named without touching the next."""
    widest = max((_width(words(name)) for name in chart.categories), default=0) + 10
    return max(1, int(-(-widest // step))) if step else 1


# What both have


def _legend(chart: Chart, words: Words, is_bullet: bool) -> Iterator[str]:
    if len(chart.series) < 2:
        return
    x = 10.0
    for number, one in enumerate(chart.series):
        place = number - len(chart.series) + 1
        if is_bullet and number:
            yield f'<path d="M{x + 12:g} 2v{BAR}" stroke="{INK}" stroke-width="3"/>'
        elif chart.kind is ChartKind.LINES:
            yield from _line(_points([0, 0], x, 26, lambda _value: 12.0), place)
        else:
            yield from _swatch(x, 0 if is_bullet else place)
        name = words(one.name)
        yield f'<text x="{x + 36:g}" y="18">{escape(name)}</text>'
        x += 36 + _width(name) + 28


def _swatch(x: float, place: int) -> list[str]:
    return _bar(0, x, lambda _value: x + 26, 3, place)


def _label(lines: Sequence[str], x: float, middle: float) -> list[str]:
    first = middle - LINE * (len(lines) - 1) / 2 + 4
    return [
        f'<text x="{x:g}" y="{first + LINE * number:g}" text-anchor="end">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _broken(text: str, widest: float) -> list[str]:
    """Return the lines of a label: broken at blanks, else between letters that stand alone."""
    lines = [""]
    for piece in _pieces(text, widest):
        if lines[-1] and _width(lines[-1] + piece) > widest:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _pieces(text: str, widest: float) -> Iterator[str]:
    for word in re.findall(r"\S+\s*", text):
        yield from [word] if _width(word) <= widest else _CLUSTER.findall(word)


@lru_cache(maxsize=4096)
def _width(text: str) -> float:
    return float(_font().getlength(text))


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "files" / "Sarabun-Regular.ttf"), SIZE)
