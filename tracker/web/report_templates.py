"""The organization's own templates for Word files: the example, uploading one, going back."""

from io import BytesIO
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext

from tracker import clock
from tracker.documents.evidence.intake import Intake, taken_in
from tracker.documents.writing import example_template, own_docx, template_fields
from tracker.documents.writing.paper import Heading, Paper, Paragraph
from tracker.documents.writing.template_refusals import NotWord
from tracker.domain.evidence import MEGABYTE, FileType
from tracker.domain.issues import MEDIA_TYPES, PAPERS, FileFormat, IssueKind
from tracker.domain.permissions import Act
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.queries import report_templates as queries
from tracker.services import report_templates
from tracker.web import access, downloads, transactions
from tracker.web.forms.evidence import file_from
from tracker.web.issued_files import storage
from tracker.web.loaders import report_template_or_404
from tracker.web.problems import Problem, problem_of
from tracker.web.report_words import KIND

bp = Blueprint("report_templates", __name__, url_prefix="/reports/templates")

LARGEST = 5 * MEGABYTE
TRIAL_SECONDS = 20.0
TRIAL = Paper("", (), "", (Heading("หัวข้อ"), Paragraph("เนื้อหา")))


@bp.get("")
@access.allowed(Act.ISSUE)
def index() -> str:
    return _page()


@bp.post("")
@access.allowed(Act.ISSUE)
def add() -> Any:
    """Take a template in, once it has been filled with examples."""
    by, kind = access.actor(Act.ISSUE), _kind(request.form.get("kind", ""))
    try:
        sent = file_from(request.files)
        transactions.let_go()
        with taken_in(sent.stream, name=sent.filename or "", storage=storage(), limit=LARGEST) as file:
            _try(file)
            report_templates.choose(
                kind=kind,
                title=file.name,
                name=storage().keep(file.received.path),
                sha256=file.received.sha256,
                size=file.received.size,
                by=by,
                now=clock.now(),
            )
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem_of(refusal, f"file-{kind}")), 422
    flash(gettext("Filled with examples, the template is right. It is in use from now on."), "success")
    return redirect(url_for("report_templates.index"))


@bp.post("/standard")
@access.allowed(Act.ISSUE)
def standard() -> Any:
    kind = _kind(request.form.get("kind", ""))
    report_templates.choose_standard(kind=kind, by=access.actor(Act.ISSUE), now=clock.now())
    flash(gettext("Word files have the standard layout from now on."), "success")
    return redirect(url_for("report_templates.index"))


@bp.post("/<int:template_id>/choice")
@access.allowed(Act.ISSUE)
def choose(template_id: int) -> Any:
    template = report_template_or_404(template_id)
    report_templates.choose_again(template=template, by=access.actor(Act.ISSUE), now=clock.now())
    flash(gettext("The earlier template is in use again."), "success")
    return redirect(url_for("report_templates.index"))


@bp.get("/<int:template_id>/file")
@access.allowed(Act.ISSUE)
def file(template_id: int) -> Any:
    template = report_template_or_404(template_id)
    if not storage().has(template.name or ""):
        abort(404)
    path, plain = storage().path_of(template.name or ""), f"template-{template.id}.docx"
    return downloads.document(path, media_type=MEDIA_TYPES[FileFormat.DOCX], name=template.title, plain=plain)


@bp.get("/examples/<kind>.docx")
@access.allowed(Act.ISSUE)
def example(kind: str) -> Any:
    wanted = _kind(kind)
    response = send_file(BytesIO(example_template.write(wanted)), MEDIA_TYPES[FileFormat.DOCX])
    name = gettext("Template for “%(report)s”", report=KIND[wanted])
    return downloads.named(response, f"{name}.docx", plain=f"template-{wanted}.docx")


def _try(file: Intake) -> None:
    """
    Fill a template with examples, as a report will.

    :raises UnusableTemplate: with what is wrong with it
    """
    if file.kind != FileType.DOCX:
        raise NotWord()
    content = file.received.path.read_bytes()
    own_docx.write(content, template_fields.samples(), TRIAL, seconds=TRIAL_SECONDS)


def _kind(written: str) -> IssueKind:
    return IssueKind(written) if written in PAPERS else abort(404)


def _page(problem: Problem | None = None) -> str:
    rows = queries.of(access.user().organization_id)
    return render_template(
        "report_templates/index.html",
        kinds={kind: [row for row in rows if row.kind == kind] for kind in PAPERS},
        names=KIND,
        fields=template_fields.FIELDS,
        of_a_measure=template_fields.OF_A_MEASURE,
        limit=LARGEST // MEGABYTE,
        problem=problem,
    )
