"""Tasks, what was true of them from when to when, and their ticked steps."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from tracker.domain import lateness
from tracker.domain.statuses import OPEN, Placement, Status
from tracker.extensions import db
from tracker.models.base import FOREVER, ExactDecimal, Moment, word
from tracker.models.measure import Measure, Step
from tracker.models.organization import Division, Organization
from tracker.models.plan import Plan
from tracker.models.position import Appointment, Position


def _where(condition: str) -> dict[str, Any]:
    """Return the options of an index of some rows only: the few that a list asks for."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


OWED = "status IN ('in_progress', 'not_started')"


class Task(db.Model):
    """
    What one division owes on one deadline of a measure.

    `slot` names the occurrence and never changes. `due_on` is the last good day and `division_id` who owes it; both
    may be moved. `scheduled_on` and `scheduled_division_id` are what the schedule gives, so that a task stays where a
    person put it.
    """

    __table_args__ = (
        UniqueConstraint("measure_id", "scheduled_division_id", "slot"),
        CheckConstraint("submitted_by_id IS NULL OR submitted_on IS NOT NULL", name="submitted_pair"),
        CheckConstraint("status NOT IN ('submitted', 'done') OR submitted_on IS NOT NULL", name="submitted_when_done"),
        # A page of the list is read off one of these in its order (due_on, id), whatever it is narrowed to. The first
        # carries what most filters ask, so that tasks that do not match are passed over without being looked up.
        Index("ix_task_plan_due", "plan_id", "due_on", "id", "status", "placement"),
        Index("ix_task_status_due", "plan_id", "status", "due_on", "id", "placement"),
        Index("ix_task_division_due", "division_id", "plan_id", "due_on", "id"),
        Index("ix_task_measure_due", "measure_id", "due_on", "id"),
        Index("ix_task_blocked", "plan_id", "due_on", "id", **_where("blocked_reason <> ''")),
        # What reminders ask for beside the deadline: tasks in work that nobody touches.
        Index("ix_task_idle", "plan_id", "last_event_at", **_where("status = 'in_progress'")),
        # And for the deadlines themselves: what a division still owes, so that what is done is not even looked at.
        Index("ix_task_owed", "division_id", "plan_id", "due_on", **_where(OWED)),
        Index("ix_task_outside", "plan_id", "due_on", "id", "placement", **_where("placement = 'outside'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id))
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    division_id: Mapped[int] = mapped_column(ForeignKey(Division.id))
    scheduled_division_id: Mapped[int] = mapped_column(ForeignKey(Division.id))
    position_id: Mapped[int | None] = mapped_column(
        ForeignKey(Position.id), index=True
    )  # None: the division sorts it out
    slot: Mapped[str]
    due_on: Mapped[date]
    scheduled_on: Mapped[date]
    placement: Mapped[Placement] = mapped_column(word(Placement), default=Placement.SCHEDULED)
    status: Mapped[Status] = mapped_column(word(Status), default=Status.NOT_STARTED)
    status_reason: Mapped[str] = mapped_column(default="")  # why it was returned, opened again or set aside
    blocked_reason: Mapped[str] = mapped_column(default="")
    submitted_on: Mapped[date | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None though handed in: the program
    last_event_at: Mapped[datetime | None] = mapped_column(Moment)  # None: nobody ever touched it

    plan: Mapped[Plan] = relationship()
    measure: Mapped[Measure] = relationship()
    division: Mapped[Division] = relationship(foreign_keys=division_id)
    position: Mapped[Position | None] = relationship()
    checks: Mapped[list["StepCheck"]] = relationship(back_populates="task")

    @property
    def takes_reports(self) -> bool:
        """Whether the division may still report on it, attach evidence and hand it in."""
        return self.status in OPEN and self.placement != Placement.RETIRED

    def is_overdue(self, today: date) -> bool:
        """Return whether the division is late with it."""
        return lateness.is_overdue(status=self.status, due_on=self.due_on, today=today)

    def days_left(self, today: date) -> int:
        """Return the days until the last good day, negative once it has passed."""
        return lateness.days_left(due_on=self.due_on, today=today)


class TaskState(db.Model):
    """
    What was true of a task from `valid_from` (inclusive) to `valid_to` (exclusive).

    Any figure as of a moment is one range predicate over these rows, not a replay of the history. Everything that a
    person's move changes is here, so that the state before it is what undoing it brings back.
    """

    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="runs_forward"),
        # Covers every figure of a plan as of a day, so that the rows themselves are never read.
        Index(
            "ix_task_state_figures",
            "plan_id", "valid_to", "valid_from", "indicator", "division_id", "measure_id", "status", "due_on",
            "submitted_on", "weight",
        ),
        # A page of the list as of a day is read off this in its order, what was true on other days passed over.
        Index(
            "ix_task_state_due",
            "plan_id", "due_on", "task_id", "valid_to", "valid_from", "status", "division_id", "measure_id",
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey(Plan.id))
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    indicator: Mapped[int]
    division_id: Mapped[int] = mapped_column(ForeignKey(Division.id))
    status: Mapped[Status] = mapped_column(word(Status))
    due_on: Mapped[date]
    submitted_on: Mapped[date | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    position_id: Mapped[int | None] = mapped_column(ForeignKey(Position.id))
    status_reason: Mapped[str] = mapped_column(default="")
    blocked_reason: Mapped[str] = mapped_column(default="")
    weight: Mapped[int]
    valid_from: Mapped[datetime] = mapped_column(Moment)
    valid_to: Mapped[datetime] = mapped_column(Moment, default=FOREVER)


class StepCheck(db.Model):
    """A step that the division has ticked on a task."""

    __table_args__ = (UniqueConstraint("task_id", "step_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey(Step.id))
    checked_at: Mapped[datetime] = mapped_column(Moment)
    checked_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))

    task: Mapped[Task] = relationship(back_populates="checks")


class TaskReport(db.Model):
    """
    What the division says came of a task: what the follow-up report prints.

    `revision` counts the saves, so that two people who write at once are told of each other.
    """

    __table_args__ = (CheckConstraint("revision >= 1", name="revision_counts"),)

    task_id: Mapped[int] = mapped_column(ForeignKey(Task.id), primary_key=True)
    result: Mapped[str] = mapped_column(default="")
    obstacles: Mapped[str] = mapped_column(default="")
    suggestions: Mapped[str] = mapped_column(default="")
    budget: Mapped[Decimal | None] = mapped_column(ExactDecimal)  # baht; 0: none used, None: not said yet
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey(Appointment.id))

    saved_by: Mapped[Appointment] = relationship()


def still_open() -> ColumnElement[bool]:
    """Return, in the words of the index of such tasks and thus found by it, whether a division still owes a task."""
    return Task.status.in_(bindparam("open", sorted(OPEN), expanding=True, literal_execute=True))


def is_blocked() -> ColumnElement[bool]:
    """Return, in the words of their index and thus found by it, whether an obstacle stands on an open task."""
    reason = Task.blocked_reason != bindparam("unblocked", "", literal_execute=True)
    # "In" would be looked up status by status instead; what is no "in" is passed over.
    return and_(reason, Task.status.not_in(sorted(set(Status) - OPEN)))


def in_work(
    state: type[Task] | ReadOnlyColumnCollection[str, Any], today: date | BindParameter[date]
) -> ColumnElement[bool]:
    """Return, in the words of their index, whether a task is worked on and not due yet: what is late is late."""
    status: BindParameter[Status] = bindparam("in_work", Status.IN_PROGRESS, literal_execute=True)
    return and_(state.status == status, state.due_on >= today)


def overdue(state: type[Task] | type[TaskState], today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return `lateness.is_overdue` as SQL over a task's row or state."""
    return and_(state.status.in_(sorted(OPEN)), state.due_on < today)
