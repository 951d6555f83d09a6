"""Bringing a plan's tasks into line with its schedules: preview, then apply."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import selectinload

from tracker.domain.generation import Changes, ExistingTask, TaskKey, changes, days_by_slot
from tracker.domain.history import EventKind
from tracker.domain.statuses import OPEN, Placement
from tracker.domain.timeframes import TimeFrame
from tracker.extensions import db
from tracker.models import Appointment, Division, Measure, Plan, Step, Task
from tracker.models.measure import measure_division
from tracker.queries import calendars
from tracker.services import events, locks, states


@dataclass(frozen=True)
class Summary:
    """What a change of schedule does to the tasks, in numbers a person can weigh."""

    added: int
    retired: int
    kept: int
    moved: int

    def __bool__(self) -> bool:
        return any((self.added, self.retired, self.kept, self.moved))


def pending_changes(plan: Plan) -> Changes:
    """Return what would change if the tasks followed the schedules as they stand in this transaction."""
    db.session.flush()
    closed = _closed_divisions(plan)
    wanted = {key: day for key, day in _wanted(plan).items() if key.division not in closed}
    existing = (_existing(task) for task in _tasks(plan) if task.scheduled_division_id not in closed)
    return changes(wanted, existing)


def summary(pending: Changes) -> Summary:
    """Return the change in numbers."""
    return Summary(
        added=len(pending.add) + len(pending.restore),
        retired=len(pending.retire),
        kept=len(pending.keep_outside),
        moved=len(pending.move),
    )


def apply(*, plan: Plan, by: Appointment | None, now: datetime) -> Summary:
    """Make the plan's tasks follow its schedules. Nothing is deleted, and applying twice changes nothing."""
    locks.hold_plan(plan)  # nobody reports on a task between looking and changing
    pending = pending_changes(plan)
    if not pending:
        return summary(pending)
    known = {_key(task): task for task in _tasks(plan)}
    if pending.add:
        db.session.execute(insert(Task.__table__), [_new_task(plan, key, day) for key, day in pending.add.items()])
    for key in pending.retire:
        known[key].placement = Placement.RETIRED
    for key in pending.keep_outside:
        known[key].placement = Placement.OUTSIDE
    for key, day in {**pending.move, **pending.restore}.items():
        _reschedule(known[key], day)
    db.session.flush()
    keys = _changed_keys(pending)
    changed = [task for task in _tasks(plan) if _key(task) in keys]
    states.keep(tasks=changed, now=now)
    told = summary(pending)
    events.record(
        plan=plan,
        kind=EventKind.TASKS_CHANGED,
        by=by,
        now=now,
        after=f"+{told.added} -{told.retired} ={told.kept} >{told.moved}",
    )
    return told


def _wanted(plan: Plan) -> dict[TaskKey, date]:
    festivals = calendars.festivals(plan.organization_id, fiscal_year=plan.fiscal_year)
    wanted: dict[TaskKey, date] = {}
    known: dict[frozenset[TimeFrame], dict[str, date]] = {}
    divisions = _division_ids(plan)
    for measure_id, schedules in _schedules(plan).items():
        if schedules not in known:  # many measures are due at the same times
            known[schedules] = days_by_slot(schedules, rounds=plan.round_dates, festivals=festivals)
        for division_id in divisions.get(measure_id, ()):
            wanted |= {TaskKey(measure_id, division_id, slot): day for slot, day in known[schedules].items()}
    return wanted


def _closed_divisions(plan: Plan) -> set[int]:
    """Return the divisions (ids) for which nothing is planned any more; what was planned for them stays as it was."""
    closed = select(Division.id).where(
        Division.organization_id == plan.organization_id, Division.closed_on.is_not(None)
    )
    return set(db.session.scalars(closed))


def _schedules(plan: Plan) -> dict[int, frozenset[TimeFrame]]:
    """Return the schedules that ask for tasks of each measure (by its id): its steps', or without steps its own."""
    own = {row.id: row.schedule for row in db.session.execute(_OWN, {"plan_id": plan.id})}
    found: dict[int, set[TimeFrame]] = {}
    for row in db.session.execute(_OF_STEPS, {"plan_id": plan.id}):
        found.setdefault(row.measure_id, set()).add(row.own_schedule or own[row.measure_id])
    return {measure_id: frozenset(found.get(measure_id, {schedule})) for measure_id, schedule in own.items()}


def _division_ids(plan: Plan) -> dict[int, list[int]]:
    """Return which divisions (ids) each measure is of."""
    found: dict[int, list[int]] = {}
    for row in db.session.execute(_OF_DIVISIONS, {"plan_id": plan.id}):
        found.setdefault(row.measure_id, []).append(row.division_id)
    return found


# Columns rather than rows of objects: a plan may have thousands of steps.
_IN_PLAN = (Measure.plan_id == bindparam("plan_id"), Measure.is_retired.is_(False))
_OWN = select(Measure.id, Measure.schedule).where(*_IN_PLAN).order_by(Measure.id)
_OF_STEPS = (
    select(Step.measure_id, Step.own_schedule)
    .join(Measure, Measure.id == Step.measure_id)
    .where(*_IN_PLAN, Step.is_retired.is_(False))
)
_OF_DIVISIONS = (
    select(measure_division.c.measure_id, measure_division.c.division_id)
    .join(Measure, Measure.id == measure_division.c.measure_id)
    .where(*_IN_PLAN)
    .order_by(measure_division.c.measure_id, measure_division.c.division_id)
)


def _tasks(plan: Plan) -> list[Task]:
    rows = select(Task).where(Task.plan_id == plan.id).order_by(Task.id).options(selectinload(Task.measure))
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _key(task: Task) -> TaskKey:
    return TaskKey(task.measure_id, task.scheduled_division_id, task.slot)


def _existing(task: Task) -> ExistingTask:
    return ExistingTask(
        _key(task),
        task.scheduled_on,
        task.placement,
        is_touched=task.last_event_at is not None,
        is_open=task.status in OPEN,
    )


def _new_task(plan: Plan, key: TaskKey, day: date) -> dict[str, Any]:
    return {
        "organization_id": plan.organization_id,
        "plan_id": plan.id,
        "measure_id": key.measure,
        "division_id": key.division,
        "scheduled_division_id": key.division,
        "slot": key.slot,
        "due_on": day,
        "scheduled_on": day,
    }


def _reschedule(task: Task, day: date) -> None:
    if task.due_on == task.scheduled_on:  # nobody gave this task a day of its own
        task.due_on = day
    task.scheduled_on = day
    task.placement = Placement.SCHEDULED


def _changed_keys(pending: Changes) -> set[TaskKey]:
    return {*pending.add, *pending.restore, *pending.move, *pending.retire, *pending.keep_outside}
