import itertools

import pytest

from tracker.domain.statuses import NEXT, OPEN, CannotMove, ReasonNeeded, Status, check_move

A, B, S, D, N = Status.NOT_STARTED, Status.IN_PROGRESS, Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE
LIFE = {(A, B), (A, S), (B, S), (S, D), (S, B), (D, B), (A, N), (B, N), (N, A), (N, B)}
WITH_A_REASON = {(D, B), (A, N), (B, N)}


@pytest.mark.parametrize(("current", "wanted"), sorted(LIFE))
def test_the_life_of_a_task_knows(current, wanted):
    check_move(current, wanted, reason="เหตุผล")


@pytest.mark.parametrize(("current", "wanted"), sorted(set(itertools.product(Status, Status)) - LIFE))
def test_the_life_of_a_task_does_not_know(current, wanted):
    with pytest.raises(CannotMove) as refused:
        check_move(current, wanted, reason="เหตุผล")

    assert (refused.value.current, refused.value.wanted) == (current, wanted)


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
@pytest.mark.parametrize(("current", "wanted"), sorted(WITH_A_REASON))
def test_undoing_or_setting_aside_needs_a_reason(current, wanted, reason):
    with pytest.raises(ReasonNeeded):
        check_move(current, wanted, reason=reason)


@pytest.mark.parametrize(("current", "wanted"), sorted(LIFE - WITH_A_REASON))
def test_everything_else_needs_none(current, wanted):
    check_move(current, wanted)


def test_a_reviewer_who_returns_says_why_and_a_division_that_withdraws_need_not():
    with pytest.raises(ReasonNeeded):
        check_move(S, B, returning=True)
    check_move(S, B, returning=True, reason="ขาดภาพถ่าย")
    check_move(S, B)


def test_a_move_that_does_not_exist_is_refused_before_a_reason_is_asked_for():
    with pytest.raises(CannotMove):
        check_move(D, S, returning=True)


def test_no_status_is_a_dead_end():
    assert all(NEXT[status] for status in Status)


def test_open_is_what_a_division_still_works_on():
    assert {A, B} == OPEN
