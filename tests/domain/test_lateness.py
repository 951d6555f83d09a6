from datetime import date, timedelta

import pytest

from tracker.domain.lateness import days_left, is_overdue, was_on_time
from tracker.domain.statuses import OPEN, Status

DUE = date(2026, 2, 28)
YESTERDAY, TOMORROW = DUE - timedelta(days=1), DUE + timedelta(days=1)


@pytest.mark.parametrize("status", sorted(OPEN))
@pytest.mark.parametrize(("today", "late"), [(YESTERDAY, False), (DUE, False), (TOMORROW, True)])
def test_an_open_task_is_overdue_from_the_day_after_its_last_good_day(status, today, late):
    assert is_overdue(status=status, due_on=DUE, today=today) is late


@pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
def test_what_is_no_longer_the_divisions_to_do_is_never_overdue(status):
    assert not is_overdue(status=status, due_on=DUE, today=DUE + timedelta(days=365))


@pytest.mark.parametrize(("submitted_on", "on_time"), [(YESTERDAY, True), (DUE, True), (TOMORROW, False)])
def test_a_submission_on_the_last_good_day_is_on_time(submitted_on, on_time):
    assert was_on_time(submitted_on=submitted_on, due_on=DUE) is on_time


@pytest.mark.parametrize(("today", "days"), [(YESTERDAY, 1), (DUE, 0), (TOMORROW, -1), (date(2026, 1, 31), 28)])
def test_days_left_are_none_on_the_day_itself_and_negative_after_it(today, days):
    assert days_left(due_on=DUE, today=today) == days
