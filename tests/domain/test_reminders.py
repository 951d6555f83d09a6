from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import Calendar
from tracker.domain.reminders import HORIZON, LADDER, may_send, reached

EVERY_DAY_OPEN = Calendar()
LONG_AGO = date(2020, 1, 1)
DUE = date(2026, 3, 25)  # a Wednesday
SATURDAY, MONDAY = date(2026, 2, 21), date(2026, 2, 23)


def rung(today, due_on=DUE, *, since=LONG_AGO, calendar=EVERY_DAY_OPEN):
    found = reached(due_on=due_on, since=since, today=today, calendar=calendar)
    return found and found.name


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2026, 2, 22), None),
        (date(2026, 2, 23), "lead_30"),
        (date(2026, 3, 17), "lead_30"),
        (date(2026, 3, 18), "lead_7"),
        (date(2026, 3, 24), "lead_1"),
        (date(2026, 3, 25), "due"),
        (date(2026, 3, 26), "late_1"),
        (date(2026, 4, 1), "late_1"),
        (date(2026, 4, 2), "late_8"),
        (date(2026, 5, 21), "late_57"),
        (date(2026, 12, 31), "late_57"),
    ],
)
def test_a_task_has_reached_the_last_rung_whose_day_has_come(today, name):
    assert rung(today) == name


def test_the_ladder_is_30_7_and_1_days_before_the_day_the_day_after_and_eight_weeks():
    assert [one.offset for one in LADDER] == [-30, -7, -1, 0, 1, 8, 15, 22, 29, 36, 43, 50, 57]


@pytest.mark.parametrize(
    ("due_on", "name", "day"),
    [
        (MONDAY, "lead_1", SATURDAY - timedelta(days=1)),  # Sunday falls back to Friday
        (SATURDAY, "due", SATURDAY - timedelta(days=1)),  # the day itself falls back as well: after it is too late
        (SATURDAY - timedelta(days=1), "late_1", MONDAY),  # Saturday moves on
    ],
)
def test_leads_fall_back_and_follow_ups_move_on_over_a_weekend(due_on, name, day):
    (one,) = [one for one in LADDER if one.name == name]

    assert one.day(due_on, EVERY_DAY_OPEN) == day


def test_a_holiday_is_no_day_for_reminders():
    songkran = Calendar(frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}))
    (day_after,) = [one for one in LADDER if one.name == "late_1"]

    assert day_after.day(date(2026, 4, 12), songkran) == date(2026, 4, 16)


@pytest.mark.parametrize(
    ("since", "name"), [(date(2026, 3, 24), "lead_1"), (date(2026, 3, 25), None), (date(2027, 1, 1), None)]
)
def test_nothing_is_owed_of_rungs_before_the_plans_first_reminding_day(since, name):
    assert rung(date(2026, 3, 24), since=since) == name


def test_a_plan_that_begins_to_remind_between_two_rungs_waits_for_the_next():
    since = date(2026, 3, 20)

    assert rung(date(2026, 3, 23), since=since) is None
    assert rung(date(2026, 3, 24), since=since) == "lead_1"


@given(days=st.integers(-90, 120), due=st.integers(0, 365))
def test_time_only_ever_climbs_the_ladder(days, due):
    due_on = date(2026, 1, 1) + timedelta(days=due)
    today = due_on + timedelta(days=days)
    names = [None, *(one.name for one in LADDER)]

    assert names.index(rung(today, due_on)) <= names.index(rung(today + timedelta(days=1), due_on))


@given(due=st.integers(0, 365), holidays=st.sets(st.integers(0, 365), max_size=40))
def test_no_task_has_reached_anything_beyond_the_horizon(due, holidays):
    calendar = Calendar(frozenset(date(2026, 1, 1) + timedelta(days=day) for day in holidays))
    due_on = date(2026, 1, 1) + timedelta(days=due)

    assert rung(due_on - HORIZON - timedelta(days=1), due_on, calendar=calendar) is None


@pytest.mark.parametrize(
    ("day", "at", "allowed"),
    [
        (MONDAY, time(8, 29, 59), False),
        (MONDAY, time(8, 30), True),
        (MONDAY, time(18, 0), True),
        (MONDAY, time(18, 0, 1), False),
        (SATURDAY, time(9, 0), False),
    ],
)
def test_a_digest_leaves_in_office_hours_of_working_days(day, at, allowed):
    assert may_send(today=day, at=at, calendar=EVERY_DAY_OPEN) is allowed


def test_a_person_may_have_an_hour_of_their_own():
    assert not may_send(today=MONDAY, at=time(9, 59), calendar=EVERY_DAY_OPEN, hour=time(10))
    assert may_send(today=MONDAY, at=time(10), calendar=EVERY_DAY_OPEN, hour=time(10))


def test_nothing_leaves_on_a_holiday():
    assert not may_send(today=MONDAY, at=time(9), calendar=Calendar(frozenset({MONDAY})))
