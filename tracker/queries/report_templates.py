"""The organization's own templates: which counts, and which there were."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.domain.issues import IssueKind
from tracker.extensions import db
from tracker.models import Appointment, ReportTemplate


def of(organization_id: int) -> Sequence[ReportTemplate]:
    """Return every version of an organization's templates, the newest first."""
    return db.session.scalars(
        select(ReportTemplate)
        .where(ReportTemplate.organization_id == organization_id)
        .options(joinedload(ReportTemplate.chosen_by).joinedload(Appointment.position))
        .order_by(ReportTemplate.kind, ReportTemplate.version.desc())
    ).all()


def current(organization_id: int, kind: IssueKind) -> ReportTemplate | None:
    """Return what was chosen last for a kind of report; None, or a row without a file: the standard."""
    return db.session.scalar(
        select(ReportTemplate)
        .where(ReportTemplate.organization_id == organization_id, ReportTemplate.kind == kind)
        .order_by(ReportTemplate.version.desc())
        .limit(1)
    )
