"""What waits for a reviewer."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Evidence, Plan, StepCheck, Task, TaskReport
from tracker.models.evidence import is_current

MOST = 50


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


def queue(organization_id: int) -> Queue:
    """Return an organization's tasks that wait for review, in two statements whatever the size."""
    waiting = (Task.organization_id == organization_id, Task.status == Status.SUBMITTED)
    evidence = select(func.count()).where(Evidence.task_id == Task.id, is_current()).correlate(Task).scalar_subquery()
    steps = select(func.count()).where(StepCheck.task_id == Task.id).correlate(Task).scalar_subquery()
    rows = db.session.execute(
        select(Task, TaskReport, evidence, steps)
        .outerjoin(TaskReport, TaskReport.task_id == Task.id)
        .join(Task.plan)
        .where(*waiting)
        .options(joinedload(Task.plan), joinedload(Task.measure), joinedload(Task.division))
        .order_by(Plan.fiscal_year.desc(), Task.submitted_on, Task.due_on, Task.id)
        .limit(MOST)
    ).all()
    by_plan: dict[Plan, list[Waiting]] = {}
    for row in rows:
        by_plan.setdefault(row[0].plan, []).append(Waiting(*row))
    count = len(rows)
    if count == MOST:
        count = db.session.scalar(select(func.count()).select_from(Task).where(*waiting)) or 0
    return Queue(count, by_plan)
