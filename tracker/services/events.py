"""Appending to a plan's history, and checking that nobody rewrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm.attributes import set_committed_value

from tracker.domain.history import Entry, EventKind, chained_hash, digest
from tracker.extensions import db
from tracker.models import Appointment, Event, Plan, Task
from tracker.services import chains, locks


def record(
    *,
    plan: Plan,
    kind: EventKind,
    by: Appointment | None,
    now: datetime,
    task: Task | None = None,
    before: str = "",
    after: str = "",
    note: str = "",
) -> int:
    """
    Append what happened to the plan's history and return its `seq`.

    The plan's head row stays locked until the transaction ends; what else changes in the task is written with it.
    """
    if task:
        task.last_event_at = now
    change = Change(task.id if task else None, before, after)
    return record_many(plan=plan, kind=kind, changes=[change], by=by, now=now, note=note)[0]


@dataclass(frozen=True)
class Change:
    """What one event says of a task: how it was and how it is now, in the words of the history."""

    task_id: int | None
    before: str = ""
    after: str = ""


def record_many(
    *, plan: Plan, kind: EventKind, changes: Sequence[Change], by: Appointment | None, now: datetime, note: str = ""
) -> range:
    """
    Append the same kind of thing for many tasks, chained in order and inserted at once; return the events' `seq`s.

    The caller sets `last_event_at` of the tasks with whatever else changes in them.
    """
    locks.hold_plan(plan)
    rows = [_chained(plan, change, kind=kind, by=by, now=now, note=note) for change in changes]
    if rows:
        db.session.execute(_INSERT, rows)
        db.session.execute(_HEAD, {"plan_id": plan.id, "seq": plan.last_seq, "hash": plan.last_hash})
    return range(plan.last_seq - len(rows) + 1, plan.last_seq + 1)


def _chained(
    plan: Plan, change: Change, *, kind: EventKind, by: Appointment | None, now: datetime, note: str
) -> dict[str, Any]:
    """Return the next row of the plan's history, and let the plan's head point to it."""
    previous = plan.last_hash
    entry = Entry(
        plan_id=plan.id,
        seq=plan.last_seq + 1,
        at=now,
        appointment_id=by.id if by else None,
        kind=kind,
        task_id=change.task_id,
        before=change.before,
        after=change.after,
        note_digest=digest(note),
    )
    set_committed_value(plan, "last_seq", entry.seq)
    set_committed_value(plan, "last_hash", chained_hash(entry, previous=previous))
    return vars(entry) | {"note": note, "previous_hash": previous, "hash": plan.last_hash}


# Of the tables rather than the entities, and built once: this runs with every change of a task.
_plan = Plan.__table__
_INSERT = insert(Event.__table__)
_HEAD = (
    update(_plan)
    .where(_plan.c.id == bindparam("plan_id"))
    .values(last_seq=bindparam("seq"), last_hash=bindparam("hash"))
)


@dataclass(frozen=True)
class Break:
    """The first row of a history that is not what was written."""

    plan: Plan
    seq: int
    event_id: int | None  # None: rows are missing at the end


def first_break(plan: Plan) -> Break | None:
    """Return the first row that was changed, taken out or put in; None when the history is whole."""
    rows = select(Event).where(Event.plan_id == plan.id).order_by(Event.seq)
    found = chains.first_break(rows, head=plan, is_as_written=_is_as_written)
    return Break(plan, found.seq, found.row_id) if found else None


def _is_as_written(event: Event) -> bool:
    entry = Entry(
        plan_id=event.plan_id,
        seq=event.seq,
        at=event.at,
        appointment_id=event.appointment_id,
        kind=event.kind,
        task_id=event.task_id,
        before=event.before,
        after=event.after,
        note_digest=event.note_digest,
    )
    return digest(event.note) == event.note_digest and event.hash == chained_hash(entry, previous=event.previous_hash)
