"""From a report to a plan: upload, look at every reading and doubt, correct, create."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import ReportReading
from tracker.documents.reading.refusals import MAX_BYTES, MEGABYTE, MOST_BYTES
from tracker.domain.indicators import INDICATORS
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.works import WorkKind
from tracker.extensions import db
from tracker.models import Draft
from tracker.queries import calendars, works
from tracker.queries import drafts as queries
from tracker.services import drafts
from tracker.services.imports import rounds_of
from tracker.web import access, transactions
from tracker.web.forms.drafts import UploadForm, corrections_from
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("drafts", __name__, url_prefix="/imports")

MOST_DEADLINES = 4


@bp.url_value_preprocessor
def allow_one_file(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take as much as one document and the form around it; this runs before anything reads the form."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = MOST_BYTES + MEGABYTE


@bp.get("")
@access.allowed(Act.IMPORT)
def index() -> str:
    return _list_page(UploadForm())


@bp.post("")
@access.allowed(Act.IMPORT)
def upload() -> Any:
    form = UploadForm()
    if not form.validate_on_submit():
        return _list_page(form), 422
    by = access.actor(Act.IMPORT)
    content, name = form.received(MOST_BYTES)
    transactions.let_go()
    try:
        draft = drafts.keep(content=content, file_name=name, by=by, now=clock.now())
    except Refusal as refusal:
        return _list_page(form, problem=problem_of(refusal, "table" if form.is_pasted else "report")), 422
    return redirect(url_for("drafts.show", draft_id=draft.id))


@bp.get("/<int:draft_id>")
@access.allowed(Act.IMPORT)
def show(draft_id: int) -> str:
    draft = draft_or_404(draft_id)
    return _page(draft) if draft.report else _waiting_page(draft)


@bp.post("/<int:draft_id>")
@access.allowed(Act.IMPORT)
def update(draft_id: int) -> Any:
    """Keep the corrections; with the button that says so, make the plan of them."""
    draft = draft_or_404(draft_id)
    by, now = access.actor(Act.IMPORT), clock.now()
    corrections = None
    try:
        corrections = corrections_from(request.form, count=len(drafts.report_of(draft).measures))
        drafts.correct(draft=draft, corrections=corrections)
        if "create" in request.form:
            plan = drafts.create_plan(draft=draft, by=by, now=now, today=clock.today())
            flash(gettext("The plan is made and every division has its tasks."), "success")
            return redirect(url_for("measures.index", year=plan.fiscal_year))
    except Refusal as refusal:
        db.session.rollback()
        draft = draft_or_404(draft_id)
        return _page(draft, corrections=corrections, problem=problem_of(refusal)), 422
    flash(gettext("Your corrections are kept. Nothing has been created yet."), "success")
    return redirect(url_for("drafts.show", draft_id=draft_id))


def _list_page(form: UploadForm, problem: Problem | None = None) -> str:
    kept = queries.of(access.user().organization_id)
    return render_template(
        "drafts/index.html",
        form=form,
        problem=problem,
        limit=MOST_BYTES // MEGABYTE,
        text_limit=MAX_BYTES // MEGABYTE,
        drafts=kept,
        works=works.latest_by_subject(kind=WorkKind.READ, subject_ids=[draft.id for draft in kept]),
    )


def _waiting_page(draft: Draft) -> str:
    """Show how far the reading is; where it failed, why."""
    return render_template(
        "drafts/waiting.html", draft=draft, work=works.latest(kind=WorkKind.READ, subject_id=draft.id)
    )


def _page(draft: Draft, corrections: dict[str, Any] | None = None, problem: Problem | None = None) -> str:
    """Show the report's words beside what was read of them and what the clerk wrote instead."""
    organization = access.user().organization
    written = draft.corrections if corrections is None else corrections
    report = drafts.report_of(draft)
    reading: ReportReading | None
    try:
        reading = drafts.reading_of(draft=draft, corrections=written)
    except Refusal as refusal:
        # What was written stays in the fields; the readings are shown as they were before it.
        problem = problem or problem_of(refusal)
        reading = _uncorrected(draft, report)
    return render_template(
        "drafts/show.html",
        draft=draft,
        report=report,
        reading=reading,
        written=written.get("measures") or [None] * len(report.measures),
        year=written.get("year") or report.plan_year,
        divisions=organization.open_divisions,
        indicators=INDICATORS,
        is_ours=report.organization in ("", organization.name),
        problem=problem,
        outlook=_outlook(reading) if reading else Outlook(),
    )


def _uncorrected(draft: Draft, report: ReportDraft) -> ReportReading | None:
    return drafts.reading_of(draft=draft, corrections={}) if report.plan_year else None


@dataclass(frozen=True)
class Outlook:
    """What would come of a report: how many tasks, and the first days on which each measure itself falls due."""

    tasks: int = 0
    deadlines: Sequence[Sequence[date]] = ()


def _outlook(reading: ReportReading) -> Outlook:
    rounds = rounds_of(reading)
    festivals = calendars.expected_festivals(access.user().organization_id, fiscal_year=reading.plan_year)
    eves = [festival.due_on for festival in festivals]
    days = [measure.time_frame.deadlines(rounds=rounds, festivals=eves) for measure in reading.measures]
    return Outlook(
        tasks=reading.task_count(rounds=rounds, festivals=festivals),
        deadlines=[of_measure[:MOST_DEADLINES] for of_measure in days],
    )
