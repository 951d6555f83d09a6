"""Signing in and out: Flask-Security, with one field for user name or e-mail address."""

from typing import Any, cast

from flask import Flask, Response, abort, request
from flask_babel import lazy_gettext
from flask_limiter.util import get_remote_address
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.forms import LoginForm
from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from wtforms import StringField
from wtforms.validators import DataRequired

from config import ROOT
from tracker.domain.thai import clean
from tracker.extensions import db, limiter, security
from tracker.models import Appointment, Position, User
from tracker.web.access import PUBLIC, SIGNED_IN, mark, public

LONGEST_PASSWORD = 1024
ATTEMPTS = "10 per 5 minutes"
ATTEMPTS_OF_AN_ADDRESS = "120 per 5 minutes"

CONFIGURATION = {
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": clean, "case_insensitive": True}}],
    "SECURITY_INPUT_NORMALIZE_FORM": "NFC",  # NFKD would split ำ
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFC",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/sign-in",
    "SECURITY_UNAUTHORIZED_VIEW": None,
    "SECURITY_PASSWORD_SALT": "",
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_I18N_DIRNAME": ["builtin", str(ROOT / "translations")],
}


class SignInForm(LoginForm):
    """User name or e-mail address, and the password."""

    email = StringField()  # Flask-Security looks at it; nobody fills it in
    username = StringField(
        lazy_gettext("User name or e-mail"),
        validators=[DataRequired(lazy_gettext("Write your user name."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate(self, **kwargs: Any) -> bool:
        if len(self.password.data or "") > LONGEST_PASSWORD:
            self.password.errors = ["too long to be anybody's"]
            return False
        self.ifield = self.username
        self.user = find_by_name(clean(self.username.data or ""))
        return bool(super().validate(**kwargs))


def _finding(column: InstrumentedAttribute[str]) -> Select[tuple[User]]:
    return (
        select(User)
        .where(column == bindparam("value"))
        .options(
            joinedload(User.organization),
            joinedload(User.appointments).joinedload(Appointment.position).joinedload(Position.division),
        )
    )


# Built once: every page asks for its person.
FIND = {"fs_uniquifier": _finding(User.fs_uniquifier), "username": _finding(User.username)}


class Datastore(SQLAlchemyUserDatastore):
    """Loads a person together with the appointments that every page asks for, in one statement."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> User | None:
        ((attribute, value),) = kwargs.items()
        found = db.session.scalars(FIND[attribute], {"value": value}).unique().one_or_none()
        return cast(User | None, found)


def find_by_name(written: str) -> User | None:
    """Return the account with this user name or e-mail address, in any case of letters."""
    if not written:
        return None
    lowered = written.lower()
    return db.session.scalar(
        select(User).where(or_(func.lower(User.username) == lowered, func.lower(User.email) == lowered)).limit(1)
    )


def register(app: Flask) -> None:
    """Bind Flask-Security and throttle its sign-in view."""
    for name, value in CONFIGURATION.items():
        app.config.setdefault(name, value)
    security.init_app(app, Datastore(db, User, cast(Any, None)), login_form=SignInForm)
    # Nobody outside the office can lock an account for those inside: account and address count together. What one
    # address tries on all accounts is held far above what a whole town hall needs. Only failures count.
    by_account: Any = limiter.limit(ATTEMPTS, key_func=_account_and_address, methods=["POST"], deduct_when=_has_failed)
    by_address: Any = limiter.limit(ATTEMPTS_OF_AN_ADDRESS, methods=["POST"], deduct_when=_has_failed)
    views = app.view_functions
    views["security.login"] = mark(by_address(by_account(views["security.login"])), PUBLIC)
    app.login_manager._request_callback = None  # type: ignore[attr-defined]  # no token in an address signs anybody in
    views["security.logout"] = mark(views["security.logout"], SIGNED_IN)
    views["security.verify"] = _nothing_here  # no page asks for the password a second time


@public
def _nothing_here() -> Any:
    abort(404)


def _account_and_address() -> str:
    """Return what counts as the same account at the same address, by whichever of its names it was tried."""
    written = clean(request.form.get("username", "")).lower()[:80]
    user = find_by_name(written)
    return f"{user.id if user else written}|{get_remote_address()}"


def _has_failed(response: Response) -> bool:
    return response.status_code != 302
