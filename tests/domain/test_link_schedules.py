from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import THAILAND, Calendar
from tracker.domain.link_histories import Standing
from tracker.domain.link_schedules import FIRST_WORKING_DAYS, MOST_PATIENCE, next_look, regular
from tracker.domain.links import AGAIN_AFTER, Frequency, Verdict

NOW = datetime(2026, 2, 20, 2, tzinfo=UTC)  # nine o'clock on a Friday in Bangkok
CALENDAR = Calendar(frozenset({date(2026, 3, 3)}))
KEYS = st.integers(1, 10_000)
MOMENTS = st.integers(0, 2 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


def local(moment):
    return moment.astimezone(THAILAND)


@given(KEYS, MOMENTS)
def test_a_daily_look_comes_in_the_night_within_a_day_and_a_half(key, now):
    moment = regular(key=key, every=Frequency.DAILY, calendar=CALENDAR, now=now)

    assert timedelta(hours=12) <= moment - now <= timedelta(hours=36)
    assert local(moment).hour < 6


@given(KEYS, MOMENTS)
def test_a_weekly_look_comes_on_the_addresss_own_day_of_the_week(key, now):
    moment = regular(key=key, every=Frequency.WEEKLY, calendar=CALENDAR, now=now)
    again = regular(key=key, every=Frequency.WEEKLY, calendar=CALENDAR, now=moment)

    assert timedelta(days=3) <= moment - now <= timedelta(days=11)
    assert again - moment == timedelta(days=7)


@given(KEYS, MOMENTS)
def test_a_monthly_look_comes_on_the_first_working_days_of_the_next_month(key, now):
    day = local(regular(key=key, every=Frequency.MONTHLY, calendar=CALENDAR, now=now)).date()
    first = day.replace(day=1)

    assert (day.year * 12 + day.month) - (local(now).year * 12 + local(now).month) == 1
    assert CALENDAR.is_working_day(day)
    assert CALENDAR.working_days_between(first - timedelta(days=1), day) <= FIRST_WORKING_DAYS


def test_a_hundred_addresses_do_not_come_at_once():
    moments = {regular(key=key, every=Frequency.DAILY, calendar=CALENDAR, now=NOW) for key in range(100)}

    assert len(moments) == 100


def look(standing, every=Frequency.DAILY, retry_after=None):
    return next_look(standing, key=7, every=every, calendar=CALENDAR, now=NOW, retry_after=retry_after)


@pytest.mark.parametrize("every", Frequency)
def test_what_failed_once_is_looked_at_as_soon_as_that_can_settle_it(every):
    since = NOW - timedelta(hours=1)

    assert look(Standing(Verdict.CAUTION, failing_since=since, failures=2), every) == since + AGAIN_AFTER


def test_what_is_broken_is_looked_at_every_night_whatever_the_rhythm():
    broken = Standing(Verdict.BROKEN, failing_since=NOW - timedelta(days=9), failures=9)

    assert look(broken, Frequency.MONTHLY) == look(Standing(Verdict.OK), Frequency.DAILY)


def test_a_server_that_asks_for_time_gets_it():
    assert look(Standing(Verdict.CAUTION), retry_after=23 * 3600) == NOW + timedelta(hours=23)


def test_a_server_that_asks_for_a_year_is_asked_again_sooner():
    assert look(Standing(Verdict.CAUTION), retry_after=365 * 86400) <= NOW + max(MOST_PATIENCE, timedelta(hours=36))
