"""A table as a CSV file (RFC 4180): Thai letters that spreadsheets read, and nothing in it that they would run."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | None

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet takes UTF-8 for another encoding
# What a spreadsheet would take for the beginning of a formula, blanks before it or not, in wide letters as well.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def write(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the rows below their headings. Numbers stay numbers; a text that would be run gets an apostrophe."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    for row in (columns, *rows):
        writer.writerow([_disarmed(value) for value in row])
    return (BYTE_ORDER_MARK + target.getvalue()).encode()


def _disarmed(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
