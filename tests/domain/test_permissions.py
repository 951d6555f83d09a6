import pytest

from tracker.domain.permissions import MAY, OWN_DIVISION, Act, Role, may

WHO = {
    Act.READ: set(Role),
    Act.SEE_INSIDE: {Role.HEAD, Role.OFFICER, Role.CLERK, Role.EXECUTIVE, Role.AUDITOR},
    Act.REPORT: {Role.HEAD, Role.OFFICER},
    Act.REVIEW: {Role.CLERK, Role.EXECUTIVE},
    Act.EDIT_PLAN: {Role.CLERK},
    Act.CLOSE_ROUND: {Role.CLERK},
    Act.IMPORT: {Role.CLERK},
    Act.READ_REPORTS: {Role.CLERK, Role.EXECUTIVE, Role.AUDITOR},
    Act.ISSUE: {Role.CLERK, Role.EXECUTIVE},
    Act.KEEP_LINKS: {Role.CLERK},
    Act.PUBLISH: {Role.CLERK},
    Act.PREVIEW_WINDOW: {Role.CLERK, Role.EXECUTIVE},
    Act.ANSWER_CITIZENS: {Role.CLERK, Role.EXECUTIVE},
    Act.READ_CITIZENS: {Role.CLERK, Role.EXECUTIVE, Role.HEAD, Role.AUDITOR},
    Act.ADMINISTER: {Role.ADMINISTRATOR},
    Act.FORESEE: {Role.CLERK, Role.ADMINISTRATOR},
    Act.READ_RECORD: {Role.ADMINISTRATOR, Role.AUDITOR},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_what_the_table_says_and_nothing_else(act, role):
    assert may(act, roles=[role]) is (role in WHO[act])


def test_every_act_has_its_row():
    assert set(MAY) == set(Act)


@pytest.mark.parametrize("act", Act)
def test_whoever_holds_no_position_may_do_nothing(act):
    assert not may(act, roles=[])


def test_somebody_in_two_positions_may_do_what_either_may():
    assert may(Act.REVIEW, roles=[Role.HEAD, Role.CLERK])
    assert may(Act.REPORT, roles=[Role.HEAD, Role.CLERK])


def test_an_auditor_reads_everything_and_changes_nothing():
    assert [act for act in Act if may(act, roles=[Role.AUDITOR])] == [
        Act.READ,
        Act.SEE_INSIDE,
        Act.READ_REPORTS,
        Act.READ_CITIZENS,
        Act.READ_RECORD,
    ]


def test_reporting_is_for_the_own_division():
    assert {Act.REPORT} == OWN_DIVISION
