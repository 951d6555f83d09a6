"""Working days and festivals of an organization."""

from datetime import date

from sqlalchemy import select

from tracker.domain import deadlines
from tracker.domain.calendar import Calendar
from tracker.extensions import db
from tracker.models import Festival, Holiday
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
