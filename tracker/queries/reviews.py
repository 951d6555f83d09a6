"""What waits for a reviewer."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.types import TypeEngine

from tracker.domain.statuses import Review, Status
from tracker.extensions import db
from tracker.models import Evidence, Plan, StepCheck, Task, TaskReport
from tracker.models.evidence import is_current

MOST = 50
# The newest plan first, in it what has waited longest.
PLACE: tuple[TypeEngine[Any], ...] = (Integer(), Date(), Date(), Integer())
ORDER = (-Plan.fiscal_year, Task.submitted_on, Task.due_on, Task.id)


@dataclass(frozen=True)
class Waiting:
    """A task that was handed in, with what its division reported; None where it wrote nothing."""

    task: Task
    report: TaskReport | None
    evidence_count: int
    step_count: int  # ticked

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to look at but the hand-in itself."""
        return not (self.evidence_count or self.step_count or (self.report and self.report.result))


@dataclass(frozen=True)
class Queue:
    """How many tasks wait, and the first of them by plan, the longest waiting first."""

    count: int
    by_plan: dict[Plan, list[Waiting]]


def following(task: Task, *, user_id: int) -> int | None:
    """
    Return the id of the task that a person looks at after one that waits: the next of the queue, else its first.

    What the person handed in is passed over where somebody else has to accept it.
    """
    here = (-task.plan.fiscal_year, task.submitted_on, task.due_on, task.id)
    place = tuple_(*(literal(value, type_) for value, type_ in zip(here, PLACE, strict=True)))
    return db.session.scalar(
        select(Task.id)
        .join(Task.plan)
        .where(
            *_waiting(task.organization_id),
            Task.id != task.id,
            or_(Task.submitted_by_id != user_id, Plan.review == Review.SELF),
        )
        .order_by(case((tuple_(*ORDER) > place, 0), else_=1), *ORDER)
        .limit(1)
    )


def queue(organization_id: int) -> Queue:
    """Return an organization's tasks that wait for review, in two statements whatever the size."""
    waiting = _waiting(organization_id)
    evidence = select(func.count()).where(Evidence.task_id == Task.id, is_current()).correlate(Task).scalar_subquery()
    steps = select(func.count()).where(StepCheck.task_id == Task.id).correlate(Task).scalar_subquery()
    rows = db.session.execute(
        select(Task, TaskReport, evidence, steps)
        .outerjoin(TaskReport, TaskReport.task_id == Task.id)
        .join(Task.plan)
        .where(*waiting)
        .options(joinedload(Task.plan), joinedload(Task.measure), joinedload(Task.division))
        .order_by(*ORDER)
        .limit(MOST)
    ).all()
    by_plan: dict[Plan, list[Waiting]] = {}
    for row in rows:
        by_plan.setdefault(row[0].plan, []).append(Waiting(*row))
    count = len(rows)
    if count == MOST:
        count = db.session.scalar(select(func.count()).select_from(Task).where(*waiting)) or 0
    return Queue(count, by_plan)


def _waiting(organization_id: int) -> tuple[ColumnElement[bool], ...]:
    return Task.organization_id == organization_id, Task.status == Status.SUBMITTED
