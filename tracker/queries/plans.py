"""Plans of an organization."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from tracker.domain.calendar import fiscal_year_of
from tracker.extensions import db
from tracker.models import Plan


class Year(NamedTuple):
    """A plan as lists name it: by its fiscal year (พ.ศ.)."""

    id: int
    fiscal_year: int


AnyPlan = TypeVar("AnyPlan", Plan, Year)


def of(organization_id: int) -> Sequence[Plan]:
    """Return the organization's plans with their rounds, newest first."""
    statement = (
        select(Plan)
        .where(Plan.organization_id == organization_id)
        .options(joinedload(Plan.rounds))
        .order_by(Plan.fiscal_year.desc())
    )
    return db.session.scalars(statement).unique().all()


def years(organization_id: int) -> Sequence[Year]:
    """Return which plans an organization has, newest first."""
    return [Year(*row) for row in db.session.execute(_YEARS, {"organization_id": organization_id})]


def of_year(organization_id: int, *, fiscal_year: int) -> Plan | None:
    """Return the organization's plan of a fiscal year (พ.ศ.), if it has one."""
    return db.session.scalar(
        select(Plan).where(Plan.organization_id == organization_id, Plan.fiscal_year == fiscal_year)
    )


def current(plans: Sequence[AnyPlan], *, today: date) -> AnyPlan | None:
    """Return the plan people work on: this fiscal year's, else the newest there is."""
    this_year = (plan for plan in plans if plan.fiscal_year == fiscal_year_of(today))
    return next(this_year, plans[0] if plans else None)


_plan = Plan.__table__.c
_YEARS = (
    select(_plan.id, _plan.fiscal_year)
    .where(_plan.organization_id == bindparam("organization_id"))
    .order_by(_plan.fiscal_year.desc())
)
