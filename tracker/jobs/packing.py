"""Packing evidence that was asked for: the files of an indicator, a round or a plan, with an index, in one archive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import IO

from flask import current_app, render_template
from flask_babel import force_locale

from tracker import clock
from tracker.documents.composing import pack as composing
from tracker.documents.composing.pack import Entry, Index
from tracker.documents.evidence.storage import Storage
from tracker.documents.reading.rows import Tell
from tracker.documents.writing import pdf
from tracker.documents.writing.packs import Pack
from tracker.domain import packs as rules
from tracker.domain.indicators import INDICATORS
from tracker.domain.issues import FileFormat, Scope
from tracker.domain.packs import Piece
from tracker.domain.thai import long_date
from tracker.extensions import begin_reading, db
from tracker.jobs.issuing import kept_together, storage
from tracker.models import Issue, Work
from tracker.queries import packs
from tracker.services import locks
from tracker.services.issues import Made


@dataclass(frozen=True)
class Wanted:
    """What was read at one moment: the index without what packing will find, and what goes into the pack."""

    issue_id: int
    index: Index
    pieces: Sequence[Piece]
    made: Made


def make(work: Work, tell: Tell) -> None:
    """Make a pack of evidence; what was made already, by another process, stays."""
    begin_reading()
    issue = db.session.get_one(Issue, work.subject_id)
    if issue.is_issued:
        return
    locks.hold_plan(issue.plan)  # no evidence comes or goes between two of the statements that read
    wanted = _read(issue)
    db.session.rollback()  # nobody waits for the database while files are packed
    with kept_together(storage()) as files:
        with storage().writing() as (path, file):
            ids = _pack(file, wanted, tell)
        files.take(FileFormat.ZIP, path, size=path.stat().st_size, digest=_digest(path))
        files.settle(wanted.issue_id, replace(wanted.made, evidence_ids=ids))


def scope_in_words(scope: Scope) -> str:
    """Return what a pack is about, as its index says it."""
    if scope.round_on:
        return f"หลักฐานของรอบติดตามวันที่ {long_date(scope.round_on)}"
    if scope.indicator:
        return f"หลักฐานของตัวชี้วัดที่ {scope.indicator} {INDICATORS[scope.indicator - 1].name_th}"
    return "หลักฐานทั้งแผน"


def _read(issue: Issue) -> Wanted:
    plan, pieces = issue.plan, packs.pieces(issue.plan, issue.scope)
    index = Index(
        organization=plan.organization.name,
        scope=scope_in_words(issue.scope),
        fiscal_year=plan.fiscal_year,
        as_of=issue.as_of,
        version=issue.version,
        head_hash=plan.last_hash,
        entries=(),
    )
    return Wanted(issue.id, index, pieces, Made((), head_seq=plan.last_seq, head_hash=plan.last_hash))


def _pack(target: IO[bytes], wanted: Wanted, tell: Tell) -> list[int]:
    """Write the pack and return which evidence lies in it as a file."""
    paths, now = rules.paths(wanted.pieces), clock.local(clock.now())
    uploads = Storage(current_app.config["SETTINGS"].uploads)
    entries = []
    with Pack(target) as pack:
        for number, piece in enumerate(wanted.pieces, start=1):
            tell(number, len(wanted.pieces) + 1)
            entries.append(_entry(pack, uploads, number, piece, paths.get(piece.id, "")))
        index = replace(wanted.index, entries=entries)
        with force_locale("th"):
            page = render_template("packs/index.html", index=index)
        pack.add_text("index.html", page.encode(), at=now)
        pack.add_text("index.pdf", pdf.write(composing.compose(index)), at=now)
    return [entry.piece.id for entry in entries if entry.is_there]


def _entry(pack: Pack, uploads: Storage, number: int, piece: Piece, path: str) -> Entry:
    at: datetime = clock.local(piece.at)
    if piece.is_link:
        return Entry(number, piece, at)
    packed = pack.add(path, uploads.path_of(piece.stored), at=at, expected=piece.sha256)
    return Entry(number, piece, at, path, packed)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
