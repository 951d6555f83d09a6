"""Taking back what a person has just done, by a compensating event that brings back the state before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tracker.domain.history import EventKind
from tracker.domain.selection import MOST
from tracker.domain.sentences import N_
from tracker.domain.undoing import UNDOABLE, CannotUndo, check_undo
from tracker.extensions import db
from tracker.models import Appointment, Division, Event, Plan, Task, TaskState
from tracker.models.base import FOREVER
from tracker.services import events, locks, states
from tracker.services.events import Change

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
    before = _states_before(deeds)
    fresh = [deed for deed in deeds if latest[deed.task_id].seq == deed.seq and deed.task_id in before]
    if not deeds:
        raise CannotUndo(N_("There is nothing left to take back."))
    if len({(deed.appointment_id, deed.kind, deed.at) for deed in deeds}) > 1:
        raise CannotUndo(N_("These were done one after another, so they cannot be taken back in one."))
    if all(_is_undone(deed, latest[deed.task_id]) for deed in deeds):
        return Undone(len(deeds), 0)  # the button was pressed twice
    check_undo(done_at=deeds[0].at, now=now, is_own=deeds[0].appointment_id == by.id, is_last=bool(fresh))
    task_ids = [deed.task_id for deed in fresh if deed.task_id]
    restored = [_restore(task, before[task.id], now) for task in locks.hold_tasks(plan, task_ids)]
    undone = [Change(deed.task_id, before=deed.kind, after=str(deed.seq)) for deed in fresh]
    events.record_many(plan=plan, kind=EventKind.UNDONE, changes=undone, by=by, now=now)
    states.keep(tasks=restored, now=now)
    return Undone(len(restored), len(deeds) - len(restored))


def _deeds(plan: Plan, first: int, last: int) -> Sequence[Event]:
    return db.session.scalars(
        select(Event)
        .where(Event.plan_id == plan.id, Event.seq.between(first, min(last, first + MOST - 1)))
        .where(Event.kind.in_(sorted(UNDOABLE)), Event.task_id.is_not(None))
        .order_by(Event.task_id)
    ).all()


def _latest(task_ids: set[int]) -> dict[int | None, Event]:
    newest = select(func.max(Event.id)).where(Event.task_id.in_(task_ids)).group_by(Event.task_id)
    return {event.task_id: event for event in db.session.scalars(select(Event).where(Event.id.in_(newest)))}


def _is_undone(deed: Event, latest: Event) -> bool:
    return latest.kind == EventKind.UNDONE and latest.after == str(deed.seq)


def _states_before(deeds: Sequence[Event]) -> dict[int | None, TaskState]:
    """
    Return the state that each deed ended, by its task.

    A task is left out where its present state is not the deed's own – a moved round or a changed weight came after –,
    and where going back would give it to a division that has been closed.
    """
    task_ids = {deed.task_id for deed in deeds}
    rows = select(TaskState).where(TaskState.task_id.in_(task_ids)).order_by(TaskState.task_id, TaskState.id.desc())
    states_of: dict[int | None, list[TaskState]] = {}
    for state in db.session.scalars(rows.execution_options(populate_existing=True)):
        states_of.setdefault(state.task_id, []).append(state)
    found: dict[int | None, TaskState] = {}
    for deed in deeds:
        newest = states_of.get(deed.task_id, [])[:2]
        if len(newest) == 2 and newest[0].valid_to == FOREVER and newest[0].valid_from <= deed.at:
            found[deed.task_id] = newest[1]
    divisions = {state.division_id for state in found.values()}
    closed = select(Division.id).where(Division.id.in_(divisions), Division.closed_on.is_not(None))
    gone = set(db.session.scalars(closed))
    return {task_id: state for task_id, state in found.items() if state.division_id not in gone}


def _restore(task: Task, state: TaskState, now: datetime) -> Task:
    task.last_event_at = now
    for name in RESTORED:
        setattr(task, name, getattr(state, name))
    return task
