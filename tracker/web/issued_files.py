"""Files of issued reports: handed out only as they were issued."""

import logging
from enum import StrEnum
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import gettext

from tracker import clock
from tracker.documents.evidence.storage import Storage
from tracker.domain.evidence import MEGABYTE
from tracker.domain.issues import MEDIA_TYPES, FileFormat
from tracker.domain.permissions import Act
from tracker.models import Issue, IssuedFile
from tracker.services import evidence
from tracker.web import access, downloads, transactions
from tracker.web.loaders import issue_or_404
from tracker.web.report_words import file_name

bp = Blueprint("issued_files", __name__, url_prefix="/reports")
log = logging.getLogger(__name__)

# Hashing more than this takes longer than opening a page may: it is done when somebody asks.
CHECKED_AT_ONCE = 50 * MEGABYTE


def storage() -> Storage:
    """Return where issued files and templates lie."""
    return Storage(current_app.config["SETTINGS"].issued)


class Condition(StrEnum):
    """How a file on the disk compares to what was issued."""

    WHOLE = "whole"
    CHANGED = "changed"
    MISSING = "missing"
    UNCHECKED = "unchecked"  # it is there, and large


def condition_of(file: IssuedFile, *, is_asked: bool = False) -> Condition:
    """Return how a file is now; a large one is read through only when somebody asks."""
    if not storage().has(file.name):
        return Condition.MISSING
    if file.size > CHECKED_AT_ONCE and not is_asked:
        return Condition.UNCHECKED
    return Condition.WHOLE if storage().hash_of(file.name) == file.sha256 else Condition.CHANGED


@bp.get("/<int:issue_id>/<wanted>")
@transactions.recording
@access.allowed(Act.READ_REPORTS)
def show(issue_id: int, wanted: str) -> Any:
    issue = issue_or_404(issue_id)
    file = issue.file(wanted) or abort(404)
    condition = condition_of(file, is_asked=True)  # reading it once more is little beside sending it
    if condition in {Condition.MISSING, Condition.CHANGED}:
        return _unfit(file, condition)
    path, media_type = storage().path_of(file.name), MEDIA_TYPES[file.format]
    name, plain = file_name(issue, file.format), f"report-{issue.id}.{file.format}"
    if file.format == FileFormat.ZIP:
        _record(issue)
    return downloads.document(path, media_type=media_type, name=name, plain=plain)


def _record(issue: Issue) -> None:
    """Keep that the person has been given every file in the pack."""
    viewer, now, issue_id = access.actor(Act.READ_REPORTS), clock.now(), issue.id
    if request.method == "HEAD":
        return
    keys = {"issue_id": issue_id, "appointment_id": viewer.id}
    what = f"pack {keys} downloaded at {now.isoformat()}"
    transactions.record(lambda: evidence.record_views_of_pack(**keys, now=now), what)


def _unfit(file: IssuedFile, condition: Condition) -> tuple[str, int]:
    """Say that the file is gone or not what was issued: somebody has to bring it back from a copy."""
    log.error("the issued file %s is %s", file.name, condition)
    if condition == Condition.MISSING:
        title = gettext("The file is missing")
    else:
        title = gettext("The file is not what was issued")
    text = gettext("Tell the administrator: the backup has the file as it was issued. Or issue the report once more.")
    return render_template("errors/error.html", title=title, text=text), 404
