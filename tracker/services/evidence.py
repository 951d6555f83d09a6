"""Evidence on a task: added, replaced by a new version, reused, withdrawn; never overwritten."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import insert, literal, select
from sqlalchemy.exc import IntegrityError

from tracker.documents.evidence.intake import Intake
from tracker.documents.evidence.storage import Received, Storage
from tracker.domain.evidence import LONGEST_TITLE, EvidenceKind, FileType, web_address
from tracker.domain.history import EventKind, digest
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import ReasonNeeded
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.models import Appointment, Evidence, EvidenceView, StoredFile, Task, packed_evidence
from tracker.models.base import Moment
from tracker.models.evidence import is_current
from tracker.services import events, links, locks
from tracker.services.tasks import NotOpen


class AlreadyThere(Refusal):
    """The same content stands on the task already: a second click, or the same file chosen twice."""

    def __init__(self) -> None:
        super().__init__(N_("This is attached to the task already. There is nothing more to do."))


class NotCurrent(Refusal):
    """The evidence was replaced or withdrawn, perhaps in another tab."""

    def __init__(self) -> None:
        super().__init__(
            N_("Somebody has replaced or withdrawn this since you opened the page. Look at it as it stands.")
        )


class OtherKind(Refusal):
    """A link was sent as the new version of a file, or the other way round."""

    def __init__(self) -> None:
        super().__init__(N_("A file is replaced by a file and a link by a link. Withdraw this one and add the other."))


def add_file(*, task: Task, file: Intake, storage: Storage, by: Appointment, now: datetime) -> Evidence:
    """
    Add a file that was taken in.

    :raises NotOpen: if the task takes no reports
    :raises AlreadyThere: if the same content stands on it
    """
    _hold(task)
    return _add(task, _of_file(file, storage, task.organization_id), by=by, now=now)


def add_report(*, task: Task, title: str, content: bytes, storage: Storage, now: datetime, note: str) -> Evidence:
    """
    Add a PDF that the program itself made of what it saw; nobody's name stands at it.

    :param note: what the history says of it
    :raises NotOpen: if the task takes no reports
    :raises AlreadyThere: if the same content stands on it
    """
    _hold(task)
    received = Received(storage.write(content), sha256(content).hexdigest(), len(content))
    try:
        file = Intake(title, FileType.PDF, received)
        return _add(task, _of_file(file, storage, task.organization_id), by=None, now=now, note=note)
    finally:
        received.path.unlink(missing_ok=True)


def add_link(*, task: Task, url: str, title: str, by: Appointment, now: datetime) -> Evidence:
    """
    Add a link; nobody follows it here.

    :raises NotAnAddress: if it is no link that everybody can open
    :raises NotOpen: if the task takes no reports
    :raises AlreadyThere: if the same link stands on it
    """
    _hold(task)
    return _add(task, _of_link(url, title), by=by, now=now)


def reuse(*, task: Task, earlier: Evidence, by: Appointment, now: datetime) -> Evidence:
    """
    Add a file that was added to another task before; whoever calls has checked that the person may see it.

    :raises NotOpen: if the task takes no reports
    :raises NotCurrent: if the earlier one was withdrawn, is no file, or belongs to another division
    :raises AlreadyThere: if the same content stands on the task
    """
    _hold(task)
    db.session.refresh(earlier)
    if earlier.withdrawn_at or not earlier.file_id or earlier.task.division_id != task.division_id:
        raise NotCurrent()
    new = Evidence(kind=EvidenceKind.FILE, title=earlier.title, file_id=earlier.file_id, file=earlier.file)
    return _add(task, new, by=by, now=now)


def replace_file(*, evidence: Evidence, file: Intake, storage: Storage, by: Appointment, now: datetime) -> Evidence:
    """
    Add a file as the new version of another; the earlier one stays to be read.

    :raises NotOpen: if the task takes no reports
    :raises NotCurrent: if the other was replaced or withdrawn meanwhile
    :raises OtherKind: if the other is a link
    :raises AlreadyThere: if the same content stands on the task
    """
    _hold_current(evidence, EvidenceKind.FILE)
    new = _of_file(file, storage, evidence.organization_id)
    return _add(evidence.task, new, replaces=evidence, by=by, now=now)


def replace_link(*, evidence: Evidence, url: str, title: str, by: Appointment, now: datetime) -> Evidence:
    """
    Add a link as the new version of another.

    :raises Refusal: as `replace_file` and `add_link` do
    """
    _hold_current(evidence, EvidenceKind.LINK)
    return _add(evidence.task, _of_link(url, title), replaces=evidence, by=by, now=now)


def withdraw(*, evidence: Evidence, reason: str, by: Appointment, now: datetime) -> None:
    """
    Take evidence back; it stays listed with the reason.

    :raises NotOpen: if the task takes no reports
    :raises NotCurrent: if it was replaced or withdrawn meanwhile
    :raises ReasonNeeded: if the reason is blank
    """
    _hold_current(evidence, evidence.kind)
    if not reason.strip():
        raise ReasonNeeded()
    evidence.withdrawn_at, evidence.withdrawn_by_id, evidence.withdrawn_reason = now, by.id, reason.strip()
    db.session.flush()
    events.record(
        plan=evidence.task.plan,
        kind=EventKind.EVIDENCE_WITHDRAWN,
        by=by,
        now=now,
        task=evidence.task,
        before=_fingerprint(evidence),
        note=f"{evidence.title} – {reason.strip()}",
    )


def record_view(*, evidence_id: int, appointment_id: int, is_download: bool, now: datetime) -> None:
    """Keep who opened a piece of evidence."""
    db.session.add(
        EvidenceView(evidence_id=evidence_id, appointment_id=appointment_id, is_download=is_download, at=now)
    )
    db.session.flush()


def record_views_of_pack(*, issue_id: int, appointment_id: int, now: datetime) -> None:
    """Keep that somebody was given every file in a pack, in one statement however many there are."""
    given = select(packed_evidence.c.evidence_id, literal(appointment_id), literal(now, Moment), literal(True)).where(
        packed_evidence.c.issue_id == issue_id
    )
    db.session.execute(insert(EvidenceView).from_select(["evidence_id", "appointment_id", "at", "is_download"], given))


def check_open(task: Task) -> None:
    """
    Refuse before a file is received in vain; the verbs look again once they hold the task.

    :raises NotOpen: if the task takes no reports
    """
    if not task.takes_reports:
        raise NotOpen()


def _hold(task: Task) -> None:
    """Look at the task as it stands now and hold it: nobody hands it in while its evidence changes."""
    locks.hold_task(task.id)
    check_open(task)


def _hold_current(evidence: Evidence, kind: EvidenceKind) -> None:
    _hold(evidence.task)
    if db.session.scalar(select(Evidence.id).where(Evidence.id == evidence.id, is_current())) is None:
        raise NotCurrent()
    if evidence.kind != kind:
        raise OtherKind()


def _of_file(file: Intake, storage: Storage, organization_id: int) -> Evidence:
    stored = _stored(file, storage, organization_id=organization_id)
    return Evidence(kind=EvidenceKind.FILE, title=file.name, file_id=stored.id, file=stored)


def _of_link(url: str, title: str) -> Evidence:
    address = web_address(url)
    shown = clean(title)[:LONGEST_TITLE] or address.partition("://")[2].rstrip("/")[:LONGEST_TITLE]
    return Evidence(kind=EvidenceKind.LINK, title=shown, url=address)


def _add(
    task: Task,
    new: Evidence,
    *,
    by: Appointment | None,
    now: datetime,
    replaces: Evidence | None = None,
    note: str = "",
) -> Evidence:
    same = Evidence.url == new.url if new.kind == EvidenceKind.LINK else Evidence.file_id == new.file_id
    if db.session.scalar(select(Evidence.id).where(Evidence.task_id == task.id, same, is_current()).limit(1)):
        raise AlreadyThere()
    new.organization_id, new.task_id, new.task = task.organization_id, task.id, task
    new.added_at, new.added_by_id = now, by.id if by else None
    new.version, new.replaces_id = (replaces.version + 1, replaces.id) if replaces else (1, None)
    if new.url:
        links.watch(organization_id=task.organization_id, url=new.url, now=now)
    db.session.add(new)
    db.session.flush()
    events.record(
        plan=task.plan,
        kind=EventKind.EVIDENCE_REPLACED if replaces else EventKind.EVIDENCE_ADDED,
        by=by,
        now=now,
        task=task,
        before=_fingerprint(replaces) if replaces else "",
        after=_fingerprint(new),
        note=note or new.title,
    )
    return new


def _stored(file: Intake, storage: Storage, *, organization_id: int) -> StoredFile:
    """Return the organization's row of this content; its files are put in place if they are new or were lost."""
    same = select(StoredFile).where(
        StoredFile.organization_id == organization_id, StoredFile.sha256 == file.received.sha256
    )
    stored = db.session.scalar(same)
    if stored is None:
        try:
            with db.session.begin_nested():
                stored = StoredFile(organization_id=organization_id, **_placed(file, storage))
                db.session.add(stored)
        except IntegrityError:  # somebody sent the same in this moment; our copy is swept away later
            stored = db.session.scalars(same).one()
    elif not storage.has(stored.name):
        for name, value in _placed(file, storage).items():
            setattr(stored, name, value)
        db.session.flush()
    return stored


def _placed(file: Intake, storage: Storage) -> dict[str, object]:
    return {
        "sha256": file.received.sha256,
        "size": file.received.size,
        "kind": file.kind,
        "name": storage.keep(file.received.path),
        "preview_name": storage.keep(file.preview) if file.preview else None,
        "thumbnail_name": storage.keep(file.thumbnail) if file.thumbnail else None,
    }


def _fingerprint(evidence: Evidence) -> str:
    """Return what the history proves the evidence by: the hash of the file, or of the link's address."""
    return evidence.file.sha256 if evidence.file else digest(evidence.url)
