from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.deliveries import LONGEST_PAUSE, MOST_ATTEMPTS, pause

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
