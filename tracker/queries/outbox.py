"""What an administrator sees of mails: how many stand where, a page of them, the scheduler, the mail server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, Subquery, func, select, true
from sqlalchemy.orm import joinedload

from tracker.domain.channels import MAIL
from tracker.domain.deliveries import DeliveryState
from tracker.extensions import db
from tracker.models import ChannelStanding, Delivery, Lease, Letter, Message, User
from tracker.models.lease import SCHEDULER

PAGE = 50
Handed = TypeVar("Handed", Delivery, Letter)


@dataclass(frozen=True)
class Counts:
    """How many stand in each state; of those that left, the ones of today."""

    waiting: int
    sent_today: int
    failed: int
    dropped: int


def counts(organization_id: int, *, since: datetime) -> tuple[Counts, Counts]:
    """
    Return the numbers of an organization's digests and of its letters about accounts, in one statement.

    :param since: when today began
    """
    digests, letters = (_counted(kind, organization_id, since) for kind in (Delivery, Letter))
    row = db.session.execute(select(digests, letters).select_from(digests.join(letters, true()))).one()
    return Counts(*row[:4]), Counts(*row[4:])


def listed(
    kind: type[Handed],
    organization_id: int,
    *,
    state: DeliveryState | None = None,
    before: int | None = None,
    most: int = PAGE,
) -> tuple[Sequence[Handed], int | None]:
    """
    Return the newest mails of a kind with their people, and what to pass for those before them (None: there are none).

    :param before: only rows with a smaller id
    """
    statement = _of(kind, select(kind), organization_id)
    if state is not None:
        statement = statement.where(kind.state == state)
    if before is not None:
        statement = statement.where(kind.id < before)
    rows = db.session.scalars(statement.options(*_people(kind)).order_by(kind.id.desc()).limit(most + 1)).all()
    return rows[:most], rows[most - 1].id if len(rows) > most else None


def delivery(delivery_id: int, *, organization_id: int) -> Delivery | None:
    """Return an organization's delivery, held until the transaction ends."""
    return _one(Delivery, delivery_id, organization_id)


def letter(letter_id: int, *, organization_id: int) -> Letter | None:
    """Return an organization's letter, held until the transaction ends."""
    return _one(Letter, letter_id, organization_id)


def scheduler() -> Lease | None:
    """Return which process runs the jobs, and when it last ticked; None before the first tick."""
    return db.session.get(Lease, SCHEDULER)


def mail_standing() -> ChannelStanding | None:
    """Return how sending mail goes; None before the first one was tried."""
    return db.session.get(ChannelStanding, MAIL)


def _counted(kind: type[Delivery] | type[Letter], organization_id: int, since: datetime) -> Subquery:
    states = [kind.state == state for state in DeliveryState]
    waiting, sent, failed, dropped = states
    numbers = (waiting, sent & (kind.sent_at >= since), failed, dropped)
    counted = (func.count().filter(which).label(f"number_{order}") for order, which in enumerate(numbers))
    return _of(kind, select(*counted).select_from(kind), organization_id).subquery()


def _of(kind: type[Delivery] | type[Letter], statement: Select, organization_id: int) -> Select:
    if kind is Letter:
        return statement.join(User, User.id == Letter.user_id).where(User.organization_id == organization_id)
    return statement.join(Message, Message.id == Delivery.message_id).where(Message.organization_id == organization_id)


def _people(kind: type[Delivery] | type[Letter]) -> list[Any]:
    if kind is Letter:
        return [joinedload(Letter.user)]
    return [joinedload(Delivery.message).joinedload(Message.user), joinedload(Delivery.address)]


def _one(kind: type[Handed], row_id: int, organization_id: int) -> Handed | None:
    held = _of(kind, select(kind).where(kind.id == row_id), organization_id)
    return db.session.scalar(held.with_for_update(of=kind).execution_options(populate_existing=True))
