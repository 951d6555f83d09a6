"""What the page of a task offers: each move of its life, who may make it and the service that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import generate_csrf

from tracker.domain.history import EventKind
from tracker.domain.permissions import OWN_DIVISION, Act
from tracker.domain.statuses import OPEN, Placement, Review, Status
from tracker.models import Appointment, Task
from tracker.queries import histories
from tracker.services import tasks
from tracker.web import access
from tracker.web.forms.tasks import NOTE_LENGTH


@dataclass(frozen=True)
class Move:
    """One button on the page of a task."""

    label: Any
    done: Any  # what the page says afterwards
    act: Act
    verb: Callable[..., None]
    kind: EventKind
    statuses: frozenset[Status]
    needs_note: bool = False
    is_main: bool = False
    is_dated: bool = False  # the verb wants to know the local day

    def done_of(self, task: Task) -> str:
        """Return what the page says once it is done: which task, and where it stands now."""
        said = (
            gettext("Handed in and done.")
            if self.kind == EventKind.SUBMITTED and task.status == Status.DONE
            else self.done
        )
        return f"{said} {task.measure.title}"


MOVES = {
    "start": Move(
        lazy_gettext("Work has begun"), lazy_gettext("Noted: work has begun."),
        Act.REPORT, tasks.start, EventKind.STARTED, frozenset({Status.NOT_STARTED}), is_main=True,
    ),
    "submit": Move(
        lazy_gettext("Hand in the result"), lazy_gettext("Handed in. It now waits for review."),
        Act.REPORT, tasks.submit, EventKind.SUBMITTED, OPEN, is_main=True, is_dated=True,
    ),
    "withdraw": Move(
        lazy_gettext("Take it back to work on it"), lazy_gettext("Taken back. You can go on working on it."),
        Act.REPORT, tasks.withdraw, EventKind.WITHDRAWN, frozenset({Status.SUBMITTED}),
    ),
    "accept": Move(
        lazy_gettext("Accept as done"), lazy_gettext("Accepted as done."),
        Act.REVIEW, tasks.accept, EventKind.ACCEPTED, frozenset({Status.SUBMITTED}), is_main=True,
    ),
    "return": Move(
        lazy_gettext("Return to the division"), lazy_gettext("Returned to the division."),
        Act.REVIEW, tasks.return_to_division, EventKind.RETURNED, frozenset({Status.SUBMITTED}), needs_note=True,
    ),
    "reopen": Move(
        lazy_gettext("Open again"), lazy_gettext("Opened again."),
        Act.REVIEW, tasks.reopen, EventKind.REOPENED, frozenset({Status.DONE}), needs_note=True,
    ),
    "block": Move(
        lazy_gettext("Report an obstacle"), lazy_gettext("The obstacle is noted."),
        Act.REPORT, tasks.block, EventKind.BLOCKED, OPEN, needs_note=True,
    ),
    "unblock": Move(
        lazy_gettext("The obstacle is gone"), lazy_gettext("Noted: the obstacle is gone."),
        Act.REPORT, tasks.unblock, EventKind.UNBLOCKED, OPEN,
    ),
    "not_applicable": Move(
        lazy_gettext("Does not apply"), lazy_gettext("Set aside as not applicable."),
        Act.EDIT_PLAN, tasks.set_not_applicable, EventKind.NOT_APPLICABLE, OPEN, needs_note=True,
    ),
    "applicable": Move(
        lazy_gettext("Applies after all"), lazy_gettext("It counts again."),
        Act.EDIT_PLAN, tasks.set_applicable, EventKind.APPLICABLE, frozenset({Status.NOT_APPLICABLE}),
    ),
}  # fmt: skip

QUICK = ("submit", "start", "unblock", "block")  # what one tap in a list saves


def offered(task: Task) -> dict[str, Move]:
    """Return the moves that the signed-in person may make on the task as it stands."""
    if task.placement == Placement.RETIRED:
        return {}
    return {name: move for name, move in MOVES.items() if task.status in move.statuses and _may(name, move, task)}


def actor_of(move: Move, task: Task) -> Appointment | None:
    """Return the appointment in which the signed-in person makes this move, or None."""
    return access.acting_as(move.act, task.division_id if move.act in OWN_DIVISION else None)


def _may(name: str, move: Move, task: Task) -> bool:
    actor = actor_of(move, task)
    if name in {"block", "unblock"} and (name == "block") == bool(task.blocked_reason):
        return False
    if actor is None:
        return False
    return name != "accept" or task.submitted_by_id != actor.user_id or task.plan.review == Review.SELF


def is_repeat(move: Move, task: Task) -> bool:
    """Return whether this person has just made the same move: a button that was pressed twice has done its work."""
    last = histories.last_of_task(task.id)
    return bool(last and last.kind == move.kind and last.by and last.by.user_id == access.user().id)


def quick_moves_of(tasks: Iterable[Task]) -> dict[int, list[str]]:
    """Return the moves that one tap makes on each of one's own division's tasks, by the task's id."""
    return {task.id: _quick(task) for task in tasks}


def _quick(task: Task) -> list[str]:
    if task.status not in OPEN:
        return []
    begin = ["start"] if task.status == Status.NOT_STARTED else []
    return [*begin, "submit", "unblock" if task.blocked_reason else "block"]


def notes_of(tasks: Iterable[Task]) -> dict[int, list[str]]:
    """Return what a division must know of each of its tasks: why it came back, what holds it up."""
    marked = {task.id: (("↩", task.status_reason), ("■", task.blocked_reason)) for task in tasks}
    return {task_id: [f"{mark} {text}" for mark, text in notes if text] for task_id, notes in marked.items()}


def quick_words() -> dict[str, Any]:
    """Return what the forms of a list's moves share, looked up once a list."""
    return {
        "labels": {name: str(MOVES[name].label) for name in QUICK},
        "to_status": url_for("tasks.show", task_id=0).removesuffix("/0"),
        "next": url_for("tasks.mine"),
        "token": generate_csrf(),
        "what": gettext("What holds it up?"),
        "save": gettext("Save the obstacle"),
    }


def register(app: Flask) -> None:
    """Let a list offer the moves of each of its tasks, and every field for a note know how long one may be."""
    app.jinja_env.globals.update(
        quick_moves_of=quick_moves_of, quick_words=quick_words, notes_of=notes_of, note_length=NOTE_LENGTH
    )
