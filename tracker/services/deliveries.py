"""Handing over under a lease and marking what became of it."""

from datetime import datetime

from sqlalchemy import CursorResult, or_, update

from tracker.domain.deliveries import LEASE, MOST_ATTEMPTS, Attempt, DeliveryState, Outcome, pause
from tracker.extensions import db
from tracker.models import Delivery


def lease(delivery_id: int, *, machine_now: datetime) -> Delivery | None:
    """Take a waiting delivery for this process alone; None when another has it or it is settled."""
    taken: CursorResult = db.session.execute(  # type: ignore[assignment]
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.next_try_at <= machine_now,
            or_(Delivery.leased_until.is_(None), Delivery.leased_until <= machine_now),
        )
        .values(leased_until=machine_now + LEASE)
        .execution_options(synchronize_session=False)
    )
    return db.session.get(Delivery, delivery_id, populate_existing=True) if taken.rowcount else None


def mark(delivery: Delivery, attempt: Attempt, *, machine_now: datetime, chance: float) -> None:
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
    db.session.flush()


def drop(delivery: Delivery) -> None:
    """Settle a delivery that has nothing left to say."""
    delivery.state, delivery.leased_until = DeliveryState.DROPPED, None
    db.session.flush()
