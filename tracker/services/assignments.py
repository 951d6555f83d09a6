"""Many tasks at once: move their deadline, give them to somebody, set them aside. Each is one event of its task."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from tracker.domain.calendar import first_day, last_day
from tracker.domain.history import EventKind
from tracker.domain.permissions import MAY, Act
from tracker.domain.selection import MOST, hindrance
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import ReasonNeeded, Status
from tracker.extensions import db
from tracker.models import Appointment, Division, Plan, Position, Task
from tracker.services import events, locks, states
from tracker.services.events import Change


class TooMany(Refusal):
    """More than anybody could have looked through."""

    def __init__(self) -> None:
        super().__init__(N_("At most %(count)s tasks can be changed at once. Narrow the list first."), count=MOST)


class OutsideYear(Refusal):
    """A deadline that is probably mistyped: it lies neither in the plan's year nor in the next."""

    def __init__(self, fiscal_year: int) -> None:
        super().__init__(
            N_("A deadline of this plan lies in fiscal year %(year)s or %(next)s. Look at the year you wrote."),
            year=fiscal_year,
            next=fiscal_year + 1,
        )


class NotReporting(Refusal):
    """Tasks are given to those who report for a division."""

    def __init__(self) -> None:
        super().__init__(N_("This position does not report for a division, so no task can be given to it."))


class ClosedDivision(Refusal):
    """A division that was closed takes nothing new."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s is closed, so no task can be given to it."), name=name)


def move_deadlines(
    *, plan: Plan, ids: Collection[int], due_on: date, by: Appointment, now: datetime, note: str = ""
) -> range:
    """
    Move the deadline of a plan's open tasks; those that are not open, or due that day already, stay as they are.

    :return: the `seq`s of the events, one a task that was moved
    :raises TooMany: if more are asked for than a person can look through
    :raises OutsideYear: if the day lies neither in the plan's fiscal year nor in the next
    """
    check_day(plan, due_on)
    return _change(
        plan,
        ids,
        {"due_on": due_on},
        kind=EventKind.DUE_MOVED,
        said=lambda task: task.due_on.isoformat(),
        becomes=due_on.isoformat(),
        by=by,
        now=now,
        note=note,
    )


def assign(
    *,
    plan: Plan,
    ids: Collection[int],
    division: Division,
    position: Position | None = None,
    by: Appointment,
    now: datetime,
    note: str = "",
) -> range:
    """
    Give a plan's open tasks to a division as a whole, or to one of its positions; where they were planned for stays.

    :return: the `seq`s of the events, one a task that was given to somebody else
    :raises TooMany: if more are asked for than a person can look through
    :raises ClosedDivision: if the division takes nothing new
    :raises NotReporting: if the position does not report for this division
    """
    locks.hold_plan(plan)  # who closes the division holds it too
    db.session.refresh(division, ["closed_on"])
    if division.closed_on is not None:
        raise ClosedDivision(division.name)
    if position is not None and (position.division_id != division.id or position.role not in MAY[Act.REPORT]):
        raise NotReporting()
    return _change(
        plan,
        ids,
        {"division_id": division.id, "position_id": position.id if position else None},
        kind=EventKind.ASSIGNED,
        said=lambda task: _who(task.division, task.position),
        becomes=_who(division, position),
        by=by,
        now=now,
        note=note,
    )


def set_not_applicable_many(*, plan: Plan, ids: Collection[int], by: Appointment, now: datetime, note: str) -> range:
    """
    Leave a plan's open tasks out of the figures, because they do not apply.

    :return: the `seq`s of the events, one a task that was set aside
    :raises TooMany: if more are asked for than a person can look through
    :raises ReasonNeeded: if the reason is blank
    """
    if not note.strip():
        raise ReasonNeeded()
    return _change(
        plan,
        ids,
        {"status": Status.NOT_APPLICABLE, "status_reason": note.strip(), "blocked_reason": ""},
        kind=EventKind.NOT_APPLICABLE,
        said=lambda task: task.status,
        becomes=Status.NOT_APPLICABLE,
        by=by,
        now=now,
        note=note,
    )


def check_day(plan: Plan, due_on: date) -> None:
    """
    Refuse a deadline that is probably mistyped.

    :raises OutsideYear: if the day lies neither in the plan's fiscal year nor in the next
    """
    if not first_day(plan.fiscal_year) <= due_on <= last_day(plan.fiscal_year + 1):
        raise OutsideYear(plan.fiscal_year)


def _change(
    plan: Plan,
    ids: Collection[int],
    values: dict[str, Any],
    *,
    kind: EventKind,
    said: Callable[[Task], str],
    becomes: str,
    by: Appointment,
    now: datetime,
    note: str,
) -> range:
    """Give every task that can take them the same values: one look, one change, one insert of events."""
    if len(ids) > MOST:
        raise TooMany()
    tasks = [task for task in locks.hold_tasks(plan, ids) if _takes(task, values)]
    changes = [Change(task.id, before=said(task), after=becomes) for task in tasks]
    if not tasks:
        return range(0)
    _set(tasks, {**values, "last_event_at": now})
    seqs = events.record_many(plan=plan, kind=kind, changes=changes, by=by, now=now, note=note.strip())
    states.keep(tasks=tasks, now=now)
    return seqs


def _takes(task: Task, values: dict[str, Any]) -> bool:
    is_same = all(getattr(task, name) == value for name, value in values.items())
    return hindrance(status=task.status, placement=task.placement, is_same=is_same) is None


def _set(tasks: Sequence[Task], values: dict[str, Any]) -> None:
    chosen = Task.id.in_([task.id for task in tasks])
    db.session.execute(update(Task).where(chosen).values(values), execution_options={"synchronize_session": "evaluate"})
    for task in tasks:
        db.session.expire(task, ["division", "position"])  # what was loaded is who had it before


def _who(division: Division, position: Position | None) -> str:
    return f"{division.name} · {position.title}" if position else division.name
