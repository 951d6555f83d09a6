"""The Thai fiscal year (October to September, named in พ.ศ.) and working days."""

from calendar import monthcalendar, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from tracker.domain.thai import BE_OFFSET

SATURDAY = 5
ONE_DAY = timedelta(days=1)
THAILAND = timezone(timedelta(hours=7))  # one zone, no summer time


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (พ.ศ.) a day lies in: 2025-10-01 is in 2569."""
    return day.year + BE_OFFSET + (day.month >= 10)


def first_day(fiscal_year: int) -> date:
    """Return 1 October, the first day of a fiscal year (พ.ศ.)."""
    return date(fiscal_year - BE_OFFSET - 1, 10, 1)


def last_day(fiscal_year: int) -> date:
    """Return 30 September, the last day of a fiscal year (พ.ศ.)."""
    return date(fiscal_year - BE_OFFSET, 9, 30)


def months_of(fiscal_year: int) -> tuple[date, ...]:
    """Return the first days of a fiscal year's twelve months, October to September."""
    start = first_day(fiscal_year)
    return tuple(date(start.year + (month > 12), (month - 1) % 12 + 1, 1) for month in range(10, 22))


def month_end(day: date) -> date:
    """Return the last day of the month a day lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends_before(day: date, count: int) -> tuple[date, ...]:
    """Return the last days of the `count` months that ended before a day, the latest first; none before year 1."""
    ends: list[date] = []
    while len(ends) < count and (first := day.replace(day=1)) > date.min:
        day = first - ONE_DAY
        ends.append(day)
    return tuple(ends)


def month_end_after(day: date) -> date:
    """Return the next last day of a month that comes after a day."""
    return month_end(day + ONE_DAY)


def weeks_of(day: date) -> list[list[date | None]]:
    """Return the days of the month a day lies in by weeks from Monday on; None where another month has the day."""
    weeks = monthcalendar(day.year, day.month)
    return [[day.replace(day=number) if number else None for number in week] for week in weeks]


def quarter_of(day: date) -> int:
    """Return the fiscal quarter of a day: 1 is October to December."""
    return (day.month + 2) // 3 % 4 + 1


def quarter_ends(fiscal_year: int) -> tuple[date, ...]:
    """Return the last days of a fiscal year's four quarters."""
    return tuple(month_end(month) for month in months_of(fiscal_year)[2::3])


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Thailand (aware, UTC)."""
    return datetime.combine(day, time.min, THAILAND).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the first moment after a day in Thailand (aware, UTC): the exclusive bound of "as of that day"."""
    return start_of(day + ONE_DAY)


@dataclass(frozen=True)
class Calendar:
    """Working days: Monday to Friday, without the organization's holidays."""

    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Say whether the office is open on a day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def working_day_on_or_before(self, day: date) -> date:
        """Return the day itself if the office is open, else the last working day before it."""
        return self._nearest(day, -ONE_DAY)

    def working_day_on_or_after(self, day: date) -> date:
        """Return the day itself if the office is open, else the first working day after it."""
        return self._nearest(day, ONE_DAY)

    def working_days_before(self, day: date, count: int) -> date:
        """Return the working day `count` working days before a day (0: the day itself, open or not)."""
        for _ in range(count):
            day = self.working_day_on_or_before(day - ONE_DAY)
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """Return the working day `count` working days after a day (0: the day itself, open or not)."""
        for _ in range(count):
            day = self.working_day_on_or_after(day + ONE_DAY)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days come after `start`, up to and including `end`; 0 if end <= start."""
        days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_working_day(day):
            day += step
        return day
