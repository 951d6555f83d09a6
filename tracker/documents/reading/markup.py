"""A raw cell → its words: without HTML, page breaks and stray spaces, whole or as the points of its list."""

import html
import re
from collections.abc import Iterator
from itertools import islice

from tracker.documents.reading.refusals import ReportTooLong
from tracker.domain.sentences import N_
from tracker.domain.thai import MONTHS, MONTHS_SHORT, clean

MOST_POINTS = 500
LONGEST_CELL = 20_000  # characters; a page has about 3,000
BREAK = "\x1e"  # ends a point, as a paragraph or list item of HTML does
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,24}\d{0,2});")
_ENDS_POINT = re.compile(r"</?(?:p|li|ul|ol|div|tr|table|h[1-6]|blockquote)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_ENDS_LINE = re.compile(r"</?(?:br|td|th|hr)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|font|sup|sub|small|big|mark|center|img|tbody|thead|style|page[\w-]*|\w+:\w+)(?=[\s/>])[^<>]*>"
    r"|<!--[^<>]*>|\*\*",
    re.IGNORECASE,
)

_BULLETS = "-–—•●○▪▫◦·*‣➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc"
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(\d{1,3})[.)](?!\d)\s*")
_LIST_BELOW = re.compile(rf"\n(?=[{re.escape(_BULLETS)}]|\(?\d{{1,3}}[.)](?!\d))")
_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_PAIRS = (("การติดต่อ", "สอบถาม"), ("ช่องทางติดต่อ", "สอบถาม"), ("งดรับ", "งดให้"), ("รายรับ", "รายจ่าย"))
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_BOUND = rf"\d|(?:วัน|เดือน)?(?:{'|'.join(map(re.escape, (*MONTHS, *MONTHS_SHORT, *_WEEKDAYS)))})"
_RANGE_BEGINS = re.compile(rf"(?:{_BOUND})$")
_RANGE_ENDS = re.compile(_BOUND)
_LATIN_PREFIX = re.compile(r"(?<![A-Za-z])[A-Za-z]$")  # E - Service


def plain(cell: str) -> str:
    """
    Return the cell's words on one line, its markup gone; no word is changed.

    :raises ReportTooLong: if the cell has more than `LONGEST_CELL` characters
    """
    return clean(_unmarked(cell).replace(BREAK, " "))


def lines_of(cell: str) -> str:
    """Return the cell's words with its lines and points on lines of their own, its markup gone."""
    lines = map(clean, _unmarked(cell[:LONGEST_CELL]).replace(BREAK, "\n").splitlines())
    return "\n".join(line for line in lines if line)


def points(cell: str) -> tuple[str, ...]:
    """
    Return the points of the list in a cell, in order; a cell without a list is one point, an empty one none.

    A list is HTML items or paragraphs, lines with bullets, bullets in one running line ("- a - b") if
    the line begins with one, or numbers that count on ("๑. a ๒. b"). Ranges and pairs (ต.ค. - ก.ย.,
    ติดต่อ - สอบถาม) and what stands in brackets are never split.

    :raises ReportTooLong: if there are more than `MOST_POINTS`, or more than `LONGEST_CELL` characters
    """
    blocks = _unmarked(cell).split(BREAK)
    listed = (point for block in blocks for piece in _pieces(_lines(block)) if (point := clean(piece)))
    found = tuple(islice(listed, MOST_POINTS + 1))
    if len(found) > MOST_POINTS:
        raise ReportTooLong(
            N_("A cell holds a list of more than %(limit)s points: this is no report."), limit=MOST_POINTS
        )
    return found


def _unmarked(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise ReportTooLong(N_("A cell holds more than %(limit)s characters: this is no report."), limit=LONGEST_CELL)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), cell)
    return _INLINE.sub("", _ENDS_LINE.sub("\n", _ENDS_POINT.sub(BREAK, text)))


def _lines(block: str) -> str:
    return "\n".join(shown for line in block.splitlines() if (shown := " ".join(line.split())))


def _pieces(text: str) -> Iterator[str]:
    if number := _NUMBER.match(text):
        yield from _numbered(text, int(number[1]))
    elif text[:1] and text[0] in _BULLETS:
        yield from _bulleted(text, text[0])
    elif below := _LIST_BELOW.search(text):
        yield text[: below.start()]
        yield from _pieces(text[below.end() :])
    else:
        yield text


def _numbered(text: str, expected: int) -> Iterator[str]:
    start = 0
    for number in _NUMBER.finditer(text):
        if int(number[1]) == expected and not text.endswith("ข้อ ", 0, number.start()):
            yield text[start : number.start()]
            start = number.end()
            expected += 1
    yield text[start:]


def _bulleted(text: str, bullet: str) -> Iterator[str]:
    open_text = _IN_BRACKETS.sub(lambda inside: inside[0].replace(bullet, "_"), text)
    start = 0
    for mark in re.finditer(rf"(?:^|(?<=\s)){re.escape(bullet)}[\s{re.escape(bullet)}]*", open_text):
        before = text[start : mark.start()].strip()
        if before and _belong_together(before[-40:], text[mark.end() : mark.end() + 40]):
            continue
        yield before
        start = mark.end()
    yield text[start:]


def _belong_together(before: str, after: str) -> bool:
    if any(before.endswith(left) and after.startswith(right) for left, right in _PAIRS):
        return True
    is_range = bool(_RANGE_BEGINS.search(before) and _RANGE_ENDS.match(after))
    return is_range or bool(_LATIN_PREFIX.search(before))
