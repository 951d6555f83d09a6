"""Which letters the fonts of a PDF have, and where a line may end that offers no place of its own."""

import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tracker.documents.writing.typesetting import FONTS

NO_GLYPH = "□"
MAY_BREAK = "\u200b"
# What Sarabun lacks and typst's own second font has: arrows, boxes and shapes, ticks.
SECOND_FONT = re.compile("[\u2190-\u21ff\u2500-\u25ff\u2713-\u2718]")
_INVISIBLE = re.compile("[\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")
_MARK = re.compile("[\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]")  # it stands on the letter before it


def with_glyphs(text: str) -> str:
    """Return the text with □ for every letter that no font has."""
    letters = letters_of_the_font()
    return "".join(
        letter if ord(letter) in letters or letter in ("\n", MAY_BREAK) or SECOND_FONT.match(letter) else NO_GLYPH
        for letter in _INVISIBLE.sub("", text)
    )


def breakable(text: str, *, letters: int) -> str:
    """
    Return the text with places to break in every run that would be wider than a line of so many letters.

    Thai is broken by its words; addresses, numbers and a syllable many times over would run out of the page.
    """
    runs = re.compile(rf"[^\s\u0e01-\u0e4e]{{{letters},}}|(\S{{1,4}}?)\1{{{letters // 2},}}")
    return runs.sub(lambda run: "".join(_with_breaks(run[0])), text)


def _with_breaks(run: str) -> Iterator[str]:
    for letter, following in zip(run, [*run[1:], None], strict=True):
        yield letter
        if following is not None and not _MARK.match(following):
            yield MAY_BREAK


@lru_cache(maxsize=1)
def letters_of_the_font() -> frozenset[int]:
    """Return the letters that Sarabun has: its table `cmap`, of format 4 (OpenType 1.9, cmap)."""
    font = (FONTS / "files" / "Sarabun-Regular.ttf").read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    start = next(place for tag, _sum, place, _size in _records(font, ">4sIII", 12, tables) if tag == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    places = [start + place for _platform, _encoding, place in _records(font, ">HHI", start + 4, count)]
    segments = next(place for place in places if struct.unpack_from(">H", font, place)[0] == 4)
    doubled = struct.unpack_from(">H", font, segments + 6)[0]
    lasts = struct.unpack_from(f">{doubled // 2}H", font, segments + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", font, segments + 16 + doubled)
    return frozenset(letter for first, last in zip(firsts, lasts, strict=True) for letter in range(first, last + 1))


def _records(font: bytes, form: str, start: int, count: int) -> Iterator[tuple[Any, ...]]:
    yield from struct.iter_unpack(form, font[start : start + struct.calcsize(form) * count])
