import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import Calendar
from tracker.domain.reminder_rules import LONGEST, NoCount, differences, example, read_count, read_leads
from tracker.domain.reminders import ESCALATED, USUAL, Rules, escalation_windows, reached

OPEN = Calendar()
SONGKRAN = Calendar(frozenset(date(2026, 4, day) for day in (13, 14, 15)))
LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("text", "count"), [("7", 7), ("๗", 7), (" 10 วันทำการ ", 10), ("8 ครั้ง", 8), ("0", 0), ("10%", 10)]
)
def test_a_number_is_read_as_people_write_it(text, count):
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "๗-๘", "99999", "²", "7 7"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(NoCount):
        read_count(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30, 7, 1", (30, 7, 1)),
        ("๓๐,๗,๑", (30, 7, 1)),
        ("1 7 30", (30, 7, 1)),
        ("30 วัน 7 วัน และ 1 วัน", (30, 7, 1)),
        ("7", (7,)),
        ("", ()),
        ("0", ()),
        ("7, 7", (7, 7)),  # which the rules themselves refuse
    ],
)
def test_leads_are_read_farthest_first(text, days):
    assert read_leads(text) == days


def test_more_text_than_anybody_means_is_refused_at_once():
    with pytest.raises(NoCount):
        read_leads("1, " * LONGEST)


def test_leads_that_are_words_are_refused():
    with pytest.raises(NoCount):
        read_leads("30, เจ็ด")


def test_an_example_names_the_day_of_each_step():
    steps = example(Rules(leads=(7,), follow_ups=0, escalations=(3, 0)), due_on=date(2026, 4, 10), calendar=SONGKRAN)

    assert [(step.step, step.on) for step in steps] == [
        ("lead_7", date(2026, 4, 3)),
        ("due", date(2026, 4, 10)),
        ("late_1", date(2026, 4, 16)),  # after weekend and festival
        ("escalated_1", date(2026, 4, 20)),  # 16, 17 and 20 are the working days
    ]


def test_of_two_steps_that_fall_on_one_day_only_the_later_is_told():
    sunday = date(2026, 2, 22)

    steps = example(Rules(leads=(1,), escalations=(0, 0), follow_ups=0), due_on=sunday, calendar=OPEN)

    assert [step.step for step in steps] == ["due", "late_1"]


def test_rules_that_are_all_switched_off_tell_nothing():
    off = Rules(leads=(), on_the_day=False, first_follow_up=0, follow_ups=0, escalations=(0, 0))

    assert example(off, due_on=date(2026, 4, 10), calendar=OPEN) == ()


@given(due_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_an_example_tells_what_real_tasks_are_told(due_on):
    for step in example(USUAL, due_on=due_on, calendar=SONGKRAN):
        if step.step in ESCALATED:
            on, before = (
                {
                    window.step
                    for window in escalation_windows(since=LONG_AGO, today=day, calendar=SONGKRAN)
                    if window.first <= due_on <= window.last
                }
                for day in (step.on, step.on - timedelta(days=1))
            )
            assert step.step in on - before
        else:
            rung = reached(due_on=due_on, since=LONG_AGO, today=step.on, calendar=SONGKRAN)
            assert rung is not None
            assert rung.name == step.step


def test_the_history_is_told_only_what_differs():
    before, after = differences(USUAL, Rules(leads=(14, 3), weekly=False))

    assert json.loads(before) == {"leads": [30, 7, 1], "weekly": True}
    assert json.loads(after) == {"leads": [14, 3], "weekly": False}
