"""When an address is looked at again: by the organization's rhythm, spread over the night, sooner where it failed."""

from datetime import date, datetime, timedelta

from tracker.domain.calendar import ONE_DAY, THAILAND, Calendar, month_end, start_of
from tracker.domain.link_histories import Standing
from tracker.domain.links import AGAIN_AFTER, Frequency

NIGHT = 360  # minutes after midnight: while nobody reads them, the sites have time for us
FIRST_WORKING_DAYS = 5  # of the month: over these the monthly looks are spread
MOST_PATIENCE = timedelta(days=1)  # a server that asks for more time is asked again all the same
OFFLINE_AGAIN = timedelta(minutes=30)  # the office's own line was down
LEASE = timedelta(minutes=10)  # how long one process may have an address in hand
JUST_NOW = timedelta(minutes=1)  # what was looked at within it is not looked at again because somebody presses twice
KEPT = timedelta(days=400)  # looks older than this are deleted: a year and its follow-up can be told from the rest


def next_look(
    standing: Standing,
    *,
    key: int,
    every: Frequency,
    calendar: Calendar,
    now: datetime,
    retry_after: int | None = None,
) -> datetime:
    """
    Return when an address is to be looked at again.

    One that failed once is looked at as soon as that can settle it, one that is broken every night, whatever the
    rhythm: somebody waits to hear that it is back.

    :param key: spreads addresses over the night and the days, always the same way
    :param retry_after: how many seconds the server asked to be left alone
    """
    if standing.is_in_doubt and standing.failing_since is not None:
        moment = standing.failing_since + AGAIN_AFTER
    elif standing.failing_since is not None:
        moment = regular(key=key, every=Frequency.DAILY, calendar=calendar, now=now)
    else:
        moment = regular(key=key, every=every, calendar=calendar, now=now)
    patience = min(timedelta(seconds=max(0, retry_after or 0)), MOST_PATIENCE)
    return max(moment, now + patience)


def regular(*, key: int, every: Frequency, calendar: Calendar, now: datetime) -> datetime:
    """Return an address's own next moment by the rhythm alone: at least half a rhythm away, monthly the next month."""
    if every == Frequency.MONTHLY:
        return _on(_day_of_next_month(_local_day(now), key, calendar), key)
    half = timedelta(hours=12) if every == Frequency.DAILY else timedelta(days=3, hours=12)
    day = _local_day(now + half)
    while _on(day, key) < now + half or (every == Frequency.WEEKLY and day.weekday() != key % 7):
        day += ONE_DAY
    return _on(day, key)


def _day_of_next_month(day: date, key: int, calendar: Calendar) -> date:
    first = calendar.working_day_on_or_after(month_end(day) + ONE_DAY)
    return calendar.working_days_after(first, key % FIRST_WORKING_DAYS)


def _on(day: date, key: int) -> datetime:
    return start_of(day) + timedelta(minutes=key * 97 % NIGHT)  # neighbours in the table lie far apart in the night


def _local_day(moment: datetime) -> date:
    return moment.astimezone(THAILAND).date()
