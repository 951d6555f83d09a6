"""Accounts by the names people type, and what belongs to an account."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Letter, RecoveryCode, SecondFactor, SignInRecord, User, UserSession
from tracker.models.handed import is_free


def by_name(written: str) -> User | None:
    """Return the account with this user name or e-mail address, in any case of letters."""
    if not written:
        return None
    lowered = written.lower()
    return db.session.scalar(
        select(User).where(or_(func.lower(User.username) == lowered, func.lower(User.email) == lowered)).limit(1)
    )


def sessions(user_id: int, *, machine_now: datetime) -> Sequence[UserSession]:
    """Return where a person is signed in, the latest used first."""
    return db.session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.expires_at > machine_now)
        .order_by(UserSession.last_used_at.desc(), UserSession.id.desc())
    ).all()


def records(user_id: int, *, limit: int = 30) -> Sequence[SignInRecord]:
    """Return what happened to an account last, newest first."""
    return db.session.scalars(
        select(SignInRecord)
        .where(SignInRecord.user_id == user_id)
        .options(joinedload(SignInRecord.by))
        .order_by(SignInRecord.id.desc())
        .limit(limit)
    ).all()


def second_factor(user_id: int) -> SecondFactor | None:
    """Return the person's second factor, confirmed or not."""
    return db.session.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id))


def has_second_factor(user_id: int) -> bool:
    """Return whether a code is asked for when this person signs in."""
    factor = second_factor(user_id)
    return factor is not None and factor.confirmed_at is not None


def recovery_codes_left(user_id: int) -> int:
    """Return how many recovery codes a person has not used."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.user_id == user_id)) or 0


def waiting_letters(*, machine_now: datetime) -> Sequence[int]:
    """Return the letters (ids) whose time has come and that nobody has in hand, the oldest first."""
    return db.session.scalars(
        select(Letter.id).where(is_free(Letter, machine_now)).order_by(Letter.next_try_at, Letter.id)
    ).all()
