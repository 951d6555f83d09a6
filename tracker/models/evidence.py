"""Evidence on tasks: files and links in versions, the stored files behind them, and who opened what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from tracker.domain.evidence import EvidenceKind, FileType
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Organization
from tracker.models.position import Appointment
from tracker.models.task import Task


class StoredFile(db.Model):
    """
    A content on disk, once for an organization however often it is used.

    `name` and the names of its previews are random and say nothing; what people call the file is in `Evidence`.
    """

    __table_args__ = (
        UniqueConstraint("organization_id", "sha256"),
        CheckConstraint("size > 0", name="not_empty"),
        CheckConstraint("(preview_name IS NULL) = (thumbnail_name IS NULL)", name="preview_pair"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    sha256: Mapped[str]
    size: Mapped[int]  # in bytes
    kind: Mapped[FileType] = mapped_column(word(FileType))
    name: Mapped[str] = mapped_column(unique=True)
    preview_name: Mapped[str | None] = mapped_column(unique=True)
    thumbnail_name: Mapped[str | None] = mapped_column(unique=True)


class Evidence(db.Model):
    """
    One version of a piece of evidence on a task. Nothing is overwritten: a new version replaces an earlier row.

    `title` is the file's name as the person gave it, or what a link shows.
    """

    __table_args__ = (
        CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name="file_of_files"),
        CheckConstraint("(kind = 'link') = (url <> '')", name="url_of_links"),
        CheckConstraint("(replaces_id IS NULL) = (version = 1)", name="first_version"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason = '')",
            name="withdrawn_together",
        ),
        CheckConstraint(
            "(public_key IS NULL) = (made_public_at IS NULL) AND (public_key IS NULL) = (made_public_by_id IS NULL)",
            name="public_together",
        ),
        Index("ix_evidence_url", "organization_id", "url"),  # an address that is watched finds its evidence by it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(word(EvidenceKind))
    title: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id), index=True)
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))  # None: the program itself
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    public_key: Mapped[str | None] = mapped_column(unique=True)  # its name in public addresses; None: not public
    made_public_at: Mapped[datetime | None] = mapped_column(Moment)
    made_public_by_id: Mapped[int | None] = mapped_column(ForeignKey(Appointment.id))

    task: Mapped[Task] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    added_by: Mapped[Appointment | None] = relationship(foreign_keys=added_by_id)
    withdrawn_by: Mapped[Appointment | None] = relationship(foreign_keys=withdrawn_by_id)


class EvidenceView(db.Model):
    """Who opened which evidence when: the file itself, or a picture's preview."""

    __table_args__ = (Index("ix_evidence_view_who", "evidence_id", "appointment_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey(Evidence.id))
    appointment_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))
    at: Mapped[datetime] = mapped_column(Moment)
    is_download: Mapped[bool]


def is_current() -> ColumnElement[bool]:
    """Return whether evidence stands: neither withdrawn nor replaced by a later version."""
    later = aliased(Evidence)
    is_replaced = select(later.id).where(later.replaces_id == Evidence.id).correlate(Evidence).exists()
    return and_(Evidence.withdrawn_at.is_(None), ~is_replaced)
