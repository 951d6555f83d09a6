from datetime import date

import pytest

from tracker.domain.issues import DayAhead, Incomplete, IssueKind, ReissueReason, Scope, Stamped, check, stamp

TODAY = date(2026, 2, 20)
USUAL = {"as_of": TODAY, "today": TODAY, "version": 1, "note": "", "gaps": 0, "is_accepted": False}
STAMPED = Stamped(1, "plan:all", 1, TODAY, True, "note", 7, "head", "pdf:abc")


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"as_of": date(2025, 10, 1)},
        {"version": 2, "note": "แก้คำผิด"},
        {"gaps": 3, "is_accepted": True},
    ],
)
def test_what_may_be_issued(wish):
    check(**USUAL | wish)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        ({"as_of": date(2026, 2, 21)}, DayAhead),
        ({"version": 2}, ReissueReason),
        ({"version": 3, "note": " \n"}, ReissueReason),
        ({"gaps": 1}, Incomplete),
    ],
)
def test_what_may_not(wish, refusal):
    with pytest.raises(refusal):
        check(**USUAL | wish)


def test_versions_are_counted_for_each_report():
    round_on = date(2026, 3, 31)
    scopes = [Scope(kind, day) for kind in IssueKind for day in (None, round_on)]
    scopes += [Scope(IssueKind.EVIDENCE, indicator=number) for number in range(1, 11)]

    assert len({scope.series for scope in scopes}) == len(scopes)


@pytest.mark.parametrize(
    ("field", "value"),
    [("plan_id", 2), ("series", "follow_up:all"), ("version", 2), ("as_of", date(2026, 2, 19)), ("files", "pdf:abd"),
     ("has_thai_digits", False), ("note_digest", "other"), ("head_seq", 8), ("head_hash", "other")],
)  # fmt: skip
def test_a_stamp_covers_every_part_of_a_version(field, value):
    changed = Stamped(**vars(STAMPED) | {field: value})

    assert stamp(changed, previous="") != stamp(STAMPED, previous="")


def test_a_stamp_covers_the_one_it_replaces():
    assert stamp(STAMPED, previous="a") != stamp(STAMPED, previous="b")
