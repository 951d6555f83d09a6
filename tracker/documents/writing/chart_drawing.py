"""How a chart is drawn: shapes as SVG, and the words that stand on them. Series differ without colour."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from PIL import ImageFont

from tracker.documents.writing.paper import Chart, ChartKind
from tracker.documents.writing.typesetting import FONTS

WIDTH = 680  # units of the drawing; 16 cm on paper
SIZE, LINE = 15, 22
INK, PALE, GRID, PAPER = "#17324d", "#dbe7f0", "#c8cdd2", "#ffffff"
GAP = 14  # between two categories
BAR = 20
WIDEST_LABEL = 250
VALUE_ROOM = 66
PLOT_HEIGHT = 240

Value: TypeAlias = Decimal | int | float
Point: TypeAlias = tuple[float, float, Value]
Scale: TypeAlias = Callable[[Value], float]
Words: TypeAlias = Callable[[str], str]
_CLUSTER = re.compile("[เแโใไ]?.[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0300-\u036f]*", re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A text whose baseline begins, has its middle or ends at a place; `has_edge` keeps lines behind it away."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    has_edge: bool = False


Part: TypeAlias = str | Word


@dataclass(frozen=True)
class Drawing:
    """The parts of a chart, those behind first, on a sheet WIDTH wide."""

    parts: Sequence[Part]
    height: float

    @property
    def shapes(self) -> list[str]:
        """What is no text, as elements of SVG."""
        return [part for part in self.parts if isinstance(part, str)]

    @property
    def words(self) -> list[Word]:
        """What is text."""
        return [part for part in self.parts if isinstance(part, Word)]


def draw(chart: Chart, words: Words) -> Drawing:
    """Return the drawing; `words` turns a text into what is shown."""
    parts, height = (_lines if chart.kind is ChartKind.LINES else _bars)(chart, words)
    return Drawing(parts, height)


def value_text(value: Value) -> str:
    """Return a number as charts print it: whole as it is, else with two decimals."""
    return str(value) if isinstance(value, int) else f"{value:.2f}"


# Bars and bullets


def _bars(chart: Chart, words: Words) -> tuple[list[Part], float]:
    is_bullet = chart.kind is ChartKind.BULLETS
    series = chart.series[:1] if is_bullet else chart.series
    labels = [_broken(words(name), WIDEST_LABEL) for name in chart.categories]
    left = min(WIDEST_LABEL, max((_width(line) for lines in labels for line in lines), default=0)) + 12
    scale = _scale(chart, left, WIDTH - VALUE_ROOM)
    body = list(_legend(chart, words, is_bullet))
    top = y = LINE + 14.0 if body else 6.0
    rows: list[Part] = []
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


def _bar(value: Value | None, left: float, scale: Scale, y: float, place: int) -> list[str]:
    """`place` is 0 for the newest series, which is solid; those before it are hatched and then blank."""
    if value is None:
        return []
    wide, tall = max(scale(value) - left, 0), BAR - 3
    fill = {0: INK, -1: PALE}.get(place, PAPER)
    box = f'<rect x="{left:g}" y="{y:g}" width="{wide:.1f}" height="{tall}" fill="{fill}" stroke="{INK}"/>'
    return [box, _hatch(left, y, wide, tall)] if place == -1 else [box]


def _value(value: Value | None, x: float, y: float, words: Words) -> Word:
    """Return the number beside its bar, free of the lines behind it."""
    return Word(x, y + BAR / 2 + 4, "–" if value is None else words(value_text(value)), has_edge=True)


def _mark(value: Value | None, scale: Scale, y: float) -> list[str]:
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


def _ruler(chart: Chart, scale: Scale, top: float, bottom: float, words: Words) -> Iterator[Part]:
    for value in _ticks(chart):
        x = scale(value)
        yield f'<path d="M{x:.1f} {top:g}V{bottom:g}" stroke="{GRID}"/>'
        yield Word(x, bottom + LINE - 4, words(f"{value:g}"), "middle")


def _scale(chart: Chart, low: float, high: float) -> Scale:
    span = chart.most - chart.least or 1
    return lambda value: low + (min(max(float(value), chart.least), chart.most) - chart.least) / span * (high - low)


def _ticks(chart: Chart) -> list[float]:
    return [chart.least + (chart.most - chart.least) * part / 4 for part in range(5)]


# Lines


def _lines(chart: Chart, words: Words) -> tuple[list[Part], float]:
    body = list(_legend(chart, words, False))
    top = LINE + 24.0 if body else 18.0
    bottom, left, right = top + PLOT_HEIGHT, 52.0, WIDTH - VALUE_ROOM
    scale = _scale(chart, bottom, top)
    step = (right - left) / max(len(chart.categories) - 1, 1)
    for value in _ticks(chart):
        y = scale(value)
        body.append(f'<path d="M{left:g} {y:.1f}H{right:g}" stroke="{GRID}"/>')
        body.append(Word(left - 8, y + 5, words(f"{value:g}"), "end"))
    for number, name in enumerate(chart.categories):
        if number % _every(chart, step, words) == 0:
            body.append(Word(left + step * number, bottom + LINE, words(name), "middle"))
    drawn = [_points(one.values, left, step, scale) for one in chart.series]
    for place, points in enumerate(drawn, start=1 - len(drawn)):
        body += _line(points, place)
    return [*body, *_ends([points[-1] for points in drawn if points], words)], bottom + LINE + 10


def _points(values: Sequence[Value | None], left: float, step: float, scale: Scale) -> list[Point]:
    return [(left + step * number, scale(value), value) for number, value in enumerate(values) if value is not None]


def _line(points: Sequence[Point], place: int) -> list[str]:
    if not points:
        return []
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _value in points)
    dashes = {0: "", -1: ' stroke-dasharray="7 5"'}.get(place, ' stroke-dasharray="2 4"')
    line = f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="{3 if place == 0 else 2}"{dashes}/>'
    return [line, *(_point(x, y, place) for x, y, _value in points)]


def _ends(ends: Sequence[Point], words: Words) -> Iterator[Word]:
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


def _legend(chart: Chart, words: Words, is_bullet: bool) -> Iterator[Part]:
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
        yield Word(x + 36, 18, name)
        x += 36 + _width(name) + 28


def _swatch(x: float, place: int) -> list[str]:
    return _bar(0, x, lambda _value: x + 26, 3, place)


def _label(lines: Sequence[str], x: float, middle: float) -> list[Word]:
    first = middle - LINE * (len(lines) - 1) / 2 + 4
    return [Word(x, first + LINE * number, line, "end") for number, line in enumerate(lines)]


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
