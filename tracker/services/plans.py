"""Setting a plan's follow-up rounds, and when it reminds."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.domain.history import EventKind
from tracker.domain.reminder_rules import differences
from tracker.domain.reminders import Rules
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


def set_rules(*, plan: Plan, rules: Rules, by: Appointment, now: datetime) -> bool:
    """
    Set when a plan reminds, and return whether that changed anything.

    What has been told stays told: of a step and its deadline a person hears once, whatever the rules become.
    """
    locks.hold_plan(plan)
    if plan.reminder_rules == rules:
        return False
    before, after = differences(plan.reminder_rules, rules)
    plan.reminder_rules = rules
    db.session.flush()
    events.record(plan=plan, kind=EventKind.RULES_CHANGED, by=by, now=now, before=before, after=after)
    return True


def _listed(days: Sequence[date]) -> str:
    return ", ".join(day.isoformat() for day in days)
