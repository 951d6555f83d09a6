"""The value of a spreadsheet's cell → the words a person sees in it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from tracker.documents.plan_layout import NO, YES
from tracker.domain.thai import BE_OFFSET, MONTHS, clean

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376, ST_Xstring
_FIRST_BUDDHIST_YEAR = 2400  # who types 31/3/2569 means พ.ศ., whatever the spreadsheet makes of it
_OTHER_LINES = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r\n?")


class Sheet(Protocol):
    """A sheet of a workbook that openpyxl opened."""

    title: str

    def iter_rows(self, *, values_only: bool) -> Iterable[Sequence[Any]]:
        """Return the rows as values."""


def text_of(value: Any) -> str:
    """Return the cell's words: lines stay lines, days are Thai dates, whole numbers have no decimals."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        year = value.year if value.year >= _FIRST_BUDDHIST_YEAR else value.year + BE_OFFSET
        return f"{value.day} {MONTHS[value.month - 1]} {year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def tidy(text: str) -> str:
    """Return a text whose every line is as `clean` makes it, without empty lines around."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\n" not in text and "\r" not in text and not _OTHER_LINES.search(text):
        return clean(text)
    return "\n".join(map(clean, _OTHER_LINES.sub("\n", text).split("\n"))).strip("\n")
