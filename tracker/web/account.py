"""My account: where I am signed in, my password, what happened to it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.passwords import check_password
from tracker.domain.permissions import Act, may
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import User
from tracker.queries import accounts, people
from tracker.services import passwords
from tracker.web import access, sessions
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import by_person, throttled

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
@access.own_account
def show() -> str:
    return _page()


@bp.post("/password")
@access.own_account
@throttled(by_person)
def change_password() -> Any:
    try:
        if not passwords.is_right(request.form.get("present", ""), user=access.user()):
            raise passwords.WrongPassword()
        password_hash = passwords.hashed(
            check_password(request.form.get("password", ""), username=access.user().username)
        )
        sessions.begin_writing()
        passwords.change(
            user=access.user(),
            password_hash=password_hash,
            keep=sessions.current(),
            visit=sessions.visit(),
            now=clock.now(),
            machine_now=clock.machine_now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem=problem_of(refusal)), 422
    flash(gettext("Your password is changed, and you are signed out everywhere else."), "success")
    return redirect(url_for("account.show"))


def _page(problem: Problem | None = None) -> str:
    user = access.user()
    factor = accounts.second_factor(user.id)
    return render_template(
        "account/show.html",
        user=user,
        problem=problem,
        administrators=[] if access.appointments() else _administrators(user),
        sessions=accounts.sessions(user.id, machine_now=clock.machine_now()),
        this_session=sessions.current(),
        factor=factor,
        records=accounts.records(user.id),
    )


def _administrators(user: User) -> list[str]:
    """Return whom to ask for a position."""
    in_office = people.in_office(user.organization_id, today=clock.today())
    return [one.user.name for one in in_office if may(Act.ADMINISTER, roles=[one.position.role])]
