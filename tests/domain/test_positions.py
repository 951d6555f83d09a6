import pytest

from tracker.domain.permissions import Role
from tracker.domain.positions import NEEDS_DIVISION, DivisionNeeded, check_division


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
