"""The ways into the site as a person walks them, for tests."""

from typing import Any

from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import PASSWORD
from tests.pages import Page, Visitor
from tracker.domain.sign_in import Visit
from tracker.extensions import db
from tracker.models import Letter, SecondFactor, User
from tracker.services import one_time_keys, second_factors, tokens

NEW_PASSWORD = "แมวของฉันชอบปลาทู"


def sign_in(visitor: Visitor, username: str, password: str = PASSWORD, *, status: int = 302, **more: str) -> Page:
    """Fill in the sign-in form and send it."""
    visitor.get("/sign-in")
    return visitor.post("/sign-in", {"username": username, "password": password} | more, status=status)


def make_code(user: User) -> str:
    """Return a printed code for a person."""
    return one_time_keys.make_code(user=user, by=None, visit=Visit(), now=MORNING, machine_now=MORNING)


def make_link(user: User, by: User) -> str:
    """Return the address that an invitation by mail carries."""
    one_time_keys.invite(user=user, by=by, visit=Visit(), now=MORNING, machine_now=MORNING)
    letter = db.session.scalars(select(Letter).where(Letter.user_id == user.id).order_by(Letter.id.desc())).first()
    assert letter is not None
    assert letter.sealed is not None
    return f"/sign-in/links/{tokens.unseal(letter.sealed)}"


def turn_second_factor_on(user: User) -> list[str]:
    """Turn the second factor of a person on and return the recovery codes."""
    second_factors.begin(user=user, now=MORNING)
    code = shown_code(user, steps=-1)
    return second_factors.confirm(user=user, code=code, keep=None, visit=Visit(), now=MORNING, machine_now=MORNING)


def shown_code(user: User, *, steps: int = 0) -> str:
    """Return what the person's app shows this morning, or some steps of half a minute later."""
    factor = db.session.scalars(select(SecondFactor).where(SecondFactor.user_id == user.id)).one()
    return str(TOTP(key=tokens.unseal(factor.sealed)).generate(MORNING.timestamp() + 30 * steps).token)


def use_code(visitor: Visitor, username: str, code: str, *, status: int = 302) -> Page:
    """Type a printed code."""
    visitor.get("/sign-in/code")
    return visitor.post("/sign-in/code", {"username": username, "code": code}, status=status)


def choose_password(visitor: Visitor, password: str = NEW_PASSWORD, *, status: int = 302) -> Page:
    """Choose a password on the page that a link or code leads to."""
    return visitor.post("/sign-in/password", {"password": password}, status=status)


def cookie(visitor: Visitor, name: str) -> str | None:
    """Return a cookie of the visitor's browser."""
    found = visitor._client.get_cookie(name)
    return found.value if found else None


def with_cookie(app: Flask, name: str, value: str | None) -> Visitor:
    """Return somebody at another browser who stole a cookie."""
    thief = Visitor(app)
    thief._client.set_cookie(name, value or "")
    return thief


def session_of(visitor: Visitor) -> dict[str, Any]:
    """Return what the visitor's session cookie holds."""
    with visitor._client.session_transaction() as session:
        return dict(session)
