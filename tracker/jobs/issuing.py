"""Making the files of a report that was asked for: read at one moment, composed once, written in every format."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from flask import current_app

from tracker import clock
from tracker.documents.evidence.storage import Storage
from tracker.documents.reading.rows import Tell
from tracker.documents.writing import docx, own_docx, pdf, workbook
from tracker.documents.writing.paper import Paper
from tracker.domain.issues import FORMATS, FileFormat
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import begin_reading, db
from tracker.models import Issue, Work
from tracker.queries import papers
from tracker.services import issues, locks
from tracker.services.issues import Made, MadeFile

WRITERS: Mapping[FileFormat, Callable[[Paper], bytes]] = {
    FileFormat.DOCX: docx.write,
    FileFormat.PDF: pdf.write,
    FileFormat.XLSX: workbook.write,
}

HEARTBEAT = 5.0  # seconds between two signs of life


class TemplateLost(Refusal):
    """The organization's own template is no longer on the disk."""

    def __init__(self) -> None:
        super().__init__(
            N_("Your own template is no longer on the disk. Upload it again, or go back to the standard layout.")
        )


def make(work: Work, tell: Tell) -> None:
    """Make the files of a report; what was made already, by another process, stays."""
    begin_reading()
    issue = db.session.get_one(Issue, work.subject_id)
    if issue.is_issued:
        return
    locks.hold_plan(issue.plan)  # nothing is recorded between two of the statements that read
    paper, made = _read(issue)
    issue_id, formats, writers = issue.id, FORMATS[issue.kind], _writers(issue, paper)
    db.session.rollback()  # nobody waits for the database while files are written
    steps = len(formats) + 1
    with kept_together(storage()) as files, ThreadPoolExecutor(1) as apart:
        for done, wanted in enumerate(formats, start=1):
            content = apart.submit(writers[wanted], paper)
            while not wait([content], timeout=HEARTBEAT).done:
                tell(done, steps)  # a long paper takes minutes, and the lease is to last
            tell(done, steps)
            files.add(wanted, content.result())
        files.settle(issue_id, made)


def storage() -> Storage:
    """Return where issued files lie."""
    return Storage(current_app.config["SETTINGS"].issued)


class Files:
    """What has been written for an issue and waits for its rows."""

    def __init__(self, target: Storage) -> None:
        self._storage = target
        self._waiting: list[tuple[FileFormat, Path, int, str]] = []

    def add(self, wanted: FileFormat, content: bytes) -> None:
        """Write a file."""
        self.take(wanted, self._storage.write(content), size=len(content), digest=sha256(content).hexdigest())

    def take(self, wanted: FileFormat, path: Path, *, size: int, digest: str) -> None:
        """Take over a file that was written piece by piece."""
        self._waiting.append((wanted, path, size, digest))

    def settle(self, issue_id: int, made: Made) -> None:
        """Put the files in their places and give them their rows; those of a process that was slower are nobody's."""
        kept = [
            MadeFile(format=wanted, size=size, sha256=digest, name=self._storage.keep(path))
            for wanted, path, size, digest in self._waiting
        ]
        if not issues.settle(issue_id=issue_id, made=replace(made, files=kept), now=clock.now()):
            for file in kept:
                self._storage.path_of(file.name).unlink()

    def throw_away(self) -> None:
        """Delete what has not been put in its place."""
        for _, path, _, _ in self._waiting:
            path.unlink(missing_ok=True)


@contextmanager
def kept_together(target: Storage) -> Iterator[Files]:
    """Collect the files of an issue: all of them are kept at the end, or none."""
    files = Files(target)
    try:
        yield files
    finally:
        files.throw_away()


def _writers(issue: Issue, paper: Paper) -> Mapping[FileFormat, Callable[[Paper], bytes]]:
    """Return what writes each format: Word files the organization's own template, where it has one."""
    template = issue.template
    if template is None or template.name is None:
        return WRITERS
    own, fields = storage().path_of(template.name), papers.fields(issue, paper, today=clock.today())
    return {**WRITERS, FileFormat.DOCX: lambda paper: own_docx.write(_content(own), fields, paper)}


def _content(own: Path) -> bytes:
    """
    Return the template.

    :raises TemplateLost: if it is gone from the disk
    """
    try:
        return own.read_bytes()
    except FileNotFoundError:
        raise TemplateLost() from None


def _read(issue: Issue) -> tuple[Paper, Made]:
    """Return the paper, and where the plan's history ended when it was read."""
    plan = issue.plan
    paper = papers.compose(issue.plan_id, issue.scope, on=issue.as_of, thai_digits=issue.has_thai_digits)
    closing = papers.quoted(issue.plan_id, issue.scope, on=issue.as_of)
    made = Made((), head_seq=plan.last_seq, head_hash=plan.last_hash, closing_id=closing.id if closing else None)
    return papers.marked(paper, version=issue.version, note=issue.note), made
