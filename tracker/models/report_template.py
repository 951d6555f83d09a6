"""The organization's own templates for Word files of reports."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.issues import IssueKind
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.organization import Organization
from tracker.models.position import Appointment


class ReportTemplate(db.Model):
    """
    From a moment on reports of a kind are written into this Word file; the row of the highest version counts.

    Rows are never changed: going back to the standard is a version without a file, an earlier file once more a version
    with the same `name` on the disk.
    """

    __table_args__ = (
        UniqueConstraint("organization_id", "kind", "version"),
        CheckConstraint("(name IS NULL) = (sha256 IS NULL) AND (name IS NULL) = (size IS NULL)", name="file_together"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[IssueKind] = mapped_column(word(IssueKind))
    version: Mapped[int]
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    chosen_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))
    title: Mapped[str]  # the file's name as the person gave it
    name: Mapped[str | None] = mapped_column(index=True)
    sha256: Mapped[str | None]
    size: Mapped[int | None]  # in bytes

    chosen_by: Mapped[Appointment] = relationship()
