import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks import MORNING, TODAY
from tracker.domain.closings import (
    COUNTS,
    DayBeforeRound,
    DayNotOver,
    RoundAhead,
    Sealed,
    Snapshot,
    Standing,
    check_day,
    check_reason,
    owed,
    seal,
    standing,
    usual_day,
)
from tracker.domain.figures import Cell, Figures, Named
from tracker.domain.progress import Progress
from tracker.domain.statuses import ReasonNeeded

ONE_DAY = timedelta(days=1)
ROUND = date(2026, 2, 10)
SEALED = Sealed(
    plan_id=1, round_on=ROUND, revision=1, as_of=ROUND, closed_at=MORNING, closed_by_id=2, note_digest="", figures="{}",
    head_seq=3, head_hash="a",
)  # fmt: skip

NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DIVISIONS = st.dictionaries(st.integers(1, 9), NAMES, min_size=1, max_size=4)
PROGRESS = st.builds(Progress, **{name: st.integers(0, 50) for name in COUNTS})


@st.composite
def snapshots(draw):
    divisions = [Named(*one) for one in draw(DIVISIONS).items()]
    cell = st.builds(
        Cell,
        indicator=st.integers(1, 10),
        measure_id=st.integers(1, 99),
        division=st.sampled_from(divisions),
        due_on=st.dates(),
        progress=PROGRESS,
    )
    return Snapshot(
        organization=draw(NAMES),
        fiscal_year=draw(st.integers(2500, 2699)),
        closed_by=draw(NAMES),
        indicators=draw(st.dictionaries(st.integers(1, 10), st.tuples(NAMES, NAMES))),
        measures=draw(st.dictionaries(st.integers(1, 99), NAMES)),
        figures=Figures(draw(st.dates()), tuple(draw(st.lists(cell, max_size=8)))),
    )


@given(snapshots())
def test_what_is_frozen_is_read_back_as_it_was(snapshot):
    assert Snapshot.read(snapshot.canonical()) == snapshot


@given(snapshots())
def test_what_is_read_back_is_written_as_the_same_text(snapshot):
    text = snapshot.canonical()

    assert Snapshot.read(text).canonical() == text


def frozen(*cells, day=ROUND):
    return Snapshot("เทศบาล", 2569, "นักจัดการงานทั่วไป", {1: ("หนึ่ง", "One")}, {7: "มาตรการ"}, Figures(day, cells))


def cell(due_on=ROUND, division=3, name="กองคลัง", **counts):
    return Cell(1, 7, Named(division, name), due_on, Progress(**counts))


def test_the_text_is_json_that_explains_itself():
    content = json.loads(frozen(cell(done=2)).canonical())

    assert list(content) == sorted(content)
    assert (content["divisions"], content["measures"]) == ({"3": "กองคลัง"}, {"7": "มาตรการ"})
    assert dict(zip(content["counts"], content["cells"][0]["numbers"], strict=True))["done"] == 2


def test_the_text_does_not_depend_on_the_order_in_which_names_were_found():
    snapshot = frozen(cell())
    one = replace(snapshot, measures={1: "ก", 2: "ข"})

    assert one.canonical() == replace(snapshot, measures={2: "ข", 1: "ก"}).canonical()


def test_a_recount_of_the_same_figures_differs_in_nothing_whatever_has_been_renamed():
    snapshot = frozen(cell(done=2))

    assert snapshot.differences(Figures(ROUND, (cell(name="กองคลังและพัสดุ", done=2),))) == []


def test_a_recount_says_in_which_cells_it_differs():
    snapshot = frozen(cell(done=2, weight=2), cell(division=4, done=1))

    (changed,) = snapshot.differences(Figures(ROUND, (cell(done=1, submitted=1, weight=2), cell(division=4, done=1))))

    assert changed.cell.division.id == 3
    assert changed.numbers == [("submitted", 0, 1), ("done", 2, 1)]


def test_a_cell_that_is_no_more_and_one_that_is_new_both_differ():
    snapshot = frozen(cell(done=2))

    found = snapshot.differences(Figures(ROUND, (cell(division=4, done=1),)))

    assert {one.cell.division.id: one.numbers for one in found} == {3: [("done", 2, 0)], 4: [("done", 0, 1)]}


def test_what_was_not_counted_then_is_no_difference():
    old = replace(frozen(cell(done=2)), counts=("done",))

    assert Snapshot.read(old.canonical()).differences(Figures(ROUND, (cell(done=2, due=1),))) == []


