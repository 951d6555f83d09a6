from datetime import date
from typing import NamedTuple

import pytest

from tracker.domain.feeds import Share, cancelled_from, may_follow, own_shares, sequence, shares, shown_from
from tracker.domain.permissions import Role

OURS, OTHERS = 1, 2


class Post(NamedTuple):
    """A position of the tests."""

    id: int
    role: Role
    division_id: int | None


HEAD, OFFICER = Post(10, Role.HEAD, OURS), Post(11, Role.OFFICER, OURS)


def test_the_head_has_the_work_of_the_division_and_an_officer_a_part_of_it():
    assert own_shares([HEAD]) == (Share(OURS),)
    assert own_shares([OFFICER]) == (Share(OURS, position_id=11),)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HEAD, Role.OFFICER}))
def test_whoever_does_not_report_has_no_work_of_their_own(role):
    assert own_shares([Post(12, role, OURS)]) == ()


def test_whoever_acts_for_a_second_division_has_the_work_of_both():
    assert own_shares([HEAD, Post(13, Role.HEAD, OTHERS)]) == (Share(OURS), Share(OTHERS))


@pytest.mark.parametrize("role", sorted(Role))
def test_everybody_in_a_division_may_follow_it(role):
    assert may_follow(OURS, [Post(1, role, OURS)])


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CLERK, True),
        (Role.EXECUTIVE, True),
        (Role.HEAD, False),
        (Role.OFFICER, False),
        (Role.AUDITOR, False),
        (Role.ADMINISTRATOR, False),
    ],
)
def test_the_clerk_and_executives_may_follow_every_division(role, may):
    assert may_follow(OTHERS, [Post(1, role, OURS)]) is may
    assert may_follow(OTHERS, [Post(1, role, None)]) is may


def test_a_calendar_is_empty_while_its_person_holds_nothing_that_lets_them_read_it():
    assert shares(None, []) == shares(OURS, []) == shares(OTHERS, [HEAD]) == ()
    assert shares(OURS, [OFFICER]) == (Share(OURS),)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 9, 30), date(2024, 10, 1)),
        (date(2026, 10, 1), date(2025, 10, 1)),
        (date(2028, 2, 29), date(2026, 10, 1)),
    ],
)
def test_the_last_fiscal_year_is_shown_beside_this_one(today, first):
    assert shown_from(today) == first


def test_cancellations_are_told_for_thirty_days():
    assert cancelled_from(date(2026, 3, 31)) == date(2026, 3, 1)


def test_the_number_of_an_event_grows_with_whatever_can_happen_to_a_task():
    story = [
        sequence(states=1, ended=0, is_overdue=False),  # it is made
        sequence(states=1, ended=0, is_overdue=True),  # its day passes
        sequence(states=2, ended=1, is_overdue=False),  # it is done, or moved
        sequence(states=2, ended=1, is_overdue=True),
        sequence(states=2, ended=2, is_overdue=False),  # it is retired
        sequence(states=3, ended=2, is_overdue=False),  # it is brought back
    ]

    assert story == sorted(set(story))
