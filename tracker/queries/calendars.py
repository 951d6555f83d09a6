"""Working days and festivals of an organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal, select, union_all

from tracker.domain import days_off, deadlines
from tracker.domain.agenda import Mark
from tracker.domain.calendar import Calendar
from tracker.domain.changes import ChangeKind
from tracker.extensions import db
from tracker.models import Change, Festival, Holiday
from tracker.queries import usual_days


def working_days(organization_id: int) -> Calendar:
    """Return the organization's calendar of working days."""
    days = db.session.scalars(select(Holiday.on_day).where(Holiday.organization_id == organization_id))
    return Calendar(frozenset(days))


def holiday_on(organization_id: int, day: date) -> str | None:
    """Return what the organization's table of holidays calls a day, None where it is none of them."""
    return db.session.scalar(
        select(Holiday.name).where(Holiday.organization_id == organization_id, Holiday.on_day == day)
    )


def festivals(organization_id: int, *, fiscal_year: int) -> tuple[deadlines.Festival, ...]:
    """Return a fiscal year's festivals in time order, each moved to the working day before it."""
    calendar = working_days(organization_id)
    rows = db.session.scalars(
        select(Festival)
        .where(Festival.organization_id == organization_id, Festival.fiscal_year == fiscal_year)
        .order_by(Festival.on_day)
    )
    return tuple(deadlines.Festival(row.key, deadlines.festival_deadline(row.on_day, calendar)) for row in rows)


def expected_festivals(organization_id: int, *, fiscal_year: int) -> tuple[deadlines.Festival, ...]:
    """Return a year's festivals, the usual ones while the organization's calendar does not reach that year."""
    return festivals(organization_id, fiscal_year=fiscal_year) or usual_days.festival_deadlines(fiscal_year)


@dataclass(frozen=True)
class FestivalRow:
    """A festival as the calendar shows it, with the day its tasks fall due."""

    festival: Festival
    due_on: date


def days_between(organization_id: int, *, first: date, last: date) -> Sequence[Holiday]:
    """Return an organization's days off from a first to a last day, both inclusive, in time order."""
    return db.session.scalars(
        select(Holiday)
        .where(Holiday.organization_id == organization_id, Holiday.on_day.between(first, last))
        .order_by(Holiday.on_day)
    ).all()


def festivals_between(organization_id: int, *, first: date, last: date) -> list[FestivalRow]:
    """Return an organization's festivals from a first to a last day, both inclusive, in time order."""
    calendar = working_days(organization_id)
    rows = db.session.scalars(
        select(Festival)
        .where(Festival.organization_id == organization_id, Festival.on_day.between(first, last))
        .order_by(Festival.on_day, Festival.id)
    )
    return [FestivalRow(row, deadlines.festival_deadline(row.on_day, calendar)) for row in rows]


def marks_between(organization_id: int, *, first: date, last: date) -> list[Mark]:
    """Return an organization's days off and festivals from a first to a last day, both inclusive, in one statement."""
    days = select(Holiday.on_day, Holiday.name, literal("").label("key")).where(
        Holiday.organization_id == organization_id, Holiday.on_day.between(first, last)
    )
    festive = select(Festival.on_day, Festival.name, Festival.key).where(
        Festival.organization_id == organization_id, Festival.on_day.between(first, last)
    )
    marks = union_all(days, festive).subquery()
    return [Mark(*row) for row in db.session.execute(select(*marks.c).order_by(*marks.c))]


def festival_names(organization_id: int) -> dict[str, str]:
    """Return what an organization calls its festivals, by their keys; of several years the newest counts."""
    rows = db.session.execute(
        select(Festival.key, Festival.name)
        .where(Festival.organization_id == organization_id)
        .order_by(Festival.fiscal_year)
    )
    return {row.key: row.name for row in rows}


def removed_days(organization_id: int) -> set[date]:
    """Return the days off that an administrator took out, as the record of changes has them."""
    texts = db.session.scalars(
        select(Change.before).where(
            Change.organization_id == organization_id, Change.kind == ChangeKind.DAY_OFF_REMOVED
        )
    )
    return {kept[0] for text in texts if (kept := days_off.read_kept(text))}
