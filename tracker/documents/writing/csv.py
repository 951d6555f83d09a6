"""A list as a CSV file: Thai letters that spreadsheets read, and nothing in it that they would run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

Value: TypeAlias = str | int | None

MEDIA_TYPE = "text/csv"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet takes UTF-8 for another encoding
# What a spreadsheet would take for the beginning of a formula, blanks before it or not, in wide letters as well.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the list with its headings in UTF-8, lines ended as RFC 4180 has them."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    for row in (columns, *rows):
        writer.writerow([_disarmed(value) for value in row])
    return (BYTE_ORDER_MARK + target.getvalue()).encode()


def _disarmed(value: Value) -> Value:
    """Return a text that would be taken for a formula behind an apostrophe; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
