"""From when to when people fill positions: what is in force, how it ends, and what must never happen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.sentences import N_, Refusal

ONE_DAY = timedelta(days=1)
LONGEST_AHEAD = timedelta(days=366)
LONGEST_COVER = timedelta(days=366)


class DayHasPassed(Refusal):
    """What people did until today was done in their positions; that is not rewritten."""

    def __init__(self) -> None:
        super().__init__(N_("That day has passed. Access changes from today at the earliest."))


class TooFarAhead(Refusal):
    """More than a year ahead is a slip of the pen."""

    def __init__(self) -> None:
        super().__init__(N_("That day is more than a year ahead. Check the year."))


class EndsBeforeItStarts(Refusal):
    """The last day comes before the first."""

    def __init__(self) -> None:
        super().__init__(N_("The last day comes before the first day."))


class CoverTooLong(Refusal):
    """A cover is for a while; whoever stays is appointed."""

    def __init__(self) -> None:
        super().__init__(N_("Acting cover lasts a year at most. Change who fills the position instead."))


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in again."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Then nobody would be administrator any more. "
                "Appoint another administrator first, from today and without an end."
            )
        )


@dataclass(frozen=True)
class Tenure:
    """From when to when somebody fills a position, both days inclusive; `is_cut_short`: not the whole last day."""

    starts_on: date
    ends_on: date | None = None
    is_cut_short: bool = False

    def is_in_force(self, day: date) -> bool:
        """Return whether the person fills the position on this day, and to its end."""
        last = self.last_whole_day
        return self.starts_on <= day and (last is None or day <= last)

    @property
    def last_whole_day(self) -> date | None:
        """The last day with access to its end; None: until further notice. It may lie before `starts_on`."""
        return self.ends_on - ONE_DAY if self.ends_on and self.is_cut_short else self.ends_on

    def is_over(self, today: date) -> bool:
        """Return whether it gives nothing any more, today or later."""
        last = self.last_whole_day
        return last is not None and (last < today or last < self.starts_on)

    def overlaps(self, other: "Tenure") -> bool:
        """Return whether there is a day on which both are in force."""
        return _reaches(self, other.starts_on) and _reaches(other, self.starts_on)

    def ended_before(self, day: date, *, today: date) -> "Tenure":
        """
        Return it as it ends when somebody else takes over on a day, today at the earliest.

        From today: at once. Later: at the end of the day before. What has not begun by then never takes effect.
        """
        if self.starts_on < day and day > today:
            return Tenure(self.starts_on, day - ONE_DAY)
        return Tenure(self.starts_on, max(self.starts_on, today), is_cut_short=True)


def _reaches(tenure: Tenure, day: date) -> bool:
    last = tenure.last_whole_day
    return last is None or (last >= day and last >= tenure.starts_on)


def check_first_day(day: date, *, today: date) -> None:
    """
    Refuse a day from which nobody can be appointed.

    :raises DayHasPassed: if it is over
    :raises TooFarAhead: if it is more than a year ahead
    """
    if day < today:
        raise DayHasPassed()
    if day > today + LONGEST_AHEAD:
        raise TooFarAhead()


def check_cover(starts_on: date, ends_on: date, *, today: date) -> None:
    """
    Refuse a cover whose days cannot be.

    :raises Refusal: `DayHasPassed`, `TooFarAhead`, `EndsBeforeItStarts` or `CoverTooLong`
    """
    check_first_day(starts_on, today=today)
    if ends_on < starts_on:
        raise EndsBeforeItStarts()
    if ends_on - starts_on > LONGEST_COVER:
        raise CoverTooLong()


def check_administered(administrators: Iterable[Tenure], *, today: date) -> None:
    """
    Refuse a state in which there is a day from today on without an administrator.

    :param administrators: the tenures of people whose account is open, in their own right, in such a position
    :raises LastAdministrator: if their days leave a gap, or all come to an end
    """
    needed = today
    for tenure in sorted(administrators, key=lambda tenure: tenure.starts_on):
        last = tenure.last_whole_day
        if tenure.starts_on > needed:
            break
        if last is None:
            return
        needed = max(needed, last + ONE_DAY)
    raise LastAdministrator()
