from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_delivery
from tests.statements import count_queries
from tracker.domain.changes import ChangeKind
from tracker.domain.deliveries import MOST_ATTEMPTS, Attempt, DeliveryState, Outcome, Problem
from tracker.domain.sign_in import LetterKind
from tracker.extensions import db as database
from tracker.models import Change, ChannelStanding, Delivery, Letter
from tracker.services import deliveries, letters

SENT = Attempt(Outcome.SENT)
NOBODY = Attempt(Outcome.REFUSED, "550 5.1.1 no such user", Problem.ADDRESS)
BUSY = Attempt(Outcome.FAILED, "451 later", Problem.BUSY)
GONE = Attempt(Outcome.FAILED, "ConnectionRefusedError", Problem.UNREACHABLE)


def mark(delivery, attempt, *, minutes=0.0):
    deliveries.mark(delivery, attempt, machine_now=MORNING + timedelta(minutes=minutes), chance=0.5)


def standing(channel="mail"):
    return database.session.get(ChannelStanding, channel)


@pytest.fixture
def make_letter(people):
    def make_letter(kind=LetterKind.PASSWORD_CHANGED, person=None, **values):
        user = (person or people.member).user
        return letters.write(kind, user=user, now=MORNING, machine_now=MORNING, **values)

    return make_letter


@pytest.fixture
def again(people):
    def again(delivery, *, minutes=0):
        moment = MORNING + timedelta(minutes=minutes)
        deliveries.send_again(delivery=delivery, by=people.administrator, now=moment, machine_now=moment)

    return again


def record():
    rows = database.session.scalars(select(Change).order_by(Change.seq))
    return [(change.kind, change.user_id, change.after) for change in rows]


def test_what_stood_in_the_way_is_kept_until_it_no_longer_does(people):
    delivery = make_delivery(people.member)

    mark(delivery, BUSY)
    assert (delivery.problem, delivery.error, delivery.tried_at) == (Problem.BUSY, "451 later", MORNING)
    mark(delivery, SENT)
    assert (delivery.problem, delivery.error) == (None, "")


def test_different_deliveries_that_fail_are_counted_with_since_when(people):
    for minutes in (1, 2):
        mark(make_delivery(people.member, on=TODAY + timedelta(days=minutes)), BUSY, minutes=minutes)

    kept = standing()
    assert (kept.failures, kept.failing_since) == (2, MORNING + timedelta(minutes=1))
    assert (kept.problem, kept.error) == (Problem.BUSY, "451 later")


def test_one_that_fails_again_and_again_counts_once(people):
    delivery = make_delivery(people.member)
    for minutes in range(5):
        mark(delivery, BUSY, minutes=minutes)

    assert standing().failures == 1


def test_one_that_fails_again_after_another_left_counts_anew(people):
    delivery, other = make_delivery(people.member), make_delivery(people.neighbour)
    mark(delivery, BUSY)
    mark(other, SENT, minutes=1)
    mark(delivery, BUSY, minutes=2)
    mark(make_delivery(people.clerk), BUSY, minutes=3)

    assert standing().failures == 2


def test_a_success_ends_it(people):
    mark(make_delivery(people.member), GONE)
    mark(make_delivery(people.neighbour), SENT, minutes=1)

    kept = standing()
    assert (kept.failures, kept.failing_since, kept.problem, kept.error) == (0, None, None, "")
    assert kept.last_sent_at == MORNING + timedelta(minutes=1)


def test_a_trouble_of_another_kind_has_a_time_of_its_own(people):
    mark(make_delivery(people.member), NOBODY)
    mark(make_delivery(people.neighbour), GONE, minutes=60)
    mark(make_delivery(people.clerk), Attempt(Outcome.FAILED, "535", Problem.SIGN_IN), minutes=70)

    assert (standing().failures, standing().failing_since) == (3, MORNING + timedelta(minutes=60))


def test_while_all_is_well_a_channel_is_written_down_once_a_minute(people):
    waiting = [make_delivery(people.member, on=TODAY + timedelta(days=day)) for day in range(5)]
    with count_queries() as heard:
        for seconds, delivery in zip((0, 20, 59, 60, 61), waiting, strict=True):
            mark(delivery, SENT, minutes=seconds / 60)

    noted = [statement for statement in heard.writes if "channel_standing" in statement]
    assert len(noted) == 3  # the row, what it says, and once more after the minute


