"""What every row has that is handed over under a lease: a digest on a channel, a letter by mail."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.deliveries import LEASE, LONGEST_PAUSE, DeliveryState, Problem
from tracker.models.base import Moment, word


class Handed:
    """
    Where the handing over stands. `header_id` never changes, so a double can be recognised.

    `forgiven` attempts no longer count towards giving up: somebody sent it again by hand since.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    header_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DeliveryState] = mapped_column(word(DeliveryState), default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    forgiven: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    problem: Mapped[Problem | None] = mapped_column(word(Problem))
    error: Mapped[str] = mapped_column(default="")


def is_free(kind: type[Handed], machine_now: datetime) -> ColumnElement[bool]:
    """
    Say that it waits, that its time has come and that nobody has it in hand.

    A time farther off than any pause or lease was written by a clock that was set back since: it holds nothing up.
    """
    is_misdated = kind.next_try_at > machine_now + LONGEST_PAUSE + LEASE
    return and_(
        kind.state == DeliveryState.WAITING,
        or_(kind.next_try_at <= machine_now, is_misdated),
        or_(kind.leased_until.is_(None), is_let_go(kind, machine_now)),
    )


def is_let_go(kind: type[Handed], machine_now: datetime) -> ColumnElement[bool]:
    """Say that whoever had it in hand has it no more: its lease ran out, or a clock that was wrong wrote it."""
    return or_(kind.leased_until <= machine_now, kind.leased_until > machine_now + 2 * LEASE)
