"""A report on its way in: kept as read, corrected by the clerk, then made into a plan."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.files import kind_of, read_report
from tracker.documents.reading.preview import ReportReading, read_draft
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db
from tracker.models import Appointment, Draft, Organization, Plan, Work
from tracker.services import imports, organizations, works
from tracker.services.imports import Correction

LONGEST_NAME = 200
MOMENT = timedelta(minutes=10)  # in which the same file is one that was sent twice


class AlreadyCreated(Refusal):
    """The plan was made of this report before, perhaps in another tab."""

    def __init__(self) -> None:
        super().__init__(N_("The plan was made of this report already."))


class NotRead(Refusal):
    """A job has not come to it, or could not read it."""

    def __init__(self) -> None:
        super().__init__(N_("The report has not been read yet."))


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
        file_name=clean(file_name)[-LONGEST_NAME:],
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


def correct(*, draft: Draft, corrections: Mapping[str, Any]) -> None:
    """
    Keep what a person decided about the readings.

    :raises AlreadyCreated: if the plan has been made
    """
    if draft.plan_id is not None:
        raise AlreadyCreated()
    draft.corrections = dict(corrections)
    db.session.flush()


def rename_division(*, organization_id: int, before: str, after: str) -> None:
    """Let what was decided for a division stand for it under its new name, in every report on its way in."""
    for draft in db.session.scalars(
        select(Draft).where(Draft.organization_id == organization_id, Draft.plan_id.is_(None))
    ):
        measures = [
            one | {"division_names": [after if name == before else name for name in one["division_names"]]}
            for one in draft.corrections.get("measures", [])
        ]
        if measures:
            draft.corrections = {**draft.corrections, "measures": measures}
    db.session.flush()


def reading_of(*, draft: Draft, corrections: Mapping[str, Any]) -> ReportReading:
    """
    Return what was read of the report, with what a person decided instead.

    :raises NoPlanYear: if neither the report nor a person names the year
    :raises UnclearTimeFrame: if the words of a correction cannot be read
    """
    organization = db.session.get_one(Organization, draft.organization_id)
    report = report_of(draft)
    divisions = [division.as_named() for division in organization.open_divisions]
    read = read_draft(report, divisions=divisions, plan_year=corrections.get("year"))
    return imports.corrected(read, _as_corrections(corrections, report), organization=organization)


def create_plan(*, draft: Draft, by: Appointment, now: datetime, today: date) -> Plan:
    """
    Make the plan of the report as corrected, once.

    :raises AlreadyCreated: if it has been made
    :raises Refusal: if a correction cannot be read or the year has its plan
    """
    # The organization first, as whoever renames or closes a division does.
    organization = organizations.lock(draft.organization_id)
    db.session.refresh(draft, ["plan_id"], with_for_update={"of": Draft})
    if draft.plan_id is not None:
        raise AlreadyCreated()
    reading = reading_of(draft=draft, corrections=draft.corrections)
    corrections = _as_corrections(draft.corrections, reading.draft)
    plan = imports.create_plan(
        organization=organization,
        reading=reading,
        by=by,
        now=now,
        today=today,
        words={place: one.schedule_words or "" for place, one in corrections.items()},
    )
    draft.plan_id = plan.id
    db.session.flush()
    return plan


def _as_corrections(kept: Mapping[str, Any], report: ReportDraft) -> dict[int, Correction]:
    """Return the corrections by the measure's place; words as printed correct nothing."""
    return {
        place: Correction(
            schedule_words=_other(one["schedule_words"], than=measure.words or measure.time_frame),
            division_names=one["division_names"],
            indicator=one["indicator"] if one["indicator"] in range(1, 11) else None,
        )
        for place, (one, measure) in enumerate(zip(kept.get("measures", []), report.measures, strict=False))
    }


def _other(words: str, *, than: str) -> str | None:
    return words if words != than else None
