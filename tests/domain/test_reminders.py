import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import Calendar
from tracker.domain.reminders import (
    ESCALATED,
    USUAL,
    BadRules,
    Rules,
    escalation_windows,
    place_of,
    reached,
    windows,
)

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
    assert [one.offset for one in USUAL.ladder] == [-30, -7, -1, 0, 1, 8, 15, 22, 29, 36, 43, 50, 57]


@pytest.mark.parametrize(
    ("due_on", "name", "day"),
    [
        (MONDAY, "lead_1", SATURDAY - timedelta(days=1)),  # Sunday falls back to Friday
        (SATURDAY, "due", SATURDAY - timedelta(days=1)),  # the day itself falls back as well: after it is too late
        (SATURDAY - timedelta(days=1), "late_1", MONDAY),  # Saturday moves on
    ],
)
def test_leads_fall_back_and_follow_ups_move_on_over_a_weekend(due_on, name, day):
    (one,) = [one for one in USUAL.ladder if one.name == name]

    assert one.day(due_on, EVERY_DAY_OPEN) == day


def test_a_holiday_is_no_day_for_reminders():
    songkran = Calendar(frozenset({date(2026, 4, 13), date(2026, 4, 14), date(2026, 4, 15)}))
    (day_after,) = [one for one in USUAL.ladder if one.name == "late_1"]

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
    names = [None, *(one.name for one in USUAL.ladder)]

    assert names.index(rung(today, due_on)) <= names.index(rung(today + timedelta(days=1), due_on))


HOLIDAYS = st.sets(st.integers(-90, 300), max_size=40)
RULES = st.builds(
    Rules,
    leads=st.sets(st.integers(1, 60), max_size=4).map(tuple),
    on_the_day=st.booleans(),
    first_follow_up=st.integers(1, 9),
    follow_up_every=st.integers(1, 9),
    follow_ups=st.integers(0, 8),
    escalations=st.tuples(st.integers(0, 9), st.integers(9, 20)),
)


def calendar_with(days):
    return Calendar(frozenset(DUE + timedelta(days=day) for day in days))


@given(days=st.integers(-120, 60), ago=st.integers(-10, 200), holidays=HOLIDAYS, rules=RULES)
def test_the_windows_of_a_day_hold_exactly_the_due_dates_that_have_reached_a_rung(days, ago, holidays, rules):
    calendar, today, since = calendar_with(holidays), DUE, DUE - timedelta(days=ago)
    due_on = today + timedelta(days=days)

    found = [
        window.step
        for window in windows(since=since, today=today, calendar=calendar, ladder=rules.ladder)
        if window.first <= due_on <= window.last
    ]

    one = reached(due_on=due_on, since=since, today=today, calendar=calendar, ladder=rules.ladder)
    assert found == ([one.name] if one else [])


@given(days=st.integers(-120, 60), ago=st.integers(-10, 200), holidays=HOLIDAYS, rules=RULES)
def test_the_windows_of_escalation_hold_what_is_so_many_working_days_late(days, ago, holidays, rules):
    calendar, today, since = calendar_with(holidays), DUE, DUE - timedelta(days=ago)
    due_on = today + timedelta(days=days)

    found = [
        window.step
        for window in escalation_windows(since=since, today=today, calendar=calendar, rules=rules)
        if window.first <= due_on <= window.last
    ]

    days_of = zip(ESCALATED, rules.escalations, strict=True)
    came_on = {step: calendar.working_days_after(due_on, late) for step, late in days_of if late}
    assert found == [step for step, day in came_on.items() if since <= day <= today]


def test_leadership_is_told_at_three_and_at_ten_working_days():
    first, second = escalation_windows(since=LONG_AGO, today=DUE, calendar=EVERY_DAY_OPEN)

    assert (first.step, first.last) == ("escalated_1", date(2026, 3, 22))  # three days came since that Sunday
    assert (second.step, second.last) == ("escalated_2", date(2026, 3, 11))


def test_rules_come_back_from_the_database_as_they_went():
    rules = Rules(leads=(14, 3), on_the_day=False, escalations=(0, 5))

    assert Rules.from_json(json.loads(json.dumps(rules.to_json()))) == rules


def test_rules_that_an_older_or_newer_release_kept_are_read_as_far_as_they_are_known():
    assert Rules.from_json({"stalled_after": 14, "unheard_of": 1}) == Rules(stalled_after=14)


@pytest.mark.parametrize(
    "wrong",
    [
        {"leads": (0,)}, {"leads": (7, 7)}, {"leads": (-1,)}, {"leads": (181,)}, {"leads": tuple(range(1, 10))},
        {"follow_ups": 9}, {"follow_ups": 3, "follow_up_every": 0}, {"follow_ups": 3, "first_follow_up": 0},
        {"escalations": (10, 3)}, {"behind_by": 101}, {"stalled_after": -1},
    ],
)  # fmt: skip
def test_rules_that_cannot_be_meant_are_refused(wrong):
    with pytest.raises(BadRules):
        Rules(**wrong)


def test_switched_off_rules_leave_no_rung():
    assert Rules(leads=(), on_the_day=False, first_follow_up=0, follow_ups=0).ladder == ()


def test_steps_are_read_by_what_presses_most():
    steps = ["weekly", "lead_30", "assigned", "lead_7", "due", "late_1", "late_8", *ESCALATED, "returned"]

    assert sorted(steps, key=place_of) == [
        "returned", "escalated_2", "escalated_1", "late_8", "late_1", "due", "lead_7", "lead_30", "assigned", "weekly",
    ]  # fmt: skip
