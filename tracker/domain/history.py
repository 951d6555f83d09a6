"""The history of a plan: kinds of events and the hash that chains them (DESIGN 2, Event)."""

import json
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar, Protocol


class EventKind(StrEnum):
    """What can happen to a plan or a task."""

    PLAN_CREATED = "plan_created"
    ROUNDS_CHANGED = "rounds_changed"
    ROUND_CLOSED = "round_closed"
    REPORT_ISSUED = "report_issued"
    RULES_CHANGED = "rules_changed"
    REPORT_TAKEN_OVER = "report_taken_over"
    MEASURE_ADDED = "measure_added"
    MEASURE_CHANGED = "measure_changed"
    MEASURE_TAKEN_OUT = "measure_taken_out"
    TASKS_CHANGED = "tasks_changed"
    STARTED = "started"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    NOT_APPLICABLE = "not_applicable"
    APPLICABLE = "applicable"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    STEP_CHECKED = "step_checked"
    STEP_UNCHECKED = "step_unchecked"
    RESULT_WRITTEN = "result_written"
    OBSTACLES_WRITTEN = "obstacles_written"
    SUGGESTIONS_WRITTEN = "suggestions_written"
    BUDGET_STATED = "budget_stated"
    DUE_MOVED = "due_moved"
    ASSIGNED = "assigned"
    REVIEW_CHANGED = "review_changed"
    UNDONE = "undone"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_REPLACED = "evidence_replaced"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn"
    EVIDENCE_MADE_PUBLIC = "evidence_made_public"
    EVIDENCE_MADE_PRIVATE = "evidence_made_private"
    WINDOW_OPENED = "window_opened"
    WINDOW_CHANGED = "window_changed"
    WINDOW_CLOSED = "window_closed"
    FEEDBACK_SHOWN = "feedback_shown"
    FEEDBACK_HIDDEN = "feedback_hidden"
    FEEDBACK_ANSWERED = "feedback_answered"
    FEEDBACK_ERASED = "feedback_erased"


@dataclass(frozen=True)
class Entry:
    """What a hash covers, in this order. The note is there by its digest only."""

    plan_id: int
    seq: int
    at: datetime
    appointment_id: int | None
    kind: EventKind
    task_id: int | None
    before: str
    after: str
    note_digest: str


def digest(text: str) -> str:
    """Return the SHA-256 of a text as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


class Chainable(Protocol):
    """A dataclass of plain values: what a hash covers of one row, in the order of its fields."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def chained_hash(entry: Chainable, *, previous: str) -> str:
    """Return the hash of an entry that follows the one whose hash is `previous` ("" for the first of a chain)."""
    covered = [_as_hashed(value) for value in astuple(entry)]
    return digest(json.dumps([previous, *covered], ensure_ascii=False, separators=(",", ":")))


def _as_hashed(value: Any) -> Any:
    # The same moment is written in many zones; only one of them may enter a hash.
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
