"""Days off and festivals as the library of public holidays knows them: what an office calendar begins with."""

from datetime import date

import holidays

from tracker.domain.calendar import Calendar, first_day, last_day
from tracker.domain.deadlines import Festival, festival_deadline


def days_off(fiscal_year: int) -> dict[date, str]:
    """
    Return the public holidays from the start of a fiscal year (พ.ศ.) to the end of its calendar year, with Thai names.

    The months after the year are part of it: what fell due in September is followed up then.
    """
    years = [first_day(fiscal_year).year, last_day(fiscal_year).year]
    known = holidays.country_holidays("TH", years=years, language="th", categories=("public", "government"))
    return {day: name for day, name in sorted(known.items()) if day >= first_day(fiscal_year)}


def festivals(fiscal_year: int) -> list[tuple[str, str, date]]:
    """Return the key, Thai name and first day of the usual festivals of a fiscal year (พ.ศ.), in time order."""
    year = last_day(fiscal_year).year
    return [
        ("new_year", "ปีใหม่", date(year, 1, 1)),
        ("chinese_new_year", "ตรุษจีน", _lunar_new_year(year)),
        ("songkran", "สงกรานต์", date(year, 4, 13)),
    ]


def festival_deadlines(fiscal_year: int) -> tuple[Festival, ...]:
    """Return the usual festivals of a fiscal year (พ.ศ.), each moved to the working day before it."""
    calendar = Calendar(frozenset(days_off(fiscal_year)))
    return tuple(Festival(key, festival_deadline(day, calendar)) for key, _, day in festivals(fiscal_year))


def _lunar_new_year(year: int) -> date:
    # The Thai calendar of the library has no Chinese New Year; China's own names the day itself, not a substitute.
    known = holidays.country_holidays("CN", years=year, language="en_US")
    return min(day for day, name in known.items() if "Spring Festival" in name)
