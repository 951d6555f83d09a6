"""Choosing a template of the organization's own for Word files, an earlier one again, or the standard."""

from datetime import datetime

from sqlalchemy import select

from tracker.domain.issues import PAPERS, IssueKind
from tracker.domain.sentences import N_, Refusal
from tracker.extensions import db
from tracker.models import Appointment, Organization, ReportTemplate
from tracker.queries import report_templates as queries


class NoTemplates(Refusal):
    """Only papers are written into templates."""

    def __init__(self) -> None:
        super().__init__(N_("Choose which report the template is for."))


def choose(
    *, kind: IssueKind, title: str, name: str, sha256: str, size: int, by: Appointment, now: datetime
) -> ReportTemplate:
    """
    Let reports of a kind be written into a file that is kept, from now on.

    :param title: the file's name as people know it
    :param name: its name on the disk
    :raises NoTemplates: if this kind is not written into a template
    """
    return _add(kind, by, now, title=title, name=name, sha256=sha256, size=size)


def choose_again(*, template: ReportTemplate, by: Appointment, now: datetime) -> ReportTemplate:
    """Let an earlier template count again, from now on."""
    return _add(
        template.kind, by, now, title=template.title, name=template.name, sha256=template.sha256, size=template.size
    )


def choose_standard(*, kind: IssueKind, by: Appointment, now: datetime) -> None:
    """
    Let reports of a kind be written in the standard layout, from now on; where they are already, nothing happens.

    :raises NoTemplates: if this kind is not written into a template
    """
    present = queries.current(by.position.organization_id, kind)
    if present is not None and present.name is not None:
        _add(kind, by, now, title="")


def _add(kind: IssueKind, by: Appointment, now: datetime, **values: object) -> ReportTemplate:
    if kind not in PAPERS:
        raise NoTemplates()
    organization_id = by.position.organization_id
    # Of two who choose at once, the second comes after the first.
    db.session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())
    present = queries.current(organization_id, kind)
    version = present.version + 1 if present else 1
    template = ReportTemplate(
        organization_id=organization_id, kind=kind, version=version, chosen_at=now, chosen_by_id=by.id, **values
    )
    db.session.add(template)
    db.session.flush()
    return template
