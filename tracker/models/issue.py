"""Issued reports: each version with its files, and the evidence that a pack has in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.history import EventKind, digest
from tracker.domain.issues import FileFormat, IssueKind, Scope, Stamped, stamp
from tracker.domain.sentences import Sentence
from tracker.extensions import db
from tracker.models.base import Moment, word
from tracker.models.closing import Closing
from tracker.models.event import Event
from tracker.models.evidence import Evidence
from tracker.models.organization import Organization
from tracker.models.plan import Plan
from tracker.models.position import Appointment
from tracker.models.report_template import ReportTemplate


class Issue(db.Model):
    """
    One version of a report. It is asked for, then a job makes its files; from then on it is never changed.

    `head_seq` and `head_hash` are where the plan's history ended when the report was composed, as it prints them. The
    event of the issuing, `event_seq`, has the stamp in `after`; the stamp covers all of it and the hashes of the files.
    """

    __table_args__ = (
        UniqueConstraint("plan_id", "series", "version"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("(version = 1) = (replaces_id IS NULL)", name="replaces_the_one_before"),
        CheckConstraint("indicator BETWEEN 1 AND 10", name="indicator_range"),
        CheckConstraint(
            "(issued_at IS NULL) = (stamp IS NULL) AND (issued_at IS NULL) = (head_seq IS NULL)"
            " AND (issued_at IS NULL) = (head_hash IS NULL) AND (issued_at IS NULL) = (event_seq IS NULL)",
            name="issued_together",
        ),
        Index("ix_issue_list", "plan_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id))
    kind: Mapped[IssueKind] = mapped_column(word(IssueKind))
    series: Mapped[str]  # `Scope.series`
    round_on: Mapped[date | None]
    indicator: Mapped[int | None]
    month: Mapped[date | None]  # the first day of the month that a report of link checks is about
    version: Mapped[int]
    as_of: Mapped[date]
    has_thai_digits: Mapped[bool]
    note: Mapped[str]  # why it is issued again
    gaps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what must be published and was missing, as sentences
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), unique=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey(ReportTemplate.id))  # None: ours
    closing_id: Mapped[int | None] = mapped_column(ForeignKey(Closing.id))  # whose figures it quotes
    issued_at: Mapped[datetime | None] = mapped_column(Moment)
    head_seq: Mapped[int | None]
    head_hash: Mapped[str | None]
    event_seq: Mapped[int | None]
    stamp: Mapped[str | None]

    plan: Mapped[Plan] = relationship()
    asked_by: Mapped[Appointment] = relationship()
    template: Mapped[ReportTemplate | None] = relationship()
    closing: Mapped[Closing | None] = relationship()
    replaces: Mapped["Issue | None"] = relationship(remote_side=[id])
    files: Mapped[list["IssuedFile"]] = relationship(order_by="IssuedFile.id")

    @property
    def scope(self) -> Scope:
        """What it is about."""
        return Scope(self.kind, self.round_on, self.indicator, self.month)

    @property
    def is_issued(self) -> bool:
        """Whether its files are made."""
        return self.issued_at is not None

    @property
    def lacking(self) -> list[Sentence]:
        """What must be published and was missing when it was issued all the same."""
        return [Sentence.from_json(gap) for gap in self.gaps]

    def file(self, wanted: str) -> "IssuedFile | None":
        """Return its file of a format."""
        return next((file for file in self.files if file.format == wanted), None)

    def stamp_of_content(self, *, previous: str, hashes: Mapping[FileFormat, str]) -> str:
        """
        Return the stamp that belongs on what the row says.

        :param previous: the stamp of the version it replaces
        """
        stamped = Stamped(
            plan_id=self.plan_id,
            series=self.series,
            version=self.version,
            as_of=self.as_of,
            has_thai_digits=self.has_thai_digits,
            note_digest=digest(self.note),
            head_seq=self.head_seq or 0,
            head_hash=self.head_hash or "",
            files=" ".join(f"{name}:{hashes[name]}" for name in sorted(hashes)),
        )
        return stamp(stamped, previous=previous)

    def is_whole(self, event: Event | None) -> bool:
        """
        Return whether the row is as it was stamped and the plan's history has it like this.

        :param event: the one at `event_seq` of the plan's history, if there is any
        """
        previous = (self.replaces.stamp or "") if self.replaces else ""
        hashes = {file.format: file.sha256 for file in self.files}
        if event is None or event.kind != EventKind.REPORT_ISSUED:
            return False
        if self.stamp != self.stamp_of_content(previous=previous, hashes=hashes):
            return False
        told = (event.at, event.appointment_id, event.note, event.after)
        return told == (self.issued_at, self.asked_by_id, self.note, self.stamp)


class IssuedFile(db.Model):
    """A file of an issue on the disk, under a random name that says nothing."""

    __table_args__ = (UniqueConstraint("issue_id", "format"), CheckConstraint("size > 0", name="not_empty"))

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey(Issue.id))
    format: Mapped[FileFormat] = mapped_column(word(FileFormat))
    size: Mapped[int]  # in bytes
    sha256: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)


packed_evidence = Table(
    "packed_evidence",
    db.metadata,
    Column("issue_id", ForeignKey(Issue.id), primary_key=True),
    Column("evidence_id", ForeignKey(Evidence.id), primary_key=True),
)
