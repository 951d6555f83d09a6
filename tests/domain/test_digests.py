import pytest

from tracker.domain.digests import Section, Standing, section_of

THEIRS = Standing(is_open=True, is_theirs=True)
LATE = Standing(is_open=True, is_overdue=True, is_theirs=True)


@pytest.mark.parametrize(
    ("steps", "standing", "section"),
    [
        ({"lead_7"}, THEIRS, Section.COMING),
        ({"due"}, LATE, Section.LATE),  # it was due when it was written, and leaves a day later
        ({"late_1"}, LATE, Section.LATE),
        ({"late_1"}, THEIRS, Section.COMING),  # its deadline was moved since
        ({"returned", "lead_7"}, THEIRS, Section.RETURNED),
        ({"returned"}, LATE, Section.LATE),
        ({"assigned", "lead_1"}, THEIRS, Section.ASSIGNED),
        ({"stalled"}, THEIRS, Section.STALLED),
        ({"stalled", "lead_1"}, THEIRS, Section.COMING),
    ],
)
def test_what_a_person_has_to_do_stands_where_it_is_now(steps, standing, section):
    assert section_of(steps, standing) == section


@pytest.mark.parametrize(
    ("steps", "standing", "section"),
    [
        ({"escalated_1"}, Standing(is_open=True, is_overdue=True, leads=True), Section.ESCALATED),
        ({"escalated_1"}, Standing(is_open=True, leads=True), None),  # its deadline was moved since
        ({"escalated_2"}, Standing(is_open=True, is_overdue=True), None),  # no leader any more
        ({"review"}, Standing(is_open=False, is_submitted=True, reviews=True), Section.REVIEW),
        ({"review"}, Standing(is_open=False, is_submitted=True, reviews=True, is_their_submission=True), None),
        ({"review"}, Standing(is_open=True, reviews=True), None),  # somebody else has returned it
        ({"blocked"}, Standing(is_open=True, is_blocked=True, reviews=True), Section.BLOCKED),
        ({"blocked"}, Standing(is_open=True, reviews=True), None),
        ({"lead_7"}, Standing(is_open=False), None),
        ({"lead_7"}, Standing(is_open=True), None),  # given to somebody else
    ],
)
def test_what_a_person_has_to_know_is_told_as_long_as_it_is_true(steps, standing, section):
    assert section_of(steps, standing) == section


def test_what_one_has_to_do_oneself_comes_before_what_one_is_told_as_a_leader():
    both = Standing(is_open=True, is_overdue=True, is_theirs=True, leads=True)

    assert section_of({"late_1", "escalated_1"}, both) == Section.LATE
    assert section_of({"escalated_1"}, both) == Section.ESCALATED
