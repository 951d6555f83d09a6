"""Days off and festivals as people enter them: what can be meant, and how the record of changes keeps them."""

from datetime import date, timedelta

from tracker.domain.calendar import ONE_DAY, first_day, fiscal_year_of, last_day
from tracker.domain.names import read_name
from tracker.domain.sentences import N_, Refusal

REACH = 2  # fiscal years before and after the present one
LONGEST_SPAN = 31  # days entered at once
LONGEST_NAME = 200


class SpanBackwards(Refusal):
    """The last day comes before the first."""

    def __init__(self) -> None:
        super().__init__(N_("The last day comes before the first. Write the first one first."))


class SpanTooLong(Refusal):
    """So many days off in a row are a mistake in the year or month."""

    def __init__(self) -> None:
        super().__init__(
            N_("At most %(most)s days can be entered at once: look at month and year again."),
            most=LONGEST_SPAN,
        )


class TooFar(Refusal):
    """Nobody knows the days off of that year yet, or needs them any more."""

    def __init__(self, year: int, *, this_year: int) -> None:
        super().__init__(
            N_("Days can be entered for fiscal years %(first)s to %(last)s, and %(year)s is far from them."),
            year=year,
            first=this_year - REACH,
            last=this_year + REACH,
        )


class DayTaken(Refusal):
    """The day is off already."""

    def __init__(self, day: date, name: str) -> None:
        super().__init__(N_("%(day)s is a day off already: %(name)s."), day=day, name=name)


class DayGone(Refusal):
    """Somebody else took the day out in the meantime."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody else has removed this day in the meantime."))


class FestivalOutside(Refusal):
    """A festival belongs to the fiscal year whose tasks it gives a deadline."""

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(N_("The day is not in fiscal year %(year)s."), year=fiscal_year)


def read_day_name(written: str) -> str:
    """
    Return what a day off or festival is called, as it is kept.

    :raises Refusal: if it is empty, too long or cannot be printed
    """
    return read_name(written, longest=LONGEST_NAME)


def years(today: date) -> range:
    """Return the fiscal years (พ.ศ.) whose days can be entered."""
    this_year = fiscal_year_of(today)
    return range(this_year - REACH, this_year + REACH + 1)


def check_year(fiscal_year: int, *, today: date) -> None:
    """
    Refuse a fiscal year (พ.ศ.) that is far away.

    :raises TooFar: if it is more than `REACH` years from the present one
    """
    if fiscal_year not in years(today):
        raise TooFar(fiscal_year, this_year=fiscal_year_of(today))


def span(first: date, last: date, *, today: date) -> list[date]:
    """
    Return the days from the first to the last, both inclusive.

    :raises SpanBackwards: if the last comes before the first
    :raises SpanTooLong: if there are more than `LONGEST_SPAN`
    :raises TooFar: if one of them is far away
    """
    if last < first:
        raise SpanBackwards()
    for day in (first, last):
        check_year(fiscal_year_of(day), today=today)
    if (last - first).days >= LONGEST_SPAN:
        raise SpanTooLong()
    return [first + timedelta(days=number) for number in range((last - first + ONE_DAY).days)]


def check_festival(day: date, *, fiscal_year: int) -> None:
    """
    Refuse a festival's day that lies in another fiscal year (พ.ศ.).

    :raises FestivalOutside: if it does
    """
    if not first_day(fiscal_year) <= day <= last_day(fiscal_year):
        raise FestivalOutside(fiscal_year)


def kept(name: str, first: date, last: date | None = None) -> str:
    """Return how the record of changes keeps named days: `2026-04-16 · name`, or `2026-04-16/2026-04-17 · name`."""
    days = first.isoformat() if last in (None, first) else f"{first.isoformat()}/{last.isoformat()}"
    return f"{days} · {name}"


def read_kept(text: str) -> tuple[date, date, str] | None:
    """Return the first day, the last day and the name that the record keeps; None where it says something else."""
    days, _, name = text.partition(" · ")
    first, _, last = days.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first), name
    except ValueError:
        return None
