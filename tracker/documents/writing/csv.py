"""Figures as a CSV file (RFC 4180) that a spreadsheet opens in Thai, with nothing in it that it would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

Value: TypeAlias = str | int | None

MEDIA_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"  # without it a spreadsheet takes the letters for those of another alphabet
# What a spreadsheet takes for a formula, its wide forms among them; the last two are cut off before it looks.
_FORMULA = tuple("=+-@＝＋－＠\t\r")


def write(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows below their headings. Numbers stay numbers; a text that would be run gets a quote before it."""
    target = StringIO()
    writer = csv.writer(target)
    for row in (head, *rows):
        writer.writerow([_disarmed(value) if isinstance(value, str) else value for value in row])
    return (MARK + target.getvalue()).encode()


def _disarmed(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
