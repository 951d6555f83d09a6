"""What happened, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.domain.history import EventKind
from tracker.extensions import db
from tracker.models import Appointment, Event, Task

TEXT_KINDS = frozenset({EventKind.RESULT_WRITTEN, EventKind.OBSTACLES_WRITTEN, EventKind.SUGGESTIONS_WRITTEN})


@dataclass(frozen=True)
class Told:
    """One event of a task, with the text that its own replaced where it wrote one."""

    event: Event
    replaced: str = ""


def of_task(task: Task) -> Sequence[Told]:
    """Return what happened to a task, newest first, with who did it."""
    events = db.session.scalars(
        select(Event)
        .where(Event.task_id == task.id)
        .options(joinedload(Event.by).joinedload(Appointment.position))
        .order_by(Event.seq)
    )
    told: list[Told] = []
    texts: dict[EventKind, str] = {}
    for event in events:
        told.append(Told(event, texts.get(event.kind, "")))
        if event.kind in TEXT_KINDS:
            texts[event.kind] = event.note
    return told[::-1]


def of_plan(plan_id: int, *, kind: EventKind, limit: int = 20) -> Sequence[Event]:
    """Return the latest events of one kind in a plan's history, newest first, with who did it."""
    return db.session.scalars(
        select(Event)
        .where(Event.plan_id == plan_id, Event.kind == kind)
        .options(joinedload(Event.by).joinedload(Appointment.position))
        .order_by(Event.seq.desc())
        .limit(limit)
    ).all()


def last_of_task(task_id: int) -> Event | None:
    """Return the last thing that happened to a task, with who did it."""
    return db.session.scalar(
        select(Event).where(Event.task_id == task_id).options(joinedload(Event.by)).order_by(Event.seq.desc()).limit(1)
    )


class Deed(NamedTuple):
    """One event of a task: in which appointment what was done, and whose the task is now."""

    appointment_id: int | None
    kind: EventKind
    division_id: int


def deed(plan_id: int, *, seq: int) -> Deed | None:
    """Return the deed with this number in a plan's history; None where there is none or it was about no task."""
    row = db.session.execute(
        select(Event.appointment_id, Event.kind, Task.division_id)
        .join(Task, Task.id == Event.task_id)
        .where(Event.plan_id == plan_id, Event.seq == seq)
    ).one_or_none()
    return Deed(*row) if row else None
