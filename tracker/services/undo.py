"""Taking back what a person has just done, by a compensating event that brings back the state before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.domain.history import EventKind
from tracker.domain.undoing import UNDOABLE, check_undo
from tracker.extensions import db
from tracker.models import Appointment, Event, Plan, Task, TaskState
from tracker.models.base import FOREVER
from tracker.services import events, locks, states

MOST = 500  # as many as one act can change
RESTORED = (
    "status", "due_on", "division_id", "position_id", "submitted_on", "submitted_by_id", "status_reason",
    "blocked_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Undone:
    """How many tasks are as they were, and how many stay because somebody has moved them on since."""

    count: int
    moved_on: int


def take_back(*, plan: Plan, first: int, last: int, by: Appointment, now: datetime) -> Undone:
    """
    Undo what one act did: the events from `first` to `last` (seq, both inclusive) of a plan's history.

    Of many tasks, those that somebody has moved on since stay as they are. Asked twice, nothing is left to undo.

    :raises CannotUndo: if it was somebody else's act, too long ago, or every one of its tasks has moved on
    """
    locks.hold_plan(plan)  # nobody adds to the history while it is looked at
    deeds = _deeds(plan, first, last)
    latest = _latest({deed.task_id for deed in deeds if deed.task_id})
    fresh = [deed for deed in deeds if latest[deed.task_id].seq == deed.seq]
    if deeds and all(_is_undone(deed, latest[deed.task_id]) for deed in deeds):
        return Undone(len(deeds), 0)  # the button was pressed twice
    for deed in fresh[:1] or deeds[:1]:
        # One act has one person and one moment, so the first of its deeds speaks for all.
        check_undo(done_at=deed.at, now=now, is_own=_is_own(deeds, by), is_last=bool(fresh))
    task_ids = [deed.task_id for deed in fresh if deed.task_id]
    before = _states_before(task_ids)
    restored = [_restore(task, before[task.id]) for task in locks.hold_tasks(plan, task_ids)]
    for deed, task in zip(fresh, restored, strict=True):
        events.record(
            plan=plan, kind=EventKind.UNDONE, by=by, now=now, task=task, before=deed.kind, after=str(deed.seq)
        )
    if restored:
        states.keep(tasks=restored, now=now)
    return Undone(len(restored), len(deeds) - len(restored))


def _deeds(plan: Plan, first: int, last: int) -> Sequence[Event]:
    return db.session.scalars(
        select(Event)
        .where(Event.plan_id == plan.id, Event.seq.between(first, min(last, first + MOST)))
        .where(Event.kind.in_(sorted(UNDOABLE)), Event.task_id.is_not(None))
        .options(joinedload(Event.by))
        .order_by(Event.task_id)
    ).all()


def _latest(task_ids: set[int]) -> dict[int | None, Event]:
    newest = select(func.max(Event.id)).where(Event.task_id.in_(task_ids)).group_by(Event.task_id)
    return {event.task_id: event for event in db.session.scalars(select(Event).where(Event.id.in_(newest)))}


def _is_undone(deed: Event, latest: Event) -> bool:
    return latest.kind == EventKind.UNDONE and latest.after == str(deed.seq)


def _is_own(deeds: Sequence[Event], by: Appointment) -> bool:
    return all(deed.by is not None and deed.by.user_id == by.user_id for deed in deeds)


def _states_before(task_ids: Sequence[int]) -> dict[int, TaskState]:
    newest = (
        select(func.max(TaskState.id))
        .where(TaskState.task_id.in_(task_ids), TaskState.valid_to < FOREVER)
        .group_by(TaskState.task_id)
    )
    found = db.session.scalars(
        select(TaskState).where(TaskState.id.in_(newest)).execution_options(populate_existing=True)
    )
    return {state.task_id: state for state in found}


def _restore(task: Task, state: TaskState) -> Task:
    for name in RESTORED:
        setattr(task, name, getattr(state, name))
    return task
