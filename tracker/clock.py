"""The only reader of the system clock: the local day, the moment for the record, and the machine's own time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

BANGKOK = ZoneInfo("Asia/Bangkok")


def today() -> date:
    """Return today's date in Thailand, or the day that TRACKER_TODAY freezes."""
    return _frozen_day() or machine_now().astimezone(BANGKOK).date()


def now() -> datetime:
    """Return the moment to write into records (aware, UTC). On a frozen day it is that day at this time of day."""
    moment = machine_now()
    day = _frozen_day()
    if day is None:
        return moment
    return datetime.combine(day, moment.astimezone(BANGKOK).time(), BANGKOK).astimezone(UTC)


def machine_now() -> datetime:
    """Return the machine's time (aware, UTC) for leases, retries and health, which run on when the day is frozen."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return the moment on Thailand's clocks."""
    return moment.astimezone(BANGKOK)


def _frozen_day() -> date | None:
    return current_app.config["SETTINGS"].today
