from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import TODAY
from tests.factories import make_organization, make_person, make_task
from tracker.domain.deliveries import LEASE, LONGEST_PAUSE, MOST_ATTEMPTS, Attempt, DeliveryState, Outcome
from tracker.domain.permissions import Role
from tracker.models import Delivery
from tracker.services import deliveries

BUSY = Attempt(Outcome.FAILED, "451 try again later")
REFUSED = Attempt(Outcome.REFUSED, "550 no such mailbox")


@pytest.fixture
def head(db):
    head = make_person(Role.HEAD, division=make_organization().divisions[0])
    make_task()
    return head


def delivery_of(db, person):
    return db.session.scalars(
        select(Delivery).join(Delivery.message).where(Delivery.message.has(user_id=person.user_id))
    ).one()


def test_a_mail_that_left_is_marked_with_when(db, clock, head, run):
    run()

    delivery = delivery_of(db, head)
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (DeliveryState.SENT, clock.moment, 1)
    assert (delivery.error, delivery.leased_until) == ("", None)


def test_a_refused_address_holds_nobody_else_back(db, head, run, outbox):
    outbox.answers[head.user.email] = REFUSED
    after = make_person(Role.OFFICER, division=head.position.division)

    run()

    assert [mail.to for mail in outbox] == [after.user.email]
    assert delivery_of(db, head).state == DeliveryState.FAILED
    assert delivery_of(db, head).error == "550 no such mailbox"


def test_an_answer_that_no_database_can_hold_holds_nobody_back(db, head, run, outbox):
    outbox.answers[head.user.email] = Attempt(Outcome.REFUSED, "550 no\ud800\0 such\r\n550 mailbox")
    after = make_person(Role.OFFICER, division=head.position.division)

    run()

    assert [mail.to for mail in outbox] == [after.user.email]
    assert delivery_of(db, head).error == "550 no such 550 mailbox"


def test_a_refused_mail_is_not_tried_again(db, clock, head, run, outbox):
    outbox.answers[head.user.email] = REFUSED
    run()
    clock.advance(hours=8)
    run()

    assert len(outbox.tried) == 1


def test_what_failed_for_now_is_tried_again_with_the_same_message_id(db, clock, head, run, outbox):
    outbox.answers[head.user.email] = BUSY
    run()
    outbox.answers.clear()
    clock.advance(hours=4)
    run()

    assert len(outbox) == 1
    assert len({mail.header_id for mail in outbox.tried}) == 1
    assert delivery_of(db, head).attempts == 2


def test_it_is_not_tried_again_before_its_time(db, clock, head, run, outbox):
    outbox.answers[head.user.email] = BUSY
    run()
    waiting = delivery_of(db, head).next_try_at

    assert clock.moment < waiting <= clock.moment + LONGEST_PAUSE
    clock.moment = waiting - timedelta(microseconds=1)
    run()
    assert len(outbox.tried) == 1
    clock.moment = waiting
    run()
    assert len(outbox.tried) == 2


def test_it_is_given_up_after_the_last_attempt_with_the_servers_words(db, clock, head, run, outbox, monkeypatch):
    monkeypatch.setattr("tracker.jobs.delivering.random.random", lambda: 0.0)  # the shortest pauses
    outbox.answers[head.user.email] = BUSY
    for _ in range(MOST_ATTEMPTS + 3):
        run()
        clock.advance(minutes=8)

    delivery = delivery_of(db, head)
    assert (delivery.state, delivery.attempts, delivery.error) == (DeliveryState.FAILED, MOST_ATTEMPTS, BUSY.error)


def test_what_failed_in_the_afternoon_is_not_tried_again_at_night(db, head, run, outbox):
    outbox.answers[head.user.email] = BUSY
    run(TODAY, hour=17, minute=59)
    run(TODAY, hour=22)
    run(TODAY + timedelta(days=1), hour=10)  # a Saturday

    assert len(outbox.tried) == 1


def test_after_days_without_a_server_one_mail_tells_all_that_is_open(db, head, run, outbox):
    first, second = make_task(due_on=TODAY), make_task(due_on=TODAY + timedelta(days=4))
    outbox.answers[head.user.email] = BUSY
    run(TODAY)
    run(TODAY + timedelta(days=3))
    del outbox.answers[head.user.email]
    run(TODAY + timedelta(days=4))

    (mail,) = outbox
    assert first.measure.title in mail.text
    assert second.measure.title in mail.text


def test_what_arrived_once_is_not_told_again_with_the_next_digest(db, head, run, outbox):
    make_task(due_on=TODAY + timedelta(days=4))
    told = make_task(due_on=TODAY + timedelta(days=7))
    run(TODAY)
    run(TODAY + timedelta(days=3))

    assert [told.measure.title in mail.text for mail in outbox] == [True, False]


def test_without_a_mail_server_messages_wait(app, db, head, run, outbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()

    assert delivery_of(db, head).state == DeliveryState.WAITING
    assert delivery_of(db, head).attempts == 0


def test_a_delivery_in_another_workers_hands_is_left_alone(db, clock, head, run, outbox, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    deliveries.lease_many([delivery_of(db, head).id], machine_now=clock.moment)

    run()
    assert outbox.tried == []

    clock.advance(seconds=LEASE.total_seconds())  # the other worker died
    run()
    assert len(outbox) == 1


def test_of_two_workers_one_gets_the_lease(db, clock, head, run, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    waiting = delivery_of(db, head).id

    assert len(deliveries.lease_many([waiting], machine_now=clock.moment)) == 1
    assert deliveries.lease_many([waiting], machine_now=clock.moment) == []


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.DROPPED])
def test_a_settled_delivery_cannot_be_leased(db, clock, head, run, app, monkeypatch, state):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    delivery = delivery_of(db, head)
    delivery.state = state
    db.session.flush()

    assert deliveries.lease_many([delivery.id], machine_now=clock.moment) == []


def test_no_two_mails_share_a_message_id(db, clock, head, run, outbox):
    make_person(Role.OFFICER, division=head.position.division)
    run()
    make_task()
    run(TODAY + timedelta(days=3))

    ids = [mail.header_id for mail in outbox]
    assert len(ids) == len(set(ids)) == 4
    assert all(name.startswith("<") and name.endswith("@ita-tracker>") for name in ids)
