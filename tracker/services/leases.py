"""Letting one process of many act: a lease taken by one conditional UPDATE."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.exc import IntegrityError

from tracker.extensions import db
from tracker.models import Lease


def take(*, name: str, holder: str, machine_now: datetime, length: timedelta) -> bool:
    """
    Take or renew a lease and return whether this holder has it now.

    The moment is the machine's own: leases run on when the working day is frozen. One that ends later than any can
    was taken by a clock that was set back since: it keeps nobody out.
    """
    if db.session.get(Lease, name) is None:
        try:
            with db.session.begin_nested():
                db.session.add(Lease(name=name, holder="", until_at=machine_now))
        except IntegrityError:
            pass  # another process made the row in the same moment
    is_misdated = Lease.until_at > machine_now + 2 * length
    taken: CursorResult = db.session.execute(  # type: ignore[assignment]
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until_at <= machine_now, is_misdated))
        .values(holder=holder, until_at=machine_now + length, last_tick_at=machine_now)
    )
    return bool(taken.rowcount)


def release(*, name: str, holder: str, machine_now: datetime) -> None:
    """Give a lease back, so that another process need not wait for its end."""
    db.session.execute(
        update(Lease).where(Lease.name == name, Lease.holder == holder).values(holder="", until_at=machine_now)
    )
