"""Positions: what they are called, what they are for, who fills them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Position
from tracker.queries import positions as queries
from tracker.queries.appointments import filling, of_position
from tracker.services import appointments, positions
from tracker.web import access, consequences
from tracker.web.forms.positions import PositionForm
from tracker.web.loaders import position_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("positions", __name__, url_prefix="/admin/positions")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return _list_page(_form())


@bp.post("")
@access.allowed(Act.ADMINISTER)
def add() -> Any:
    form = _form()
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        position = positions.add(
            organization_id=access.user().organization_id,
            details=form.details(),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(form, problem=problem_of(refusal)), 422
    flash(gettext("%(title)s is added. Nobody fills it yet.", title=position.title), "success")
    return redirect(url_for("positions.show", position_id=position.id))


@bp.get("/<int:position_id>")
@access.allowed(Act.ADMINISTER)
def show(position_id: int) -> str:
    position = position_or_404(position_id)
    return _page(position, _form(position))


@bp.post("/<int:position_id>")
@access.allowed(Act.ADMINISTER)
def change(position_id: int) -> Any:
    position = position_or_404(position_id)
    form = _form(position)
    if not form.validate_on_submit():
        return _page(position, form), 422
    try:
        positions.change(
            position=position,
            details=form.details(),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
            today=clock.today(),
        )
    except Refusal as refusal:
        return _refused(position_id, refusal, form)
    flash(gettext("%(title)s is saved.", title=position.title), "success")
    return redirect(url_for("positions.show", position_id=position_id))


@bp.post("/<int:position_id>/vacancy")
@access.allowed(Act.ADMINISTER)
def vacate(position_id: int) -> Any:
    """Show what it would do; do it once the administrator has seen that."""
    position = position_or_404(position_id)
    check = consequences.vacating(position)
    try:
        appointments.vacate(position=position, by=access.actor(Act.ADMINISTER), now=clock.now(), today=clock.today())
    except Refusal as refusal:
        return _refused(position_id, refusal)
    if not check.is_confirmed:
        return check.page()
    flash(gettext("%(title)s is vacant from now on.", title=position.title), "success")
    return redirect(url_for("positions.show", position_id=position_id))


@bp.post("/<int:position_id>/abolition")
@access.allowed(Act.ADMINISTER)
def abolish(position_id: int) -> Any:
    """Show what it would do; do it once the administrator has seen that."""
    position = position_or_404(position_id)
    check = consequences.abolishing(position)
    try:
        positions.abolish(position=position, by=access.actor(Act.ADMINISTER), now=clock.now(), today=clock.today())
    except Refusal as refusal:
        return _refused(position_id, refusal)
    if not check.is_confirmed:
        return check.page()
    flash(gettext("%(title)s is abolished. Its history stays.", title=position.title), "success")
    return redirect(url_for("positions.show", position_id=position_id))


@bp.post("/<int:position_id>/restoration")
@access.allowed(Act.ADMINISTER)
def restore(position_id: int) -> Any:
    position = position_or_404(position_id)
    try:
        positions.restore(position=position, by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _refused(position_id, refusal)
    flash(gettext("%(title)s is there again. Nobody fills it yet.", title=position.title), "success")
    return redirect(url_for("positions.show", position_id=position_id))


def _form(position: Position | None = None) -> PositionForm:
    return PositionForm(divisions=access.user().organization.open_divisions, position=position)


def _list_page(form: PositionForm, problem: Problem | None = None) -> str:
    rows = queries.listed(access.user().organization_id, today=clock.today())
    there = [row for row in rows if row.position.abolished_on is None]
    return render_template(
        "positions/index.html",
        rows_=there,
        unattended=[row for row in there if row.filling.is_unattended],
        acting=[row for row in there if row.filling.acting],
        abolished=[row.position for row in rows if row.position.abolished_on is not None],
        form=form,
        problem=problem,
    )


def _refused(position_id: int, refusal: Refusal, form: PositionForm | None = None) -> tuple[str, int]:
    """Show the position as it truly stands, with the reason beside what was typed."""
    db.session.rollback()
    position = position_or_404(position_id)
    return _page(position, form or _form(position), problem=problem_of(refusal, None if form else "")), 422


def _page(position: Position, form: PositionForm, problem: Problem | None = None) -> str:
    history = of_position(position.id)
    return render_template(
        "positions/show.html",
        position=position,
        form=form,
        problem=problem,
        filling=filling(history, clock.today()),
        history=history,
    )
