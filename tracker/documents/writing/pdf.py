"""A paper as PDF: tagged (PDF/UA-1), with bookmarks and its own fonts; the same paper gives the same bytes."""

import json
import re
import struct
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.documents.writing import charts, rows
from tracker.documents.writing.paper import (
    Block,
    Cell,
    Chart,
    Code,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Points,
    Section,
    Signatures,
    Table,
)
from tracker.documents.writing.texts import Shown
from tracker.documents.writing.typesetting import FONTS, compiler

MEDIA_TYPE = "application/pdf"
TEMPLATE = Path(__file__).parents[3] / "templates" / "documents" / "paper.typ"
NO_GLYPH = "□"
# What Sarabun lacks and typst's own second font has: arrows, mathematical signs, boxes and shapes, ticks.
SECOND_FONT = re.compile("[\u2190-\u21ff\u2500-\u25ff\u2713-\u2718]")
_JOINERS = re.compile("[\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")  # they show nothing themselves


class UnwritablePaper(Exception):
    """The PDF would not show the paper right, such as for want of a font; the message says why."""


def write(paper: Paper) -> bytes:
    """
    Return the paper as PDF. Texts are data and are never read as markup; letters that no font has become □.

    :raises UnwritablePaper: if anything was not as it should be, a warning included
    """
    # It takes a while to load, and most of the time nobody prints.
    import typst

    try:
        setter = compiler(TEMPLATE.read_bytes(), paper=data(paper))
        content, warnings = setter.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise UnwritablePaper(str(error)) from error
    if warnings:
        raise UnwritablePaper("; ".join(str(warning) for warning in warnings))
    assert isinstance(content, bytes)
    return content


def data(paper: Paper) -> str:
    """Return the paper as the JSON that the template reads."""
    words = _Words(paper)
    return json.dumps(
        {
            "title": words(paper.title),
            "subtitle": [words(line) for line in paper.subtitle],
            "organization": words(paper.organization),
            "foot": words(paper.foot),
            "keywords": [words(word) for word in paper.keywords],
            "landscape": paper.is_landscape,
            "thai": paper.has_thai_digits,
            "blocks": [_block(block, words) for block in paper.blocks],
        },
        ensure_ascii=False,
    )


class _Words(Shown):
    """Texts with letters that the fonts of a PDF have."""

    def __call__(self, text: str) -> str:
        return _with_glyphs(super().__call__(text))

    @staticmethod
    def code(text: str) -> str:
        return _with_glyphs(Shown.code(text))


def _block(block: Block, words: _Words) -> Mapping[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": words(text), "level": level}
        case Paragraph(text, label):
            return {"kind": "paragraph", "text": words(text), "label": words(label)}
        case Points(items, numbered):
            return {"kind": "points", "items": [words(item) for item in items], "numbered": numbered}
        case Code(label, text):
            return {"kind": "code", "label": words(label), "text": words.code(text)}
        case Table():
            return _table(block, words)
        case Chart():
            return _chart(block, words)
        case Signatures(places):
            return {
                "kind": "signatures",
                "places": [
                    {"role": words(one.role), "position": words(one.position), "name": words(one.name)}
                    for one in places
                ],
            }
        case PageBreak():
            return {"kind": "pagebreak"}


def _table(table: Table, words: _Words) -> Mapping[str, Any]:
    return {
        "kind": "table",
        "title": words(table.title),
        "shows_title": table.shows_title,
        "columns": [{"title": words(column.title), "share": column.share} for column in table.columns],
        "rows": [
            {"section": words(row.text)}
            if isinstance(row, Section)
            else {"cells": [_cell(cell, words) for cell in row.cells], "whole": rows.stays_whole(row, table.columns)}
            for row in table.rows
        ],
    }


def _cell(cell: Cell, words: _Words) -> Mapping[str, Any]:
    return {"texts": [words(text) for text in rows.texts(cell)], "strong": cell.is_strong, "align": str(cell.align)}


def _chart(chart: Chart, words: _Words) -> Mapping[str, Any]:
    return {
        "kind": "chart",
        "title": words(chart.title),
        "finding": words(chart.finding),
        "alt": words(charts.description(chart)),
        "svg": _with_glyphs(charts.drawn(chart, words.thai_digits)),
    }


def _with_glyphs(text: str) -> str:
    letters = _letters()
    return "".join(
        letter if ord(letter) in letters or letter in "\n\t" or SECOND_FONT.match(letter) else NO_GLYPH
        for letter in _JOINERS.sub("", text)
    )


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
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
