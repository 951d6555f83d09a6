"""What people do with a task: start, submit, accept, return and the rest of its life."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import OPEN, CannotMove, Placement, ReasonNeeded, Review, Status, check_move
from tracker.extensions import db
from tracker.models import Appointment, Step, StepCheck, Task
from tracker.queries import evidence
from tracker.services import events, locks, states


class OwnSubmission(Refusal):
    """Nobody accepts what they submitted."""

    def __init__(self) -> None:
        super().__init__(N_("You submitted this yourself, so somebody else has to accept it."))


class EvidenceNeeded(Refusal):
    """The measure asks for evidence, and none stands on the task."""

    def __init__(self) -> None:
        super().__init__(N_("This measure needs evidence. Attach a file or a link first, then hand in the result."))


class NotOpen(Refusal):
    """The task no longer takes reports."""

    def __init__(self) -> None:
        super().__init__(
            N_("This task is not open, so nothing can be reported on it. Ask for it to be reopened first.")
        )


def start(*, task: Task, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Record that work has begun.

    :raises CannotMove: if it has begun before
    """
    _lock(task)
    if task.status != Status.NOT_STARTED:
        raise CannotMove(task.status, Status.IN_PROGRESS)
    _move(task, Status.IN_PROGRESS, kind=EventKind.STARTED, by=by, now=now, note=note)


def submit(*, task: Task, by: Appointment, now: datetime, today: date, note: str = "") -> None:
    """
    Hand the result in for review; where the plan has switched review off, that is the end of it.

    :param today: the local day, which decides whether the submission was on time
    :raises CannotMove: if the task is not open
    :raises EvidenceNeeded: if the measure asks for evidence and there is none
    """
    _lock(task)
    check_move(task.status, Status.SUBMITTED)
    if task.measure.needs_evidence and not evidence.count_of(task.id):
        raise EvidenceNeeded()
    task.submitted_on, task.submitted_by_id = today, by.user_id
    task.blocked_reason = ""
    to = Status.DONE if task.plan.review == Review.OFF else Status.SUBMITTED
    _move(task, to, kind=EventKind.SUBMITTED, by=by, now=now, note=note)


