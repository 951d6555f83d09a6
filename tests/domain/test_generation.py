from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.deadlines import Festival
from tracker.domain.generation import Changes, ExistingTask, TaskKey, changes, days_by_slot
from tracker.domain.statuses import Placement
from tracker.domain.timeframes import read_time_frame

MARCH, SEPTEMBER, FEBRUARY = date(2026, 3, 31), date(2026, 9, 30), date(2026, 2, 28)
FIRST, SECOND = TaskKey(1, 1, "round:1"), TaskKey(1, 1, "round:2")


def task(key, day=MARCH, *, placement=Placement.SCHEDULED, is_touched=False):
    return ExistingTask(key, day, placement, is_touched)


def test_what_is_asked_for_and_not_there_is_added():
    assert changes({FIRST: MARCH}, []) == Changes(add={FIRST: MARCH})


def test_what_is_there_and_asked_for_stays_as_it_is():
    assert not changes({FIRST: MARCH}, [task(FIRST)])


def test_a_slot_on_another_day_moves():
    assert changes({FIRST: FEBRUARY}, [task(FIRST, MARCH)]) == Changes(move={FIRST: FEBRUARY})


@pytest.mark.parametrize(
    ("is_touched", "expected"),
    [(False, Changes(retire=frozenset({SECOND}))), (True, Changes(keep_outside=frozenset({SECOND})))],
)
def test_what_is_no_longer_asked_for_retires_unless_somebody_worked_on_it(is_touched, expected):
    assert changes({FIRST: MARCH}, [task(FIRST), task(SECOND, SEPTEMBER, is_touched=is_touched)]) == expected


@pytest.mark.parametrize("placement", [Placement.RETIRED, Placement.OUTSIDE])
@pytest.mark.parametrize("day", [MARCH, FEBRUARY])
def test_what_is_asked_for_again_comes_back_on_the_day_the_schedule_says(placement, day):
    assert changes({FIRST: day}, [task(FIRST, MARCH, placement=placement)]) == Changes(restore={FIRST: day})


@pytest.mark.parametrize("placement", [Placement.RETIRED, Placement.OUTSIDE])
def test_what_was_set_aside_before_is_not_set_aside_again(placement):
    assert not changes({}, [task(FIRST, placement=placement, is_touched=placement == Placement.OUTSIDE)])


KEYS = st.builds(
    TaskKey, st.integers(1, 2), st.integers(1, 2), st.sampled_from(["round:1", "round:2", "month:2026-02"])
)
DAYS = st.sampled_from([FEBRUARY, MARCH, SEPTEMBER])
TASKS = st.builds(ExistingTask, KEYS, DAYS, st.sampled_from(Placement), st.booleans())


def applied(existing, made):
    """Do what the changes say, in plain values."""
    after = dict(existing)
    for key, day in {**made.add, **made.restore, **made.move}.items():
        touched = key in after and after[key].is_touched
        after[key] = ExistingTask(key, day, Placement.SCHEDULED, touched)
    for keys, placement in ((made.retire, Placement.RETIRED), (made.keep_outside, Placement.OUTSIDE)):
        for key in keys:
            after[key] = ExistingTask(key, after[key].scheduled_on, placement, after[key].is_touched)
    return after


@settings(max_examples=50)
@given(wanted=st.dictionaries(KEYS, DAYS), existing=st.lists(TASKS, unique_by=lambda one: one.key))
def test_after_the_change_the_tasks_are_what_was_asked_for_and_nothing_is_left_to_change(wanted, existing):
    before = {one.key: one for one in existing}

    after = applied(before, changes(wanted, existing))

    assert {one.key: one.scheduled_on for one in after.values() if one.placement == Placement.SCHEDULED} == wanted
    assert before.keys() <= after.keys()
    assert not changes(wanted, after.values())


@settings(max_examples=50)
@given(wanted=st.dictionaries(KEYS, DAYS), existing=st.lists(TASKS, unique_by=lambda one: one.key))
def test_no_task_is_changed_in_two_ways_and_no_work_is_retired(wanted, existing):
    made = changes(wanted, existing)
    keys = [*made.add, *made.restore, *made.move, *made.retire, *made.keep_outside]

    assert len(keys) == len(set(keys))
    assert not made.retire & {one.key for one in existing if one.is_touched}


def test_schedules_that_name_the_same_slot_share_one_task_on_the_earlier_day():
    all_year = read_time_frame("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙", fiscal_year=2569)
    monthly = read_time_frame("ทุกเดือน", fiscal_year=2569)

    days = days_by_slot([all_year, all_year, monthly], rounds=(MARCH, SEPTEMBER), festivals=())

    assert (days["round:1"], days["round:2"], days["month:2026-02"]) == (MARCH, SEPTEMBER, FEBRUARY)
    assert len(days) == 14


def test_festivals_have_their_names_as_slots():
    festivals = read_time_frame("ทุกเทศกาล", fiscal_year=2569)

    days = days_by_slot([festivals], rounds=(), festivals=(Festival("songkran", date(2026, 4, 10)),))

    assert days == {"festival:songkran": date(2026, 4, 10)}


def test_without_schedules_there_are_no_slots():
    assert days_by_slot([], rounds=(MARCH,), festivals=()) == {}
