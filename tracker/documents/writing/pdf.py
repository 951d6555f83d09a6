"""A paper as PDF: tagged (PDF/UA-1), with bookmarks and its own fonts; the same paper gives the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tracker.documents.writing import charts, rows
from tracker.documents.writing.glyphs import breakable, with_glyphs
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
from tracker.documents.writing.typesetting import TEMPLATES, compiler, forget

MEDIA_TYPE = "application/pdf"
TEMPLATE = TEMPLATES / "paper.typ"
# Letters in a line across the page, a lying and an upright one; letters of a table are smaller.
ACROSS = {True: 100, False: 64}
SMALLER = 1.1
NOTHING = "–"


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
        setter = compiler(TEMPLATE, paper=data(paper))
        content, warnings = setter.compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as error:
        raise UnwritablePaper(str(error)) from error
    finally:
        forget()
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
            "blocks": [
                dict(_block(block, words), sticky=isinstance(following, Signatures | Table))  # what leads there stays
                for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=False)
            ],
        },
        ensure_ascii=False,
    )


class _Words(Shown):
    """Texts with letters that the fonts of a PDF have, and lines that end on the page."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self.letters = ACROSS[paper.is_landscape]

    def __call__(self, text: str) -> str:
        return self.within(text, 1)

    def within(self, text: str, share: float) -> str:
        """Return the text for a part of the page's width."""
        return breakable(with_glyphs(super().__call__(text)), letters=max(1, int(self.letters * share)))

    @staticmethod
    def code(text: str) -> str:
        return with_glyphs(Shown.code(text))


def _block(block: Block, words: _Words) -> Mapping[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": _seen(words(text)), "level": level}
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
                    {name: words.within(text, 1 / 4) for name, text in asdict(place).items()} for place in places
                ],
            }
        case PageBreak():
            return {"kind": "pagebreak"}


def _seen(text: str) -> str:
    """Return the text of a heading, which PDF/UA wants to be more than blanks and letters that nobody sees."""
    return text if any(one.isprintable() and not one.isspace() for one in text) else NOTHING


def _table(table: Table, words: _Words) -> Mapping[str, Any]:
    total = sum(column.share for column in table.columns)
    shares = [column.share / total * SMALLER for column in table.columns]
    titles = [words.within(column.title, share) for column, share in zip(table.columns, shares, strict=True)]
    return {
        "kind": "table",
        "title": words(table.title),
        "shows_title": table.shows_title,
        "columns": [
            {"title": title, "share": column.share} for title, column in zip(titles, table.columns, strict=True)
        ],
        "rows": [
            {"section": words(row.text)}
            if isinstance(row, Section)
            else {
                "cells": [_cell(cell, words, share) for cell, share in zip(row.cells, shares, strict=True)],
                "whole": rows.stays_whole(row, table.columns),
            }
            for row in table.rows
        ],
    }


def _cell(cell: Cell, words: _Words, share: float) -> Mapping[str, Any]:
    texts = [words.within(text, share) for text in rows.texts(cell)]
    return {"texts": texts, "strong": cell.is_strong, "align": str(cell.align)}


def _chart(chart: Chart, words: _Words) -> Mapping[str, Any]:
    drawing = charts.set_parts(chart, thai_digits=words.thai_digits)
    return {
        "kind": "chart",
        "title": words(chart.title),
        "finding": words(chart.finding),
        "alt": words(charts.description(chart)),
        "drawing": drawing | {"words": [word | {"text": with_glyphs(word["text"])} for word in drawing["words"]]},
    }
