"""The preview of a report: a clerk corrects what was read of it, checks what will come, and makes the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.documents.reading.corrections import Corrections
from tracker.domain.indicators import INDICATORS
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Draft
from tracker.services import drafts
from tracker.services.drafts import CorrectedSince
from tracker.web import access
from tracker.web.draft_buttons import press
from tracker.web.draft_page import DraftPage
from tracker.web.forms.corrections import Pressed, corrections_from
from tracker.web.kept_since import kept_since
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("corrections", __name__, url_prefix="/imports")


MOST_TYPED = 5_000_000  # bytes; a page holds some twenty measures, and each Thai letter is sent as nine


@bp.url_value_preprocessor
def allow_long_texts(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take a whole page of measures; this runs before anything reads the form."""
    request.max_form_memory_size = MOST_TYPED


@dataclass(frozen=True)
class Attempt:
    """What was sent and could not be kept: everything typed, and what is wrong with it."""

    page: DraftPage
    problems: Mapping[str, Problem] = field(default_factory=dict)
    is_overtaken: bool = False


@bp.post("/<int:draft_id>/corrections")
@access.allowed(Act.IMPORT)
def save(draft_id: int) -> Any:
    """Keep what was typed and do what the button says; it never makes a plan."""
    draft = draft_or_404(draft_id)
    kept = _page_of(draft)
    corrections, wrong = corrections_from(
        request.form,
        kept=kept.corrections,
        report=kept.printed,
        found=kept.entries,
        everyone=[division.name for division in kept.divisions],
    )
    typed = kept.with_corrections(corrections)
    problems = {at: problem_of(refusal, at) for at, refusal in wrong.items()}
    pressed = Pressed.of(request.form)
    try:
        outcome = press(pressed, typed, request.form)
        if not problems:
            drafts.correct(draft=draft, corrections=outcome.corrections, basis=request.form.get("basis", 0, type=int))
    except Refusal as refusal:
        problems[""] = problem_of(refusal, "")
        return _refused(draft_id, typed.corrections, problems, is_overtaken=isinstance(refusal, CorrectedSince))
    if problems:
        return _refused(draft_id, typed.corrections, problems)
    if outcome.said:
        flash(outcome.said, "success")
    if outcome.is_check:
        return redirect(url_for("corrections.check", draft_id=draft_id))
    page = typed.with_corrections(outcome.corrections).page_of(outcome.at) if outcome.at else outcome.page
    return redirect(
        url_for("drafts.show", draft_id=draft_id, page=page, saved=1, _anchor=outcome.at or None)
    )  # `saved`: the browser drops its draft


@bp.get("/<int:draft_id>/check")
@access.allowed(Act.IMPORT)
def check(draft_id: int) -> Any:
    """Show what would be made, and what is still unclear, before anything is."""
    draft = draft_or_404(draft_id)
    return _check_page(draft) if draft.report else redirect(url_for("drafts.show", draft_id=draft_id))


@bp.post("/<int:draft_id>/plan")
@access.allowed(Act.IMPORT)
def create(draft_id: int) -> Any:
    """Make the plan that the check page showed."""
    draft = draft_or_404(draft_id)
    basis = request.form.get("basis", 0, type=int)
    by, now = access.actor(Act.IMPORT), clock.now()
    try:
        plan = drafts.create_plan(draft=draft, basis=basis, by=by, now=now, today=clock.today())
    except Refusal as refusal:
        db.session.rollback()
        return _check_page(draft_or_404(draft_id), problem_of(refusal, "")), 422
    flash(gettext("The plan is made and every division has its tasks."), "success")
    return redirect(url_for("measures.index", year=plan.fiscal_year))


def preview(draft: Draft, attempt: Attempt | None = None) -> str:
    """Return the page with every reading beside the report's words; what could not be kept stands in its fields."""
    page = attempt.page if attempt else _page_of(draft)
    wanted = (request.form if attempt else request.args).get("page", 1, type=int)
    number = min(max(wanted, 1), page.page_count)
    return render_template(
        "drafts/show.html",
        draft=draft,
        page=page,
        number=number,
        typed=request.form if attempt else MultiDict[str, str](),
        wrong=attempt.problems if attempt else {},
        problem=next(iter(attempt.problems.values())) if attempt else None,
        form=None,
        kept_since=kept_since(page, _page_of(draft), number) if attempt and attempt.is_overtaken else (),
        is_unsaved=attempt is not None,
        indicators=INDICATORS,
        reimport=_reimport(page),
    )


def _page_of(draft: Draft) -> DraftPage:
    kept = Corrections.from_json(draft.corrections)
    return DraftPage(draft, kept, organization=access.user().organization, today=clock.today())


def _check_page(draft: Draft, problem: Problem | None = None) -> str:
    page = _page_of(draft)
    return render_template("drafts/check.html", draft=draft, page=page, problem=problem, reimport=_reimport(page))


def _refused(
    draft_id: int, corrections: Corrections, problems: Mapping[str, Problem], *, is_overtaken: bool = False
) -> tuple[str, int]:
    db.session.rollback()
    draft = draft_or_404(draft_id)
    page = replace(_page_of(draft), corrections=corrections)
    return preview(draft, Attempt(page, problems, is_overtaken)), 422


def _reimport(page: DraftPage) -> str:
    """Return where a report is compared with what is known already: the year has its plan, or it has scores alone."""
    is_asked = page.plan_of_the_year is not None or not drafts.report_of(page.draft).measures
    return url_for("reimports.show", draft_id=page.draft.id) if is_asked and page.draft.plan_id is None else ""
