"""A report on its way in: kept as read, corrected by the clerk, then made into a plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.preview import ReportReading, read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.models import Appointment, Draft, Organization, Plan
from tracker.services import imports, organizations
from tracker.services.imports import Correction

LONGEST_NAME = 200


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
    Read an uploaded report and keep what was read, with the file as it came.

    :raises UnreadableReport: if it is no report; nothing is kept then
    """
    report = read_text_report(content)
    draft = Draft(
        organization_id=by.position.organization_id,
        uploaded_by_id=by.id,
        uploaded_at=now,
        file_name=clean(file_name)[-LONGEST_NAME:],
        content=content,
        report=report.to_json(),
    )
    db.session.add(draft)
    db.session.flush()
    return draft


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


def words_of(draft: Draft, reading: ReportReading) -> dict[int, str]:
    """Return what a person wrote instead of the printed time frames, by the measure's place in the report."""
    corrections = _as_corrections(draft.corrections, reading.draft)
    return {place: one.schedule_words or "" for place, one in corrections.items()}


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
    plan = imports.create_plan(
        organization=organization,
        reading=reading,
        by=by,
        now=now,
        today=today,
        words=words_of(draft, reading),
    )
    draft.plan_id = plan.id
    db.session.flush()
    return plan


def _as_corrections(kept: Mapping[str, Any], report: ReportDraft) -> dict[int, Correction]:
    """Return the corrections by the measure's place; words as printed correct nothing."""
    return {
        place: Correction(
            schedule_words=one["schedule_words"] if one["schedule_words"] != measure.time_frame else None,
            division_names=one["division_names"],
            indicator=one["indicator"] if one["indicator"] in range(1, 11) else None,
        )
        for place, (one, measure) in enumerate(zip(kept.get("measures", []), report.measures, strict=False))
    }
