"""A spreadsheet's value and its format → the words it is shown as, days as Thais write them."""

import re
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from tracker.domain.thai import BE_OFFSET, MONTHS

Value: TypeAlias = str | bool | int | float | date | time | timedelta | None

FIRST_BUDDHIST_YEAR = 2400  # a year beyond was typed in พ.ศ. into a calendar that counts in ค.ศ.
_BESIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')  # words, colours, languages and spaces in a format
_MOST_DECIMALS = 10


def shown(value: Value, number_format: str = "General") -> str:
    """
    Return what a cell shows: 99.6 under `0.00` as 99.60, a day as 30 กันยายน 2569, a month as กันยายน 2569.

    A number without a format of its own loses what the binary system added to it.
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return str(value).upper()
    pattern = _BESIDE.sub("", number_format.partition(";")[0]).lower()
    if isinstance(value, date):
        return _shown_day(value, pattern)
    if isinstance(value, int | float):
        return _shown_number(value, pattern)
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _shown_day(day: date, pattern: str) -> str:
    moment = f"{day:%H:%M}" if isinstance(day, datetime) and "h" in pattern else ""
    year = day.year if day.year >= FIRST_BUDDHIST_YEAR else day.year + BE_OFFSET
    parts = {
        "d": str(day.day) if "d" in pattern else "",
        "m": MONTHS[day.month - 1] if "m" in pattern.replace("h:mm", "").replace("mm:s", "") else "",
        "y": str(year) if re.search("[yeb]", pattern) else "",
    }
    written = " ".join(filter(None, (*parts.values(), moment)))
    return written or f"{day.day} {MONTHS[day.month - 1]} {year}"


def _shown_number(number: int | float, pattern: str) -> str:
    if "%" in pattern:
        return _shown_number(number * 100, pattern.replace("%", "")) + "%"
    separated = "," if "#,#" in pattern or "0,0" in pattern else ""
    if "e" in pattern or not re.search("[0#?]", pattern):  # General, @, or a power of ten
        is_whole = isinstance(number, int) or (number.is_integer() and abs(number) < 10**15)
        return str(int(number)) if is_whole else f"{number:.10g}"
    decimals = re.search(r"\.([0#?]+)", pattern)
    written = f"{number:{separated}.{min(len(decimals[1]), _MOST_DECIMALS) if decimals else 0}f}"
    if decimals and set(decimals[1]) != {"0"}:
        return written.rstrip("0").rstrip(".")
    leading = re.match("0+$", pattern)
    return written.zfill(len(leading[0])) if leading else written
