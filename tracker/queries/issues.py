"""Issued reports ready to show: the versions of a plan's reports, one with its files, whose names the disk keeps."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.domain.issues import IssueKind
from tracker.domain.works import WorkKind
from tracker.extensions import db
from tracker.models import Appointment, Event, Issue, IssuedFile, Plan, ReportTemplate, Work, packed_evidence

WORK = {
    IssueKind.PLAN: WorkKind.ISSUE,
    IssueKind.FOLLOW_UP: WorkKind.ISSUE,
    IssueKind.LINK_CHECKS: WorkKind.ISSUE,
    IssueKind.EVIDENCE: WorkKind.PACK,
}
_BY = joinedload(Issue.asked_by).joinedload(Appointment.position)


def of_plan(plan_id: int) -> Sequence[Issue]:
    """Return every version of a plan's reports with its files, the newest first, in two statements."""
    return db.session.scalars(
        select(Issue).where(Issue.plan_id == plan_id).options(_BY, selectinload(Issue.files)).order_by(Issue.id.desc())
    ).all()


def latest(plan_id: int, series: str) -> Issue | None:
    """Return the newest version of a report as it stands now, issued or asked for."""
    return db.session.scalar(
        select(Issue)
        .where(Issue.plan_id == plan_id, Issue.series == series)
        .order_by(Issue.version.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def one(issue_id: int) -> Issue | None:
    """Return a version with all that its page shows."""
    return db.session.scalar(
        select(Issue)
        .where(Issue.id == issue_id)
        .options(
            _BY,
            joinedload(Issue.plan).joinedload(Plan.organization),
            joinedload(Issue.replaces),
            joinedload(Issue.closing),
            joinedload(Issue.template),
            selectinload(Issue.files),
        )
    )


def event_of(issue: Issue) -> Event | None:
    """Return what the plan's history says at the place where the version was issued."""
    return db.session.scalar(select(Event).where(Event.plan_id == issue.plan_id, Event.seq == issue.event_seq))


def newer_than(issue: Issue) -> Issue | None:
    """Return the version that replaced this one and is issued."""
    replaced_by = and_(Issue.replaces_id == issue.id, Issue.issued_at.is_not(None))
    return db.session.scalar(select(Issue).where(replaced_by))


def work_of(issue: Issue) -> Work | None:
    """Return the work that was last asked for to make its files, as it stands now."""
    asked = select(Work).where(Work.kind == WORK[issue.kind], Work.subject_id == issue.id)
    return db.session.scalar(asked.order_by(Work.id.desc()).limit(1).execution_options(populate_existing=True))


def packed(issue_id: int) -> Sequence[int]:
    """Return which evidence a pack has in it."""
    return db.session.scalars(
        select(packed_evidence.c.evidence_id)
        .where(packed_evidence.c.issue_id == issue_id)
        .order_by(packed_evidence.c.evidence_id)
    ).all()


def kept_names(names: Sequence[str]) -> set[str]:
    """Return those of these names of files on disk that an issue or a template knows."""
    columns = (IssuedFile.name, ReportTemplate.name)
    return {name for column in columns for name in db.session.scalars(select(column).where(column.in_(names))) if name}
