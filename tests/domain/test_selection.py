import pytest

from tracker.domain.selection import Hindrance, hindrance
from tracker.domain.statuses import NEXT, OPEN, Placement, Status


@pytest.mark.parametrize("status", Status)
def test_exactly_what_is_open_can_be_changed(status):
    found = hindrance(status=status, placement=Placement.SCHEDULED)

    assert (found is None) == (status in OPEN) == (Status.NOT_APPLICABLE in NEXT[status])


@pytest.mark.parametrize("status", Status)
def test_what_is_retired_is_hindered_by_that_first(status):
    assert hindrance(status=status, placement=Placement.RETIRED, is_same=True) == Hindrance.RETIRED


def test_outside_the_schedule_nothing_is_hindered():
    assert hindrance(status=Status.IN_PROGRESS, placement=Placement.OUTSIDE) is None


def test_what_is_so_already_stays():
    assert hindrance(status=Status.NOT_STARTED, placement=Placement.SCHEDULED, is_same=True) == Hindrance.SAME
