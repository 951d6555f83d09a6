from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_plan, make_task
from tracker.domain.closings import DayNotOver, NoSuchRound, NothingToClose, RoundAhead
from tracker.domain.history import EventKind
from tracker.domain.statuses import ReasonNeeded, Status
from tracker.extensions import db as database
from tracker.models import Closing, Event, Task, TaskState
from tracker.queries import closings as queries
from tracker.queries import progress
from tracker.services import closings, events, plans, states, tasks

ROUND, AUGUST = date(2026, 2, 10), date(2026, 8, 31)
ONE_DAY = timedelta(days=1)
WHY = "รวมรายงานที่ส่งหลังวันครบรอบ"


@pytest.fixture
def plan(people):
    """A plan with a round that has come: one task of it is done, one is not."""
    plan = make_plan(rounds=(ROUND, AUGUST))
    make_task(measure=make_measure(2, weight=3), due_on=ROUND, status=Status.DONE)
    make_task(measure=make_measure(9), due_on=ROUND)
    return plan


@pytest.fixture
def close(plan, people):
    def close(*, round_on=ROUND, as_of=ROUND, note="", now=MORNING, today=TODAY, of=plan):
        return closings.close(plan=of, round_on=round_on, as_of=as_of, note=note, by=people.clerk, now=now, today=today)

    return close


def test_the_figures_of_the_day_are_frozen_with_their_names(plan, close):
    snapshot = close().snapshot

    assert snapshot.figures == progress.as_of(plan.id, day=ROUND)
    assert snapshot.figures.total.percent == 75
    assert snapshot.organization == plan.organization.name
    assert sorted(snapshot.measures.values()) == sorted(measure.title for measure in plan.measures)
    assert snapshot.indicators[2][0] == "การใช้งบประมาณ"


def test_it_says_who_closed_it_in_which_position_and_not_which_person(close, people):
    closing = close()

    assert closing.closed_by == people.clerk
    assert closing.snapshot.closed_by == people.clerk.position.title
    assert people.clerk.user.name not in closing.figures


def test_the_history_has_the_seal_so_that_its_chain_holds_it(plan, close, db, people):
    closing = close(as_of=ROUND + ONE_DAY, note=WHY)

    event = db.session.scalars(select(Event).where(Event.kind == EventKind.ROUND_CLOSED)).one()
    assert (event.seq, event.previous_hash) == (closing.head_seq + 1, closing.head_hash)
    assert (event.before, event.after, event.note, event.by) == ("", closing.seal, WHY, people.clerk)
    assert events.first_break(plan) is None


def test_closing_again_needs_a_reason_and_adds_a_revision_that_names_what_it_replaces(close, db):
    first = close()
    with pytest.raises(ReasonNeeded):
        close()

    second = close(note="นับงานที่ส่งกลับผิด")

    assert (first.revision, second.revision) == (1, 2)
    assert second.previous_seal == first.seal
    assert db.session.scalar(select(Event.before).where(Event.after == second.seal)) == first.seal


def test_the_next_round_is_a_first_revision_that_follows_in_the_chain(plan, close):
    first = close()

    later = close(round_on=AUGUST, as_of=AUGUST, today=AUGUST + ONE_DAY, now=at(AUGUST + ONE_DAY))

    assert (later.revision, later.previous_seal) == (1, first.seal)


@pytest.mark.parametrize(
    ("refusal", "facts"),
    [
        (NoSuchRound, {"round_on": ROUND + ONE_DAY, "as_of": ROUND + ONE_DAY}),
        (RoundAhead, {"round_on": AUGUST, "as_of": AUGUST}),
        (DayNotOver, {"as_of": TODAY, "note": WHY}),
        (ReasonNeeded, {"as_of": ROUND + ONE_DAY}),
    ],
)
def test_what_cannot_be_closed_leaves_nothing_behind(close, db, refusal, facts):
    with pytest.raises(refusal):
        close(**facts)

    assert db.session.scalars(select(Closing)).all() == []
    assert db.session.scalars(select(Event)).all() == []


def test_a_plan_that_had_no_task_on_that_day_has_nothing_to_close(close):
    empty = make_plan(2568, rounds=(date(2025, 2, 28),))

    with pytest.raises(NothingToClose):
        close(of=empty, round_on=date(2025, 2, 28), as_of=date(2025, 2, 28))


def recounted(closing):
    return closing.snapshot.differences(progress.as_of(closing.plan_id, day=closing.as_of))


@pytest.fixture
def frozen(close, db):
    """A closing, and a way to say that nothing of it has changed."""
    closing = close()
    before = (closing.figures, closing.seal)

    def is_as_it_was():
        db.session.flush()
        db.session.expire_all()
        return (closing.figures, closing.seal) == before and closings.first_break(closing.plan) is None

    return closing, is_as_it_was


def test_a_late_report_counts_in_later_figures_and_not_in_what_was_closed(frozen, plan, people):
    closing, is_as_it_was = frozen
    late = next(task for measure in plan.measures for task in tasks_of(measure) if task.status != Status.DONE)

    tasks.submit(task=late, by=people.member, now=MORNING, today=TODAY)

    assert progress.as_of(plan.id, day=TODAY).total.submitted == 1
    assert closing.snapshot.figures.total.submitted == 0
    assert is_as_it_was()
    assert recounted(closing) == []


