"""What citizens wrote about measures: the list, and what becomes of one comment."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.feedback import BadSettlement
from tracker.domain.permissions import Act, Role
from tracker.domain.personal_words import personal_words
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Feedback, Measure
from tracker.queries import feedback as queries
from tracker.services import feedback
from tracker.web import access
from tracker.web.addresses import page_from
from tracker.web.confirmation import Check
from tracker.web.forms.feedback import SettlementForm, basis_from, narrowing_from
from tracker.web.problems import Problem, problem_of

bp = Blueprint("feedback", __name__, url_prefix="/feedback")


@bp.get("")
@access.allowed(Act.READ_CITIZENS)
def index() -> str:
    organization_id, reach = access.user().organization_id, reach_here()
    narrowing, page = narrowing_from(request.args, division_ids=reach), page_from(request.args)
    rows, count = queries.listed(organization_id, narrowing, page=page)
    return render_template(
        "feedback/index.html",
        rows=rows,
        count=count,
        page=page,
        page_count=-(-count // queries.PAGE),
        narrowing=narrowing,
        measures=queries.spoken_of(organization_id, reach),
    )


@bp.get("/<int:feedback_id>")
@access.allowed(Act.READ_CITIZENS)
def show(feedback_id: int) -> str:
    row = feedback_or_404(feedback_id)
    return _page(row, SettlementForm.of(row))


@bp.post("/<int:feedback_id>/settlement")
@access.allowed(Act.ANSWER_CITIZENS)
def settle(feedback_id: int) -> Any:
    row, form = feedback_or_404(feedback_id), SettlementForm.sent(request.form)
    try:
        has_changed = feedback.settle(
            feedback=row,
            settlement=form.settlement(),
            basis=form.basis,
            by=access.actor(Act.ANSWER_CITIZENS),
            now=clock.now(),
        )
    except Refusal as refusal:
        return _once_more(feedback_id, form, refusal)
    if has_changed:
        flash(gettext("Saved: what becomes of this comment."), "success")
    return redirect(url_for("feedback.show", feedback_id=row.id))


@bp.post("/<int:feedback_id>/erasure")
@access.allowed(Act.ANSWER_CITIZENS)
def erase(feedback_id: int) -> Any:
    row = feedback_or_404(feedback_id)
    by, basis = access.actor(Act.ANSWER_CITIZENS), basis_from(request.form)
    try:
        feedback.erase(feedback=row, basis=basis, by=by, now=clock.now())
    except Refusal as refusal:
        return _once_more(feedback_id, None, refusal)
    check = _erasing(row)
    if not check.is_confirmed:
        return check.page()
    flash(gettext("The text is erased. That there was a comment stays."), "success")
    return redirect(url_for("feedback.show", feedback_id=row.id))


def reach_here() -> list[int] | None:
    """Return the divisions about whose measures the person may read comments; None: those about all measures."""
    reads_all = access.may_here(Act.ANSWER_CITIZENS) or Role.AUDITOR in access.roles()
    return None if reads_all else [division.id for division in access.divisions()]


def reads_on(measure: Measure) -> bool:
    """Return whether the person may read the comments on a measure."""
    reach = reach_here()
    return reach is None or any(division.id in reach for division in measure.divisions)


def feedback_or_404(feedback_id: int) -> Feedback:
    """Return the comment, if it is this organization's and this person's to read: what others are told is not there."""
    row, reach = queries.one(feedback_id), reach_here()
    if row is None or row.organization_id != access.user().organization_id:
        abort(404)
    return row if reach is None or queries.is_of(row, reach) else abort(404)


def _once_more(feedback_id: int, form: SettlementForm | None, refusal: Refusal) -> tuple[str, int]:
    """Return the page with what is kept now, what was typed, and why it was not taken."""
    db.session.rollback()
    row = feedback_or_404(feedback_id)
    db.session.refresh(row)
    shown = form or SettlementForm.of(row)
    if isinstance(refusal, feedback.SettledSince):
        shown = replace(shown, basis=row.version)  # the person has been shown it: the next save replaces it
    at = refusal.at if isinstance(refusal, BadSettlement) else ""
    return _page(row, shown, problem_of(refusal, at)), 422


def _page(row: Feedback, form: SettlementForm, problem: Problem | None = None) -> str:
    return render_template(
        "feedback/show.html", row=row, settlement=form, found=personal_words(row.text), problem=problem
    )


def _erasing(row: Feedback) -> Check:
    return Check(
        title=gettext("Erase the text"),
        subject=row.measure.title,
        sentences=[
            gettext("The text of this comment is taken out of the database and cannot be brought back."),
            gettext("That there was a comment stays, with the day, the decision, the reason and your answer."),
            gettext("Backups made before still hold the text until they are replaced."),
        ],
        button=gettext("Erase the text for good"),
        way_back=url_for("feedback.show", feedback_id=row.id),
        was_typed=False,
    )
