"""A table as CSV for spreadsheets: Thai letters that Excel reads, and nothing that a spreadsheet would run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TypeAlias

Value: TypeAlias = str | int | None

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the Thai for another encoding
# What a spreadsheet would take for the beginning of a formula, spaces before it or not.
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")


def write(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the table as RFC 4180 has it. Texts stay texts: what looks like a formula begins with an apostrophe."""
    target = StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([_harmless(title) for title in heading])
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + target.getvalue()).encode()


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value
