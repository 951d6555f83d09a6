"""Glyphs of a cell or page → its lines, and the lines → text as it was before it was broken to fit."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise, takewhile
from statistics import median

from tracker.documents.reading.glyphs import Glyph
from tracker.domain.thai import clean

# All in em, the size of the letters.
_SAME_LINE = 0.4
_LEAST_SPACE = 0.08  # a space drawn between letters that touch is none
_GAP = 0.2  # letters this far apart are words apart, though no space was drawn
_WIDTH_OF_AA = 0.45  # the second half of ำ, which some fonts do not tell
_PADDING = 0.5  # of a table cell
_SHORT_BY = 6  # a line this much shorter than its cell was ended on purpose
_LINE_APART = 1.3  # times the usual distance of lines

_CLOSING = ".,)”%"
_OPENING = re.compile(r"[(]?[0-9๐-๙]{1,2}[.)]")
_POINT = re.compile(r"[-–—•●○▪▫◦*‣➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc] ?\S|\(?[0-9๐-๙]{1,2}[.)] ?[^0-9๐-๙]")
_SECTION = re.compile(r"[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2}){1,3}\.? *(?!คะแนน|บาท|ล้าน|ร้อยละ|เปอร์)[ก-ฮเ-ไ]")
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")
_MISPLACED_TONE = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e39])")


@dataclass
class _Cluster:
    """A letter with the marks above and below it."""

    text: str
    left: float
    right: float

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    def add(self, mark: Glyph) -> None:
        """Take a mark, which may bring another letter along (่ำ)."""
        self.text += mark.text
        self.right = max(self.right, mark.right)


@dataclass(frozen=True)
class Line:
    """
    A line of text from `left` to `right` at `y`, in points; its first word reaches to `word_right`.

    `text` keeps the space at its end if it has one.
    """

    text: str
    left: float
    right: float
    word_right: float
    y: float
    size: float


@dataclass
class _OpenLine:
    y: float
    size: float
    clusters: list[_Cluster] = field(default_factory=list)

    def closed(self) -> Line | None:
        self.clusters.sort(key=lambda cluster: cluster.left)
        written = [one for one in self.clusters if not one.is_space]
        if not written:
            return None
        following = list(dropwhile(lambda one: one.is_space, self.clusters))
        word = list(takewhile(lambda one: not one.is_space, following))
        text = clean(_MISPLACED_TONE.sub(r"\2\1", "".join(self._parts())))
        ends = " " if self.clusters[-1].is_space else ""
        return Line(text + ends, written[0].left, max(one.right for one in written), word[-1].right, self.y, self.size)

    def _parts(self) -> Iterator[str]:
        stretched = self._stretched()
        last, is_spaced = None, False
        for one in self.clusters:
            if one.is_space:
                is_spaced = True
                continue
            gap = self._gap(last, one) if last else 0
            hidden = _WIDTH_OF_AA if last and last.text.endswith("ำ") else 0
            is_apart = gap > _GAP + stretched + hidden and one.text not in _CLOSING
            if is_apart or (is_spaced and gap > _LEAST_SPACE):
                yield " "
            yield one.text
            last, is_spaced = one, False

    def _gap(self, one: _Cluster, following: _Cluster) -> float:
        """Return how far apart two letters stand, in em."""
        return (following.left - one.right) / self.size

    def _stretched(self) -> float:
        """Return how far apart most letters stand, in em: the words of a line are drawn out to fill it."""
        letters = [one for one in self.clusters if not one.is_space]
        return max(0.0, median([self._gap(one, other) for one, other in pairwise(letters)])) if letters[1:] else 0.0


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines that the glyphs stand in, from top to bottom. Marks stay with the letter drawn before them."""
    lines: list[_OpenLine] = []
    line = None
    for glyph in glyphs:
        if line and is_mark(glyph.text) and _touches(line.clusters[-1], glyph):
            line.clusters[-1].add(glyph)
            continue
        line = next((one for one in reversed(lines) if abs(one.y - glyph.y) < _SAME_LINE * one.size), None)
        if line is None:
            line = _OpenLine(glyph.y, glyph.size)
            lines.append(line)
        line.clusters.append(_Cluster(glyph.text, glyph.left, glyph.right))
    return sorted(filter(None, (line.closed() for line in lines)), key=lambda line: line.y)


def is_mark(text: str) -> bool:
    """Say whether this is a vowel or tone above or below a letter."""
    return unicodedata.category(text[0]) == "Mn"


def _touches(cluster: _Cluster, mark: Glyph) -> bool:
    return not cluster.is_space and abs(mark.middle - cluster.right) < 1.5 * mark.size


def distance(groups: Iterable[Sequence[Line]]) -> float | None:
    """Return how far below each other the lines of a paragraph stand, in em, or None if there are no two lines."""
    apart = ((below.y - above.y) / above.size for lines in groups for above, below in pairwise(lines))
    return min((one for one in apart if one > 1), default=None)


def paragraphs(lines: Sequence[Line], *, left: float, right: float, apart: float | None) -> Iterator[str]:
    """
    Yield the paragraphs of the lines of one cell or column, each as one line of text.

    A line goes on in the next unless the next begins a point of a list, stands further below than `apart` (in em), or
    would have found room in it.
    """
    points = [bool(_POINT.match(line.text)) for line in lines]
    is_list = points[:1] == [True] or sum(points) > 1  # else a dash or number came to the front by chance
    text = ""
    for above, below, is_point in zip([None, *lines], lines, points, strict=False):
        is_new = (is_list and is_point) or _SECTION.match(below.text)
        if above and (is_new or _ends(above, below, left=left, right=right, apart=apart)):
            yield text.rstrip()
            text = ""
        text += _break(text, below.text) + below.text
    if text:
        yield text.rstrip()


def fills_line(lines: Sequence[Line], *, right: float) -> bool:
    """Say whether the last line was broken because it is full, in the midst of Thai words."""
    if not lines or not _THAI.fullmatch(lines[-1].text[-1]):
        return False
    return right - lines[-1].right < (_PADDING + _SHORT_BY) * lines[-1].size


def _break(before: str, after: str) -> str:
    """
    Return what stood where a line was broken.

    Thai is broken between words without a space, and writers of PDF keep the space if there was one; anything else is
    broken at spaces, after hyphens and slashes alone.
    """
    if not before or before.endswith((" ", "-", "/")):
        return ""
    is_spaced = after.startswith(("ๆ", "พ.ศ."))  # ต่าง ๆ, ปีงบประมาณ พ.ศ.
    return "" if _THAI.fullmatch(before[-1]) and _THAI.fullmatch(after[0]) and not is_spaced else " "


def _ends(above: Line, below: Line, *, left: float, right: float, apart: float | None) -> bool:
    if apart is not None and below.y - above.y > _LINE_APART * apart * above.size:
        return True
    is_torn = below.y < above.y  # it stands on the next page
    if is_torn and _OPENING.match(below.text):
        return True
    size = above.size
    room = right - above.right - _PADDING * size
    before = above.left - left - _PADDING * size
    if abs(room - before) < size:  # in the middle
        room += before
    short_by = _SHORT_BY / 2 if is_torn else _SHORT_BY
    return room > min(short_by * size, below.word_right - below.left + size)
