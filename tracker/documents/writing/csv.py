"""A table as a CSV file that spreadsheets open as it is: Thai stays readable, and nothing in it is run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

Value: TypeAlias = str | int | None

MEDIA_TYPE = "text/csv"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet takes UTF-8 for another encoding
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table with its headings as UTF-8, lines ended as RFC 4180 has them."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for row in (columns, *rows):
        writer.writerow([disarmed(value) for value in row])
    return (BYTE_ORDER_MARK + target.getvalue()).encode()


def disarmed(value: Value) -> Value:
    """Return a text that a spreadsheet would run as a formula behind an apostrophe; numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS) else value
