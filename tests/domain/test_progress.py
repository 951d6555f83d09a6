from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.progress import Progress

COUNTS = st.builds(Progress, **{field.name: st.integers(0, 50) for field in fields(Progress)})


def percent(done, total):
    return Progress(done_weight=done, weight=total).percent


@pytest.mark.parametrize(
    ("done", "total", "whole"),
    [(0, 198, 0), (198, 198, 100), (1, 2, 50), (1, 8, 13), (3, 8, 38), (2, 3, 67), (1, 3, 33)],
)
def test_percentages_are_rounded_half_up(done, total, whole):
    assert percent(done, total) == whole


@pytest.mark.parametrize("total", [101, 198, 1000, 100_000])
def test_hundred_percent_promises_that_nothing_is_left_and_none_that_nothing_is_done(total):
    assert percent(total - 1, total) == 99
    assert percent(1, total) == 1


def test_without_anything_to_do_there_is_no_percentage():
    nothing = Progress(not_applicable=5)

    assert (nothing.percent, nothing.expected_percent, nothing.on_time_percent) == (None, None, None)


@given(total=st.integers(1, 10_000), part=st.integers(0, 10_000))
def test_a_percentage_is_never_further_off_than_rounding_allows(total, part):
    part = min(part, total)

    assert abs(percent(part, total) - Fraction(100 * part, total)) <= Fraction(1, 2) or percent(part, total) in {1, 99}


def test_what_is_not_applicable_counts_in_nothing_else():
    progress = Progress(not_started=1, in_progress=2, submitted=3, done=4, not_applicable=50)

    assert (progress.countable, progress.open) == (10, 3)


@pytest.mark.parametrize(("done", "due", "behind"), [(4, 5, True), (5, 5, False), (6, 5, False), (0, 0, False)])
def test_a_plan_is_behind_when_less_is_complete_than_the_day_asks_for(done, due, behind):
    assert Progress(weight=10, done_weight=done, due_weight=due).is_behind is behind


def test_on_time_is_a_share_of_what_was_accepted():
    assert Progress(done=4, done_on_time=3, submitted=10).on_time_percent == 75


@given(parts=st.lists(COUNTS, max_size=5))
def test_a_sum_adds_every_count(parts):
    total = Progress.sum(parts)

    for field in fields(Progress):
        assert getattr(total, field.name) == sum(getattr(part, field.name) for part in parts)


def test_the_sum_of_nothing_is_nothing():
    assert Progress.sum([]) == Progress()
