"""How many tasks stand how at this moment, so that nobody counts a million of them to open a page."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import db
from tracker.models.base import Moment
from tracker.models.measure import Measure
from tracker.models.organization import Division
from tracker.models.plan import Plan


class TaskCount(db.Model):
    """
    The current states of the tasks of one measure in one division towards one deadline, counted.

    Derived from `TaskState` and kept right in the transaction that changes one; `flask audit verify` counts again. The
    columns are those of `Progress` that need no day; `changed_at` is when they last changed.
    """

    __table_args__ = {"sqlite_with_rowid": False}  # the key is the table: a plan's counts lie side by side

    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id), primary_key=True)
    division_id: Mapped[int] = mapped_column(ForeignKey(Division.id), primary_key=True)
    indicator: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    not_started: Mapped[int]
    in_progress: Mapped[int]
    submitted: Mapped[int]
    done: Mapped[int]
    not_applicable: Mapped[int]
    done_on_time: Mapped[int]
    weight: Mapped[int]
    done_weight: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
