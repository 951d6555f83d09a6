"""Showing single pieces of evidence to the public, and no longer showing them."""

from collections.abc import Collection
from datetime import datetime
from secrets import token_urlsafe

from tracker.domain.history import EventKind
from tracker.models import Appointment, Evidence, Plan
from tracker.queries import windows as queries
from tracker.services import events, locks
from tracker.services.events import Change

KEY_BYTES = 16  # 128 bits: nobody guesses an address


def show(*, plan: Plan, ids: Collection[int], by: Appointment, now: datetime) -> int:
    """
    Show evidence to the public, and return how many pieces are new there.

    What was withdrawn or replaced meanwhile is left out: a new version was looked at by nobody yet. Each gets a new
    random key, so that an address from before finds nothing.
    """
    chosen = [row for row in _held(plan, ids) if row.public_key is None]
    for row in chosen:
        row.public_key, row.made_public_at, row.made_public_by_id = token_urlsafe(KEY_BYTES), now, by.id
        _record(plan, row, EventKind.EVIDENCE_MADE_PUBLIC, by, now)
    return len(chosen)


def hide(*, plan: Plan, ids: Collection[int], by: Appointment, now: datetime) -> int:
    """Show evidence to the public no longer, and return how many pieces were there."""
    chosen = [row for row in _held(plan, ids) if row.public_key is not None]
    for row in chosen:
        row.public_key = row.made_public_at = row.made_public_by_id = None
        _record(plan, row, EventKind.EVIDENCE_MADE_PRIVATE, by, now)
    return len(chosen)


def _held(plan: Plan, ids: Collection[int]) -> Collection[Evidence]:
    locks.hold_plan(plan)
    return queries.chosen_evidence(plan.id, ids)


def _record(plan: Plan, row: Evidence, kind: EventKind, by: Appointment, now: datetime) -> None:
    """Keep it in the task's history. It is no word of the division's on its work, which goes on waiting for one."""
    events.record_many(plan=plan, kind=kind, changes=[Change(row.task_id)], by=by, now=now, note=row.title)
