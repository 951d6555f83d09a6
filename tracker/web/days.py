"""The day that a page of figures shows: today, or whichever `?on=` names."""

from datetime import date

from flask import request
from flask_babel import gettext

from tracker import clock
from tracker.domain.sentences import Refusal
from tracker.domain.thai import read_date
from tracker.web.filters import sentence

FIRST_BUDDHIST_YEAR, LAST_BUDDHIST_YEAR = 2400, 2700


def day_in_view() -> tuple[date, str]:
    """Return the day that `?on=` names (ISO or as Thais write it), and a warning where it names none that has come."""
    written = request.args.get("on", "").strip()
    today = clock.today()
    if not written:
        return today, ""
    try:
        day = read_day(written, today=today)
    except Refusal as refusal:
        return today, sentence(refusal.sentence)
    if day > today:
        return today, gettext("That day has not come yet, so you see today.")
    return day, ""


def read_day(written: str, *, today: date) -> date:
    """
    Return the day that an address or a field names.

    :raises Refusal: if it is neither ISO nor a date as Thais write it
    """
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return read_date(written, today=today)
    if not FIRST_BUDDHIST_YEAR <= day.year <= LAST_BUDDHIST_YEAR:
        return day
    # Nobody looks at a day centuries ahead: such a year is พ.ศ.
    return read_date(f"{day.day}/{day.month}/{day.year}", today=today)
