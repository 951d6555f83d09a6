"""Setting up an organization: its divisions, positions, people and calendar."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import date
from itertools import chain, count

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import select

from tracker.domain import responsibles
from tracker.domain.permissions import Role
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import CODE_LETTERS
from tracker.extensions import db
from tracker.models import Appointment, Division, Organization, Position, User
from tracker.services import one_time_keys

PASSWORD_LENGTH = 12


class UnusableAddress(Refusal):
    """No mail can be sent there."""

    def __init__(self, email: str) -> None:
        super().__init__(N_("“%(email)s” is not an e-mail address."), email=email[:100])


class AddressTaken(Refusal):
    """Two accounts cannot share an address: it is also a name to sign in with."""

    def __init__(self, email: str) -> None:
        super().__init__(N_("Somebody else already has the address %(email)s."), email=email)


def create(*, name: str, divisions: Sequence[responsibles.Division]) -> Organization:
    """Create an organization with its divisions in the order given."""
    organization = Organization(name=name)
    for order, division in enumerate(divisions, start=1):
        organization.divisions.append(
            Division(
                name=division.name,
                short_names=list(division.short_names),
                head_title=division.head,
                order=order,
            )
        )
    db.session.add(organization)
    db.session.flush()
    return organization


def add_position(*, organization: Organization, title: str, role: Role, division: Division | None = None) -> Position:
    """Add a post to the organization."""
    position = Position(
        organization_id=organization.id, title=title, role=role, division_id=division.id if division else None
    )
    db.session.add(position)
    db.session.flush()
    return position


def add_user(*, organization: Organization, username: str, name: str, password: str, email: str | None = None) -> User:
    """Add an account. Without an e-mail address the person signs in by user name and is never mailed."""
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


def set_address(*, user: User, email: str) -> None:
    """
    Set where a person is mailed; an empty address means never.

    :raises UnusableAddress: if it is no e-mail address
    :raises AddressTaken: if somebody else has it
    """
    try:
        address = validate_email(email, check_deliverability=False).normalized if email else None
    except EmailNotValidError:
        raise UnusableAddress(email) from None
    if address and db.session.scalar(select(User.id).where(User.email == address, User.id != user.id)):
        raise AddressTaken(address)
    if address != user.email:
        one_time_keys.forget_links(user=user)
    user.email = address
    db.session.flush()


def appoint(
    *, user: User, position: Position, starts_on: date, ends_on: date | None = None, is_acting: bool = False
) -> Appointment:
    """Put a person into a position. Both bounds are inclusive."""
    appointment = Appointment(
        user_id=user.id, position_id=position.id, starts_on=starts_on, ends_on=ends_on, is_acting=is_acting
    )
    db.session.add(appointment)
    db.session.flush()
    return appointment


def free_username(wanted: str) -> str:
    """Return the user name, with a number behind it where it is taken: names are unique in an installation."""
    taken = set(db.session.scalars(select(User.username).where(User.username.startswith(wanted))))
    return next(name for name in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if name not in taken)


def new_password() -> str:
    """Return a password that can be read out and typed on a phone (about 59 bits)."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(PASSWORD_LENGTH))
