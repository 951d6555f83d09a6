"""Signing in and out: Flask-Security's check of the password, with one field for user name or e-mail address."""

from typing import Any, cast

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_security.forms import LoginForm
from wtforms import StringField
from wtforms.validators import DataRequired

from config import ROOT
from tracker.domain.passwords import LONGEST
from tracker.domain.thai import clean
from tracker.extensions import begin_writing, db, security
from tracker.models import User
from tracker.queries import accounts
from tracker.web import second_step, sessions
from tracker.web.access import PUBLIC, SIGNED_IN, mark, public
from tracker.web.addresses import back_to
from tracker.web.problems import Problem
from tracker.web.throttles import by_written_name, throttled

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
        if len(self.password.data or "") > LONGEST:
            self.password.errors = ["too long to be anybody's"]
            return False
        self.ifield = self.username
        self.user = accounts.by_name(clean(self.username.data or ""))
        self.found_hash = self.user.password if self.user else ""
        return bool(super().validate(**kwargs))


def register(app: Flask) -> None:
    """Bind Flask-Security, with views of ours for signing in and out and sessions that can be ended."""
    for name, value in CONFIGURATION.items():
        app.config.setdefault(name, value)
    security.init_app(app, sessions.Datastore(db, User, cast(Any, None)), login_form=SignInForm)
    app.login_manager.id_attribute = "cookie_id"  # type: ignore[attr-defined]
    # What people may do follows from their positions (access.py). Flask-Security would ask the database who is here on
    # every request, for a style sheet too; now it is asked where somebody wants to know.
    app.extensions["security"].principal.identity_loaders.clear()
    app.login_manager._request_callback = None  # type: ignore[attr-defined]  # no token in an address signs anybody in
    views = app.view_functions
    views["security.login"] = mark(sign_in, PUBLIC)
    views["security.logout"] = mark(sign_out, SIGNED_IN)
    views["security.verify"] = _nothing_here  # no page asks for the password a second time


def _has_failed(answer: Response) -> bool:
    return answer.status_code != 302


@throttled(by_written_name, is_failure=_has_failed)
def sign_in() -> Any:
    """Show the form; take it, and let in whoever knows the password and has no second factor to show."""
    if current_user.is_authenticated:
        return redirect(back_to(request.args.get("next", "")))
    form = SignInForm(request.form)  # nothing but a form: what else a request may carry has other rules
    if not form.validate_on_submit():
        wrong = Problem(gettext("User name or password is not right. Check both and try again."), "username")
        return render_template("sign_in/show.html", login_user_form=form, problem=wrong if form.errors else None)
    user = cast(User, form.user)
    password_hash = user.password  # Flask-Security has made it anew where the settings of the hash have changed
    next_page, is_remembered = form.next.data or "", bool(form.remember.data)
    if accounts.has_second_factor(user.id):
        second_step.ask(user, next_page=next_page, is_remembered=is_remembered)
        return redirect(url_for("second_step.show"))
    begin_writing()
    if not user.active or user.password != form.found_hash:
        return redirect(url_for("security.login"))  # in the moment between, somebody changed the account
    user.password = password_hash
    sessions.begin(user, is_remembered=is_remembered)
    return redirect(back_to(next_page))


def sign_out() -> Any:
    """End this session, here and on the server: a copy of its cookie is worth nothing."""
    sessions.leave()
    return redirect(url_for("security.login"))


@public
def _nothing_here() -> Any:
    abort(404)
