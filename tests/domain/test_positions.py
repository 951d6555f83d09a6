import pytest

from tracker.domain.permissions import Role
from tracker.domain.positions import NEEDS_DIVISION, DivisionNeeded, NoLeader, check_division, check_level


def test_heads_and_officers_report_for_a_division():
    assert {Role.HEAD, Role.OFFICER} == NEEDS_DIVISION


@pytest.mark.parametrize("role", sorted(NEEDS_DIVISION))
def test_without_a_division_they_could_do_nothing(role):
    with pytest.raises(DivisionNeeded):
        check_division(role, has_division=False)


@pytest.mark.parametrize("role", Role)
def test_everybody_may_belong_to_a_division(role):
    check_division(role, has_division=True)


@pytest.mark.parametrize("role", sorted(set(Role) - NEEDS_DIVISION))
def test_the_others_may_do_without(role):
    check_division(role, has_division=False)


@pytest.mark.parametrize("level", [None, 1, 2])
def test_an_executive_may_be_told_at_any_level(level):
    check_level(Role.EXECUTIVE, level)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EXECUTIVE}))
def test_nobody_else_is_told_as_leadership(role):
    check_level(role, None)
    with pytest.raises(NoLeader):
        check_level(role, 1)
