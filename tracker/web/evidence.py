"""Evidence of a task: attach, replace, reuse, withdraw, open."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.documents.evidence.intake import Intake, taken_in
from tracker.documents.evidence.storage import Storage
from tracker.domain.evidence import MEGABYTE
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.models import Evidence, Task
from tracker.queries import evidence as queries
from tracker.services import evidence
from tracker.web import access, downloads, transactions
from tracker.web.evidence_section import Failure, section_of
from tracker.web.forms.evidence import file_from, link_from, row_from
from tracker.web.forms.tasks import check_note, note_from
from tracker.web.loaders import evidence_or_404, task_or_404
from tracker.web.problems import problem_of
from tracker.web.task_page import task_page, unsaved_report

bp = Blueprint("evidence", __name__)
log = logging.getLogger(__name__)

# A page that shows a picture twice, or a reader that asks again, is one view.
ONE_VIEW = timedelta(hours=1)
LONGEST_SEARCH = 100


@bp.url_value_preprocessor
def allow_one_file(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take as much as one file and the form around it, here only; this runs before anything reads the form."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = (current_app.config["SETTINGS"].upload_mb + 1) * MEGABYTE


@bp.get("/tasks/<int:task_id>/evidence")
@access.signed_in
def index(task_id: int) -> str:
    return _page(task_or_404(task_id))


@bp.post("/tasks/<int:task_id>/evidence")
@access.allowed(Act.REPORT)
def add(task_id: int) -> Any:
    task = task_or_404(task_id)
    by = access.actor(Act.REPORT, task.division_id)
    try:
        if _is_link():
            evidence.add_link(task=task, by=by, now=clock.now(), **link_from(request.form))
        else:
            with _received(task) as file:
                evidence.add_file(task=task, file=file, storage=storage(), by=by, now=clock.now())
    except Refusal as refusal:
        return _refused(task_id, refusal, "url" if _is_link() else "file")
    flash(gettext("The evidence is attached."), "success")
    return _back(task_id)


@bp.get("/tasks/<int:task_id>/evidence/earlier")
@access.allowed(Act.REPORT)
def earlier(task_id: int) -> Any:
    task = task_or_404(task_id)
    access.actor(Act.REPORT, task.division_id)
    if not task.takes_reports:
        return _back(task_id)
    words = clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    rows = queries.earlier_files(task, words=words)
    return render_template("evidence/earlier.html", task=task, rows_=rows, words=words, most=queries.MOST_EARLIER)


@bp.post("/tasks/<int:task_id>/evidence/earlier")
@access.allowed(Act.REPORT)
def reuse(task_id: int) -> Any:
    task = task_or_404(task_id)
    by = access.actor(Act.REPORT, task.division_id)
    try:
        chosen = evidence_or_404(row_from(request.form))
        evidence.reuse(task=task, earlier=chosen, by=by, now=clock.now())
    except Refusal as refusal:
        return _refused(task_id, refusal)
    flash(gettext("The evidence is attached."), "success")
    return _back(task_id)


@bp.post("/evidence/<int:evidence_id>/versions")
@access.allowed(Act.REPORT)
def replace(evidence_id: int) -> Any:
    old = evidence_or_404(evidence_id)
    task, by = old.task, access.actor(Act.REPORT, old.task.division_id)
    task_id = task.id
    try:
        if _is_link():
            evidence.replace_link(evidence=old, by=by, now=clock.now(), **link_from(request.form))
        else:
            with _received(task) as file:
                evidence.replace_file(evidence=old, file=file, storage=storage(), by=by, now=clock.now())
    except Refusal as refusal:
        return _refused(task_id, refusal, "url" if _is_link() else "file", evidence_id)
    flash(gettext("The new version is attached. The earlier one stays in the list."), "success")
    return _back(task_id)


@bp.post("/evidence/<int:evidence_id>/withdrawal")
@access.allowed(Act.REPORT)
def withdraw(evidence_id: int) -> Any:
    row = evidence_or_404(evidence_id)
    task_id, by = row.task_id, access.actor(Act.REPORT, row.task.division_id)
    note = note_from(request.form)
    try:
        check_note(note)
        evidence.withdraw(evidence=row, reason=note, by=by, now=clock.now())
    except Refusal as refusal:
        return _refused(task_id, refusal, "note", evidence_id)
    flash(gettext("The evidence is withdrawn. It stays in the list with your reason."), "success")
    return _back(task_id)


@bp.get("/evidence/<int:evidence_id>/file")
@transactions.recording
@access.allowed(Act.SEE_INSIDE)
def file(evidence_id: int) -> Any:
    row = evidence_or_404(evidence_id)
    stored = row.file or abort(404)
    name, kind, title = stored.name, stored.kind, row.title
    if not storage().has(name):
        return _lost(name)
    _record(row, is_download=True)
    return downloads.attachment(storage().path_of(name), kind=kind, name=title)


@bp.get("/evidence/<int:evidence_id>/preview")
@transactions.recording
@access.allowed(Act.SEE_INSIDE)
def preview(evidence_id: int) -> Any:
    row = evidence_or_404(evidence_id)
    stored = row.file or abort(404)
    name = (stored.thumbnail_name if "small" in request.args else stored.preview_name) or abort(404)
    if not storage().has(name):
        return _lost(name)
    _record(row, is_download=False)
    return downloads.picture(storage().path_of(name))


def storage() -> Storage:
    """Return where the files of this installation lie."""
    return Storage(current_app.config["SETTINGS"].uploads)


@contextmanager
def _received(task: Task) -> Iterator[Intake]:
    """
    Receive the file that was sent and look at it while nobody waits for the database.

    :raises Refusal: if the task takes no reports or the file may not be kept
    """
    evidence.check_open(task)
    sent = file_from(request.files)
    transactions.let_go()
    limit = current_app.config["SETTINGS"].upload_mb * MEGABYTE
    with taken_in(sent.stream, name=sent.filename or "", storage=storage(), limit=limit) as file:
        yield file


def _record(row: Evidence, *, is_download: bool) -> None:
    """Keep who opened this, unless it is the same view as a moment ago. Afterwards `row` is read anew when touched."""
    viewer = access.seeing_inside(row.task.division_id)
    now = clock.now()
    if viewer is None or request.method == "HEAD":
        return
    keys = {"evidence_id": row.id, "appointment_id": viewer.id}
    if not queries.is_seen_since(now - ONE_VIEW, **keys, is_download=is_download):
        what = f"{keys} {'downloaded' if is_download else 'looked at'} at {now.isoformat()}"
        transactions.record(lambda: evidence.record_view(**keys, is_download=is_download, now=now), what)


def _lost(name: str) -> tuple[str, int]:
    """Say that a file is gone from the disk: somebody has to bring it back from a copy."""
    log.error("the file %s of evidence is not in the data folder", name)
    title = gettext("The file is missing")
    text = gettext("It was attached, but is no longer in the data folder. Tell the administrator: the backup has it.")
    return render_template("errors/error.html", title=title, text=text), 404


def _is_link() -> bool:
    """Return whether a link was sent; the form of a report has the fields of both, and its button says which."""
    return "url" in request.form and request.form.get("attach") != "file"


def _refused(task_id: int, refusal: Refusal, field: str = "", evidence_id: int | None = None) -> tuple[str, int]:
    """Show the evidence as it truly stands, with the reason beside what the person typed."""
    db.session.rollback()
    task = task_or_404(task_id)
    typed = {name: request.form.get(name, "") for name in ("url", "title", "note")}
    has_field = field and task.takes_reports and not isinstance(refusal, evidence.NotCurrent)
    at = f"{field}-{evidence_id or 'new'}" if has_field else ""
    failure = Failure(problem_of(refusal, at), evidence_id, typed)
    report = unsaved_report(task)
    return task_page(task, report, failure) if report else _page(task, failure), 422


def _page(task: Task, failure: Failure | None = None) -> str:
    return render_template(
        "evidence/index.html", task=task, evidence=section_of(task, failure), problem=failure and failure.problem
    )


def _back(task_id: int) -> Any:
    """Go back to the task – or show it at once, with a report that was begun in the same form and is not saved yet."""
    report = unsaved_report(task := task_or_404(task_id))
    if report:
        return task_page(task, report)
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="evidence"))
