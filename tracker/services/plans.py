"""Setting a plan's follow-up rounds."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.domain.history import EventKind
from tracker.extensions import db
from tracker.models import Appointment, Plan, Round
from tracker.services import events, locks


def set_rounds(*, plan: Plan, days: Sequence[date], by: Appointment | None, now: datetime) -> None:
    """
    Set the follow-up rounds. In time order the n-th round stays the n-th, so that its tasks move with it.

    The tasks follow with `schedules.apply`.
    """
    locks.hold_plan(plan)
    db.session.refresh(plan, ["rounds"])
    before = plan.round_dates
    days = sorted(set(days))
    if tuple(days) == before:
        return
    plan.rounds.clear()
    db.session.flush()
    plan.rounds.extend(Round(due_on=day) for day in days)
    db.session.flush()
    db.session.expire(plan, ["rounds"])
    events.record(plan=plan, kind=EventKind.ROUNDS_CHANGED, by=by, now=now, before=_listed(before), after=_listed(days))


def _listed(days: Sequence[date]) -> str:
    return ", ".join(day.isoformat() for day in days)
