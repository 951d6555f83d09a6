"""Reports on their way in: upload, and wait until one is read. What follows is in `corrections`."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from tracker import clock
from tracker.documents.reading.refusals import MAX_BYTES, MEGABYTE, MOST_BYTES
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.works import WorkKind
from tracker.models import Draft
from tracker.queries import drafts as queries
from tracker.queries import works
from tracker.services import drafts
from tracker.web import access, transactions
from tracker.web.corrections import preview
from tracker.web.forms.drafts import UploadForm
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("drafts", __name__, url_prefix="/imports")


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
    return preview(draft) if draft.report else _waiting_page(draft)


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
