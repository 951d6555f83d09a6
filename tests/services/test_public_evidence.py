"""Showing single pieces of evidence to the public, and no longer showing them."""

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_evidence, make_measure, make_people, make_plan, make_task
from tests.factories_public import make_public
from tracker.domain.history import EventKind
from tracker.models import Event
from tracker.queries import public_plans
from tracker.services import events, public_evidence


@pytest.fixture
def clerk(db):
    return make_people().clerk


@pytest.fixture
def plan(clerk):
    return make_plan()


@pytest.fixture
def task(plan):
    return make_task(measure=make_measure(2, plan=plan))


@pytest.fixture
def row(task):
    return make_evidence(task)


@pytest.fixture
def show(plan, clerk):
    return lambda *rows: public_evidence.show(plan=plan, ids=[row.id for row in rows], by=clerk, now=MORNING)


@pytest.fixture
def hide(plan, clerk):
    return lambda *rows: public_evidence.hide(plan=plan, ids=[row.id for row in rows], by=clerk, now=MORNING)


def test_what_is_shown_gets_a_key_that_nobody_guesses(clerk, row, show):
    assert show(row) == 1
    assert len(row.public_key) >= 22
    assert (row.made_public_at, row.made_public_by_id) == (MORNING, clerk.id)


def test_each_piece_has_a_key_of_its_own(task, row, show):
    show(row, other := make_evidence(task))
    assert row.public_key != other.public_key


def test_a_second_click_keeps_the_key_and_is_not_told(db, row, show):
    show(row)
    key = row.public_key
    assert show(row) == 0
    assert row.public_key == key
    assert [event.kind for event in db.session.scalars(select(Event))] == [EventKind.EVIDENCE_MADE_PUBLIC]


def test_the_address_from_before_finds_nothing_once_it_is_shown_again(plan, row, show, hide):
    show(row)
    key = row.public_key
    hide(row)
    show(row)
    assert public_plans.evidence_of(plan.id, key) is None
    assert public_plans.evidence_of(plan.id, row.public_key) is row


def test_both_ways_are_told_in_the_tasks_history_by_the_title(db, plan, task, row, show, hide):
    show(row)
    hide(row)
    told = [(event.kind, event.task_id, event.note) for event in db.session.scalars(select(Event))]
    assert told == [
        (EventKind.EVIDENCE_MADE_PUBLIC, task.id, row.title),
        (EventKind.EVIDENCE_MADE_PRIVATE, task.id, row.title),
    ]
    assert events.first_break(plan) is None


def test_it_is_no_word_of_the_division_on_its_work(task, row, show):
    before = task.last_event_at
    show(row)
    assert task.last_event_at == before


def test_what_is_withdrawn_cannot_be_shown(task, show):
    assert show(make_evidence(task, is_withdrawn=True)) == 0


def test_what_was_replaced_cannot_be_shown_and_its_new_version_is_not_public_by_itself(plan, task, row, show):
    show(row)
    new = make_evidence(task, replaces=row)
    assert public_plans.evidence_of(plan.id, row.public_key) is None
    assert (new.public_key, show(row)) == (None, 0)


def test_evidence_of_another_plan_is_left_alone(clerk, show):
    other = make_evidence(make_task(measure=make_measure(plan=make_plan(2570))))
    assert show(other) == 0
    assert other.public_key is None


def test_evidence_of_a_measure_that_was_taken_out_is_not_found(db, plan, task):
    row = make_public(make_evidence(task), key="abc")
    task.measure.is_retired = True
    db.session.flush()
    assert public_plans.evidence_of(plan.id, row.public_key) is None
