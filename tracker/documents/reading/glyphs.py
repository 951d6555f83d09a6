"""A page of a PDF → its glyphs, each with its letters and place, the page turned so that its text is upright."""

import ctypes
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from math import pi
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tracker.documents.reading.refusals import ReportTooLong
from tracker.domain.sentences import N_

MOST_GLYPHS = 60_000  # of a page; a full one has about 4,000
_REMEMBERED = 20  # how many glyphs of the same letters are looked through for a double
Turn = Callable[[float, float], tuple[float, float]]

_Height = tuple[float, float]

# PDF counts upwards from the foot of the page; read, y counts downwards. The key is the text's direction in quarters.
_TURNS: dict[int, Turn] = {
    0: lambda x, y: (x, -y),
    1: lambda x, y: (y, x),
    2: lambda x, y: (-x, y),
    3: lambda x, y: (-y, -x),
}
# Older Thai fonts keep the lowered and shifted forms of marks in the private use area, U+F700 to U+F71A.
_SHIFTED = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
_REAL_LETTERS = {chr(0xF700 + at): letter for at, letter in enumerate(_SHIFTED)} | {
    "\ufffe": "-",  # pdfium writes these for a hyphen at the end of a line
    "\x02": "-",
}


class Glyph(NamedTuple):
    """One or more letters drawn at one place: `left` to `right`, from `x` on the line `y`, in points, y downwards."""

    text: str
    left: float
    right: float
    x: float
    y: float
    size: float
    quarter: int = 0  # how the glyph is turned on the page, in quarters; 0 is upright

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def body(self) -> float:
        """Return where the letters' bodies are, above the line."""
        return self.y - 0.3 * self.size if self.quarter == 0 else self.y


def glyphs_of(page: pdfium.PdfPage) -> tuple[list[Glyph], Turn]:
    """
    Return a page's glyphs in the order they were drawn, and how its points are turned for upright reading.

    Spaces drawn on their own come last.

    :raises ReportTooLong: if it has more than `MOST_GLYPHS`
    """
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > MOST_GLYPHS:
        raise ReportTooLong(N_("A page holds more than %(limit)s letters: this is no report."), limit=MOST_GLYPHS)
    drawn = [index for index in range(count) if raw.FPDFText_IsGenerated(textpage, index) != 1]
    quarters = [round(-2 * raw.FPDFText_GetCharAngle(textpage, index) / pi) % 4 for index in drawn]
    direction = Counter(quarters).most_common(1)[0][0] if quarters else 0
    turn = _TURNS[direction]
    found = (
        _glyph(textpage, index, turn, (quarter - direction) % 4) for index, quarter in zip(drawn, quarters, strict=True)
    )
    glyphs = [*_without_doubles(_joined(found)), *_lone_spaces(page, turn)]
    textpage.close()
    return glyphs, turn


def _lone_spaces(page: pdfium.PdfPage, turn: Turn) -> Iterator[Glyph]:
    """Yield the spaces drawn on their own: pdfium forgets them after a letter whose marks were shifted."""
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
        left, bottom, right, top = text.get_bounds()
        if left == right and bottom == top:
            x, y = turn(left, bottom)
            yield Glyph(" ", x, x, x, y, 1)


def _glyph(textpage: pdfium.PdfTextPage, index: int, turn: Turn, quarter: int) -> tuple[Glyph, _Height]:
    letter = chr(raw.FPDFText_GetUnicode(textpage, index))
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, index, box)
    (one, top), (other, bottom) = turn(box.left, box.bottom), turn(box.right, box.top)
    size = raw.FPDFText_GetFontSize(textpage, index) or 1
    letter = _REAL_LETTERS.get(letter, letter)
    return Glyph(letter, min(one, other), max(one, other), *turn(x.value, y.value), size, quarter), (top, bottom)


def _joined(glyphs: Iterator[tuple[Glyph, _Height]]) -> Iterator[Glyph]:
    """Letters that one glyph stands for share its origin, and its box whole or in equal parts: keep them together."""
    held, held_height = None, (0.0, 0.0)
    for glyph, height in glyphs:
        if held and _are_one(held, glyph, is_level=height == held_height):
            left, right = min(held.left, glyph.left), max(held.right, glyph.right)
            held = held._replace(text=held.text + glyph.text, left=left, right=right)
            continue
        if held:
            yield held
        held, held_height = glyph, height
    if held:
        yield held


def _are_one(glyph: Glyph, following: Glyph, *, is_level: bool) -> bool:
    if (glyph.x, glyph.y) != (following.x, following.y) or glyph.is_space or following.is_space:
        return False
    is_beside = min(abs(following.left - glyph.right), abs(glyph.left - following.right)) < 0.01
    return (is_beside and is_level) or (following.left, following.right) == (glyph.left, glyph.right)


def _without_doubles(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Leave out what is drawn once more on the same place: a shifted mark told again with its letter, false bold."""
    drawn: dict[str, deque[Glyph]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))
    for glyph in glyphs:
        alike, middle, reach = drawn[glyph.text], glyph.middle, glyph.size / 2
        if not any(one.left <= middle <= one.right and abs(glyph.y - one.y) < reach for one in alike):
            alike.append(glyph)
            yield glyph


def upright(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], int]:
    """Return the glyphs as if most of them were upright, and by how many quarters they were turned: headings may be."""
    quarter = Counter(glyph.quarter for glyph in glyphs).most_common(1)[0][0] if glyphs else 0
    if quarter == 0:
        return list(glyphs), 0
    turn = _TURNS[quarter]
    return [_turned(glyph, turn) for glyph in glyphs], quarter


def _turned(glyph: Glyph, turn: Turn) -> Glyph:
    """A turned letter's box does not say how far it reaches along its line: at most about so far."""
    left, y = turn(glyph.x, -glyph.y)
    return glyph._replace(left=left, right=left + 0.7 * glyph.size, y=y, quarter=0)