def accept(*, task: Task, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Accept a submitted task as done.

    :raises CannotMove: if the task has not been submitted
    :raises OwnSubmission: if the same person submitted it, in whatever position, and the plan does not allow that
    :raises ReasonNeeded: if the plan allows it, but without a reason
    """
    _lock(task)
    check_move(task.status, Status.DONE)
    if task.submitted_by_id == by.user_id:
        if task.plan.review != Review.SELF:
            raise OwnSubmission()
        if not note.strip():
            raise ReasonNeeded()
    _move(task, Status.DONE, kind=EventKind.ACCEPTED, by=by, now=now, note=note)


def complete_by_check(*, task: Task, now: datetime, today: date, note: str) -> None:
    """
    Hand in and accept what the program itself has done, as the clerk chose for the measure; nobody's name stands at it.

    The choice is the acceptance: where the plan reviews, the history shows both steps.

    :param note: which check did it
    :raises CannotMove: if the task is not open
    """
    _lock(task)
    check_move(task.status, Status.SUBMITTED)
    task.submitted_on, task.submitted_by_id, task.blocked_reason = today, None, ""
    if task.plan.review == Review.OFF:
        _move(task, Status.DONE, kind=EventKind.SUBMITTED, by=None, now=now, note=note)
        return
    _move(task, Status.SUBMITTED, kind=EventKind.SUBMITTED, by=None, now=now, note=note)
    _move(task, Status.DONE, kind=EventKind.ACCEPTED, by=None, now=now, note=note)


def return_to_division(*, task: Task, by: Appointment, now: datetime, note: str) -> None:
    """
    Send a submitted task back to the division with a reason.

    :raises CannotMove: if the task has not been submitted
    :raises ReasonNeeded: if the reason is blank
    """
    _take_back(task, Status.SUBMITTED, kind=EventKind.RETURNED, by=by, now=now, note=note, returning=True)


def withdraw(*, task: Task, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Take the division's own submission back to work on it again.

    :raises CannotMove: if the task has not been submitted
    """
    _take_back(task, Status.SUBMITTED, kind=EventKind.WITHDRAWN, by=by, now=now, note=note)


def reopen(*, task: Task, by: Appointment, now: datetime, note: str) -> None:
    """
    Open an accepted task again.

    :raises CannotMove: if the task is not done
    :raises ReasonNeeded: if the reason is blank
    """
    _take_back(task, Status.DONE, kind=EventKind.REOPENED, by=by, now=now, note=note)


def set_not_applicable(*, task: Task, by: Appointment, now: datetime, note: str) -> None:
    """
    Leave a task out of the figures, because it does not apply.

    :raises CannotMove: if the task is not open
    :raises ReasonNeeded: if the reason is blank
    """
    _lock(task)
    check_move(task.status, Status.NOT_APPLICABLE, reason=note)
    task.blocked_reason = ""
    _move(task, Status.NOT_APPLICABLE, kind=EventKind.NOT_APPLICABLE, by=by, now=now, note=note, reason=note)


def set_applicable(*, task: Task, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Count a task again that had been set aside as not applicable.

    :raises CannotMove: if it had not been set aside
    """
    _lock(task)
    check_move(task.status, Status.NOT_STARTED)
    _move(task, Status.NOT_STARTED, kind=EventKind.APPLICABLE, by=by, now=now, note=note)


def block(*, task: Task, by: Appointment, now: datetime, note: str) -> None:
    """
    Say that an open task cannot go on, and why.

    :raises NotOpen: if the task is not open
    :raises ReasonNeeded: if the reason is blank
    """
    _lock(task)
    _check_open(task)
    if not note.strip():
        raise ReasonNeeded()
    task.blocked_reason = note.strip()
    events.record(plan=task.plan, kind=EventKind.BLOCKED, by=by, now=now, task=task, note=note.strip())
    states.keep(tasks=[task], now=now)


def unblock(*, task: Task, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Say that a blocked task can go on; saying it of one that is not blocked changes nothing.

    :raises NotOpen: if the task is not open
    """
    _lock(task)
    _check_open(task)
    if task.blocked_reason:
        task.blocked_reason = ""
        events.record(plan=task.plan, kind=EventKind.UNBLOCKED, by=by, now=now, task=task, note=note)
        states.keep(tasks=[task], now=now)


def tick_steps(
    *, task: Task, ticked: Collection[Step], unticked: Collection[Step], by: Appointment, now: datetime
) -> None:
    """
    Tick some steps and take the tick of others back; every other step stays as it is.

    :raises NotOpen: if the task is not open and a tick would change
    """
    _lock(task)
    checks = {check.step_id: check for check in _checks(task)}
    new = [step for step in ticked if step.id not in checks]
    gone = [step for step in unticked if step.id in checks]
    if not new and not gone:
        return
    _check_open(task)
    for step in new:
        db.session.add(StepCheck(task_id=task.id, step_id=step.id, checked_at=now, checked_by_id=by.id))
        events.record(plan=task.plan, kind=EventKind.STEP_CHECKED, by=by, now=now, task=task, after=str(step.order))
    for step in gone:
        db.session.delete(checks[step.id])
        events.record(plan=task.plan, kind=EventKind.STEP_UNCHECKED, by=by, now=now, task=task, before=str(step.order))


def _take_back(
    task: Task,
    expected: Status,
    *,
    kind: EventKind,
    by: Appointment,
    now: datetime,
    note: str,
    returning: bool = False,
) -> None:
    _lock(task)
    if task.status != expected:
        raise CannotMove(task.status, Status.IN_PROGRESS)
    check_move(task.status, Status.IN_PROGRESS, reason=note, returning=returning)
    task.submitted_on = task.submitted_by_id = None
    reason = "" if kind == EventKind.WITHDRAWN else note
    _move(task, Status.IN_PROGRESS, kind=kind, by=by, now=now, note=note, reason=reason)


def _move(
    task: Task, to: Status, *, kind: EventKind, by: Appointment | None, now: datetime, note: str, reason: str = ""
) -> None:
    before, task.status = task.status, to
    task.status_reason = reason.strip()
    events.record(plan=task.plan, kind=kind, by=by, now=now, task=task, before=before, after=to, note=note.strip())
    states.keep(tasks=[task], now=now)


def _lock(task: Task) -> None:
    """Look at the task as it stands now and hold it, so that of two people only one moves it on."""
    if not locks.is_held(task):
        locks.hold_task(task.id)
    if task.placement == Placement.RETIRED:
        raise NotOpen()


def _check_open(task: Task) -> None:
    if task.status not in OPEN:
        raise NotOpen()


def _checks(task: Task) -> list[StepCheck]:
    return list(db.session.scalars(select(StepCheck).where(StepCheck.task_id == task.id)))
