"""Reports that are issued: which there are, what makes a version of one, and what its stamp covers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.history import chained_hash
from tracker.domain.sentences import N_, Refusal


class IssueKind(StrEnum):
    """What is issued."""

    PLAN = "plan"  # การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร
    FOLLOW_UP = "follow_up"  # รายงานผลการดำเนินการตามมาตรการ, of a round or of the year
    LINK_CHECKS = "link_checks"  # รายงานผลการตรวจสอบลิงก์, of a month
    EVIDENCE = "evidence"  # the files and links behind it, of an indicator, a round or the whole plan


class FileFormat(StrEnum):
    """The files of an issue, each by its ending."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    ZIP = "zip"


MEDIA_TYPES = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.PDF: "application/pdf",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.ZIP: "application/zip",
}
PAPERS = (IssueKind.PLAN, IssueKind.FOLLOW_UP)  # an organization may have a template of its own for these
FORMATS = dict.fromkeys((*PAPERS, IssueKind.LINK_CHECKS), (FileFormat.DOCX, FileFormat.PDF, FileFormat.XLSX)) | {
    IssueKind.EVIDENCE: (FileFormat.ZIP,)
}


class DayAhead(Refusal):
    """Nobody knows how it will stand on a day that has not come."""

    def __init__(self) -> None:
        super().__init__(N_("That day has not come yet. Choose today or an earlier day."))


class ReissueReason(Refusal):
    """What is out already is replaced for a reason, which readers are told."""

    def __init__(self) -> None:
        super().__init__(N_("This report was issued before. Say why it is issued again."))


class Incomplete(Refusal):
    """Elements that must be published are missing, and nobody said that it is to be issued all the same."""

    def __init__(self) -> None:
        super().__init__(
            N_("Something that must be published is missing. Complete it, or tick that it is issued all the same.")
        )


@dataclass(frozen=True)
class Scope:
    """What a report is about; versions are counted for each."""

    kind: IssueKind
    round_on: date | None = None
    indicator: int | None = None
    month: date | None = None  # its first day

    @property
    def series(self) -> str:
        """The name under which its versions are counted."""
        if self.month:
            return f"{self.kind}:{self.month:%Y-%m}"
        if self.round_on:
            return f"{self.kind}:{self.round_on.isoformat()}"
        return f"{self.kind}:{self.indicator or 'all'}"


def check(*, as_of: date, today: date, version: int, note: str, gaps: int, is_accepted: bool) -> None:
    """
    Refuse what may not be issued.

    :param gaps: how many elements that must be published are missing
    :param is_accepted: whether the person said that it is to be issued all the same
    :raises Refusal: `DayAhead`, `ReissueReason` or `Incomplete`
    """
    if as_of > today:
        raise DayAhead()
    if version > 1 and not note.strip():
        raise ReissueReason()
    if gaps and not is_accepted:
        raise Incomplete()


@dataclass(frozen=True)
class Stamped:
    """What a stamp covers, in this order. The note is there by its digest only, the files by their hashes."""

    plan_id: int
    series: str
    version: int
    as_of: date
    has_thai_digits: bool
    note_digest: str
    head_seq: int
    head_hash: str
    files: str


def stamp(stamped: Stamped, *, previous: str) -> str:
    """Return the SHA-256 over a version and the stamp of the one it replaces ("" for the first)."""
    return chained_hash(stamped, previous=previous)
