"""Rows of a plan's workbook that could not be read: found when it is read, taken in once they come back corrected."""

from sqlalchemy import select

from tracker.documents.reading import returned_rows as rows
from tracker.documents.reading.draft import ReportDraft
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Division, Draft
from tracker.services.drafts import AlreadyCreated, report_of


class NoReturnedRows(Refusal):
    """Any other report would be another plan."""

    def __init__(self) -> None:
        super().__init__(N_("This is not the file with the rows to be corrected. Download that here and send it back."))


def with_known_divisions(report: ReportDraft, *, organization_id: int) -> ReportDraft:
    """Return what was read of a workbook; measures of divisions that the organization does not have have failed."""
    divisions = select(Division).where(Division.organization_id == organization_id, Division.closed_on.is_(None))
    named = [one.as_named() for one in db.session.scalars(divisions.order_by(Division.order, Division.id))]
    return rows.with_known_divisions(report, divisions=named)


def take_in(*, draft: Draft, report: ReportDraft) -> int:
    """
    Put measures that came back corrected behind the draft's own, and return how many there were.

    What still cannot be read, and what did not come back, goes on waiting.

    :raises AlreadyCreated: if the plan has been made
    :raises NoReturnedRows: if it is no workbook of ours
    """
    db.session.refresh(draft, ["plan_id", "report"], with_for_update={"of": Draft})
    if draft.plan_id is not None:
        raise AlreadyCreated()
    if any(measure.responsible_words is None for measure in report.measures):
        raise NoReturnedRows()
    before = report_of(draft)
    known = with_known_divisions(report, organization_id=draft.organization_id)
    after = rows.with_corrected_rows(before, known)
    draft.report = after.to_json()
    db.session.flush()
    return len(after.measures) - len(before.measures)
