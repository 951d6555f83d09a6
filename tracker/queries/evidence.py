"""Evidence ready to show."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.domain.evidence import EvidenceKind
from tracker.extensions import db
from tracker.models import Appointment, Evidence, EvidenceView, Measure, StoredFile, Task
from tracker.models.evidence import is_current

MOST_EARLIER = 50


def of_task(task_id: int) -> Sequence[Evidence]:
    """Return all evidence of a task, every version and what was withdrawn too, the newest first."""
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.task_id == task_id)
        .options(
            joinedload(Evidence.file),
            joinedload(Evidence.added_by).joinedload(Appointment.position),
            joinedload(Evidence.withdrawn_by).joinedload(Appointment.position),
        )
        .order_by(Evidence.id.desc())
    ).all()


def of_plan(plan_id: int, *, division_ids: Collection[int], limit: int) -> Sequence[Evidence]:
    """Return the evidence that stands on a plan's tasks of these divisions, by indicator, measure and deadline."""
    task = joinedload(Evidence.task)
    return db.session.scalars(
        select(Evidence)
        .join(Evidence.task)
        .join(Task.measure)
        .where(Task.plan_id == plan_id, Task.division_id.in_(division_ids), is_current())
        .options(
            joinedload(Evidence.file),
            joinedload(Evidence.added_by).joinedload(Appointment.position),
            task.options(joinedload(Task.measure), joinedload(Task.division)),
        )
        .order_by(Measure.indicator, Measure.id, Task.due_on, Evidence.id)
        .limit(limit)
    ).all()


def count_of(task_id: int) -> int:
    """Return how many pieces of evidence stand on a task."""
    return db.session.scalar(select(func.count()).where(Evidence.task_id == task_id, is_current())) or 0


def one(evidence_id: int) -> Evidence | None:
    """Return a piece of evidence with its file and its task."""
    return db.session.scalar(
        select(Evidence)
        .where(Evidence.id == evidence_id)
        .options(joinedload(Evidence.file), joinedload(Evidence.task).joinedload(Task.plan))
    )


def earlier_files(task: Task, *, words: str = "") -> Sequence[Evidence]:
    """Return the newest files on other tasks of the division that do not stand on this one, each content once."""
    here = select(Evidence.file_id).where(Evidence.task_id == task.id, Evidence.file_id.is_not(None), is_current())
    newest = (
        select(func.max(Evidence.id))
        .join(Evidence.task)
        .where(
            Evidence.organization_id == task.organization_id,
            Task.division_id == task.division_id,
            Evidence.kind == EvidenceKind.FILE,
            Evidence.withdrawn_at.is_(None),
            Evidence.file_id.not_in(here),
            *(Evidence.title.icontains(word, autoescape=True) for word in words.split()),
        )
        .group_by(Evidence.file_id)
        .order_by(func.max(Evidence.id).desc())
        .limit(MOST_EARLIER)
    )
    return db.session.scalars(
        select(Evidence)
        .where(Evidence.id.in_(newest))
        .options(joinedload(Evidence.file), joinedload(Evidence.task).joinedload(Task.measure))
        .order_by(Evidence.id.desc())
    ).all()


def is_seen_since(moment: datetime, *, evidence_id: int, appointment_id: int, is_download: bool) -> bool:
    """Return whether this person opened this evidence in this way since a moment."""
    seen = select(EvidenceView.id).where(
        EvidenceView.evidence_id == evidence_id,
        EvidenceView.appointment_id == appointment_id,
        EvidenceView.at > moment,
        EvidenceView.is_download == is_download,
    )
    return db.session.scalar(seen.limit(1)) is not None


def kept_names(names: Sequence[str]) -> set[str]:
    """Return those of these names of files on disk that a row knows."""
    columns = (StoredFile.name, StoredFile.preview_name, StoredFile.thumbnail_name)
    return {name for column in columns for name in db.session.scalars(select(column).where(column.in_(names))) if name}
