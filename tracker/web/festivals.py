"""The festivals whose tasks fall due on the working day before them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain import days_off
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Festival
from tracker.services import calendars
from tracker.services.schedules import Summary
from tracker.web import access
from tracker.web.days_off import say_what_followed
from tracker.web.forms.days_off import FestivalForm
from tracker.web.loaders import festival_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("festivals", __name__, url_prefix="/festivals")


@bp.get("/<int:festival_id>")
@access.allowed(Act.ADMINISTER)
def show(festival_id: int) -> str:
    festival = festival_or_404(festival_id)
    return _page(festival, FestivalForm.of(festival))


@bp.post("/<int:festival_id>")
@access.allowed(Act.ADMINISTER)
def change(festival_id: int) -> Any:
    """Show what the change would do; do it once the administrator has seen that."""
    festival = festival_or_404(festival_id)
    form = FestivalForm.of(festival)
    if not form.validate_on_submit() or form.on_day.day is None:
        return _page(festival, form), 422
    name, year = days_off.read_day_name(form.name.data or ""), festival.fiscal_year
    try:
        effect = calendars.change_festival(
            festival=festival, name=name, on_day=form.on_day.day, by=access.actor(Act.ADMINISTER), now=clock.now()
        )
    except Refusal as refusal:
        db.session.rollback()
        return _page(festival_or_404(festival_id), form, problem=problem_of(refusal, "")), 422
    if "confirmed" not in request.form:
        db.session.rollback()
        return _page(festival_or_404(festival_id), form, effect=effect)
    flash(gettext("%(name)s is saved.", name=name), "success")
    say_what_followed(effect)
    return redirect(url_for("days_off.index", year=year))


def _page(festival: Festival, form: FestivalForm, effect: Summary | None = None, problem: Problem | None = None) -> str:
    return render_template("festivals/show.html", festival=festival, form=form, effect=effect, problem=problem)
