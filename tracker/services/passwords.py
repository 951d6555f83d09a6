"""Choosing a new password, by a key or by knowing the old one."""

from datetime import datetime

from flask_security.utils import hash_password, verify_password

from tracker.domain.passwords import LONGEST
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import LetterKind, RecordKind, Visit
from tracker.domain.thai import nfc
from tracker.extensions import db
from tracker.models import OneTimeKey, User, UserSession
from tracker.services import letters, one_time_keys, sessions, sign_in_records


class KeyGone(Refusal):
    """The link or code was used, replaced or is too old."""

    def __init__(self) -> None:
        super().__init__(N_("This link or code no longer opens anything. Ask for a new one."))


class WrongPassword(Refusal):
    """The present password is not what was written."""

    def __init__(self) -> None:
        super().__init__(N_("Your present password is not right."))


def hashed(password: str) -> str:
    """Return what is kept of a password that was checked. It takes long: do it before anything is locked."""
    return hash_password(password)


def is_right(password: str, *, user: User) -> bool:
    """Return whether this is the person's password. It takes long: do it before anything is locked."""
    return len(password) <= LONGEST and bool(verify_password(nfc(password), user.password))


def set_by_key(*, key: OneTimeKey, password_hash: str, visit: Visit, now: datetime, machine_now: datetime) -> User:
    """
    Set a person's password by a link or code, which is spent; whoever was signed in as them is no longer.

    :raises KeyGone: if somebody used the key in the meantime
    """
    user = key.user
    if not one_time_keys.spend(key):
        raise KeyGone()
    _set(user, password_hash)
    sessions.forget(user=user)
    sign_in_records.record(RecordKind.PASSWORD_SET, user=user, by=user, visit=visit, now=now)
    letters.write(LetterKind.PASSWORD_CHANGED, user=user, now=now, machine_now=machine_now)
    return user


def change(
    *, user: User, password_hash: str, keep: UserSession, visit: Visit, now: datetime, machine_now: datetime
) -> None:
    """Change one's own password after the present one was checked; one's other sessions end."""
    _set(user, password_hash)
    sessions.forget(user=user, keep=keep)
    sign_in_records.record(RecordKind.PASSWORD_CHANGED, user=user, by=user, visit=visit, now=now)
    letters.write(LetterKind.PASSWORD_CHANGED, user=user, now=now, machine_now=machine_now)


def _set(user: User, password_hash: str) -> None:
    user.password = password_hash
    one_time_keys.forget(user=user)
    db.session.flush()
