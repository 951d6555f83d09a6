"""A clock for the tests: it stands still until it is moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
TODAY = date(2026, 2, 20)  # a Friday in fiscal year 2569


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment on Thailand's clocks (aware, UTC)."""
    return datetime.combine(day, time(hour, minute), BANGKOK).astimezone(UTC)


MORNING = at(TODAY)


class Clock:
    """What the machine's clock says while a test runs."""

    def __init__(self, moment: datetime = MORNING) -> None:
        self.moment = moment

    def set(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Set it to a moment on Thailand's clocks."""
        self.moment = at(day, hour, minute)

    def advance(self, **span: float) -> None:
        """Move it on, with the arguments of a timedelta."""
        self.moment += timedelta(**span)

    @property
    def today(self) -> date:
        """The local day."""
        return self.moment.astimezone(BANGKOK).date()
