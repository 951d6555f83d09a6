"""What divisions reported on their tasks."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.extensions import db
from tracker.models import Appointment, TaskReport


def of_task(task_id: int) -> TaskReport | None:
    """Return a task's report with who saved it last; None where nobody has written one."""
    return db.session.scalar(
        select(TaskReport)
        .where(TaskReport.task_id == task_id)
        .options(joinedload(TaskReport.saved_by).joinedload(Appointment.position))
    )
