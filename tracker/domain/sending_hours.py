"""When a digest may leave: on working days, from a person's hour until the office closes, not while they pause."""

from dataclasses import dataclass
from datetime import date, time

from tracker.domain.calendar import Calendar
from tracker.domain.sentences import N_, Refusal

OPENS, CLOSES = time(8, 0), time(18, 0)  # nothing ever leaves outside these, both inclusive
USUAL_HOUR = time(8, 30)
LATEST_HOUR = time(17, 0)  # later there would be no time left to try again
LONGEST_PAUSE = 366  # days


class BadHour(Refusal):
    """The hour lies outside the office's."""

    def __init__(self) -> None:
        super().__init__(
            N_("Choose an hour between %(first)s and %(last)s."), first=f"{OPENS:%H:%M}", last=f"{LATEST_HOUR:%H:%M}"
        )


class BadPause(Refusal):
    """The pause ends before it begins, or only one of its days is given."""

    def __init__(self) -> None:
        super().__init__(N_("Write the first and the last day of the pause, the first one first."))


class PauseTooLong(Refusal):
    """The pause is so long that it must be a slip of the pen: nobody would be told anything any more."""

    def __init__(self) -> None:
        super().__init__(N_("A pause lasts a year at most. Look at the year of the last day."))


@dataclass(frozen=True)
class Wishes:
    """
    When a person wants to be told. Both days of the pause are inclusive.

    :raises BadHour: if the hour lies outside the office's
    :raises BadPause: if the pause has one day only or runs backwards
    """

    hour: time = USUAL_HOUR
    paused_from: date | None = None
    paused_to: date | None = None

    def __post_init__(self) -> None:
        if not OPENS <= self.hour <= LATEST_HOUR:
            raise BadHour()
        if (self.paused_from is None) != (self.paused_to is None):
            raise BadPause()
        if self.paused_from and self.paused_to and self.paused_from > self.paused_to:
            raise BadPause()

    def is_paused(self, today: date) -> bool:
        """Return whether the person wants to hear nothing on this day."""
        return bool(self.paused_from and self.paused_to and self.paused_from <= today <= self.paused_to)


USUAL = Wishes()


def check_length(wishes: Wishes) -> None:
    """
    Refuse a new pause that nobody can mean; what was kept before the rule stands.

    :raises PauseTooLong: if it is longer than a year
    """
    if wishes.paused_from and wishes.paused_to and (wishes.paused_to - wishes.paused_from).days > LONGEST_PAUSE:
        raise PauseTooLong()


def is_sending_time(*, today: date, at: time, calendar: Calendar) -> bool:
    """Return whether anything may leave at this local day and time; a person's own wishes come on top."""
    return calendar.is_working_day(today) and OPENS <= at <= CLOSES
