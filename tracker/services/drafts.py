"""A report on its way in: kept as read, corrected by the clerk, then made into a plan."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from tracker.documents.reading.corrections import Corrections, renamed
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.entries import Entry, corrected_report, entries, reading_of_entries
from tracker.documents.reading.files import kind_of, read_report
from tracker.documents.reading.preview import NoPlanYear, ReportReading
from tracker.domain.file_names import clean_name
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean
from tracker.domain.timeframes import Kind
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db
from tracker.models import Appointment, Draft, Organization, Plan, Work
from tracker.services import imports, organizations, works
from tracker.services.measures import UnclearTimeFrame

MOMENT = timedelta(minutes=10)  # in which the same file is one that was sent twice


class AlreadyCreated(Refusal):
    """The plan was made of this report before, perhaps in another tab."""

    def __init__(self) -> None:
        super().__init__(N_("The plan was made of this report already."))


class NotRead(Refusal):
    """A job has not come to it, or could not read it."""

    def __init__(self) -> None:
        super().__init__(N_("The report has not been read yet."))


class CorrectedSince(Refusal):
    """Somebody kept other corrections since these were begun: another person, or the same in a second tab."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Somebody has corrected this report since you opened it. What you wrote is still in the fields, and "
                "what was kept since is listed below. Save again to replace it."
            )
        )


class CorrectedSinceChecked(Refusal):
    """What would be made is no longer what the person looked at."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody has corrected this report since you opened this page. Look at it once more."))


class NoTitle(Refusal):
    """A measure nobody could tell from another."""

    def __init__(self) -> None:
        super().__init__(N_("One of the measures has no title."))


class NothingLeft(Refusal):
    """Every measure was taken out."""

    def __init__(self) -> None:
        super().__init__(N_("No measure is left to make a plan of."))


def report_of(draft: Draft) -> ReportDraft:
    """
    Return what was read of the report.

    :raises NotRead: if nothing has been read yet
    """
    if draft.report is None:
        raise NotRead()
    return ReportDraft.from_json(draft.report)


def keep(*, content: bytes, file_name: str, by: Appointment, now: datetime) -> Draft:
    """
    Keep an uploaded report with what was read of it, or have it read by a job where that takes longer than a moment.

    Of a file that was sent twice within a moment, the draft that is there is returned. Nobody waits for the database
    while the file is looked at.

    :raises Refusal: if it is no file we read, or a text without a report; nothing is kept then
    """
    is_text = kind_of(content, file_name) is None
    report = read_report(content, file_name, tell=lambda _done, _total: None).to_json() if is_text else None
    organizations.lock(by.position.organization_id)
    draft = Draft(
        organization_id=by.position.organization_id,
        uploaded_by_id=by.id,
        uploaded_at=now,
        file_name=clean_name(clean(file_name)),
        content=content,
        report=report,
    )
    if same := _sent_just_now(draft):
        return same
    db.session.add(draft)
    db.session.flush()
    if not is_text:
        works.ask(kind=WorkKind.READ, subject_id=draft.id, by=by, now=now)
    return draft


def _sent_just_now(draft: Draft) -> Draft | None:
    """Return the same file as it was kept a moment ago, if it could be read or still may be, and is no plan yet."""
    is_of_it = (Work.kind == WorkKind.READ, Work.subject_id == Draft.id, Work.state == WorkState.FAILED)
    return db.session.scalar(
        select(Draft)
        .where(
            Draft.organization_id == draft.organization_id,
            Draft.uploaded_at > draft.uploaded_at - MOMENT,
            Draft.plan_id.is_(None),
            Draft.content == draft.content,
            ~exists().where(*is_of_it),
        )
        .order_by(Draft.id.desc())
        .limit(1)
    )


def take_reading(*, draft_id: int, report: ReportDraft) -> None:
    """Keep what a job read of an uploaded report."""
    db.session.get_one(Draft, draft_id).report = report.to_json()
    db.session.flush()


def correct(*, draft: Draft, corrections: Corrections, basis: int) -> bool:
    """
    Keep what a person decided about the readings, and return whether that is anything new.

    :param basis: the draft's revision that the person began from
    :raises AlreadyCreated: if the plan has been made
    :raises CorrectedSince: if other corrections were kept since
    """
    hold(draft)
    if draft.plan_id is not None:
        raise AlreadyCreated()
    kept = corrections.to_json()
    if kept == Corrections.from_json(draft.corrections).to_json():
        return False
    if basis != draft.revision:
        raise CorrectedSince()
    draft.corrections = kept
    draft.revision += 1
    db.session.flush()
    return True


def hold(draft: Draft) -> None:
    """Read what was decided anew and keep others from deciding until the request ends."""
    db.session.refresh(draft, ["plan_id", "revision", "corrections"], with_for_update={"of": Draft})


def rename_division(*, organization_id: int, before: str, after: str) -> None:
    """Let what was decided for a division stand for it under its new name, in every report on its way in."""
    for draft in db.session.scalars(
        select(Draft).where(Draft.organization_id == organization_id, Draft.plan_id.is_(None))
    ):
        kept = renamed(draft.corrections, before=before, after=after)
        if kept != draft.corrections:
            draft.corrections = kept
    db.session.flush()


def entries_of(*, draft: Draft, corrections: Corrections, year: int) -> tuple[Entry, ...]:
    """Return the report's measures as corrected, for a plan of that fiscal year (พ.ศ.)."""
    organization = db.session.get_one(Organization, draft.organization_id)
    divisions = [division.as_named() for division in organization.open_divisions]
    return entries(report_of(draft), corrections, divisions=divisions, year=year)


def reading_of(*, draft: Draft, corrections: Mapping[str, Any]) -> ReportReading:
    """
    Return what was read of the report, with what a person decided instead.

    :raises NoPlanYear: if neither the report nor a person names the year
    """
    decided = Corrections.from_json(corrections)
    report = corrected_report(report_of(draft), decided)
    if report.plan_year is None:
        raise NoPlanYear()
    found = entries_of(draft=draft, corrections=decided, year=report.plan_year)
    return reading_of_entries(report, found, year=report.plan_year)


def check(reading: ReportReading) -> None:
    """
    Refuse measures that no plan can hold as they were corrected.

    :raises UnclearTimeFrame: if the words that a person wrote say no day
    :raises NoTitle: if a measure has no title
    """
    for measure in reading.measures:
        if measure.words and measure.time_frame.kind == Kind.UNCLEAR:
            raise UnclearTimeFrame(measure.words)
        if not measure.measure.title:
            raise NoTitle()


def create_plan(*, draft: Draft, basis: int, by: Appointment, now: datetime, today: date) -> Plan:
    """
    Make the plan of the report as corrected, once.

    :param basis: the revision that the person looked at
    :raises AlreadyCreated: if it has been made
    :raises CorrectedSinceChecked: if other corrections were kept since
    :raises Refusal: if a correction cannot be read or the year has its plan
    """
    # The organization first, as whoever renames or closes a division does.
    organization = organizations.lock(draft.organization_id)
    hold(draft)
    if draft.plan_id is not None:
        raise AlreadyCreated()
    if basis != draft.revision:
        raise CorrectedSinceChecked()
    reading = reading_of(draft=draft, corrections=draft.corrections)
    check(reading)
    if not reading.measures:
        raise NothingLeft()
    plan = imports.create_plan(organization=organization, reading=reading, by=by, now=now, today=today)
    draft.plan_id = plan.id
    db.session.flush()
    return plan
