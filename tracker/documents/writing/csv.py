"""A list as a CSV file: as spreadsheets open it without asking, and nothing in it that they would run."""

import csv
from datetime import date
from io import StringIO

from tracker.documents.writing.xlsx import Sheet, Value

MEDIA_TYPE = "text/csv"
# A cell that begins like this is taken for a formula (or, behind a tab or a line's end, may become one).
ARMED = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(sheet: Sheet) -> bytes:
    """
    Return the list in UTF-8 with the mark by which spreadsheets know it, a row a line.

    Numbers are written as numbers; a text that would be taken for a formula has an apostrophe before it.
    """
    target = StringIO(newline="")
    rows = csv.writer(target)
    rows.writerow([_written(column.title) for column in sheet.columns])
    rows.writerows([_written(value) for value in row] for row in sheet.rows)
    return target.getvalue().encode("utf-8-sig")


def _written(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(ARMED) else value
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
