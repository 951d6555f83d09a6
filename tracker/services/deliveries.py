"""Handing over under a lease and marking what became of it."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlalchemy.orm import joinedload

from tracker.domain.deliveries import LEASE, MOST_ATTEMPTS, Attempt, DeliveryState, Outcome, pause
from tracker.extensions import db
from tracker.models import Delivery, Letter

Handed = TypeVar("Handed", Delivery, Letter)  # what is handed over: a digest on a channel, a letter by mail


def lease_many(ids: Collection[int], *, machine_now: datetime) -> list[Delivery]:
    """Take waiting deliveries for this process alone, in the order of their ids, without those another has."""
    taken = db.session.scalars(
        update(Delivery)
        .where(Delivery.id.in_(ids), *_is_free(Delivery, machine_now))
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
        .where(kind.id == row_id, *_is_free(kind, machine_now))
        .values(leased_until=machine_now + LEASE)
        .execution_options(synchronize_session=False)
    )
    return db.session.get(kind, row_id, populate_existing=True) if taken.rowcount else None


def _is_free(kind: type[Handed], machine_now: datetime) -> list[ColumnElement[bool]]:
    return [
        kind.state == DeliveryState.WAITING,
        kind.next_try_at <= machine_now,
        or_(kind.leased_until.is_(None), kind.leased_until <= machine_now),
    ]


def mark(delivery: Delivery | Letter, attempt: Attempt, *, machine_now: datetime, chance: float) -> None:
    """
    Note what became of an attempt; what failed for now is tried again later, and given up after the last try.

    :param chance: a random number in [0, 1) that spreads the next tries
    """
    delivery.attempts += 1
    delivery.leased_until = None
    delivery.error = attempt.error[:500]
    if attempt.outcome == Outcome.SENT:
        delivery.state, delivery.sent_at = DeliveryState.SENT, machine_now
    elif attempt.outcome == Outcome.REFUSED or delivery.attempts >= MOST_ATTEMPTS:
        delivery.state = DeliveryState.FAILED
    else:
        delivery.next_try_at = machine_now + pause(delivery.attempts, chance=chance)
    _forget_secret(delivery)
    db.session.flush()


def drop(delivery: Delivery | Letter) -> None:
    """Settle a delivery that has nothing left to say."""
    delivery.state, delivery.leased_until = DeliveryState.DROPPED, None
    _forget_secret(delivery)
    db.session.flush()


def _forget_secret(delivery: Delivery | Letter) -> None:
    if isinstance(delivery, Letter) and delivery.state != DeliveryState.WAITING:
        delivery.sealed = None
