"""Accounts: who can sign in, under which names, at which address. Nothing is deleted."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tracker.domain.changes import ChangeKind
from tracker.domain.people import UsernameTaken
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import CODE_LETTERS
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.models import Appointment, Organization, User
from tracker.services import administrators, changes, feeds, one_time_keys, organizations, sessions

PASSWORD_LENGTH = 12


class UnusableAddress(Refusal):
    """No mail can be sent there."""

    def __init__(self, email: str) -> None:
        super().__init__(N_("“%(email)s” is not an e-mail address."), email=email[:100])


class AddressTaken(Refusal):
    """Two accounts cannot share an address: it is also a name to sign in with."""

    def __init__(self, email: str) -> None:
        super().__init__(N_("Somebody else already has the address %(email)s."), email=email)


@dataclass(frozen=True)
class Details:
    """What an administrator decides about a person. Without an address they are never mailed."""

    name: str
    username: str
    email: str = ""


def open_account(
    *, organization: Organization, username: str, name: str, password: str, email: str | None = None
) -> User:
    """Open an account while an organization is set up; it is not yet anybody's change."""
    user = User(
        organization_id=organization.id,
        username=username,
        name=name,
        email=email,
        password=hash_password(password),
        fs_uniquifier=uuid.uuid4().hex,
    )
    db.session.add(user)
    db.session.flush()
    return user


def add(*, organization_id: int, details: Details, by: Appointment, now: datetime) -> User:
    """
    Add a person. Nobody knows the password: an invitation lets the person choose one.

    :raises UsernameTaken: if somebody in the installation has the user name, in any case of letters
    :raises Refusal: `UnusableAddress` or `AddressTaken`
    """
    organization = organizations.lock(organization_id)
    _check_username(details.username)
    try:
        user = open_account(
            organization=organization,
            username=details.username,
            name=details.name,
            password=secrets.token_urlsafe(32),
        )
    except IntegrityError:  # taken in another organization at this very moment
        raise UsernameTaken(details.username) from None
    set_address(user=user, email=details.email)
    _record(user, ChangeKind.PERSON_ADDED, by=by, now=now, after=described(user))
    return user


def change(*, user: User, details: Details, by: Appointment, now: datetime) -> None:
    """
    Change what a person is called and where they are mailed.

    :raises UsernameTaken: if somebody else in the installation has the user name, in any case of letters
    :raises Refusal: `UnusableAddress` or `AddressTaken`
    """
    organizations.lock(user.organization_id)
    db.session.refresh(user, ["name", "username", "email"])
    before = described(user)
    if details.username != user.username:
        _check_username(details.username, user=user)
    user.name, user.username = details.name, details.username
    set_address(user=user, email=details.email)
    after = described(user)
    if before != after:
        _record(user, ChangeKind.PERSON_CHANGED, by=by, now=now, before=before, after=after)


def close_account(*, user: User, by: Appointment, now: datetime, today: date) -> None:
    """
    Let a person in no more; their positions and history stay as they are. Doing it again changes nothing.

    :raises LastAdministrator: if nobody would administer the organization any more
    """
    organizations.lock(user.organization_id)
    db.session.refresh(user, ["active"])
    if not user.active:
        return
    user.active = False
    # No session, code or calendar of before comes to life again when the account is reopened.
    sessions.forget(user=user)
    feeds.forget(user=user)
    one_time_keys.forget(user=user)
    db.session.flush()
    if any(administrators.concerns(appointment.position) for appointment in user.appointments):
        administrators.check(user.organization_id, today=today)
    _record(user, ChangeKind.ACCOUNT_CLOSED, by=by, now=now)


def reopen_account(*, user: User, by: Appointment, now: datetime) -> None:
    """Let a person in again, to whatever they are appointed to by now. Doing it again changes nothing."""
    organizations.lock(user.organization_id)
    db.session.refresh(user, ["active"])
    if user.active:
        return
    user.active = True
    db.session.flush()
    _record(user, ChangeKind.ACCOUNT_REOPENED, by=by, now=now)


def read_address(written: str) -> str | None:
    """
    Return an e-mail address as it is kept; None where nothing is written.

    :raises UnusableAddress: if it is no e-mail address
    """
    email = clean(written)
    try:
        return validate_email(email, check_deliverability=False).normalized if email else None
    except EmailNotValidError:
        raise UnusableAddress(email) from None


def set_address(*, user: User, email: str) -> None:
    """
    Set where a person is mailed; an empty address means never.

    :raises UnusableAddress: if it is no e-mail address
    :raises AddressTaken: if somebody else has it, in any case of letters
    """
    address = read_address(email)
    same = func.lower(User.email) == (address or "").lower()
    if address and db.session.scalar(select(User.id).where(same, User.id != user.id)):
        raise AddressTaken(address)
    if address != user.email:
        one_time_keys.forget_links(user=user)
    user.email = address
    db.session.flush()


def described(user: User) -> str:
    """Return what the record says of a person."""
    return " · ".join(part for part in (user.name, user.username, user.email) if part)


def free_username(wanted: str) -> str:
    """Return the user name, with a number behind it where it is taken: names are unique in an installation."""
    taken = set(db.session.scalars(select(User.username).where(User.username.startswith(wanted))))
    return next(name for name in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if name not in taken)


def new_password() -> str:
    """Return a password that can be read out and typed on a phone (about 59 bits)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(PASSWORD_LENGTH))


def _check_username(username: str, user: User | None = None) -> None:
    # What this database calls small letters may be the Latin ones only; kept names are small already.
    same = select(User.id).where(func.lower(User.username) == username)
    if db.session.scalar(same.where(User.id != user.id) if user else same):
        raise UsernameTaken(username)


def _record(user: User, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = "") -> None:
    changes.record(
        organization_id=user.organization_id,
        kind=kind,
        by=by,
        now=now,
        person=user,
        before=before,
        after=after,
    )
