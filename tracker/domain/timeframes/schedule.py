"""Schedule of a time frame: its kind, the days it covers and the deadlines it gives (DESIGN 2, Time frames)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.domain.calendar import ONE_DAY, month_end

LAST_STRETCH = timedelta(days=60)
SUNDAY = 6
SEPTEMBER = 9
# By the key of a festival: when the working day before it may fall, as (month, day), both included.
SEASONS = {
    "new_year": ((12, 15), (12, 31)),
    "chinese_new_year": ((1, 10), (2, 20)),
    "songkran": ((4, 1), (4, 13)),
}


class Kind(StrEnum):
    """What sort of schedule a time frame asks for."""

    DATES = "dates"
    SPAN = "span"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    WEEKLY = "weekly"
    FESTIVALS = "festivals"
    ON_EVENT = "on_event"
    UNCLEAR = "unclear"


MONTHS_APART = {Kind.MONTHLY: 1, Kind.QUARTERLY: 3, Kind.HALF_YEARLY: 6, Kind.YEARLY: 12}


@dataclass(frozen=True)
class TimeFrame:
    """
    When something falls due in a plan's fiscal year (พ.ศ.).

    `starts_on` and `ends_on` are the first and last day the words cover, both included, or None.
    `day` is a named day of the month (MONTHLY) or weekday, 0 for Monday (WEEKLY); without one it is the last of the
    month, and Sunday of the week. A day that a month lacks is its last.
    `festivals` are the keys of SEASONS that the words name; none means every festival of the year.
    """

    kind: Kind
    fiscal_year: int
    starts_on: date | None = None
    ends_on: date | None = None
    dates: tuple[date, ...] = ()
    day: int | None = None
    festivals: tuple[str, ...] = ()

    def deadlines(self, *, rounds: Sequence[date], festivals: Sequence[date] = ()) -> tuple[date, ...]:
        """
        Return the last good days, sorted, each once.

        `rounds` are the plan's follow-up rounds; `festivals` the working days before each festival.
        """
        return tuple(sorted({day for day in self._days(rounds, festivals) if self.covers(day)}))

    def covers(self, day: date) -> bool:
        """Say whether a day lies within what the words cover; without bounds, every day does."""
        return (self.starts_on or date.min) <= day <= (self.ends_on or date.max)

    def to_json(self) -> dict[str, Any]:
        """Return the time frame as plain values; days as ISO text."""
        return {
            "kind": str(self.kind),
            "fiscal_year": self.fiscal_year,
            "starts_on": self.starts_on and self.starts_on.isoformat(),
            "ends_on": self.ends_on and self.ends_on.isoformat(),
            "dates": [day.isoformat() for day in self.dates],
            "day": self.day,
            "festivals": list(self.festivals),
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "TimeFrame":
        """Return the time frame that `to_json` wrote."""
        starts_on, ends_on = (values[name] and date.fromisoformat(values[name]) for name in ("starts_on", "ends_on"))
        return cls(
            kind=Kind(values["kind"]),
            fiscal_year=values["fiscal_year"],
            starts_on=starts_on,
            ends_on=ends_on,
            dates=tuple(map(date.fromisoformat, values["dates"])),
            day=values["day"],
            festivals=tuple(values["festivals"]),
        )

    def _days(self, rounds: Sequence[date], festivals: Sequence[date]) -> Sequence[date]:
        if self.kind == Kind.DATES:
            return self.dates
        if self.kind == Kind.SPAN:
            return self._rounds_and_last_day(rounds)
        if self.kind == Kind.FESTIVALS:
            return [day for day in festivals if self._is_in_season(day)]
        if self.kind == Kind.WEEKLY:
            return self._weekdays()
        return self._month_days() if self.kind in MONTHS_APART else ()

    def _rounds_and_last_day(self, rounds: Sequence[date]) -> Sequence[date]:
        inside = [day for day in rounds if self.covers(day)]
        if self.ends_on is None or any(self.ends_on - day < LAST_STRETCH for day in inside):
            return inside
        return [*inside, self.ends_on]

    def _is_in_season(self, day: date) -> bool:
        seasons = [SEASONS[name] for name in self.festivals]
        return not seasons or any(first <= (day.month, day.day) <= last for first, last in seasons)

    def _weekdays(self) -> Sequence[date]:
        weekday = SUNDAY if self.day is None else self.day
        return [day for day in self._every_day() if day.weekday() == weekday]

    def _month_days(self) -> Sequence[date]:
        due = [end for end in self._month_ends() if (end.month - SEPTEMBER) % MONTHS_APART[self.kind] == 0]
        return [end.replace(day=min(self.day or end.day, end.day)) for end in due]

    def _month_ends(self) -> Iterator[date]:
        """Yield the last day of every month of which the words cover a day."""
        if self.starts_on is None or self.ends_on is None:
            return
        day = self.starts_on
        while day <= self.ends_on:
            end = month_end(day)
            yield end
            day = end + ONE_DAY

    def _every_day(self) -> Sequence[date]:
        if self.starts_on is None or self.ends_on is None:
            return []
        return [self.starts_on + ONE_DAY * number for number in range((self.ends_on - self.starts_on).days + 1)]
