"""The public's windows as the clerk sees them: whether they are open, what would be shown, what is worth a look."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from tracker.domain.history import EventKind
from tracker.domain.statuses import Placement
from tracker.extensions import db
from tracker.models import Appointment, Division, Event, Evidence, Measure, Plan, PublicWindow, Task
from tracker.models.evidence import is_current

MOST_EVIDENCE = 50  # on a page
HISTORY = (EventKind.WINDOW_OPENED, EventKind.WINDOW_CHANGED, EventKind.WINDOW_CLOSED)
MOST_HISTORY = 30


def of_plan(plan: Plan) -> PublicWindow:
    """Return the window on a plan as it stands; before anybody settled anything, one with the usual settings."""
    return db.session.get(PublicWindow, plan.id) or usual(plan)


def usual(plan: Plan) -> PublicWindow:
    """Return a closed window with the usual settings; it is in no database."""
    return PublicWindow(
        plan_id=plan.id,
        organization_id=plan.organization_id,
        shows_results=True,
        shows_obstacles=False,
        takes_feedback=False,
    )


def of_organization(organization_id: int) -> dict[int, PublicWindow]:
    """Return the windows that were ever settled, by their plans' ids."""
    rows = db.session.scalars(select(PublicWindow).where(PublicWindow.organization_id == organization_id))
    return {row.plan_id: row for row in rows}


def is_any_open(organization_id: int) -> bool:
    """Return whether the public sees anything of an organization."""
    opened = select(PublicWindow.plan_id).where(
        PublicWindow.organization_id == organization_id, PublicWindow.published_at.is_not(None)
    )
    return db.session.scalar(opened.limit(1)) is not None


def history(plan_id: int) -> Sequence[Event]:
    """Return who opened, changed and closed the window when, the latest first."""
    return db.session.scalars(
        select(Event)
        .where(Event.plan_id == plan_id, Event.kind.in_(HISTORY))
        .options(joinedload(Event.by).joinedload(Appointment.position))
        .order_by(Event.seq.desc())
        .limit(MOST_HISTORY)
    ).all()


def evidence(plan_id: int, *, page: int, is_public: bool | None = None) -> Sequence[Evidence]:
    """
    Return a page of what stands on a plan's tasks, by indicator, measure and deadline.

    :param is_public: only what is public, or is not
    """
    task = joinedload(Evidence.task)
    return db.session.scalars(
        select(Evidence)
        .join(Evidence.task)
        .join(Task.measure)
        .join(Division, Division.id == Task.division_id)
        .where(*_shown_of(plan_id), *_marked(is_public))
        .options(joinedload(Evidence.file), task.options(joinedload(Task.measure), joinedload(Task.division)))
        .order_by(Measure.indicator, Measure.id, Task.due_on, Division.order, Evidence.id)
        .limit(MOST_EVIDENCE)
        .offset((page - 1) * MOST_EVIDENCE)
    ).all()


def count_evidence(plan_id: int) -> tuple[int, int]:
    """Return how many pieces of evidence are public, and how many there are."""
    counted = select(func.count(Evidence.public_key), func.count(Evidence.id)).join(Evidence.task).join(Task.measure)
    public, everything = db.session.execute(counted.where(*_shown_of(plan_id))).one()
    return public, everything


def chosen_evidence(plan_id: int, ids: Collection[int]) -> Sequence[Evidence]:
    """Return those of these pieces that stand on a plan's tasks, with their files and tasks."""
    return db.session.scalars(
        select(Evidence)
        .join(Evidence.task)
        .join(Task.measure)
        .where(*_shown_of(plan_id), Evidence.id.in_(ids))
        .options(joinedload(Evidence.file), joinedload(Evidence.task))
        .order_by(Evidence.id)
    ).all()


def _shown_of(plan_id: int) -> tuple[ColumnElement[bool], ...]:
    in_plan = (Task.plan_id == plan_id, Task.placement != Placement.RETIRED, Measure.is_retired.is_(False))
    return (*in_plan, is_current())


def _marked(is_public: bool | None) -> tuple[ColumnElement[bool], ...]:
    if is_public is None:
        return ()
    return (Evidence.public_key.is_not(None) if is_public else Evidence.public_key.is_(None),)
