"""Filling an organization's calendar from the library of public holidays; people edit it afterwards."""

from sqlalchemy import select

from tracker.extensions import db
from tracker.models import Festival, Holiday, Organization
from tracker.queries import usual_days

LONGEST_NAME = 200


def seed(*, organization: Organization, fiscal_year: int) -> None:
    """Add the days off and festivals of a fiscal year (พ.ศ.) that are not there yet; nothing known is changed."""
    known_days = set(db.session.scalars(select(Holiday.on_day).where(Holiday.organization_id == organization.id)))
    db.session.add_all(
        Holiday(organization_id=organization.id, on_day=day, name=name[:LONGEST_NAME])
        for day, name in usual_days.days_off(fiscal_year).items()
        if day not in known_days
    )
    of_year = (Festival.organization_id == organization.id, Festival.fiscal_year == fiscal_year)
    known_keys = set(db.session.scalars(select(Festival.key).where(*of_year)))
    db.session.add_all(
        Festival(organization_id=organization.id, fiscal_year=fiscal_year, key=key, name=name, on_day=day)
        for key, name, day in usual_days.festivals(fiscal_year)
        if key not in known_keys
    )
    db.session.flush()
