"""Writing mails about a person's account into the outbox, from where a job sends them."""

from datetime import datetime
from email.utils import make_msgid

from sqlalchemy import ColumnElement, update

from tracker.domain.deliveries import DeliveryState
from tracker.domain.sign_in import LetterKind
from tracker.extensions import db
from tracker.models import Letter, User
from tracker.services import tokens


def write(
    kind: LetterKind,
    *,
    user: User,
    now: datetime,
    machine_now: datetime,
    token: str | None = None,
    useless_at: datetime | None = None,
) -> Letter | None:
    """
    Leave a letter in the outbox, or nothing for people without an address: they are never mailed.

    :param token: what the link in it carries; it is sealed until the letter has left
    :param useless_at: from when on (on the machine's clock) there is no more use in sending it
    """
    if not user.email:
        return None
    letter = Letter(
        user_id=user.id,
        kind=kind,
        created_at=now,
        useless_at=useless_at,
        sealed=tokens.seal(token) if token else None,
        header_id=make_msgid(idstring=f"account.{user.id}", domain="ita-tracker"),
        next_try_at=machine_now,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def drop_links(*, user: User) -> None:
    """Hold back the person's letters whose links lead nowhere any more."""
    _drop(Letter.user_id == user.id, Letter.sealed.is_not(None))


def drop_late(*, machine_now: datetime) -> None:
    """Hold back every letter whose link has run out while no mail server took it."""
    _drop(Letter.useless_at <= machine_now)


def _drop(*which: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Letter)
        .where(Letter.state == DeliveryState.WAITING, *which)
        .values(state=DeliveryState.DROPPED, sealed=None, leased_until=None)
    )
