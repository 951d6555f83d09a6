"""Rows of a plan's workbook that could not be read, coming back corrected to the draft that they are missing in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from tracker.documents.reading import apart
from tracker.documents.reading.refusals import MEGABYTE, MOST_BYTES
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Draft
from tracker.services import drafts, returned_rows
from tracker.web import access, transactions
from tracker.web.forms.drafts import UploadForm
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("returned_rows", __name__, url_prefix="/imports/<int:draft_id>/failed-rows")

MOST_SHOWN = 100
SECONDS = 60.0  # rows that failed are few; whoever sends them waits


@bp.url_value_preprocessor
def allow_one_file(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take as much as one document and the form around it; this runs before anything reads the form."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = MOST_BYTES + MEGABYTE


@bp.get("")
@access.allowed(Act.IMPORT)
def show(draft_id: int) -> str:
    return _page(draft_or_404(draft_id), UploadForm())


@bp.post("")
@access.allowed(Act.IMPORT)
def upload(draft_id: int) -> Any:
    """Take in the rows that can be read now."""
    draft, form = draft_or_404(draft_id), UploadForm()
    if draft.plan_id or not drafts.report_of(draft).failed:  # then the page asks for nothing
        return redirect(url_for("returned_rows.show", draft_id=draft_id))
    if not form.validate_on_submit():
        return _page(draft, form), 422
    content, name = form.received(MOST_BYTES)
    transactions.let_go()
    try:
        report = apart.read_apart(content, name, tell=lambda _done, _total: None, seconds=SECONDS)
        draft = draft_or_404(draft_id)
        added = returned_rows.take_in(draft=draft, report=report)
    except Refusal as refusal:
        db.session.rollback()
        return _page(draft_or_404(draft_id), form, problem=problem_of(refusal, "report")), 422
    flash(ngettext("%(num)d measure was added.", "%(num)d measures were added.", added), "success")
    if drafts.report_of(draft).failed:
        return redirect(url_for("returned_rows.show", draft_id=draft_id))
    flash(gettext("Every row has been read."), "success")
    return redirect(url_for("drafts.show", draft_id=draft_id))


def _page(draft: Draft, form: UploadForm, problem: Problem | None = None) -> str:
    return render_template(
        "returned_rows/show.html",
        draft=draft,
        report=drafts.report_of(draft),
        form=form,
        problem=problem,
        most_shown=MOST_SHOWN,
    )
