from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import MORNING
from tracker.domain.deliveries import (
    LONG_TROUBLE,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    Problem,
    is_down,
    is_same_trouble,
    pause,
)

ALMOST_ONE = 0.999999


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 2), (2, 4), (3, 8), (7, 128), (8, 240), (12, 240), (1000, 240)])
def test_patience_doubles_with_every_failure_up_to_four_hours(attempts, minutes):
    longest = pause(attempts, chance=ALMOST_ONE)

    assert timedelta(minutes=minutes) - longest < timedelta(seconds=1)


def test_the_whole_pause_is_drawn_so_that_many_do_not_return_at_once():
    assert pause(3, chance=0.5) == timedelta(minutes=4)


@given(attempts=st.integers(1, 100), chance=st.floats(0, 1, exclude_max=True))
def test_a_pause_is_at_least_a_second_and_never_too_long(attempts, chance):
    assert timedelta(seconds=1) <= pause(attempts, chance=chance) <= LONGEST_PAUSE


def test_a_mail_is_tried_through_a_day_without_its_server():
    assert sum((pause(attempt, chance=ALMOST_ONE) for attempt in range(1, MOST_ATTEMPTS)), timedelta()) > timedelta(
        hours=16
    )


def down(failures, problem, *, minutes):
    """Ask of a trouble that began in the morning and has lasted so long."""
    now = MORNING + timedelta(minutes=minutes)
    return is_down(failures=failures, problem=problem, failing_since=MORNING, now=now)


@pytest.mark.parametrize("problem", [*Problem, None])
def test_three_different_deliveries_in_a_row_are_no_matter_of_one_address(problem):
    assert down(3, problem, minutes=0)


@pytest.mark.parametrize("problem", [None, *sorted(set(Problem) - {Problem.SIGN_IN, Problem.UNREACHABLE})])
def test_two_failures_say_nothing_of_the_server_however_long_ago(problem):
    assert not down(2, problem, minutes=60 * 24)


@pytest.mark.parametrize("problem", [Problem.SIGN_IN, Problem.UNREACHABLE])
def test_one_trouble_of_the_server_itself_is_told_once_it_has_lasted(problem):
    assert not down(1, problem, minutes=LONG_TROUBLE.total_seconds() / 60)
    assert down(1, problem, minutes=LONG_TROUBLE.total_seconds() / 60 + 1)


def test_before_the_first_mail_and_after_a_success_nothing_is_down():
    assert not is_down(failures=0, problem=None, failing_since=None, now=MORNING)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (Problem.ADDRESS, Problem.FULL, True),
        (Problem.SIGN_IN, Problem.UNREACHABLE, True),
        (Problem.BUSY, Problem.SLOW, True),
        (Problem.BUSY, None, True),
        (Problem.ADDRESS, Problem.UNREACHABLE, False),
        (Problem.BUSY, Problem.SIGN_IN, False),
        (None, Problem.FULL, False),
    ],
)
def test_a_trouble_of_another_kind_is_a_new_one(before, after, same):
    assert is_same_trouble(before, after) is is_same_trouble(after, before) is same
