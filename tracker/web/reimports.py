"""A report whose year has its plan: what it would change, what the clerk decides, then the change itself."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.differences import Sureness
from tracker.domain.history import digest
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Draft
from tracker.services import assessments, reimports
from tracker.services.reimports import Choices, Outcome
from tracker.web import access
from tracker.web.confirmation import is_confirmed
from tracker.web.difference_words import button_words, field_words, outcome_words, score_words, sureness_words
from tracker.web.forms.reimports import NEW, THEIRS, choices_from
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("reimports", __name__, url_prefix="/imports")


@bp.get("/<int:draft_id>/difference")
@access.allowed(Act.IMPORT)
def show(draft_id: int) -> Any:
    return _page(draft_or_404(draft_id), Choices())


@bp.post("/<int:draft_id>/difference")
@access.allowed(Act.IMPORT)
def update(draft_id: int) -> Any:
    """Show what the choices would do; do it once the clerk has seen exactly that."""
    draft, choices = draft_or_404(draft_id), choices_from(request.form)
    by, now = access.actor(Act.IMPORT), clock.now()
    try:
        seen = _seen(draft, choices)
        outcome = reimports.take_over(draft=draft, choices=choices, by=by, now=now)
    except Refusal as refusal:
        db.session.rollback()
        return _page(draft_or_404(draft_id), choices, problem=problem_of(refusal)), 422
    # A measure that is new has another id each time where the database gives none out twice.
    shown = digest(f"{seen}{replace(outcome, tasks_of={})}{[*outcome.tasks_of.values()]}")
    if not is_confirmed(shown):
        db.session.rollback()
        return _page(draft_or_404(draft_id), choices, outcome=outcome, shown=shown)
    flash(gettext("The report is taken over: %(what)s.", what=", ".join(outcome_words(outcome))), "success")
    year = reimports.compare(draft=draft, pairs={})[0].plan_year
    return redirect(url_for("measures.index", year=year) if draft.plan_id else url_for("scores.index"))


def _seen(draft: Draft, choices: Choices) -> str:
    """Return everything that the page showed and the clerk chose, so that nothing else is done than that."""
    reading, _, difference = reimports.compare(draft=draft, pairs=choices.pairs)
    found = assessments.differences(organization_id=draft.organization_id, reading=reading)
    chosen = [sorted(choices.theirs), sorted(choices.taken_out), sorted(choices.replaced)]
    return f"{difference}{found}{chosen}"


def _page(
    draft: Draft, choices: Choices, *, outcome: Outcome | None = None, shown: str = "", problem: Problem | None = None
) -> Any:
    try:
        reading, plan, difference = reimports.compare(draft=draft, pairs=choices.pairs)
    except Refusal:
        return redirect(url_for("drafts.show", draft_id=draft.id))  # there it says why, and how to correct it
    if plan is None and reading.measures:
        return redirect(url_for("drafts.show", draft_id=draft.id))
    sure = {one.measure_id for one in difference.matched if one.match.sureness == Sureness.SAME}
    return render_template(
        "reimports/show.html",
        draft=draft,
        reading=reading,
        plan=plan,
        difference=difference,
        candidates=[one for one in difference.known if one.measure_id not in sure],
        found=assessments.differences(organization_id=draft.organization_id, reading=reading),
        choices=choices,
        outcome=outcome,
        said=outcome_words(outcome) if outcome is not None else [],
        shown=shown,
        problem=problem,
        button=button_words(has_measures=bool(reading.measures)),
        theirs=THEIRS,
        new=NEW,
        field_words=field_words,
        sureness_words=sureness_words,
        score_words=score_words,
    )
