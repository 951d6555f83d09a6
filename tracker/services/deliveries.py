"""Handing over under a lease, marking what became of it, and sending again by hand."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from tracker.domain.changes import ChangeKind
from tracker.domain.channels import MAIL
from tracker.domain.deliveries import (
    LEASE,
    MOST_ATTEMPTS,
    Attempt,
    DeliveryState,
    Outcome,
    is_same_trouble,
    pause,
)
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, ChannelStanding, Delivery, Letter, Message, User
from tracker.models.handed import is_free, is_let_go
from tracker.services import changes

Handed = TypeVar("Handed", Delivery, Letter)  # what is handed over: a digest on a channel, a letter by mail

BETWEEN_NOTES = timedelta(minutes=1)  # a channel on which all is well is written down no oftener


class CannotSendAgain(Refusal):
    """It has left, is no longer needed, is under way at this moment, or its secret is gone."""


def take_back(*, machine_now: datetime) -> None:
    """Take what another process held until it died out of its hands: what it did with it is in doubt."""
    db.session.execute(
        update(Delivery)
        .where(Delivery.state == DeliveryState.WAITING, is_let_go(Delivery, machine_now))
        .values(leased_until=None, in_doubt=True)
        .execution_options(synchronize_session=False)
    )


def lease_many(ids: Collection[int], *, machine_now: datetime) -> list[Delivery]:
    """Take waiting deliveries for this process alone, in the order of their ids, without those another has."""
    taken = db.session.scalars(
        update(Delivery)
        .where(Delivery.id.in_(ids), is_free(Delivery, machine_now))
        .values(leased_until=machine_now + LEASE)
        .returning(Delivery.id)
        .execution_options(synchronize_session=False)
    ).all()
    return list(
        db.session.scalars(
            select(Delivery)
            .where(Delivery.id.in_(taken))
            .options(joinedload(Delivery.address))
            .order_by(Delivery.id)
            .execution_options(populate_existing=True)
        )
    )


def give_back(ids: Collection[int]) -> None:
    """Let others take deliveries that were leased and not tried."""
    db.session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), Delivery.state == DeliveryState.WAITING)
        .values(leased_until=None)
        .execution_options(synchronize_session=False)
    )


def lease_letter(letter_id: int, *, machine_now: datetime) -> Letter | None:
    """Take a waiting letter for this process alone; None when another has it or it is settled."""
    return _lease(Letter, letter_id, machine_now)


def _lease(kind: type[Handed], row_id: int, machine_now: datetime) -> Handed | None:
    taken: CursorResult = db.session.execute(  # type: ignore[assignment]
        update(kind)
        .where(kind.id == row_id, is_free(kind, machine_now))
        .values(leased_until=machine_now + LEASE)
        .execution_options(synchronize_session=False)
    )
    return db.session.get(kind, row_id, populate_existing=True) if taken.rowcount else None


def mark(delivery: Delivery | Letter, attempt: Attempt, *, machine_now: datetime, chance: float) -> None:
    """
    Note what became of an attempt; what failed for now is tried again later, and given up after the last try.

    :param chance: a random number in [0, 1) that spreads the next tries
    """
    _keep_standing(delivery, attempt, machine_now)
    delivery.attempts += 1
    delivery.tried_at = machine_now
    delivery.leased_until = None
    delivery.problem, delivery.error = attempt.problem, attempt.error[:500]
    if attempt.is_in_doubt and isinstance(delivery, Delivery):
        delivery.in_doubt = True
    counted = delivery.attempts - delivery.forgiven
    if attempt.outcome == Outcome.SENT:
        delivery.state, delivery.sent_at = DeliveryState.SENT, machine_now
    elif attempt.outcome == Outcome.REFUSED or counted >= MOST_ATTEMPTS:
        delivery.state = DeliveryState.FAILED
    else:
        delivery.next_try_at = machine_now + pause(counted, chance=chance)
    _forget_secret(delivery)
    db.session.flush()


def drop(delivery: Delivery | Letter) -> None:
    """Settle a delivery that has nothing left to say."""
    delivery.state, delivery.leased_until = DeliveryState.DROPPED, None
    _forget_secret(delivery)
    db.session.flush()


def send_again(*, delivery: Delivery | Letter, by: Appointment, now: datetime, machine_now: datetime) -> None:
    """
    Put what was given up, or waits for its next try, back in line at once. It is written as things stand then.

    What is in line already stays as it is, so that a button pressed twice does its work once.

    :raises CannotSendAgain: if it has left, is no longer needed, is under way, or its link went with its failure
    """
    _check_again(delivery, machine_now)
    if delivery.state == DeliveryState.WAITING and delivery.next_try_at <= machine_now:
        return
    delivery.state, delivery.next_try_at = DeliveryState.WAITING, machine_now
    delivery.leased_until, delivery.forgiven = None, delivery.attempts
    user = delivery.user if isinstance(delivery, Letter) else delivery.message.user
    what = delivery.kind if isinstance(delivery, Letter) else delivery.message.digest_on.isoformat()
    changes.record(
        organization_id=user.organization_id,
        kind=ChangeKind.MAIL_SENT_AGAIN,
        by=by,
        now=now,
        person=user,
        after=str(what),
    )


def send_failed_again(
    kind: type[Delivery] | type[Letter], *, organization_id: int, by: Appointment, now: datetime, machine_now: datetime
) -> int:
    """Put everything of a kind that was given up back in line, as far as it can be written; return how many."""
    if kind is Letter:
        ours = Letter.user_id.in_(select(User.id).where(User.organization_id == organization_id))
        which = [ours, Letter.useless_at.is_(None)]
    else:
        which = [Delivery.message_id.in_(select(Message.id).where(Message.organization_id == organization_id))]
    done: CursorResult = db.session.execute(  # type: ignore[assignment]
        update(kind)
        .where(kind.state == DeliveryState.FAILED, *which)
        .values(state=DeliveryState.WAITING, next_try_at=machine_now, leased_until=None, forgiven=kind.attempts)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        changes.record(
            organization_id=organization_id,
            kind=ChangeKind.MAILS_SENT_AGAIN,
            by=by,
            now=now,
            after=str(done.rowcount),
        )
    return done.rowcount


def _check_again(delivery: Delivery | Letter, machine_now: datetime) -> None:
    if delivery.state == DeliveryState.SENT:
        raise CannotSendAgain(N_("This mail has left already."))
    if delivery.state == DeliveryState.DROPPED:
        raise CannotSendAgain(N_("This mail is no longer needed: what it would say is done or out of date."))
    if delivery.leased_until is not None and delivery.leased_until > machine_now:
        raise CannotSendAgain(N_("This mail is being sent at this moment. Look again in a minute."))
    if isinstance(delivery, Letter) and delivery.useless_at is not None and not delivery.sealed:
        raise CannotSendAgain(N_("The link in this mail is deleted already. Invite the person again instead."))


def _forget_secret(delivery: Delivery | Letter) -> None:
    if isinstance(delivery, Letter) and delivery.state != DeliveryState.WAITING:
        delivery.sealed = None


def _keep_standing(delivery: Delivery | Letter, attempt: Attempt, machine_now: datetime) -> None:
    """Keep how the channel is doing; what fails again and again without a success in between counts once."""
    standing = _standing(delivery.channel if isinstance(delivery, Delivery) else MAIL)
    last_sent_at = standing.last_sent_at
    if attempt.outcome == Outcome.SENT:
        if standing.failures or last_sent_at is None or machine_now - last_sent_at >= BETWEEN_NOTES:
            standing.failures, standing.failing_since, standing.last_sent_at = 0, None, machine_now
            standing.problem, standing.error = None, ""
        return
    is_another = delivery.tried_at is None or (last_sent_at is not None and delivery.tried_at <= last_sent_at)
    if is_another or not standing.failures:
        standing.failures += 1
    if standing.failing_since is None or not is_same_trouble(standing.problem, attempt.problem):
        standing.failing_since = machine_now
    standing.problem, standing.error = attempt.problem, attempt.error[:500]


def _standing(channel: str) -> ChannelStanding:
    found = db.session.get(ChannelStanding, channel, populate_existing=True)
    if found is not None:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(ChannelStanding(channel=channel, failures=0, error=""))
    except IntegrityError:
        pass  # another process made the row in the same moment
    return db.session.get_one(ChannelStanding, channel, populate_existing=True)
