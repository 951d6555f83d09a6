"""Divisions: what they are called, in which order they stand, which are closed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Division
from tracker.queries import divisions as queries
from tracker.services import divisions
from tracker.web import access, consequences
from tracker.web.forms.divisions import DivisionForm
from tracker.web.loaders import division_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("divisions", __name__, url_prefix="/admin/divisions")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return _list_page(DivisionForm())


@bp.post("")
@access.allowed(Act.ADMINISTER)
def add() -> Any:
    form = DivisionForm()
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        division = divisions.add(
            organization_id=access.user().organization_id,
            named=form.named(),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(form, problem=problem_of(refusal)), 422
    flash(gettext("%(name)s is added.", name=division.name), "success")
    return redirect(url_for("divisions.index"))


@bp.get("/<int:division_id>")
@access.allowed(Act.ADMINISTER)
def show(division_id: int) -> str:
    division = division_or_404(division_id)
    return _page(division, DivisionForm.of(division))


@bp.post("/<int:division_id>")
@access.allowed(Act.ADMINISTER)
def change(division_id: int) -> Any:
    division = division_or_404(division_id)
    form = DivisionForm.of(division)
    if not form.validate_on_submit():
        return _page(division, form), 422
    try:
        divisions.change(division=division, named=form.named(), by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _refused(division_id, refusal, form)
    flash(gettext("%(name)s is saved.", name=division.name), "success")
    return redirect(url_for("divisions.show", division_id=division_id))


@bp.post("/<int:division_id>/place")
@access.allowed(Act.ADMINISTER)
def move(division_id: int) -> Any:
    division = division_or_404(division_id)
    is_up = request.form.get("direction") == "up"
    divisions.move(division=division, up=is_up, by=access.actor(Act.ADMINISTER), now=clock.now())
    return redirect(url_for("divisions.index", _anchor=f"division-{division_id}"))


@bp.post("/<int:division_id>/closure")
@access.allowed(Act.ADMINISTER)
def close(division_id: int) -> Any:
    """Show what it would do; do it once the administrator has seen that."""
    division = division_or_404(division_id)
    check = consequences.closing_division(division)
    try:
        divisions.close(division=division, by=access.actor(Act.ADMINISTER), now=clock.now(), today=clock.today())
    except Refusal as refusal:
        return _refused(division_id, refusal)
    if not check.is_confirmed:
        return check.page()
    flash(gettext("%(name)s is closed. What it did stays.", name=division.name), "success")
    return redirect(url_for("divisions.show", division_id=division_id))


@bp.post("/<int:division_id>/reopening")
@access.allowed(Act.ADMINISTER)
def reopen(division_id: int) -> Any:
    division = division_or_404(division_id)
    try:
        divisions.reopen(division=division, by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _refused(division_id, refusal)
    flash(gettext("%(name)s is open again.", name=division.name), "success")
    return redirect(url_for("divisions.show", division_id=division_id))


def _list_page(form: DivisionForm, problem: Problem | None = None) -> str:
    rows = queries.listed(access.user().organization_id)
    return render_template(
        "divisions/index.html",
        open_rows=[row for row in rows if row.division.closed_on is None],
        closed_rows=[row for row in rows if row.division.closed_on is not None],
        form=form,
        problem=problem,
    )


def _refused(division_id: int, refusal: Refusal, form: DivisionForm | None = None) -> tuple[str, int]:
    """Show the division as it truly stands, with the reason beside what was typed."""
    db.session.rollback()
    division = division_or_404(division_id)
    return _page(division, form or DivisionForm.of(division), problem=problem_of(refusal)), 422


def _page(division: Division, form: DivisionForm, problem: Problem | None = None) -> str:
    return render_template(
        "divisions/show.html",
        division=division,
        form=form,
        problem=problem,
        unfinished=queries.unfinished(division.id),
        positions=queries.positions(division.id),
    )
