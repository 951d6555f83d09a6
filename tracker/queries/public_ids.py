"""Where things that the open data names by their ids are found, while their plan is open to the public."""

from dataclasses import dataclass

from sqlalchemy import select

from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Measure, Organization, Plan, PublicWindow, Task


@dataclass(frozen=True)
class Named:
    """Under which public address a thing is found, and on the page of which measure."""

    public_name: str
    fiscal_year: int
    measure_id: int | None = None


def find(*, plan_id: int | None = None, measure_id: int | None = None, task_id: int | None = None) -> Named | None:
    """Return where the plan, the measure or the task of this id is found; None where it is not public."""
    wanted = select(Organization, Plan.fiscal_year).join(Plan, Plan.organization_id == Organization.id)
    wanted = wanted.join(PublicWindow, PublicWindow.plan_id == Plan.id).where(PublicWindow.published_at.is_not(None))
    if plan_id is not None:
        rows = wanted.add_columns(Plan.id).where(Plan.id == plan_id)
    elif measure_id is not None:
        rows = wanted.join(Measure, Measure.plan_id == Plan.id).add_columns(Measure.id)
        rows = rows.where(Measure.id == measure_id, Measure.is_retired.is_(False))
    else:
        rows = wanted.join(Task, Task.plan_id == Plan.id).join(Measure, Measure.id == Task.measure_id)
        rows = rows.where(Task.id == task_id, Task.placement != Placement.RETIRED, Measure.is_retired.is_(False))
        rows = rows.add_columns(Measure.id)
    row = db.session.execute(rows).one_or_none()
    if row is None:
        return None
    organization, fiscal_year, of_measure = row
    return Named(organization.public_name, fiscal_year, None if plan_id is not None else of_measure)
