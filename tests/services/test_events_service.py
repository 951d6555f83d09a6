from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from tests.clocks import MORNING, TODAY
from tests.factories import make_person, make_plan, make_task
from tracker.domain.history import Entry, EventKind, chained_hash, digest
from tracker.domain.statuses import Status
from tracker.models import Event
from tracker.services import events, tasks


@pytest.fixture
def plan(db):
    """A plan on which five things have happened."""
    plan = make_plan()
    person = make_person()
    for number in range(1, 6):
        events.record(
            plan=plan,
            kind=EventKind.ROUNDS_CHANGED,
            by=person,
            now=MORNING + timedelta(minutes=number),
            before=f"{number - 1}",
            after=f"{number}",
            note=f"ครั้งที่ {number}",
        )
    return plan


def tamper(db, seq, /, **values):
    db.session.execute(update(Event).where(Event.seq == seq).values(**values))
    db.session.expire_all()


def broken_seq(plan):
    found = events.first_break(plan)
    return found and found.seq


def test_an_untouched_history_is_whole(plan):
    assert events.first_break(plan) is None


def test_a_plan_without_history_is_whole(db):
    assert events.first_break(make_plan()) is None


def test_events_are_numbered_without_gaps_and_each_names_its_predecessor(db, plan):
    rows = db.session.scalars(select(Event).order_by(Event.seq)).all()

    assert [event.seq for event in rows] == [1, 2, 3, 4, 5]
    assert [event.previous_hash for event in rows] == ["", *[event.hash for event in rows[:-1]]]


def test_two_plans_have_histories_of_their_own(db, plan):
    other = make_plan(fiscal_year=2570)

    seq = events.record(plan=other, kind=EventKind.PLAN_CREATED, by=None, now=MORNING)

    assert seq == 1
    assert db.session.scalars(select(Event.previous_hash).where(Event.plan_id == other.id)).one() == ""
    assert (broken_seq(plan), broken_seq(other)) == (None, None)


CHANGES = {
    "note": "ไม่เคยพูด",
    "note_digest": "0" * 64,
    "before": "9",
    "after": "9",
    "at": MORNING + timedelta(minutes=3, microseconds=1),
    "kind": EventKind.MEASURE_CHANGED,
    "appointment_id": None,
    "hash": "0" * 64,
    "previous_hash": "0" * 64,
}


@pytest.mark.parametrize("seq", [1, 3, 5])
@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_row_is_named(db, plan, seq, column):
    tamper(db, seq, **{column: CHANGES[column]})

    assert broken_seq(plan) == seq


def test_a_note_with_its_digest_rewritten_is_found_by_the_hash(db, plan):
    tamper(db, 3, note="ไม่เคยพูด", note_digest=digest("ไม่เคยพูด"))

    assert broken_seq(plan) == 3


def test_a_row_rewritten_with_a_fresh_hash_breaks_at_the_next_one(db, plan):
    forge(db, 3, note="ไม่เคยพูด")

    assert broken_seq(plan) == 4


def forge(db, seq, *, note):
    """Rewrite a row as somebody would who knows how hashes are made."""
    row = db.session.scalar(select(Event).where(Event.seq == seq))
    entry = Entry(
        plan_id=row.plan_id,
        seq=row.seq,
        at=row.at,
        appointment_id=row.appointment_id,
        kind=row.kind,
        task_id=row.task_id,
        before=row.before,
        after=row.after,
        note_digest=digest(note),
    )
    fresh = chained_hash(entry, previous=row.previous_hash)
    tamper(db, seq, note=note, note_digest=entry.note_digest, hash=fresh)


def test_the_last_row_rewritten_with_a_fresh_hash_does_not_match_the_plans_head(db, plan):
    forge(db, 5, note="ไม่เคยพูด")

    assert events.first_break(plan) is not None


def test_a_row_taken_out_of_the_middle_is_found_at_its_successor(db, plan):
    db.session.execute(delete(Event).where(Event.seq == 3))

    assert broken_seq(plan) == 4


def test_a_row_taken_out_and_the_rest_renumbered_is_found(db, plan):
    db.session.execute(delete(Event).where(Event.seq == 3))
    for seq in (4, 5):
        tamper(db, seq, seq=seq - 1)

    assert broken_seq(plan) == 3


def test_rows_taken_off_the_end_are_missed(db, plan):
    db.session.execute(delete(Event).where(Event.seq == 5))

    found = events.first_break(plan)
    assert (found.seq, found.event_id) == (5, None)


def test_a_whole_history_taken_away_is_missed(db, plan):
    db.session.execute(delete(Event))

    assert broken_seq(plan) == 1


def test_a_row_put_in_at_the_end_is_found(db, plan):
    last = db.session.scalar(select(Event).where(Event.seq == 5))
    forged = {column.key: getattr(last, column.key) for column in Event.__table__.columns if column.key != "id"}
    forged |= {"seq": 6, "previous_hash": last.hash, "note": ""}
    db.session.add(Event(**forged))
    db.session.flush()

    assert broken_seq(plan) == 6


def test_two_rows_in_each_others_place_are_found(db, plan):
    for old, new in ((3, 99), (4, 3), (99, 4)):
        tamper(db, old, seq=new)

    assert broken_seq(plan) == 3


def test_a_note_can_be_erased_only_with_a_trace(db, plan):
    tamper(db, 2, note="")

    assert broken_seq(plan) == 2


def test_a_task_is_touched_by_what_happens_to_it(db):
    task = make_task(status=Status.NOT_STARTED)
    assert task.last_event_at is None

    tasks.submit(task=task, by=make_person(division=task.division), now=MORNING, today=TODAY)

    assert task.last_event_at == MORNING


def test_a_text_in_thai_and_a_moment_survive_the_way_through_the_database(db, plan):
    events.record(
        plan=plan, kind=EventKind.MEASURE_CHANGED, by=None, now=MORNING + timedelta(microseconds=7), note="น้ำ “ใส”\nฯลฯ"
    )
    db.session.expire_all()

    assert events.first_break(plan) is None
