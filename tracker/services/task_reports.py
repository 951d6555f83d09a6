"""Writing down what came of a task: the texts, the money and the ticked steps that the follow-up report prints."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import OPEN, Status
from tracker.extensions import db
from tracker.models import Appointment, Step, Task, TaskReport
from tracker.services import events, locks, tasks

TEXTS = {
    "result": EventKind.RESULT_WRITTEN,
    "obstacles": EventKind.OBSTACLES_WRITTEN,
    "suggestions": EventKind.SUGGESTIONS_WRITTEN,
}


@dataclass(frozen=True)
class ReportText:
    """A report as the division wants it to read."""

    result: str = ""
    obstacles: str = ""
    suggestions: str = ""
    budget: Decimal | None = None  # baht; 0: none used, None: not said yet

    @classmethod
    def of(cls, report: TaskReport | None) -> "ReportText":
        """Return what is saved; nothing where nobody has written yet."""
        if report is None:
            return cls()
        return cls(report.result, report.obstacles, report.suggestions, report.budget)


class SavedSince(Refusal):
    """Somebody saved another text since this one was begun: another person, or the same in a second tab."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Somebody has saved this report since you opened it. Yours is still in the fields and the saved text "
                "stands beside it. Save again to replace it."
            )
        )


def save(
    *,
    task: Task,
    text: ReportText,
    basis: int,
    by: Appointment,
    now: datetime,
    ticked: Collection[Step] = (),
    unticked: Collection[Step] = (),
) -> bool:
    """
    Save a report and its ticks, and return whether anything changed. Work that is reported on has begun.

    :param basis: the revision that the person began from, 0 when there was none
    :raises NotOpen: if the task takes no reports and something would change
    :raises SavedSince: if another text was saved since
    """
    held = task if locks.is_held(task) else locks.hold_task(task.id)
    assert held is not None, "the caller has the task"
    report = db.session.get(TaskReport, task.id, populate_existing=True)
    saved = ReportText.of(report)
    if text != saved and basis != (report.revision if report else 0):
        raise SavedSince()
    before = task.plan.last_seq
    tasks.tick_steps(task=task, ticked=ticked, unticked=unticked, by=by, now=now)
    if text != saved:
        _write(task, report, saved, text, by=by, now=now)
    has_changed = task.plan.last_seq > before
    if has_changed and task.status == Status.NOT_STARTED:
        tasks.start(task=task, by=by, now=now)
    return has_changed


def is_saved(task: Task, text: ReportText, *, ticked: Collection[Step], unticked: Collection[Step]) -> bool:
    """Return whether saving this would change nothing."""
    return not ticked and not unticked and text == ReportText.of(db.session.get(TaskReport, task.id))


def _write(
    task: Task, report: TaskReport | None, saved: ReportText, text: ReportText, *, by: Appointment, now: datetime
) -> None:
    if task.status not in OPEN:
        raise tasks.NotOpen()
    for name, kind in TEXTS.items():
        if getattr(text, name) != getattr(saved, name):
            events.record(plan=task.plan, kind=kind, by=by, now=now, task=task, note=getattr(text, name))
    if text.budget != saved.budget:
        amounts = {"before": _amount(saved.budget), "after": _amount(text.budget)}
        events.record(plan=task.plan, kind=EventKind.BUDGET_STATED, by=by, now=now, task=task, **amounts)
    report = report or TaskReport(task_id=task.id, revision=0)
    report.revision += 1
    report.saved_at, report.saved_by_id = now, by.id
    for name, value in vars(text).items():
        setattr(report, name, value)
    db.session.add(report)
    db.session.flush()


def _amount(budget: Decimal | None) -> str:
    return "" if budget is None else str(budget)
