"""Letting a person choose a password by a link or a printed code, each of which opens once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import (
    BETWEEN_RESETS,
    CODE_LENGTH,
    KEY_LENGTH,
    KeyKind,
    LetterKind,
    RecordKind,
    Visit,
    read_code,
)
from tracker.extensions import db
from tracker.models import OneTimeKey, ResetRequest, User
from tracker.queries import accounts
from tracker.services import letters, sign_in_records, tokens

LINKS = (KeyKind.INVITATION, KeyKind.RESET)
LONGEST_NAME = 200


class NoAddress(Refusal):
    """An invitation by mail needs somewhere to go."""

    def __init__(self) -> None:
        super().__init__(N_("This person has no e-mail address. Print a code instead."))


class AccountClosed(Refusal):
    """Nobody is invited into an account that is closed."""

    def __init__(self) -> None:
        super().__init__(N_("This account is closed. Open it again first."))


@dataclass(frozen=True)
class _Secret:
    key: OneTimeKey
    secret: str


def invite(*, user: User, by: User, visit: Visit, now: datetime, machine_now: datetime) -> None:
    """
    Mail a person a link to choose a password by; what was given to them before no longer opens anything.

    :raises NoAddress: if there is no address to mail to
    :raises AccountClosed: if the account is closed
    """
    if not user.email:
        raise NoAddress()
    made = _replace(user, KeyKind.INVITATION, now, machine_now)
    _mail(made, LetterKind.INVITATION, now, machine_now)
    sign_in_records.record(RecordKind.INVITED, user=user, by=by, visit=visit, now=now)


def make_code(*, user: User, by: User | None, visit: Visit, now: datetime, machine_now: datetime) -> str:
    """
    Return a code for a person to choose a password by, to be handed over on paper; it is shown this once.

    :param by: the administrator; None for a command on the machine itself
    :raises AccountClosed: if the account is closed
    """
    made = _replace(user, KeyKind.CODE, now, machine_now)
    sign_in_records.record(RecordKind.CODE_MADE, user=user, by=by, visit=visit, now=now)
    return made.secret


def ask_reset(*, written: str, visit: Visit, now: datetime) -> None:
    """Note that somebody forgot the password of this account, whether or not there is one."""
    db.session.add(ResetRequest(written=written[:LONGEST_NAME], address=visit.address, asked_at=now))
    db.session.flush()


def answer(*, request: ResetRequest, now: datetime, machine_now: datetime) -> None:
    """
    Mail a link to whom a request names, if anybody, and forget the request.

    A link that was mailed a few minutes ago stays as it is: whoever asks again and again for somebody else neither
    fills that person's mailbox nor makes the link in it useless.
    """
    user = accounts.by_name(request.written)
    if user is not None and user.active and user.email and not _was_just_mailed(user, now):
        _forget(user, (KeyKind.RESET,))
        made = _make(user, KeyKind.RESET, now, machine_now)
        _mail(made, LetterKind.RESET, now, machine_now)
        visit = Visit(request.address)
        sign_in_records.record(RecordKind.RESET_ASKED, user=user, by=None, visit=visit, now=now)
    db.session.delete(request)
    db.session.flush()


def of_link(token: str, *, machine_now: datetime) -> OneTimeKey | None:
    """Return the key that a mailed link carries, as long as it opens."""
    return of_fingerprint(tokens.fingerprint("link", token), machine_now=machine_now)


def of_code(*, written_name: str, written_code: str, machine_now: datetime) -> OneTimeKey | None:
    """Return the key that a printed code stands for, as long as it opens, for the account it was made for."""
    user = accounts.by_name(written_name)
    mark = tokens.fingerprint("code", f"{user.id if user else 0}:{read_code(written_code)}")
    return of_fingerprint(mark, machine_now=machine_now)


def of_fingerprint(mark: str, *, machine_now: datetime) -> OneTimeKey | None:
    """Return the key of this fingerprint as long as it opens."""
    return db.session.scalar(
        select(OneTimeKey)
        .join(OneTimeKey.user)
        .where(OneTimeKey.fingerprint == mark, OneTimeKey.expires_at > machine_now, User.active)
    )


def spend(key: OneTimeKey) -> bool:
    """Take a key for good, and return whether it was there: of two who use it at once, one does."""
    taken = db.session.execute(
        delete(OneTimeKey).where(OneTimeKey.id == key.id, OneTimeKey.fingerprint == key.fingerprint)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def forget(*, user: User) -> None:
    """Make everything useless that was given to a person to choose a password by."""
    _forget(user, tuple(KeyKind))
    letters.drop_links(user=user)


def forget_links(*, user: User) -> None:
    """Make links useless that were mailed to an address which is the person's no longer."""
    _forget(user, LINKS)
    letters.drop_links(user=user)


def _replace(user: User, kind: KeyKind, now: datetime, machine_now: datetime) -> _Secret:
    if not user.active:
        raise AccountClosed()
    forget(user=user)
    return _make(user, kind, now, machine_now)


def _make(user: User, kind: KeyKind, now: datetime, machine_now: datetime) -> _Secret:
    if kind == KeyKind.CODE:
        secret = tokens.new_code(CODE_LENGTH)
        mark = tokens.fingerprint("code", f"{user.id}:{secret}")
    else:
        secret = tokens.new_token()
        mark = tokens.fingerprint("link", secret)
    key = OneTimeKey(
        user_id=user.id, kind=kind, fingerprint=mark, created_at=now, expires_at=machine_now + KEY_LENGTH[kind]
    )
    db.session.add(key)
    db.session.flush()
    return _Secret(key, secret)


def _mail(made: _Secret, kind: LetterKind, now: datetime, machine_now: datetime) -> None:
    user = db.session.get_one(User, made.key.user_id)
    letters.write(kind, user=user, now=now, machine_now=machine_now, token=made.secret, useless_at=made.key.expires_at)


def _was_just_mailed(user: User, now: datetime) -> bool:
    latest = db.session.scalar(
        select(OneTimeKey.created_at).where(OneTimeKey.user_id == user.id, OneTimeKey.kind == KeyKind.RESET)
    )
    return latest is not None and now - latest < BETWEEN_RESETS


def _forget(user: User, kinds: tuple[KeyKind, ...]) -> None:
    db.session.execute(delete(OneTimeKey).where(OneTimeKey.user_id == user.id, OneTimeKey.kind.in_(kinds)))
