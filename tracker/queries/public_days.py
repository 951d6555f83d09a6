"""When what the public may know of a plan came about, in a fixed number of statements."""

from typing import Any

from sqlalchemy import Select, func, select

from tracker.domain.history import EventKind
from tracker.domain.public_days import Moments
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Closing, Event, Evidence, Task


def moments(plan_id: int) -> Moments:
    """Return when tasks that are done were last accepted, when evidence became public and when rounds were closed."""
    done = (
        select(Event.task_id, func.max(Event.at))
        .join(Task, Task.id == Event.task_id)
        .where(Event.plan_id == plan_id, Event.after == Status.DONE, Task.status == Status.DONE)
        .where(Event.kind.in_([EventKind.ACCEPTED, EventKind.SUBMITTED]))  # where nobody reviews, that is the end of it
        .group_by(Event.task_id)
    )
    shown = (
        select(Evidence.public_key, Evidence.made_public_at)
        .join(Evidence.task)
        .where(Task.plan_id == plan_id, Evidence.public_key.is_not(None))
    )
    closed = (
        select(Closing.round_on, func.max(Closing.closed_at))
        .where(Closing.plan_id == plan_id)
        .group_by(Closing.round_on)
    )
    return Moments(done=_by_first(done), shown=_by_first(shown), closed=_by_first(closed))


def _by_first(rows: Select[*tuple[Any, ...]]) -> dict[Any, Any]:
    return dict(tuple(row) for row in db.session.execute(rows))
