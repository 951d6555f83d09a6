"""Reports on their way in: upload, and wait until one is read. What follows is in `corrections`."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from tracker import clock
from tracker.documents.reading.refusals import MAX_BYTES, MEGABYTE
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.works import WorkKind
from tracker.models import Draft
from tracker.queries import drafts as queries
from tracker.queries import works
from tracker.services import drafts
from tracker.web import access
from tracker.web.corrections import preview
from tracker.web.forms.drafts import UploadForm
from tracker.web.loaders import draft_or_404
from tracker.web.problems import Problem, problem_of

bp = Blueprint("drafts", __name__, url_prefix="/imports")


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
    file = form.report.data
    try:
        draft = drafts.keep(
            content=file.stream.read(MAX_BYTES + 1),
            file_name=file.filename or "",
            by=access.actor(Act.IMPORT),
            now=clock.now(),
        )
    except Refusal as refusal:
        return _list_page(form, problem=problem_of(refusal, "report")), 422
    return redirect(url_for("drafts.show", draft_id=draft.id))


@bp.get("/<int:draft_id>")
@access.allowed(Act.IMPORT)
def show(draft_id: int) -> str:
    draft = draft_or_404(draft_id)
    return preview(draft) if draft.report else _waiting_page(draft)


def _list_page(form: UploadForm, problem: Problem | None = None) -> str:
    return render_template(
        "drafts/index.html",
        form=form,
        problem=problem,
        limit=MAX_BYTES // MEGABYTE,
        drafts=queries.of(access.user().organization_id),
    )


def _waiting_page(draft: Draft) -> str:
    """Show how far the reading is; where it failed, why."""
    return render_template(
        "drafts/waiting.html", draft=draft, work=works.latest(kind=WorkKind.READ, subject_id=draft.id)
    )
