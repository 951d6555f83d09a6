"""Plans of an organization."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.domain.calendar import fiscal_year_of
from tracker.extensions import db
from tracker.models import Plan


def of(organization_id: int) -> Sequence[Plan]:
    """Return the organization's plans with their rounds, newest first."""
    statement = (
        select(Plan)
        .where(Plan.organization_id == organization_id)
        .options(joinedload(Plan.rounds))
        .order_by(Plan.fiscal_year.desc())
    )
    return db.session.scalars(statement).unique().all()


def of_year(organization_id: int, *, fiscal_year: int) -> Plan | None:
    """Return the organization's plan of a fiscal year (พ.ศ.), if it has one."""
    return db.session.scalar(
        select(Plan).where(Plan.organization_id == organization_id, Plan.fiscal_year == fiscal_year)
    )


def current(plans: Sequence[Plan], *, today: date) -> Plan | None:
    """Return the plan people work on: this fiscal year's, else the newest there is."""
    this_year = [plan for plan in plans if plan.fiscal_year == fiscal_year_of(today)]
    return next(iter([*this_year, *plans]), None)