def test_owed_is_what_should_have_been_reported_by_the_rounds_day():
    figures = Figures(
        ROUND + ONE_DAY,
        (
            cell(not_started=1),
            cell(division=4, submitted=1),
            cell(division=5, in_progress=2),
            cell(division=6, due_on=ROUND + ONE_DAY, not_started=1),
        ),
    )

    assert {division.id: done.open for division, done in owed(figures, ROUND).divisions.items()} == {3: 1, 5: 2}


@pytest.mark.parametrize(
    ("round_on", "is_closed", "expected"),
    [
        (TODAY - ONE_DAY, False, Standing.OPEN),
        (TODAY, False, Standing.AHEAD),
        (TODAY + ONE_DAY, False, Standing.AHEAD),
        (TODAY - ONE_DAY, True, Standing.CLOSED),
    ],
)
def test_a_round_is_open_once_its_day_is_over(round_on, is_closed, expected):
    assert standing(round_on, is_closed=is_closed, today=TODAY) == expected


@pytest.mark.parametrize(
    ("round_on", "day"),
    [
        (TODAY - ONE_DAY, TODAY - ONE_DAY),
        (TODAY - 5 * ONE_DAY, TODAY - ONE_DAY),
        (TODAY - 60 * ONE_DAY, TODAY - 45 * ONE_DAY),
    ],
)
def test_a_round_is_usually_closed_as_of_the_last_day_that_is_over_but_no_more_than_15_days_after_it(round_on, day):
    assert usual_day(round_on, today=TODAY) == day


def refused(*, round_on=ROUND, as_of=ROUND, revision=1, note="", today=TODAY):
    check_day(round_on=round_on, as_of=as_of, today=today)
    check_reason(round_on=round_on, as_of=as_of, revision=revision, note=note)


def test_on_its_own_day_a_round_is_closed_without_a_reason():
    refused()


@pytest.mark.parametrize(
    ("refusal", "facts"),
    [
        (RoundAhead, {"round_on": TODAY, "as_of": TODAY}),
        (RoundAhead, {"round_on": TODAY + ONE_DAY, "as_of": TODAY + ONE_DAY}),
        (DayBeforeRound, {"as_of": ROUND - ONE_DAY, "note": "เหตุผล"}),
        (DayNotOver, {"as_of": TODAY, "note": "เหตุผล"}),
        (DayNotOver, {"as_of": TODAY + ONE_DAY, "note": "เหตุผล"}),
        (ReasonNeeded, {"as_of": ROUND + ONE_DAY, "note": " "}),
        (ReasonNeeded, {"revision": 2}),
    ],
)
def test_what_cannot_be_closed_is_refused(refusal, facts):
    with pytest.raises(refusal):
        refused(**facts)


def test_yesterday_with_a_reason_is_the_last_day_that_can_be_taken():
    refused(as_of=TODAY - ONE_DAY, note="รวมรายงานที่ส่งหลังวันครบรอบ")


def test_refusals_are_sentences_with_the_day_that_helps():
    assert "20" in str(DayNotOver(TODAY))
    assert str(RoundAhead(ROUND)).endswith("over.")
    assert "2026-02-11" in str(RoundAhead(ROUND))


@pytest.mark.parametrize("name", [one.name for one in fields(Sealed)])
def test_the_seal_covers_every_fact(name):
    value = getattr(SEALED, name)
    other = value + (ONE_DAY if isinstance(value, date) else 1) if not isinstance(value, str) else value + "x"

    assert seal(replace(SEALED, **{name: other}), previous="") != seal(SEALED, previous="")


def test_the_seal_covers_the_seal_before_it():
    assert seal(SEALED, previous="a") != seal(SEALED, previous="")


def test_the_seal_is_the_same_on_every_machine():
    assert seal(SEALED, previous="") == "dc7bd7a5cbc06410cd51dc29089fefd89f695d174bf33b811456db608fa827ae"


def test_what_closed_rounds_have_frozen_keeps_its_names():
    # A count may be added; one that is renamed or taken out would make every round closed before unreadable.
    frozen = {"not_started", "in_progress", "submitted", "done", "not_applicable", "overdue", "due", "done_on_time"}

    assert frozen | {"weight", "done_weight", "due_weight"} <= {one.name for one in fields(Progress)}
