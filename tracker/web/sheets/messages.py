"""Lists of what was told to people, as files."""

from collections.abc import Iterator, Sequence

from flask import Response
from flask_babel import gettext

from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.permissions import Act
from tracker.models import Letter
from tracker.queries import messages, outbox
from tracker.queries.forecasts import Item
from tracker.web import access, labels
from tracker.web.filters import long_moment, short_date
from tracker.web.forecasts import Told, forecast_in_view
from tracker.web.notice_cards import links_in_sight
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
    no_more = [None] * (len(task_columns()) - 3)  # an address stands where a measure's title does
    found = messages.of_user(access.user().id, limit=MOST_MESSAGES)
    shown = links_in_sight(found)
    for message in found:
        for row in whole_tasks([notice.task for notice in message.notices if notice.task]):
            yield message.digest_on, yes if message.read_at else no, *row
        for link_id in (notice.link_id for notice in message.notices if notice.link_id in shown):
            yield message.digest_on, yes if message.read_at else no, None, None, shown[link_id].link.url, *no_more


@bp.get("/admin/letters/file.xlsx")
@access.allowed(Act.ADMINISTER)
def letters() -> Response:
    columns = [
        Column(gettext("When"), 26),
        Column(gettext("To"), 30),
        Column(gettext("About"), 36),
        Column(gettext("State"), 16),
        Column(gettext("Attempts"), 10),
        Column(gettext("The server's answer"), 60),
    ]
    found, _ = outbox.listed(Letter, access.user().organization_id, most=MOST_ROWS + 1)
    rows = (
        (
            long_moment(letter.created_at),
            letter.user.name,
            str(labels.LETTER[letter.kind]),
            str(labels.DELIVERY[letter.state]),
            letter.attempts,
            letter.error,
        )
        for letter in found
    )
    return list_file(gettext("Mails about accounts"), columns, rows)


@bp.get("/reminders/file.xlsx")
@access.allowed(Act.FORESEE)
def reminders() -> Response:
    """Who will be told what on the day in view."""
    columns = [
        Column(gettext("To"), 30),
        Column(gettext("Position"), 40),
        Column(gettext("About"), 36),
        Column(gettext("Indicator"), 10),
        Column(gettext("Measure"), 60),
        Column(gettext("Division"), 30),
        Column(gettext("Due on"), 20),
    ]
    on, told = forecast_in_view()
    return list_file(gettext("Reminders on %(day)s", day=short_date(on)), columns, _told_rows(told))


def _told_rows(told: Sequence[Told]) -> Iterator[tuple[Value, ...]]:
    for person in told:
        titles = ", ".join(appointment.position.title for appointment in person.appointments)
        for words, items in person.sections:
            for item in items:
                yield person.user.name, titles, words, *_about(item)


def _about(item: Item) -> tuple[Value, ...]:
    if item.link is not None:
        return None, item.link.url, None, None
    if item.task is None:
        return None, gettext("plan of fiscal year %(year)s", year=item.plan.fiscal_year), None, None
    return item.task.measure.indicator, item.task.measure.title, item.task.division.name, item.task.due_on
