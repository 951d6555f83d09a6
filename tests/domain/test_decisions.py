from datetime import date

import pytest

from tracker.domain.calendar import Calendar
from tracker.domain.decisions import Matter, limits, rows_shown
from tracker.domain.reminders import Rules, escalation_windows

FRIDAY = date(2026, 2, 20)
LONG_AGO = date(2020, 1, 1)
OPEN_ON_WORKING_DAYS = Calendar()


def of(day=FRIDAY, calendar=OPEN_ON_WORKING_DAYS, **rules):
    return limits(Rules(**rules), day=day, calendar=calendar)


@pytest.mark.parametrize(
    ("matter", "day"),
    [
        (Matter.LATE_1, date(2026, 2, 17)),  # Wednesday, Thursday and Friday have passed since
        (Matter.LATE_2, date(2026, 2, 8)),  # a Sunday: ten working days from Monday on
        (Matter.BLOCKED, date(2026, 2, 13)),
        (Matter.REVIEW, date(2026, 2, 13)),
        (Matter.STALLED, date(2026, 1, 21)),
    ],
)
def test_each_matter_has_a_last_day_on_which_it_must_have_begun(matter, day):
    assert of()[matter] == day


def test_what_is_late_for_leadership_is_what_reminders_bring_to_it():
    rules = Rules(escalations=(2, 5))
    windows = escalation_windows(since=LONG_AGO, today=FRIDAY, calendar=OPEN_ON_WORKING_DAYS, rules=rules)

    found = limits(rules, day=FRIDAY, calendar=OPEN_ON_WORKING_DAYS)

    assert {window.step: window.last for window in windows} == {
        "escalated_1": found[Matter.LATE_1],
        "escalated_2": found[Matter.LATE_2],
    }


def test_a_holiday_leaves_a_day_more_before_leadership_is_told():
    assert of(calendar=Calendar(frozenset({FRIDAY})))[Matter.LATE_1] == date(2026, 2, 16)


@pytest.mark.parametrize(
    ("rules", "missing"),
    [
        ({"escalations": (0, 10)}, Matter.LATE_1),
        ({"escalations": (3, 0)}, Matter.LATE_2),
        ({"blocked_after": 0}, Matter.BLOCKED),
        ({"stalled_after": 0}, Matter.STALLED),
    ],
)
def test_a_rule_that_is_switched_off_asks_for_no_decision(rules, missing):
    assert set(of()) - set(of(**rules)) == {missing}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({Matter.BLOCKED: 1}, {Matter.BLOCKED: 1}),
        ({Matter.BLOCKED: 99}, {Matter.BLOCKED: 7}),
        ({Matter.BLOCKED: 99, Matter.LATE_1: 2}, {Matter.LATE_1: 2, Matter.BLOCKED: 4}),
        (dict.fromkeys(Matter, 9), {**dict.fromkeys(Matter, 0), Matter.LATE_2: 1, Matter.LATE_1: 1}),
    ],
)
def test_the_most_pressing_rows_fill_eight_lines(counts, shown):
    assert rows_shown(counts, lines=8) == shown


def test_where_there_are_more_matters_than_lines_each_still_has_its_own():
    assert rows_shown(dict.fromkeys(Matter, 1), lines=3) == dict.fromkeys(Matter, 0)