def test_letters_and_digests_leave_on_one_channel_and_other_addresses_on_their_own(people, make_letter):
    mark(make_letter(), BUSY)
    mark(make_delivery(people.member, channel="address:7"), GONE)

    assert (standing().failures, standing().problem) == (1, Problem.BUSY)
    assert (standing("address:7").failures, standing("address:7").problem) == (1, Problem.UNREACHABLE)


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.WAITING])
def test_what_was_given_up_or_waits_is_put_in_line_at_once(people, again, state):
    delivery = make_delivery(people.member, state)
    delivery.attempts, delivery.next_try_at = 7, MORNING + timedelta(hours=4)

    again(delivery)

    assert (delivery.state, delivery.next_try_at, delivery.attempts) == (DeliveryState.WAITING, MORNING, 7)
    assert record() == [(ChangeKind.MAIL_SENT_AGAIN, people.member.user_id, "2026-02-20")]


def test_patience_begins_anew_with_it(people, again):
    delivery = make_delivery(people.member, DeliveryState.FAILED)
    delivery.attempts = MOST_ATTEMPTS
    again(delivery)

    mark(delivery, BUSY)
    assert delivery.state == DeliveryState.WAITING
    assert delivery.next_try_at == MORNING + timedelta(minutes=1)  # half of the first pause's two
    for _ in range(MOST_ATTEMPTS - 1):
        assert delivery.state == DeliveryState.WAITING
        mark(delivery, BUSY)
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, 2 * MOST_ATTEMPTS)


def test_pressed_twice_it_is_put_in_line_and_recorded_once(people, again):
    delivery = make_delivery(people.member, DeliveryState.FAILED)
    again(delivery)
    again(delivery)

    assert len(record()) == 1


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.DROPPED])
def test_what_has_left_or_is_not_needed_is_not_sent_again(people, again, state):
    delivery = make_delivery(people.member, state)

    with pytest.raises(deliveries.CannotSendAgain):
        again(delivery)
    assert (delivery.state, record()) == (state, [])


def test_what_is_in_a_workers_hands_is_left_there(people, again):
    delivery = make_delivery(people.member)
    deliveries.lease_many([delivery.id], machine_now=MORNING)

    with pytest.raises(deliveries.CannotSendAgain, match="at this moment"):
        again(delivery)
    again(delivery, minutes=11)  # the worker died


def test_a_letter_whose_link_is_gone_is_not_sent_again(make_letter, again):
    letter = make_letter(LetterKind.INVITATION, token="secret", useless_at=MORNING + timedelta(days=7))
    mark(letter, NOBODY)

    with pytest.raises(deliveries.CannotSendAgain, match="Invite"):
        again(letter)


def test_a_letter_without_a_link_can_be_sent_again(make_letter, again, people):
    letter = make_letter()
    mark(letter, NOBODY)
    again(letter)

    assert letter.state == DeliveryState.WAITING
    assert record() == [(ChangeKind.MAIL_SENT_AGAIN, people.member.user_id, "password_changed")]


def test_all_that_was_given_up_is_put_in_line_together_and_recorded_once(people):
    failed = [make_delivery(person, DeliveryState.FAILED) for person in (people.member, people.neighbour)]
    others = [make_delivery(people.clerk, DeliveryState.SENT), make_delivery(people.stranger, DeliveryState.FAILED)]
    acts = {"by": people.administrator, "now": MORNING, "machine_now": MORNING}
    ours = people.member.user.organization_id

    assert deliveries.send_failed_again(Delivery, organization_id=ours, **acts) == 2
    assert deliveries.send_failed_again(Delivery, organization_id=ours, **acts) == 0

    database.session.expire_all()
    assert {delivery.state for delivery in failed} == {DeliveryState.WAITING}
    assert [delivery.state for delivery in others] == [DeliveryState.SENT, DeliveryState.FAILED]
    assert record() == [(ChangeKind.MAILS_SENT_AGAIN, None, "2")]


def test_of_the_letters_only_those_are_sent_again_that_can_be_written(people, make_letter):
    link = {"token": "secret", "useless_at": MORNING + timedelta(days=7)}
    lost, plain = make_letter(LetterKind.INVITATION, **link), make_letter()
    strange = make_letter(person=people.stranger)
    for letter in (lost, plain, strange):
        mark(letter, NOBODY)

    deliveries.send_failed_again(
        Letter, organization_id=people.member.user.organization_id, by=people.administrator, now=MORNING,
        machine_now=MORNING,
    )  # fmt: skip

    database.session.expire_all()
    states = [letter.state for letter in (lost, plain, strange)]
    assert states == [DeliveryState.FAILED, DeliveryState.WAITING, DeliveryState.FAILED]
