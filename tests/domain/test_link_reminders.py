from datetime import UTC, timedelta

import pytest

from tests.clocks import BANGKOK, MORNING, TODAY
from tracker.domain.link_reminders import break_of, named_by, occasion

SINCE = MORNING - timedelta(days=2)


def owed(*days_ago):
    return occasion(failing_since=SINCE, told=[TODAY - timedelta(days=days) for days in days_ago], today=TODAY)


def test_a_break_that_nobody_told_is_owed():
    assert named_by(owed()) == break_of(SINCE)


@pytest.mark.parametrize("days", range(7))
def test_for_a_week_it_is_not_told_again(days):
    assert owed(days) is None


@pytest.mark.parametrize("days", [7, 8, 60])
def test_after_a_week_it_is_told_again_under_another_name(days):
    assert owed(days) not in (None, owed())


def test_only_the_last_time_counts():
    assert owed(14, 3) is None
    assert owed(14, 7) not in (None, owed(7))


def test_a_break_is_named_alike_in_every_zone():
    assert break_of(SINCE.astimezone(BANGKOK)) == break_of(SINCE.astimezone(UTC))


def test_another_break_has_another_name():
    assert break_of(SINCE) != break_of(SINCE + timedelta(seconds=1))
