"""Turning the second factor of an account on and off."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import N_, Refusal
from tracker.domain.sign_in import written_code
from tracker.extensions import db
from tracker.queries import accounts
from tracker.services import passwords, second_factors
from tracker.web import access, sessions, shown_once
from tracker.web.loaders import user_or_404
from tracker.web.problems import Problem, problem_of
from tracker.web.qr_codes import qr_code
from tracker.web.throttles import by_person, throttled

bp = Blueprint("second_factors", __name__)

OWN = "/account/second-factor"


@bp.get(OWN)
@access.own_account
def show() -> str:
    return _page()


@bp.post(OWN)
@access.own_account
@throttled(by_person)
def begin() -> Any:
    try:
        _check_password()
        second_factors.begin(user=access.user(), now=clock.now())
    except Refusal as refusal:
        return _refused(refusal)
    return redirect(url_for("second_factors.show"))


@bp.post(f"{OWN}/confirmation")
@access.own_account
@throttled(by_person)
def confirm() -> Any:
    try:
        codes = second_factors.confirm(
            user=access.user(),
            code=request.form.get("code", ""),
            keep=sessions.current(),
            visit=sessions.visit(),
            now=clock.now(),
            machine_now=clock.machine_now(),
        )
    except Refusal as refusal:
        return _refused(refusal)
    flash(gettext("Signing in with two steps is on. You are signed out on every other device."), "success")
    return _show_once(codes)


@bp.get("/account/recovery-codes")
@access.own_account
def recovery_codes() -> Any:
    held = shown_once.take("recovery-codes")
    codes = [written_code(code, group=4) for code in held.split()] if held else []
    return render_template("account/recovery_codes.html", codes=codes), 200 if codes else 410


@bp.post("/account/recovery-codes")
@access.own_account
@throttled(by_person)
def renew_codes() -> Any:
    try:
        _check_password()
        codes = second_factors.renew_recovery_codes(user=access.user(), visit=sessions.visit(), now=clock.now())
    except Refusal as refusal:
        return _refused(refusal, "present-codes")
    return _show_once(codes)


@bp.post(f"{OWN}/ending")
@access.own_account
@throttled(by_person)
def end() -> Any:
    user = access.user()
    try:
        _check_password()
        second_factors.end(user=user, by=user, visit=sessions.visit(), now=clock.now(), machine_now=clock.machine_now())
    except Refusal as refusal:
        return _refused(refusal)
    flash(gettext("Signing in with two steps is off."), "success")
    return redirect(url_for("account.show"))


@bp.post("/admin/people/<int:user_id>/second-factor/ending")
@access.allowed(Act.ADMINISTER)
def reset(user_id: int) -> Response:
    """Let a person in who lost both app and recovery codes; one's own is turned off with one's password only."""
    user = user_or_404(user_id)
    if user.id == access.user().id:
        raise Refusal(N_("Turn your own second step off on the page “My account”: it asks for your password."))
    second_factors.end(
        user=user, by=access.user(), visit=sessions.visit(), now=clock.now(), machine_now=clock.machine_now()
    )
    flash(gettext("%(name)s now signs in with the password only.", name=user.name), "success")
    return redirect(url_for("people.show", user_id=user_id))


def _check_password() -> None:
    """
    Ask who is here to prove it again: a telephone left on a table changes nothing.

    :raises WrongPassword: if the password in the form is not this person's
    """
    if not passwords.is_right(request.form.get("present", ""), user=access.user()):
        raise passwords.WrongPassword()
    sessions.begin_writing()


def _refused(refusal: Refusal, at: str | None = None) -> tuple[str, int]:
    db.session.rollback()
    return _page(problem_of(refusal, at)), 422


def _show_once(codes: list[str]) -> Response:
    shown_once.hold("recovery-codes", " ".join(codes))
    return redirect(url_for("second_factors.recovery_codes"))


def _page(problem: Problem | None = None) -> str:
    user = access.user()
    factor = accounts.second_factor(user.id)
    is_on = factor is not None and factor.confirmed_at is not None
    setup = second_factors.setup(factor, user=user) if factor is not None and not is_on else None
    fields = {"present", "present-codes"} if is_on else {"code"} if setup else {"present"}
    return render_template(
        "account/second_factor.html",
        problem=problem and problem._replace(at=problem.at if problem.at in fields else ""),
        factor=factor,
        is_on=is_on,
        setup=setup,
        picture=qr_code(setup.uri) if setup else None,
        codes_left=accounts.recovery_codes_left(user.id) if is_on else 0,
    )
