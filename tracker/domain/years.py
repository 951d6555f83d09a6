"""The same words and days a year later: what a plan says when it is carried over."""

import re
from calendar import isleap
from datetime import date

from tracker.domain.calendar import month_end
from tracker.domain.thai import BE_OFFSET, MONTHS, MONTHS_SHORT, arabic_digits, thai_digits

_MONTH = "|".join(re.escape(name) for name in (*MONTHS, *MONTHS_SHORT))
_LONG = r"(?<!\d)25\d\d(?!\d)"
_BEFORE_SHORT = rf"(?:{_MONTH}|ปี|งบประมาณ|พ\. ?ศ\.|\d/)\s*"
# A year in full, or its last two digits behind what shows that they are a year.
_YEAR = re.compile(rf"{_LONG}|(?P<before>{_BEFORE_SHORT})(?P<short>\d\d)(?![\d/])")
_RANGE = re.compile(rf"(?P<first>{_LONG})\s*(?:[-–—]|ถึง)\s*(?P<last>{_LONG})")
_LEAP_DAY = re.compile(
    r"(?<!\d)29(?=\s*(?:กุมภาพันธ์|ก\. ?พ\.|/\s*0?2\s*/)\s*(?:พ\. ?ศ\.)?\s*(?P<year>25\d\d|\d\d)(?!\d))"
)


def a_year_later(text: str, *, fiscal_year: int) -> str:
    """
    Return words of a plan of that fiscal year (พ.ศ.) as they read in the plan after it.

    Only the years such a plan speaks of are moved – the one before, its own, the one after –, in the digits they are
    written in: the year of a law or of a plan for five years stays. A day stays in its month.
    """
    moved = _with_years_moved(text, range(fiscal_year - 1, fiscal_year + 2))
    return _without_leap_days(moved)


def day_a_year_later(day: date) -> date:
    """Return the same day of the next year; the last day of a month stays the last."""
    first = date(day.year + 1, day.month, 1)
    return month_end(first) if day == month_end(day) else first.replace(day=day.day)


def _with_years_moved(text: str, years: range) -> str:
    plain = arabic_digits(text)
    staying = [
        match.span() for match in _RANGE.finditer(plain) if not {int(match["first"]), int(match["last"])} <= set(years)
    ]
    written = list(text)
    for match in _YEAR.finditer(plain):
        start, end = match.span("short") if match["short"] else match.span()
        year = int(plain[start:end]) + (2500 if match["short"] else 0)
        if year in years and not any(begin <= start < stop for begin, stop in staying):
            _write(written, start, str(year + 1)[start - end :])
    return "".join(written)


def _write(written: list[str], start: int, digits: str) -> None:
    """Write digits in the place of others, Thai ones for Thai ones."""
    for place, digit in enumerate(digits, start):
        written[place] = thai_digits(digit) if written[place] in "๐๑๒๓๔๕๖๗๘๙" else digit


def _without_leap_days(text: str) -> str:
    written = list(text)
    for match in _LEAP_DAY.finditer(arabic_digits(text)):
        year = int(match["year"]) + (0 if len(match["year"]) == 4 else 2500)
        if not isleap(year - BE_OFFSET):
            _write(written, match.start(), "28")
    return "".join(written)
