"""What may have arrived, and clocks that are set back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import TODAY
from tests.factories import make_organization, make_person, make_task
from tracker.domain.deliveries import LEASE, Attempt, DeliveryState, Outcome, Problem
from tracker.domain.permissions import Role
from tracker.jobs import scheduler
from tracker.models import Delivery
from tracker.services import deliveries

MONDAY = TODAY + timedelta(days=3)
BUSY = Attempt(Outcome.FAILED, "451 later", Problem.BUSY)
NO_ANSWER = Attempt(Outcome.FAILED, "no answer", Problem.SLOW, is_in_doubt=True)


@pytest.fixture
def head(db):
    return make_person(Role.HEAD, division=make_organization().divisions[0])


def titles(mail, *tasks):
    return [task.measure.title in mail.text for task in tasks]


def test_what_may_have_arrived_is_told_again_by_the_same_mail_and_by_no_other(db, head, run, outbox):
    first, second = make_task(due_on=TODAY + timedelta(days=7)), make_task(due_on=MONDAY + timedelta(days=40))
    outbox.answers[head.user.email] = NO_ANSWER
    run(TODAY)
    second.due_on = MONDAY + timedelta(days=7)
    outbox.answers.clear()
    run(MONDAY)

    again, new = outbox
    assert again.header_id == outbox.tried[0].header_id
    assert titles(again, first, second) == [True, False]
    assert titles(new, first, second) == [False, True]


def test_what_a_process_had_in_hand_when_it_died_may_have_arrived(app, db, clock, head, run, outbox, monkeypatch):
    make_task(due_on=TODAY + timedelta(days=7))
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run(TODAY)
    waiting = db.session.scalars(select(Delivery)).one()
    deliveries.lease_many([waiting.id], machine_now=clock.moment)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    make_task(due_on=MONDAY + timedelta(days=7))
    run(MONDAY)

    assert len(outbox) == 2
    assert outbox.sent[0].header_id == waiting.header_id


def test_what_failed_for_certain_goes_into_the_next_digest(db, head, run, outbox):
    first, second = make_task(due_on=TODAY + timedelta(days=7)), make_task(due_on=MONDAY + timedelta(days=7))
    outbox.answers[head.user.email] = BUSY
    run(TODAY)
    outbox.answers.clear()
    run(MONDAY)

    (mail,) = outbox
    assert titles(mail, first, second) == [True, True]


def test_the_digest_of_an_earlier_day_that_comes_again_is_not_lost(head, run, outbox):
    make_task(due_on=MONDAY)
    run(MONDAY)
    late = make_task(due_on=TODAY)
    run(TODAY)  # the clock was wrong

    assert [titles(mail, late) for mail in outbox] == [[False], [True]]


def test_what_a_clock_far_ahead_put_off_is_tried_once_it_is_right_again(db, head, run, outbox):
    make_task(due_on=TODAY)
    outbox.answers[head.user.email] = BUSY
    run(TODAY + timedelta(days=31))
    outbox.answers.clear()
    run(TODAY)

    assert len(outbox) == 1


def test_what_a_clock_far_ahead_leased_is_free_once_it_is_right_again(app, db, clock, head, run, outbox, monkeypatch):
    make_task(due_on=TODAY)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run(TODAY)
    waiting = db.session.scalars(select(Delivery)).one()
    deliveries.lease_many([waiting.id], machine_now=clock.moment + timedelta(days=31))
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    run(TODAY)

    db.session.refresh(waiting)
    assert waiting.state == DeliveryState.SENT


def test_a_clock_that_is_a_little_behind_takes_nothing_out_of_anothers_hands(
    app, db, clock, head, run, outbox, monkeypatch
):
    make_task(due_on=TODAY)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run(TODAY)
    waiting = db.session.scalars(select(Delivery)).one()
    deliveries.lease_many([waiting.id], machine_now=clock.moment + LEASE)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    run(TODAY)

    assert len(outbox) == 0


def test_a_scheduler_with_a_clock_far_ahead_keeps_no_other_from_acting_later(app, db, clock, monkeypatch):
    monkeypatch.setattr(scheduler, "JOBS", ())
    clock.advance(days=31)
    assert scheduler.tick(app, "one")
    clock.advance(days=-31)

    assert scheduler.tick(app, "two")
