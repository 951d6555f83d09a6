"""The codes of an app beside the password, and the recovery codes for when the app is lost."""

from dataclasses import dataclass
from datetime import datetime

from passlib.totp import TOTP, TokenError
from sqlalchemy import delete, or_, update

from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import (
    RECOVERY_CODE_LENGTH,
    RECOVERY_CODES,
    LetterKind,
    RecordKind,
    Visit,
    read_code,
)
from tracker.extensions import db
from tracker.models import RecoveryCode, SecondFactor, User, UserSession
from tracker.queries import accounts
from tracker.services import letters, sessions, sign_in_records, tokens

DRIFT = 30  # seconds that a telephone's clock may be wrong, either way: one step of the codes
DIGITS = 6


class WrongCode(Refusal):
    """Neither a code of the app that was not used yet, nor a recovery code."""

    def __init__(self) -> None:
        super().__init__(N_("This code is not right, or it was used already. Wait for the next one and try again."))


class AlreadyOn(Refusal):
    """The second factor is in use; what is asked for would make another one."""

    def __init__(self) -> None:
        super().__init__(N_("Signing in with two steps is on already."))


@dataclass(frozen=True)
class Setup:
    """What a person needs to set up an app: the address in the picture, and the secret in letters."""

    uri: str
    letters: str


def begin(*, user: User, now: datetime) -> None:
    """
    Make a secret for an app; it counts once a code of it was written.

    :raises AlreadyOn: if a confirmed one is in use
    """
    factor = accounts.second_factor(user.id)
    if factor is not None and factor.confirmed_at is not None:
        raise AlreadyOn()
    if factor is None:
        factor = SecondFactor(user_id=user.id, created_at=now)
        db.session.add(factor)
    factor.sealed, factor.created_at = tokens.seal(TOTP.new().base32_key), now
    db.session.flush()


def setup(factor: SecondFactor, *, user: User) -> Setup | None:
    """Return how to set up an app; None where the secret can no longer be read."""
    totp = _totp(factor)
    if totp is None:
        return None
    issuer = f"ITA {user.organization.name}".replace(":", " ")
    return Setup(totp.to_uri(label=user.username.replace(":", " "), issuer=issuer), totp.pretty_key(sep=" "))


def confirm(
    *, user: User, code: str, keep: UserSession | None, visit: Visit, now: datetime, machine_now: datetime
) -> list[str]:
    """
    Begin to ask for codes, and return the recovery codes, which are shown this once.

    :param keep: the session in which that is done; the person's others end, for no code was asked for in them
    :raises WrongCode: if this is not the code that the app shows
    :raises AlreadyOn: if it was confirmed before
    """
    factor = accounts.second_factor(user.id)
    if factor is None:
        raise WrongCode()
    if factor.confirmed_at is not None:
        raise AlreadyOn()
    if not _is_taken(factor, code, machine_now):
        raise WrongCode()
    factor.confirmed_at = now
    sessions.forget(user=user, keep=keep)
    sign_in_records.record(RecordKind.SECOND_FACTOR_STARTED, user=user, by=user, visit=visit, now=now)
    return _new_recovery_codes(user)


def check(*, user: User, code: str, visit: Visit, now: datetime, machine_now: datetime) -> None:
    """
    Take a code of the app, or a recovery code, which is spent.

    :raises WrongCode: if it is neither, or was used before
    """
    factor = accounts.second_factor(user.id)
    written = read_code(code)
    if factor is None or factor.confirmed_at is None:
        raise WrongCode()
    if len(written) == DIGITS and written.isdecimal():
        if not _is_taken(factor, written, machine_now):
            raise WrongCode()
    elif _spend_recovery_code(user, written):
        sign_in_records.record(RecordKind.RECOVERY_CODE_USED, user=user, by=user, visit=visit, now=now)
    else:
        raise WrongCode()


def renew_recovery_codes(*, user: User, visit: Visit, now: datetime) -> list[str]:
    """
    Return new recovery codes, shown this once; the old ones are void.

    :raises WrongCode: if there is no second factor that they could replace
    """
    if not accounts.has_second_factor(user.id):
        raise WrongCode()
    sign_in_records.record(RecordKind.RECOVERY_CODES_MADE, user=user, by=user, visit=visit, now=now)
    return _new_recovery_codes(user)


def end(*, user: User, by: User | None, visit: Visit, now: datetime, machine_now: datetime) -> None:
    """Ask this person for the password only; `by` is the person, or an administrator, or None for a command."""
    had_one = accounts.has_second_factor(user.id)
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    if had_one:
        kind = RecordKind.SECOND_FACTOR_ENDED if by == user else RecordKind.SECOND_FACTOR_RESET
        sign_in_records.record(kind, user=user, by=by, visit=visit, now=now)
        letters.write(LetterKind.SECOND_FACTOR_ENDED, user=user, now=now, machine_now=machine_now)


def _totp(factor: SecondFactor) -> TOTP | None:
    key = tokens.unseal(factor.sealed)
    return TOTP(key=key, digits=DIGITS) if key else None


def _is_taken(factor: SecondFactor, code: str, machine_now: datetime) -> bool:
    """Return whether the app shows this code now, and take it: of two who write it at once, one is let in."""
    totp = _totp(factor)
    if totp is None:
        return False
    try:
        found = totp.match(read_code(code), machine_now.timestamp(), window=DRIFT, last_counter=factor.last_counter)
    except TokenError:
        return False
    taken = db.session.execute(
        update(SecondFactor)
        .where(
            SecondFactor.user_id == factor.user_id,
            or_(SecondFactor.last_counter.is_(None), SecondFactor.last_counter < found.counter),
        )
        .values(last_counter=found.counter)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _new_recovery_codes(user: User) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [tokens.new_code(RECOVERY_CODE_LENGTH) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, fingerprint=_mark(user, code)) for code in codes)
    db.session.flush()
    return codes


def _spend_recovery_code(user: User, code: str) -> bool:
    mark = _mark(user, code)
    spent = db.session.execute(
        delete(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.fingerprint == mark)
    )
    return bool(spent.rowcount)  # type: ignore[attr-defined]


def _mark(user: User, code: str) -> str:
    return tokens.fingerprint("recovery code", f"{user.id}:{code}")
