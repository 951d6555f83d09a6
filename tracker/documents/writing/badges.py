"""
Pictures of a plan's progress for other sites: a badge and a strip as SVG, a few hundred bytes each.

A picture on another site can load no font and run no script, and a style in it would follow the reader's settings, not
the site's: so texts are drawn in fonts that systems have, each fitted to its place whatever the font (`textLength`),
and light or dark is part of the picture's address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tracker.documents.writing.texts import printable

MEDIA_TYPE = "image/svg+xml; charset=utf-8"
FONTS = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', 'Leelawadee UI', Thonburi, Tahoma, sans-serif"
# Signs that stand on or under the letter before them take no width; ำ stands half above it.
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_WIDTH = 0.56
_WIDTHS = {" ": 0.27, ".": 0.27, "·": 0.3, "%": 0.85, "m": 0.83, "I": 0.28, "i": 0.25, "t": 0.3, "l": 0.25} | {
    "เ": 0.33,
    "แ": 0.6,
    "า": 0.45,
    "ำ": 0.45,
    "ร": 0.45,
}


class Theme(StrEnum):
    """The ground that the picture stands on."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colours:
    """Each pair of ink and ground has a contrast of 4.5 at least, the bar 3 on its track."""

    ground: str
    ink: str
    label: str
    label_ink: str
    track: str
    bar: str
    edge: str


COLOURS = {
    Theme.LIGHT: Colours("#ffffff", "#1b2733", "#0b4f6c", "#ffffff", "#d5dde5", "#0b4f6c", "#8494a5"),
    Theme.DARK: Colours("#17212b", "#f2f5f8", "#9fd3ea", "#10202f", "#3a4856", "#9fd3ea", "#6b7d8f"),
}


@dataclass(frozen=True)
class Badge:
    """What the badge says; `title` is read aloud."""

    title: str
    label: str
    value: str
    percent: int | None


@dataclass(frozen=True)
class Strip:
    """What the strip says: a heading, and each indicator's number and percent (None: nothing to do)."""

    title: str
    heading: str
    percents: Sequence[tuple[int, int | None]]


BADGE_HEIGHT, SIZE, PAD = 30, 14, 9
PARTS = " · "  # between the parts of a heading, where a line may end


@dataclass(frozen=True)
class Layout:
    """How a strip is laid out: so many indicators in a row, below so many lines of heading."""

    width: int
    height: int
    row: int
    lines: int
    column: int
    margin: int = 15


WIDE = Layout(width=720, height=84, row=10, lines=1, column=69)
NARROW = Layout(width=340, height=156, row=5, lines=2, column=62)  # as wide as a phone, or a column beside a text


def badge(said: Badge, theme: Theme) -> bytes:
    """Return the badge."""
    colours = COLOURS[theme]
    left, right = (_width(text, SIZE) + 2 * PAD for text in (said.label, said.value))
    root = _picture(said.title, left + right, BADGE_HEIGHT)
    _box(root, 0, 0, left + right, BADGE_HEIGHT, colours.ground, edge=colours.edge)
    _box(root, 0, 0, left, BADGE_HEIGHT, colours.label)
    if said.percent is not None:
        _bar(root, left + PAD, BADGE_HEIGHT - 6, right - 2 * PAD, said.percent, colours)
    _words(root, said.label, left / 2, 20, colours.label_ink)
    _words(root, said.value, left + right / 2, 19, colours.ink)
    return _written(root)


def strip(said: Strip, theme: Theme, layout: Layout = WIDE) -> bytes:
    """Return the strip of all indicators."""
    colours = COLOURS[theme]
    root = _picture(said.title, layout.width, layout.height)
    _box(root, 0, 0, layout.width, layout.height, colours.ground, edge=colours.edge)
    for line, words in enumerate(said.heading.split(PARTS, layout.lines - 1)):
        _words(root, words, layout.width / 2, 23 + 20 * line, colours.ink)
    for place, (number, percent) in enumerate(said.percents):
        row, column = divmod(place, layout.row)
        left, top = layout.margin + column * layout.column, 16 + 20 * layout.lines + 51 * row
        middle = left + layout.column / 2
        _bar(root, left + 4, top, layout.column - 8, percent or 0, colours)
        _short(root, f"{number}", middle, top + 19, colours.ink)
        _short(root, "–" if percent is None else f"{percent}%", middle, top + 37, colours.ink)
    return _written(root)


def badge_size(said: Badge) -> tuple[int, int]:
    """Return the width and height of a badge in pixels."""
    return _width(said.label, SIZE) + _width(said.value, SIZE) + 4 * PAD, BADGE_HEIGHT


def _picture(title: str, width: int, height: int) -> Element:
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", width=f"{width}", height=f"{height}")
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "role": "img", "aria-labelledby": "t"}
    root.attrib |= {"font-family": FONTS, "font-size": f"{SIZE}", "text-anchor": "middle"}
    SubElement(root, "title", id="t").text = printable(title)
    return root


def _box(root: Element, x: float, y: float, width: float, height: float, fill: str, *, edge: str = "") -> None:
    placed = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height), "fill": fill}
    if edge:
        inset = {"x": "0.5", "y": "0.5", "width": _number(width - 1), "height": _number(height - 1), "stroke": edge}
        placed |= inset
    SubElement(root, "rect", placed)


def _bar(root: Element, x: float, y: float, width: float, percent: int, colours: Colours) -> None:
    _box(root, x, y, width, 3, colours.track)
    if percent:
        _box(root, x, y, width * percent / 100, 3, colours.bar)


def _words(root: Element, text: str, x: float, y: float, fill: str) -> None:
    """Draw a text around its middle, no wider and no narrower than its place."""
    fitted = {"textLength": f"{_width(text, SIZE)}", "lengthAdjust": "spacingAndGlyphs"}
    SubElement(root, "text", {"x": _number(x), "y": _number(y), "fill": fill} | fitted).text = printable(text)


def _short(root: Element, text: str, x: float, y: float, fill: str) -> None:
    """Draw a number or a percentage, which has room whatever the font."""
    SubElement(root, "text", {"x": _number(x), "y": _number(y), "fill": fill}).text = text


def _width(text: str, size: int) -> int:
    """Return about how many pixels wide a text is; whatever the font, it is fitted to that."""
    return round(sum(_WIDTHS.get(letter, _WIDTH) for letter in text if letter not in _MARKS) * size)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _written(root: Element) -> bytes:
    return ElementTree.tostring(root, encoding="utf-8")
