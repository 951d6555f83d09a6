from datetime import date, time

import pytest

from tracker.domain.calendar import Calendar
from tracker.domain.sending_hours import BadHour, BadPause, PauseTooLong, Wishes, check_length, is_sending_time

EVERY_DAY_OPEN = Calendar()
SATURDAY, MONDAY = date(2026, 2, 21), date(2026, 2, 23)


@pytest.mark.parametrize(
    ("day", "at", "allowed"),
    [
        (MONDAY, time(7, 59, 59), False),
        (MONDAY, time(8, 0), True),
        (MONDAY, time(18, 0), True),
        (MONDAY, time(18, 0, 1), False),
        (SATURDAY, time(9, 0), False),
    ],
)
def test_anything_leaves_in_office_hours_of_working_days_only(day, at, allowed):
    assert is_sending_time(today=day, at=at, calendar=EVERY_DAY_OPEN) is allowed


def test_nothing_leaves_on_a_holiday():
    assert not is_sending_time(today=MONDAY, at=time(9), calendar=Calendar(frozenset({MONDAY})))


@pytest.mark.parametrize("hour", [time(7, 59), time(17, 1), time(0, 0)])
def test_an_hour_outside_the_offices_is_refused(hour):
    with pytest.raises(BadHour):
        Wishes(hour)


@pytest.mark.parametrize("days", [(MONDAY, None), (None, MONDAY), (MONDAY, SATURDAY)])
def test_a_pause_needs_both_its_days_in_order(days):
    with pytest.raises(BadPause):
        Wishes(paused_from=days[0], paused_to=days[1])


@pytest.mark.parametrize(
    ("day", "paused"), [(20, False), (21, True), (23, True), (24, False)], ids=["before", "first", "last", "after"]
)
def test_both_days_of_a_pause_belong_to_it(day, paused):
    wishes = Wishes(paused_from=SATURDAY, paused_to=MONDAY)

    assert wishes.is_paused(date(2026, 2, day)) is paused


def test_a_pause_of_a_year_is_allowed_and_a_day_more_is_not():
    check_length(Wishes(paused_from=date(2026, 3, 1), paused_to=date(2027, 3, 2)))

    with pytest.raises(PauseTooLong):
        check_length(Wishes(paused_from=date(2026, 3, 1), paused_to=date(2027, 3, 3)))
