"""The second step of signing in: a code of the app, or a recovery code, after the password was right."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug import Response

from tracker import clock
from tracker.domain.sentences import Refusal
from tracker.domain.sign_in import SECOND_STEP
from tracker.extensions import db
from tracker.models import User
from tracker.queries import accounts
from tracker.services import second_factors, tokens
from tracker.web import access, sessions
from tracker.web.addresses import back_to
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import throttled, throttled_everywhere

bp = Blueprint("second_step", __name__, url_prefix="/sign-in/second-step")

WAITING = "second_step"
# Six digits can be guessed by many addresses together, and only who knows the password comes this far: here the
# account counts wherever it is tried from.
ATTEMPTS_OF_AN_ACCOUNT = "30 per hour"


def ask(user: User, *, next_page: str, is_remembered: bool) -> None:
    """Remember in the browser's signed cookie who showed the right password; nobody is signed in by that."""
    session[WAITING] = {
        "user": user.id,
        "password": _mark(user),
        "until": (clock.machine_now() + SECOND_STEP).timestamp(),
        "next": next_page,
        "remember": is_remembered,
    }


@bp.get("")
@access.public
def show() -> Any:
    return _page() if _waiting() else _begin_again()


def _account() -> str:
    return str(session.get(WAITING, {}).get("user", "nobody"))


@bp.post("")
@access.public
@throttled(_account)
@throttled_everywhere(_account, ATTEMPTS_OF_AN_ACCOUNT)
def check() -> Any:
    user = _waiting()
    if user is None:
        return _begin_again()
    code, now, machine_now = request.form.get("code", ""), clock.now(), clock.machine_now()
    try:
        second_factors.check(user=user, code=code, visit=sessions.visit(), now=now, machine_now=machine_now)
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem_of(refusal)), 422
    waiting = session[WAITING]
    sessions.begin(user, is_remembered=waiting["remember"])
    return redirect(back_to(waiting["next"]))


def _waiting() -> User | None:
    """Return whose password was right in this browser a moment ago, if that still stands."""
    waiting = session.get(WAITING)
    if not waiting or waiting["until"] <= clock.machine_now().timestamp():
        return None
    user = db.session.get(User, waiting["user"])
    is_as_it_was = user is not None and user.active and _mark(user) == waiting["password"]
    return user if is_as_it_was and user and accounts.has_second_factor(user.id) else None


def _begin_again() -> Response:
    flash(gettext("Please sign in once more."), "warning")
    return redirect(url_for("security.login"))


def _page(problem: Problem | None = None) -> str:
    return render_template("sign_in/second_step.html", problem=problem)


def _mark(user: User) -> str:
    """Return what changes with the password, and says nothing of it to who reads the cookie."""
    return tokens.fingerprint("second step", f"{user.id}:{user.password}")
