"""Lists of the administration as files: people, divisions, positions, days off, what administrators changed."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.xlsx import Column, Value
from tracker.domain.permissions import Act
from tracker.queries import people
from tracker.web import access, labels
from tracker.web.sheets.handing import bp, list_file


@bp.get("/admin/people/file.xlsx")
@access.allowed(Act.ADMINISTER)
def all_people() -> Response:
    columns = [
        Column(gettext("Position"), 40),
        Column(gettext("Role"), 20),
        Column(gettext("Division"), 30),
        Column(gettext("Name"), 30),
        Column(gettext("User name"), 20),
        Column(gettext("E-mail"), 35),
        Column(gettext("From"), 20),
        Column(gettext("Until"), 20),
    ]
    return list_file(gettext("People"), columns, _people_rows())


def _people_rows() -> Iterator[tuple[Value, ...]]:
    for appointment in people.in_office(access.user().organization_id, today=clock.today()):
        position, user = appointment.position, appointment.user
        title = f"{position.title} {gettext('(acting)')}" if appointment.is_acting else position.title
        division = position.division.name if position.division else None
        role = str(labels.ROLE[position.role])
        yield title, role, division, user.name, user.username, user.email, appointment.starts_on, appointment.ends_on
