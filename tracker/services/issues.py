"""Issuing a report: asked for once, made by a job, settled as a version that nobody changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import selectinload

from tracker.domain import issues as rules
from tracker.domain.history import EventKind
from tracker.domain.issues import FileFormat, IssueKind, Scope
from tracker.domain.sentences import Sentence
from tracker.domain.works import WorkState
from tracker.extensions import db
from tracker.models import Appointment, Event, Issue, IssuedFile, Plan, packed_evidence
from tracker.queries import issues as queries
from tracker.queries import report_templates
from tracker.services import events, locks, works


@dataclass(frozen=True)
class Wish:
    """What a person wants issued."""

    scope: Scope
    as_of: date
    has_thai_digits: bool = True
    note: str = ""  # why it is issued again
    gaps: Sequence[Sentence] = ()  # what must be published and is missing
    accepts_gaps: bool = False
    after: int = 0  # the newest version when the person decided


def ask(*, plan: Plan, wish: Wish, by: Appointment, now: datetime, today: date) -> Issue:
    """
    Ask for a version of a report and return it; a job makes its files.

    What is being made already, or was made since the person decided – a second click –, is returned as it is. What
    failed is asked for anew, as it is wanted now.

    :raises Refusal: `DayAhead`, `ReissueReason` or `Incomplete`
    """
    locks.hold_plan(plan)
    latest = queries.latest(plan.id, wish.scope.series)
    failed = latest if latest and _has_failed(latest) else None
    if latest and not failed and (not latest.is_issued or latest.version != wish.after):
        return latest
    version = failed.version if failed else latest.version + 1 if latest else 1
    rules.check(
        as_of=wish.as_of,
        today=today,
        version=version,
        note=wish.note,
        gaps=len(wish.gaps),
        is_accepted=wish.accepts_gaps,
    )
    issue = failed or _new(plan, wish.scope, version, replaces=latest)
    issue.as_of, issue.has_thai_digits, issue.note = wish.as_of, wish.has_thai_digits, wish.note.strip()
    issue.gaps, issue.asked_at, issue.asked_by_id = [gap.to_json() for gap in wish.gaps], now, by.id
    issue.template_id = _template_id(issue)
    db.session.add(issue)
    db.session.flush()
    works.ask(kind=queries.WORK[issue.kind], subject_id=issue.id, by=by, now=now)
    return issue


def ask_again(*, issue: Issue, by: Appointment, now: datetime) -> None:
    """Ask once more for files that could not be made; what is under way or done stays as it is."""
    locks.hold_plan(issue.plan)
    if _has_failed(issue):
        works.ask(kind=queries.WORK[issue.kind], subject_id=issue.id, by=by, now=now)


@dataclass(frozen=True)
class MadeFile:
    """A file that lies on the disk and waits for its row."""

    format: FileFormat
    size: int
    sha256: str
    name: str


@dataclass(frozen=True)
class Made:
    """What a job made: the files, where the plan's history ended, whose figures are quoted, what is packed."""

    files: Sequence[MadeFile]
    head_seq: int
    head_hash: str
    closing_id: int | None = None
    evidence_ids: Sequence[int] = ()


def settle(*, issue_id: int, made: Made, now: datetime) -> bool:
    """
    Make a version of what was made, and record it in the plan's history; from now on nothing of it changes.

    Return False where another process was faster: then these files are nobody's.
    """
    issue = db.session.get_one(Issue, issue_id)
    locks.hold_plan(issue.plan)
    db.session.refresh(issue)
    if issue.is_issued:
        return False
    previous = (issue.replaces.stamp or "") if issue.replaces else ""
    with db.session.no_autoflush:  # the row is whole only at the end
        issue.head_seq, issue.head_hash, issue.closing_id = made.head_seq, made.head_hash, made.closing_id
        issue.stamp = issue.stamp_of_content(previous=previous, hashes={one.format: one.sha256 for one in made.files})
        issue.issued_at = now
        issue.event_seq = events.record(
            plan=issue.plan,
            kind=EventKind.REPORT_ISSUED,
            by=issue.asked_by,
            now=now,
            before=previous,
            after=issue.stamp,
            note=issue.note,
        )
        db.session.add_all(IssuedFile(issue_id=issue.id, **vars(file)) for file in made.files)
    db.session.flush()
    if made.evidence_ids:
        rows = [{"issue_id": issue.id, "evidence_id": one} for one in made.evidence_ids]
        db.session.execute(insert(packed_evidence), rows)
    return True


@dataclass(frozen=True)
class Break:
    """The first issued version of a plan that is not what was stamped."""

    seq: int  # of its event in the plan's history
    issue: Issue | None  # None: it is no longer there


def first_break(plan: Plan) -> Break | None:
    """Return the first version that was changed, taken out or put in; None when all are as they were stamped."""
    of_issues = select(Event).where(Event.plan_id == plan.id, Event.kind == EventKind.REPORT_ISSUED)
    told = {event.seq: event for event in db.session.scalars(of_issues)}
    issued = select(Issue).where(Issue.plan_id == plan.id, Issue.issued_at.is_not(None))
    kept = {issue.event_seq: issue for issue in db.session.scalars(issued.options(selectinload(Issue.files)))}
    for seq in sorted(filter(None, {*told, *kept})):
        issue = kept.get(seq)
        if issue is None or not issue.is_whole(told.get(seq)):
            return Break(seq, issue)
    return None


def _new(plan: Plan, scope: Scope, version: int, *, replaces: Issue | None) -> Issue:
    return Issue(
        organization_id=plan.organization_id,
        plan_id=plan.id,
        kind=scope.kind,
        series=scope.series,
        round_on=scope.round_on,
        indicator=scope.indicator,
        month=scope.month,
        version=version,
        replaces_id=replaces.id if replaces else None,
    )


def _template_id(issue: Issue) -> int | None:
    if issue.kind == IssueKind.EVIDENCE:
        return None
    template = report_templates.current(issue.organization_id, issue.kind)
    return template.id if template and template.name else None


def _has_failed(issue: Issue) -> bool:
    work = queries.work_of(issue)
    return not issue.is_issued and (work is None or work.state == WorkState.FAILED)
