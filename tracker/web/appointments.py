"""Putting people into positions: handing over, acting cover."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Appointment, Position
from tracker.queries import appointments as queries
from tracker.queries import people
from tracker.services import appointments
from tracker.web import access, consequences
from tracker.web.confirmation import Check, is_taken_up_again
from tracker.web.filters import long_date, weekday
from tracker.web.forms.appointments import CoverForm, HandOverForm
from tracker.web.forms.people import details_from
from tracker.web.loaders import cover_or_404, position_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("appointments", __name__, url_prefix="/admin")


@bp.get("/positions/<int:position_id>/holder")
@access.allowed(Act.ADMINISTER)
def holder(position_id: int) -> str:
    position = position_or_404(position_id)
    history = queries.of_position(position_id)
    return _hand_over_page(position, _hand_over_form(position, history), history)


@bp.post("/positions/<int:position_id>/holder")
@access.allowed(Act.ADMINISTER)
def hand_over(position_id: int) -> Any:
    """Show what it would do; do it once the administrator has seen that."""
    position, history = position_or_404(position_id), queries.of_position(position_id)
    form = _hand_over_form(position, history)
    if not form.validate_on_submit():
        return _hand_over_page(position, form, history), 422
    if is_taken_up_again():
        return _hand_over_page(position, form, history)
    check = _check(position, form)
    try:
        appointment = _hand_over(position, form)
    except Refusal as refusal:
        db.session.rollback()
        position, history = position_or_404(position_id), queries.of_position(position_id)
        return _hand_over_page(position, form, history, problem=problem_of(refusal)), 422
    if not check.is_confirmed:
        return check.page()
    flash(
        gettext(
            "%(name)s fills %(title)s from %(weekday)s %(day)s.",
            name=appointment.user.name,
            title=position.title,
            weekday=weekday(appointment.starts_on),
            day=long_date(appointment.starts_on),
        ),
        "success",
    )
    if form.is_newcomer:
        return redirect(url_for("people.show", user_id=appointment.user_id))  # where the invitation is
    return redirect(url_for("positions.show", position_id=position_id))


@bp.get("/positions/<int:position_id>/cover")
@access.allowed(Act.ADMINISTER)
def cover(position_id: int) -> str:
    return _cover_page(position_or_404(position_id), _cover_form())


@bp.post("/positions/<int:position_id>/cover")
@access.allowed(Act.ADMINISTER)
def act(position_id: int) -> Any:
    position = position_or_404(position_id)
    form = _cover_form()
    if not form.validate_on_submit() or form.starts_on.day is None or form.ends_on.day is None:
        return _cover_page(position, form), 422
    try:
        acting = appointments.cover(
            position=position,
            user=form.people[form.person.data],
            starts_on=form.starts_on.day,
            ends_on=form.ends_on.day,
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
            today=clock.today(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _cover_page(position_or_404(position_id), form, problem=problem_of(refusal)), 422
    flash(
        gettext(
            "%(name)s acts in this position from %(first)s to %(last)s.",
            name=acting.user.name,
            first=long_date(form.starts_on.day),
            last=long_date(form.ends_on.day),
        ),
        "success",
    )
    return redirect(url_for("positions.show", position_id=position_id))


@bp.post("/covers/<int:appointment_id>/end")
@access.allowed(Act.ADMINISTER)
def end_cover(appointment_id: int) -> Any:
    acting = cover_or_404(appointment_id)
    appointments.end_cover(cover=acting, by=access.actor(Act.ADMINISTER), now=clock.now(), today=clock.today())
    flash(gettext("The cover by %(name)s has ended.", name=acting.user.name), "success")
    return redirect(url_for("positions.show", position_id=acting.position_id))


def never_began(appointment: Appointment) -> bool:
    """Return whether an appointment was taken back before its first day."""
    ended_at = appointment.ended_at
    return ended_at is not None and clock.local(ended_at).date() < appointment.starts_on


def register(app: Flask) -> None:
    """Let templates tell what was planned from what was."""
    app.jinja_env.globals.update(never_began=never_began)


def _check(position: Position, form: HandOverForm) -> Check:
    assert form.starts_on.day is not None  # the form is valid
    if form.is_newcomer:
        to, details = None, details_from(form)
        name, username = details.name, details.username
    else:
        to = form.people[form.person.data]
        name, username = to.name, to.username
    return consequences.handing_over(position, to=to, name=name, username=username, starts_on=form.starts_on.day)


def _hand_over(position: Position, form: HandOverForm) -> Appointment:
    assert form.starts_on.day is not None  # the form is valid
    common: dict[str, Any] = {
        "position": position,
        "starts_on": form.starts_on.day,
        "seen": form.seen_id,
        "by": access.actor(Act.ADMINISTER),
        "now": clock.now(),
        "today": clock.today(),
    }
    if form.is_newcomer:
        return appointments.hand_over_to_newcomer(details=details_from(form), **common)
    return appointments.hand_over(user=form.people[form.person.data], **common)


def _hand_over_form(position: Position, history: Sequence[Appointment]) -> HandOverForm:
    return HandOverForm(people=people.choices(position.organization_id), seen=queries.newest_id(history))


def _cover_form() -> CoverForm:
    return CoverForm(people=people.choices(access.user().organization_id))


def _hand_over_page(
    position: Position, form: HandOverForm, history: Sequence[Appointment], problem: Problem | None = None
) -> str:
    filling = queries.filling(history, clock.today())
    return render_template("positions/holder.html", position=position, form=form, filling=filling, problem=problem)


def _cover_page(position: Position, form: CoverForm, problem: Problem | None = None) -> str:
    filling = queries.filling(queries.of_position(position.id), clock.today())
    return render_template("positions/cover.html", position=position, form=form, filling=filling, problem=problem)
