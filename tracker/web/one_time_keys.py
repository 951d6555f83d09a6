"""The ways in without a password: the link of a mail, a printed code, and asking for a link."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug import Response

from tracker import clock
from tracker.domain.passwords import check_password
from tracker.domain.sentences import Refusal
from tracker.domain.thai import clean
from tracker.extensions import begin_writing, db
from tracker.models import OneTimeKey, User
from tracker.queries import accounts
from tracker.services import one_time_keys, passwords
from tracker.web import access, second_step, sessions
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import by_written_name, throttled

bp = Blueprint("one_time_keys", __name__, url_prefix="/sign-in")

HELD = "one_time_key"


@bp.get("/links/<token>")
@access.public
def follow(token: str) -> Response:
    """Take the token out of the address, so that no history, referrer or look over the shoulder keeps it."""
    key = one_time_keys.of_link(token, machine_now=clock.machine_now())
    session[HELD] = key.fingerprint if key else ""
    g.is_private = True
    return redirect(url_for("one_time_keys.password_form"))


@bp.get("/code")
@access.public
def code_form() -> str:
    return render_template("sign_in/code.html", username=request.args.get("username", "")[:80])


@bp.post("/code")
@access.public
@throttled(by_written_name)
def check_code() -> Any:
    written = clean(request.form.get("username", ""))
    key = one_time_keys.of_code(
        written_name=written, written_code=request.form.get("code", ""), machine_now=clock.machine_now()
    )
    if key is None:
        problem = Problem(
            gettext("User name and code do not belong together, or the code was used or is too old."), "username"
        )
        return render_template("sign_in/code.html", username=written[:80], problem=problem), 422
    session[HELD] = key.fingerprint
    return redirect(url_for("one_time_keys.password_form"))


@bp.get("/forgotten")
@access.public
def forgotten_form() -> str:
    return _forgotten_page()


@bp.post("/forgotten")
@access.public
@throttled(by_written_name, is_failure=lambda _: True)
def ask_reset() -> str:
    """Say the same, in the same time, whoever it is: a job looks whether there is such an account."""
    written = clean(request.form.get("username", ""))
    if written and current_app.config["MAIL_SERVER"]:
        one_time_keys.ask_reset(written=written, visit=sessions.visit(), now=clock.now())
    return _forgotten_page(is_asked=True)


@bp.get("/password")
@access.public
def password_form() -> Any:
    key = _held()
    g.is_private = True  # the next person at this screen must not find it with "back"
    return _password_page(key) if key else _nothing_opens()


@bp.post("/password")
@access.public
def set_password() -> Any:
    """Set the password and let the person in, or on to the second step."""
    key = _held()
    if key is None:
        return _nothing_opens()
    try:
        password = check_password(request.form.get("password", ""), username=key.user.username)
    except Refusal as refusal:
        return _password_page(key, problem=problem_of(refusal)), 422
    password_hash = passwords.hashed(password)
    begin_writing()
    key = _held()  # somebody may have used it in the meantime
    if key is None:
        return _nothing_opens()
    user = passwords.set_by_key(
        key=key,
        password_hash=password_hash,
        visit=sessions.visit(),
        now=clock.now(),
        machine_now=clock.machine_now(),
    )
    return _let_in(user)


def _let_in(user: User) -> Response:
    if accounts.has_second_factor(user.id):
        sessions.leave()
        second_step.ask(user, next_page="", is_remembered=False)
        return redirect(url_for("second_step.show"))
    sessions.begin(user)
    flash(gettext("Your password is set."), "success")
    return redirect(url_for("tasks.mine"))


def _held() -> OneTimeKey | None:
    """Return the key that this browser has shown, as long as it opens."""
    mark = session.get(HELD)
    return one_time_keys.of_fingerprint(mark, machine_now=clock.machine_now()) if mark else None


def _nothing_opens() -> tuple[str, int]:
    db.session.rollback()
    session.pop(HELD, None)
    return render_template("sign_in/nothing.html"), 410


def _password_page(key: OneTimeKey, problem: Problem | None = None) -> str:
    return render_template("sign_in/password.html", user=key.user, problem=problem)


def _forgotten_page(is_asked: bool = False) -> str:
    return render_template(
        "sign_in/forgotten.html", is_asked=is_asked, sends_mail=bool(current_app.config["MAIL_SERVER"])
    )
