"""The fiscal year and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import (
    Calendar,
    first_day,
    fiscal_year_of,
    last_day,
    month_end,
    month_end_after,
    month_ends_before,
    months_of,
    quarter_ends,
    quarter_of,
    weeks_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
# In 2026, 13 to 15 April (Monday to Wednesday) are Songkran.
SONGKRAN = Calendar(frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 9, 30), 2568),
        (date(2025, 10, 1), 2569),
        (date(2026, 1, 1), 2569),
        (date(2026, 9, 30), 2569),
        (date(2026, 10, 1), 2570),
    ],
)
def test_a_fiscal_year_begins_in_october(day, year):
    assert fiscal_year_of(day) == year


@given(DAYS)
def test_every_day_lies_between_the_ends_of_its_fiscal_year(day):
    year = fiscal_year_of(day)

    assert first_day(year) <= day <= last_day(year)


def test_a_fiscal_year_has_twelve_months_from_october_to_september():
    months = months_of(2569)

    assert [month.month for month in months] == [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert (months[0], month_end(months[-1])) == (first_day(2569), last_day(2569))


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2025, 12, 31), date(2025, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(day, end):
    assert month_end(day) == end


def test_the_months_before_a_day_end_before_it_the_latest_first():
    assert month_ends_before(date(2026, 3, 31), 2) == (date(2026, 2, 28), date(2026, 1, 31))
    assert month_ends_before(date(2026, 1, 1), 1) == (date(2025, 12, 31),)


def test_no_month_ended_before_the_first_one():
    assert month_ends_before(date(1, 2, 3), 5) == (date(1, 1, 31),)
    assert month_ends_before(date.min, 5) == ()


@pytest.mark.parametrize(
    ("day", "end"), [(date(2026, 1, 30), date(2026, 1, 31)), (date(2026, 1, 31), date(2026, 2, 28))]
)
def test_the_month_end_after_a_day_is_never_that_day(day, end):
    assert month_end_after(day) == end


def test_the_weeks_of_a_month_begin_on_monday_and_leave_out_other_months():
    first, *_, last = weeks_of(date(2026, 2, 20))

    assert first == [None] * 6 + [date(2026, 2, 1)]
    assert last == [date(2026, 2, day) for day in range(23, 29)] + [None]


@given(DAYS)
def test_the_second_week_of_a_month_is_whole(day):
    assert None not in weeks_of(day)[1]


def test_the_first_quarter_is_october_to_december():
    assert [quarter_of(month) for month in months_of(2569)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


def test_quarters_end_with_december_march_june_and_september():
    ends = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))

    assert quarter_ends(2569) == ends


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 4, 10), True),
        (date(2026, 4, 11), False),
        (date(2026, 4, 12), False),
        (date(2026, 4, 13), False),
        (date(2026, 4, 16), True),
    ],
)
def test_the_office_is_closed_on_weekends_and_holidays(day, is_open):
    assert SONGKRAN.is_working_day(day) == is_open


def test_the_nearest_working_days_around_songkran_are_friday_and_thursday():
    assert SONGKRAN.working_day_on_or_before(date(2026, 4, 14)) == date(2026, 4, 10)
    assert SONGKRAN.working_day_on_or_after(date(2026, 4, 11)) == date(2026, 4, 16)


def test_a_working_day_is_its_own_nearest():
    assert SONGKRAN.working_day_on_or_before(date(2026, 4, 16)) == date(2026, 4, 16)
    assert SONGKRAN.working_day_on_or_after(date(2026, 4, 16)) == date(2026, 4, 16)


def test_counting_working_days_skips_weekends_and_holidays():
    assert SONGKRAN.working_days_before(date(2026, 4, 16), 2) == date(2026, 4, 9)
    assert SONGKRAN.working_days_after(date(2026, 4, 9), 3) == date(2026, 4, 17)


def test_no_working_days_away_is_the_day_itself_even_when_closed():
    assert SONGKRAN.working_days_before(date(2026, 4, 12), 0) == date(2026, 4, 12)
    assert SONGKRAN.working_days_after(date(2026, 4, 12), 0) == date(2026, 4, 12)


def test_working_days_between_leave_out_the_start_and_include_the_end():
    assert SONGKRAN.working_days_between(date(2026, 4, 9), date(2026, 4, 17)) == 3
    assert SONGKRAN.working_days_between(date(2026, 4, 10), date(2026, 4, 15)) == 0


def test_no_working_days_lie_between_a_day_and_an_earlier_one():
    assert SONGKRAN.working_days_between(date(2026, 4, 9), date(2026, 4, 9)) == 0
    assert SONGKRAN.working_days_between(date(2026, 4, 17), date(2026, 4, 9)) == 0


@given(DAYS, st.integers(1, 30), st.frozensets(st.integers(-20, 40), max_size=15))
def test_so_many_working_days_after_a_day_lie_so_many_between(day, count, offsets):
    calendar = Calendar(frozenset(day + timedelta(days=offset) for offset in offsets))

    assert calendar.working_days_between(day, calendar.working_days_after(day, count)) == count
