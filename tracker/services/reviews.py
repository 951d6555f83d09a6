"""Reviewing many tasks in one act, and who reviews at all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.history import EventKind
from tracker.domain.sentences import Refusal, Sentence
from tracker.domain.statuses import ReasonNeeded, Review
from tracker.models import Appointment, Plan, Task
from tracker.services import events, locks, tasks


@dataclass(frozen=True)
class Accepted:
    """What became of many tasks: those that are done now, and why the others are not."""

    tasks: Sequence[Task]
    refused: Sequence[tuple[Task, Sentence]]


def accept_many(*, plan: Plan, task_ids: Collection[int], by: Appointment, now: datetime) -> Accepted:
    """Accept those of a plan's tasks that this person may accept; one that cannot be holds none of the others back."""
    accepted: list[Task] = []
    refused: list[tuple[Task, Sentence]] = []
    for task in locks.hold_tasks(plan, task_ids):
        try:
            tasks.accept(task=task, by=by, now=now)  # refuses before it changes anything
            accepted.append(task)
        except Refusal as refusal:
            refused.append((task, refusal.sentence))
    return Accepted(accepted, refused)


def set_review(*, plan: Plan, review: Review, by: Appointment, now: datetime, note: str = "") -> None:
    """
    Say who looks at what the divisions hand in. What waits for review goes on waiting.

    :raises ReasonNeeded: if fewer eyes shall look at it than before, and nothing says why
    """
    locks.hold_plan(plan)
    if plan.review == review:
        return
    if review != Review.REQUIRED and not note.strip():
        raise ReasonNeeded()
    before, plan.review = plan.review, review
    events.record(plan=plan, kind=EventKind.REVIEW_CHANGED, by=by, now=now, before=before, after=review, note=note)
