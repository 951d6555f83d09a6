"""Lists of what was told to people, as files."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext

from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.permissions import Act
from tracker.queries import messages
from tracker.web import access, labels
from tracker.web.sheets.handing import bp, list_file
from tracker.web.sheets.work import task_columns, whole_tasks

MOST_MESSAGES = 500


@bp.get("/notices/file.xlsx")
@access.signed_in
def notices() -> Response:
    columns = [Column(gettext("Day"), 20), Column(gettext("Read"), 12), *task_columns()]
    return list_file(gettext("Notices"), columns, _notice_rows())


@bp.get("/admin/deliveries/file.xlsx")
@access.allowed(Act.ADMINISTER)
def deliveries() -> Response:
    columns = [
        Column(gettext("Day"), 20),
        Column(gettext("To"), 30),
        Column(gettext("State"), 16),
        Column(gettext("Attempts"), 10),
        Column(gettext("The server's answer"), 60),
    ]
    found = messages.recent_deliveries(access.user().organization_id, limit=MOST_ROWS + 1)
    rows = (
        (d.message.digest_on, d.message.user.name, str(labels.DELIVERY[d.state]), d.attempts, d.error) for d in found
    )
    return list_file(gettext("Mails"), columns, rows)


def _notice_rows() -> Iterator[tuple[Value, ...]]:
    yes, no = gettext("yes"), gettext("no")
    for message in messages.of_user(access.user().id, limit=MOST_MESSAGES):
        for row in whole_tasks([notice.task for notice in message.notices if notice.task]):
            yield message.digest_on, yes if message.read_at else no, *row
