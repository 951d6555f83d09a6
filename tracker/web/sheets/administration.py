"""Lists of the administration as files: people, divisions, positions, days off, what administrators changed."""

from collections.abc import Iterator
from datetime import date

from flask import Response
from flask_babel import gettext

from tracker import clock
from tracker.documents.writing.xlsx import MOST_ROWS, Column, Value
from tracker.domain.permissions import Act
from tracker.models import Appointment, Change
from tracker.queries import calendars, changes, divisions, people, positions
from tracker.web import access, labels
from tracker.web.changes import CHANGE, change_text
from tracker.web.days_off import year_in_view
from tracker.web.filters import long_moment
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


@bp.get("/admin/divisions/file.xlsx")
@access.allowed(Act.ADMINISTER)
def all_divisions() -> Response:
    columns = [
        Column(gettext("Division"), 40),
        Column(gettext("Short names"), 30),
        Column(gettext("Title of its head"), 40),
        Column(gettext("Unfinished tasks"), 14),
        Column(gettext("Positions"), 14),
        Column(gettext("Closed on"), 20),
    ]
    rows = (
        (
            row.division.name,
            ", ".join(row.division.short_names),
            row.division.head_title,
            row.unfinished,
            row.positions,
            row.division.closed_on,
        )
        for row in divisions.listed(access.user().organization_id)
    )
    return list_file(gettext("Divisions"), columns, rows)


@bp.get("/admin/positions/file.xlsx")
@access.allowed(Act.ADMINISTER)
def all_positions() -> Response:
    columns = [
        Column(gettext("Position"), 40),
        Column(gettext("Role"), 20),
        Column(gettext("Division"), 30),
        Column(gettext("Told of escalations as"), 30),
        Column(gettext("Filled by"), 30),
        Column(gettext("Acting today"), 30),
        Column(gettext("Abolished on"), 20),
    ]
    return list_file(gettext("Positions and acting cover"), columns, _position_rows())


def _position_rows() -> Iterator[tuple[Value, ...]]:
    for row in positions.listed(access.user().organization_id, today=clock.today()):
        position, filling = row.position, row.filling
        yield (
            position.title,
            str(labels.ROLE[position.role]),
            position.division.name if position.division else None,
            str(labels.LEVEL[position.leads_at]) if position.leads_at else None,
            filling.holder.user.name if filling.holder else None,
            filling.acting.user.name if filling.acting else None,
            position.abolished_on,
        )


@bp.get("/admin/record/file.xlsx")
@access.allowed(Act.READ_RECORD)
def record() -> Response:
    columns = [
        Column(gettext("Number"), 10),
        Column(gettext("When"), 26),
        Column(gettext("Who"), 50),
        Column(gettext("What was done"), 40),
        Column(gettext("To what"), 50),
        Column(gettext("Before"), 40),
        Column(gettext("After"), 40),
    ]
    found, _ = changes.listed(access.user().organization_id, most=MOST_ROWS + 1)
    return list_file(gettext("Record of changes"), columns, map(_change, found))


def _change(change: Change) -> tuple[Value, ...]:
    return (
        change.seq,
        long_moment(change.at),
        _actor(change.by),
        str(CHANGE[change.kind]),
        _subject(change),
        change_text(change, change.before) if change.before else None,
        change_text(change, change.after) if change.after else None,
    )


def _subject(change: Change) -> str:
    position = change.position.title if change.position else ""
    division = change.division.name if change.division and not position else ""
    return " – ".join(filter(None, (position or division, change.person.name if change.person else "")))


def _actor(by: Appointment | None) -> str:
    if by is None:
        return gettext("The system")
    acting = f" {gettext('(acting)')}" if by.is_acting else ""
    return f"{by.position.title}{acting} ({by.user.name})"


@bp.get("/days-off/file.xlsx")
@access.signed_in
def days_off() -> Response:
    """The days off and festivals of the year in view."""
    columns = [
        Column(gettext("Day"), 26),
        Column(gettext("Name"), 60),
        Column(gettext("Kind"), 20),
        Column(gettext("Tasks fall due on"), 26),
    ]
    year, by_calendar, first, last = year_in_view()
    words = gettext("calendar year %(year)s", year=year) if by_calendar else gettext("fiscal year %(year)s", year=year)
    return list_file(f"{gettext('Days off and festivals')} {words}", columns, _day_rows(first, last))


def _day_rows(first: date, last: date) -> Iterator[tuple[Value, ...]]:
    organization_id, day_off, festival = access.user().organization_id, gettext("Day off"), gettext("Festival")
    for holiday in calendars.days_between(organization_id, first=first, last=last):
        yield holiday.on_day, holiday.name, day_off, None
    for row in calendars.festivals_between(organization_id, first=first, last=last):
        yield row.festival.on_day, row.festival.name, festival, row.due_on
