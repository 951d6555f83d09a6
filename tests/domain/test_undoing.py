from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.history import EventKind
from tracker.domain.undoing import UNDOABLE, CannotUndo, check_undo

DONE = datetime(2026, 2, 20, 2, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


def test_ones_own_last_deed_can_be_taken_back_for_ten_minutes():
    check_undo(done_at=DONE, now=DONE + TEN_MINUTES, is_own=True, is_last=True)


@pytest.mark.parametrize(
    ("after", "is_own", "is_last"),
    [
        (TEN_MINUTES + timedelta(seconds=1), True, True),
        (timedelta(0), False, True),
        (timedelta(0), True, False),
    ],
    ids=["too late", "somebody else's", "not the last"],
)
def test_what_must_stand_is_refused(after, is_own, is_last):
    with pytest.raises(CannotUndo):
        check_undo(done_at=DONE, now=DONE + after, is_own=is_own, is_last=is_last)


def test_a_clock_set_back_does_not_forbid_it():
    check_undo(done_at=DONE, now=DONE - timedelta(hours=1), is_own=True, is_last=True)


@pytest.mark.parametrize(
    "kind", [EventKind.UNDONE, EventKind.RESULT_WRITTEN, EventKind.STEP_CHECKED, EventKind.PLAN_CREATED]
)
def test_only_moves_of_a_task_are_taken_back(kind):
    assert kind not in UNDOABLE