def tasks_of(measure):
    return database.session.scalars(select(Task).where(Task.measure_id == measure.id)).all()


def test_another_weight_and_other_names_later_change_nothing_of_it(frozen, plan, people, db):
    closing, is_as_it_was = frozen
    figures, titles = closing.snapshot.figures, closing.snapshot.measures
    for measure in plan.measures:
        measure.title, measure.weight = f"ชื่อใหม่ {measure.id}", 50
        states.keep(tasks=tasks_of(measure), now=MORNING)
    for division in plan.organization.divisions:
        division.name = f"{division.name} (ใหม่)"

    assert is_as_it_was()
    assert (closing.snapshot.figures, closing.snapshot.measures) == (figures, titles)
    assert recounted(closing) == []
    assert progress.as_of(plan.id, day=TODAY).total.weight == 100


@pytest.mark.parametrize("days", [(AUGUST,), (date(2026, 3, 31), AUGUST)])
def test_moving_or_taking_out_a_round_leaves_its_closing(frozen, plan, people, db, days):
    closing, is_as_it_was = frozen
    plans.set_rounds(plan=plan, days=days, by=people.clerk, now=MORNING)

    assert is_as_it_was()
    assert closing in queries.of_plan(plan.id)


def test_a_state_changed_behind_the_programs_back_shows_in_a_recount(frozen, db):
    closing, _ = frozen
    db.session.execute(update(TaskState).where(TaskState.status == Status.DONE).values(status=Status.SUBMITTED))

    (found,) = recounted(closing)

    assert found.numbers[:2] == [("submitted", 0, 1), ("done", 1, 0)]


@pytest.fixture
def two(close, plan, people):
    """Two closings of one round, with something that happened between them."""
    first = close()
    tasks.start(task=make_task(), by=people.member, now=MORNING)
    return first, close(as_of=ROUND + ONE_DAY, note=WHY)


def test_what_nobody_touched_is_whole(plan, two):
    assert closings.first_break(plan) is None


OTHERS = {
    "round_on": ROUND - ONE_DAY,
    "revision": 7,
    "as_of": ROUND + 2 * ONE_DAY,
    "closed_at": MORNING + timedelta(microseconds=1),
    "note": "ไม่เคยเขียน",
    "figures": "{}",
    "head_seq": 50,
    "head_hash": "0" * 64,
    "previous_seal": "0" * 64,
    "seal": "0" * 64,
}


def test_every_column_is_tampered_with_below():
    assert set(OTHERS) | {"id", "plan_id", "closed_by_id"} == {column.name for column in Closing.__table__.columns}


@pytest.mark.parametrize("column", OTHERS)
@pytest.mark.parametrize("which", [0, 1])
def test_a_closing_of_which_anything_was_rewritten_is_the_first_broken_one(plan, two, db, which, column):
    closing = two[which]
    seq = closing.head_seq + 1
    db.session.execute(update(Closing).where(Closing.id == closing.id).values({column: OTHERS[column]}))
    db.session.expire_all()

    found = closings.first_break(plan)

    assert found.seq == seq
    assert found.closing in ({None} if column == "head_seq" else {closing})


def test_a_closing_given_to_somebody_else_is_found(plan, two, db, people):
    db.session.execute(update(Closing).where(Closing.id == two[1].id).values(closed_by_id=people.executive.id))
    db.session.expire_all()

    assert closings.first_break(plan).closing == two[1]


def test_a_closing_put_under_another_plan_is_missed_here_and_found_there(plan, two, db):
    other = make_plan(2570)
    db.session.execute(update(Closing).where(Closing.id == two[1].id).values(plan_id=other.id))
    db.session.expire_all()

    assert closings.first_break(plan).closing is None
    assert closings.first_break(other).closing == two[1]


def test_a_closing_that_was_taken_out_is_missed_by_its_event(plan, two, db):
    seq = two[1].head_seq + 1
    db.session.execute(delete(Closing).where(Closing.id == two[1].id))
    db.session.expire_all()

    found = closings.first_break(plan)

    assert (found.seq, found.closing) == (seq, None)


def test_a_closing_sealed_anew_after_a_change_differs_from_the_history(plan, two, db):
    first, _ = two
    first.figures = first.figures.replace("เทศบาล", "อบต.")
    first.seal = first.seal_of_content
    db.session.flush()

    assert closings.first_break(plan).closing == first


@pytest.mark.parametrize("changes", [{"after": "0" * 64}, {"kind": EventKind.STARTED}, {"note": "อื่น"}], ids=str)
def test_a_closing_whose_event_was_rewritten_is_found(plan, two, db, changes):
    seq = two[0].head_seq + 1
    db.session.execute(update(Event).where(Event.plan_id == plan.id, Event.seq == seq).values(**changes))
    db.session.expire_all()

    assert closings.first_break(plan).closing == two[0]


def test_closings_of_another_plan_are_another_chain(plan, close, people):
    close()
    other = make_plan(organization=make_organization("เทศบาลตำบลอื่น"), rounds=(ROUND,))
    make_task(measure=make_measure(plan=other))

    assert (close(of=other).revision, close(of=other, note=WHY).revision) == (1, 2)
    assert closings.first_break(plan) is closings.first_break(other) is None
