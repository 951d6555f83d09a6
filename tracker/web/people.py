"""Accounts: who there is, what they are called, whether they may come in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Appointment, User
from tracker.queries import accounts
from tracker.queries import people as queries
from tracker.services import people
from tracker.web import access, consequences
from tracker.web.addresses import page_from
from tracker.web.forms.people import PersonForm
from tracker.web.loaders import user_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("people", __name__, url_prefix="/admin/people")


@bp.get("")
@access.allowed(Act.ADMINISTER)
def index() -> str:
    return _list_page(PersonForm())


@bp.post("")
@access.allowed(Act.ADMINISTER)
def add() -> Any:
    form = PersonForm()
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        user = people.add(
            organization_id=access.user().organization_id,
            details=form.details(),
            by=access.actor(Act.ADMINISTER),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        return _list_page(form, problem=problem_of(refusal)), 422
    flash(gettext("%(name)s is added. Give them a position, then invite them.", name=user.name), "success")
    return redirect(url_for("people.show", user_id=user.id))


@bp.get("/<int:user_id>")
@access.allowed(Act.ADMINISTER)
def show(user_id: int) -> str:
    user = user_or_404(user_id)
    return _page(user, PersonForm.of(user))


@bp.post("/<int:user_id>")
@access.allowed(Act.ADMINISTER)
def change(user_id: int) -> Any:
    user = user_or_404(user_id)
    form = PersonForm.of(user)
    if not form.validate_on_submit():
        return _page(user, form), 422
    try:
        people.change(user=user, details=form.details(), by=access.actor(Act.ADMINISTER), now=clock.now())
    except Refusal as refusal:
        return _refused(user_id, refusal, form)
    flash(gettext("%(name)s is saved.", name=user.name), "success")
    return redirect(url_for("people.show", user_id=user_id))


@bp.post("/<int:user_id>/closure")
@access.allowed(Act.ADMINISTER)
def close(user_id: int) -> Any:
    """Show what it would do; do it once the administrator has seen that."""
    user = user_or_404(user_id)
    check = consequences.closing_account(user)
    try:
        people.close_account(user=user, by=access.actor(Act.ADMINISTER), now=clock.now(), today=clock.today())
    except Refusal as refusal:
        return _refused(user_id, refusal)
    if not check.is_confirmed:
        return check.page()
    flash(gettext("The account of %(name)s is closed.", name=user.name), "success")
    return redirect(url_for("people.show", user_id=user_id))


@bp.post("/<int:user_id>/reopening")
@access.allowed(Act.ADMINISTER)
def reopen(user_id: int) -> Any:
    user = user_or_404(user_id)
    people.reopen_account(user=user, by=access.actor(Act.ADMINISTER), now=clock.now())
    flash(gettext("The account of %(name)s is open again.", name=user.name), "success")
    return redirect(url_for("people.show", user_id=user_id))


def _list_page(form: PersonForm, problem: Problem | None = None) -> str:
    page = page_from(request.args)
    users, count = queries.listed(access.user().organization_id, page=page)
    return render_template(
        "people/index.html",
        users=users,
        count=count,
        page=page,
        pages=-(-count // queries.PAGE),
        form=form,
        problem=problem,
    )


def _refused(user_id: int, refusal: Refusal, form: PersonForm | None = None) -> tuple[str, int]:
    """Show the person as they truly stand, with the reason beside what was typed."""
    db.session.rollback()
    user = user_or_404(user_id)
    return _page(user, form or PersonForm.of(user), problem=problem_of(refusal)), 422


def _page(user: User, form: PersonForm, problem: Problem | None = None) -> str:
    has_second_step = accounts.has_second_factor(user.id)
    return render_template(
        "people/show.html",
        user=user,
        form=form,
        problem=problem,
        has_second_step=has_second_step,
        ahead=_next_appointment(user),
    )


def _next_appointment(user: User) -> Appointment | None:
    """Return what the person is appointed to from a later day on, the first of several."""
    ahead = (one for one in user.appointments if one.starts_on > clock.today() and one.ended_at is None)
    return min(ahead, key=lambda one: one.starts_on, default=None)
