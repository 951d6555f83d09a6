"""The sentences of the timeline: what happened, after who did it."""

from datetime import date
from decimal import Decimal

from flask import Flask
from flask_babel import gettext, lazy_gettext

from tracker.domain.history import EventKind
from tracker.domain.statuses import Status
from tracker.models import Event
from tracker.web.filters import baht, long_date
from tracker.web.labels import STATUS
from tracker.web.rule_words import rules_changed

EVENT = {
    EventKind.PLAN_CREATED: lazy_gettext("made the plan"),
    EventKind.ROUNDS_CHANGED: lazy_gettext("moved the follow-up rounds"),
    EventKind.ROUND_CLOSED: lazy_gettext("closed a follow-up round"),
    EventKind.REPORT_ISSUED: lazy_gettext("issued a report"),
    EventKind.RULES_CHANGED: lazy_gettext("changed when reminders are sent"),
    EventKind.REPORT_TAKEN_OVER: lazy_gettext("brought the plan into line with a report"),
    EventKind.MEASURE_ADDED: lazy_gettext("added the measure"),
    EventKind.MEASURE_CHANGED: lazy_gettext("changed the measure"),
    EventKind.MEASURE_TAKEN_OUT: lazy_gettext("took the measure out of the plan"),
    EventKind.TASKS_CHANGED: lazy_gettext("brought the tasks into line with the schedule"),
    EventKind.DUE_MOVED: lazy_gettext("moved the deadline"),
    EventKind.ASSIGNED: lazy_gettext("gave it to somebody else"),
    EventKind.STARTED: lazy_gettext("began the work"),
    EventKind.SUBMITTED: lazy_gettext("handed in the result"),
    EventKind.ACCEPTED: lazy_gettext("accepted it as done"),
    EventKind.RETURNED: lazy_gettext("returned it to the division"),
    EventKind.WITHDRAWN: lazy_gettext("took it back to work on it"),
    EventKind.REOPENED: lazy_gettext("opened it again"),
    EventKind.NOT_APPLICABLE: lazy_gettext("set it aside as not applicable"),
    EventKind.APPLICABLE: lazy_gettext("counted it again"),
    EventKind.BLOCKED: lazy_gettext("reported an obstacle"),
    EventKind.UNBLOCKED: lazy_gettext("said that the obstacle is gone"),
    EventKind.RESULT_WRITTEN: lazy_gettext("wrote what was done"),
    EventKind.OBSTACLES_WRITTEN: lazy_gettext("wrote down problems and obstacles"),
    EventKind.SUGGESTIONS_WRITTEN: lazy_gettext("wrote down suggestions"),
    EventKind.REVIEW_CHANGED: lazy_gettext("changed who reviews"),
    EventKind.EVIDENCE_ADDED: lazy_gettext("added evidence"),
    EventKind.EVIDENCE_REPLACED: lazy_gettext("added a new version of evidence"),
    EventKind.EVIDENCE_WITHDRAWN: lazy_gettext("withdrew evidence"),
    EventKind.EVIDENCE_MADE_PUBLIC: lazy_gettext("showed evidence to the public"),
    EventKind.EVIDENCE_MADE_PRIVATE: lazy_gettext("no longer shows evidence to the public"),
    EventKind.WINDOW_OPENED: lazy_gettext("opened the public page"),
    EventKind.WINDOW_CHANGED: lazy_gettext("changed what the public page shows"),
    EventKind.WINDOW_CLOSED: lazy_gettext("closed the public page"),
    EventKind.FEEDBACK_SHOWN: lazy_gettext("showed a citizen's comment to the public"),
    EventKind.FEEDBACK_HIDDEN: lazy_gettext("decided not to show a citizen's comment"),
    EventKind.FEEDBACK_ANSWERED: lazy_gettext("answered a citizen's comment"),
    EventKind.FEEDBACK_ERASED: lazy_gettext("erased the text of a citizen's comment"),
}


# What the public page shows beside its figures, by how the history keeps it.
SHOWN = {
    "results": lazy_gettext("results"),
    "obstacles": lazy_gettext("obstacles"),
    "feedback": lazy_gettext("feedback"),
}
EVIDENCE = frozenset(kind for kind in EventKind if kind.startswith("evidence_"))


def event_text(event: Event) -> str:
    """Return what happened as the end of a sentence that begins with who did it."""
    if event.kind == EventKind.STEP_CHECKED:
        return gettext("ticked step %(number)s", number=event.after)
    if event.kind == EventKind.STEP_UNCHECKED:
        return gettext("took back the tick of step %(number)s", number=event.before)
    if event.kind == EventKind.UNDONE:
        return gettext("took back: %(deed)s", deed=EVENT.get(EventKind(event.before), event.before))
    if event.kind == EventKind.RULES_CHANGED:
        return rules_changed(event)
    if event.kind == EventKind.BUDGET_STATED:
        return gettext("stated the budget: %(after)s (before: %(before)s)", **_amounts(event))
    if event.kind == EventKind.DUE_MOVED:
        return gettext("moved the deadline from %(before)s to %(after)s", **_days(event))
    if event.kind == EventKind.ASSIGNED:
        return gettext("gave it to %(after)s (before: %(before)s)", before=event.before, after=event.after)
    if event.kind in {EventKind.WINDOW_OPENED, EventKind.WINDOW_CHANGED}:
        return f"{EVENT[event.kind]} ({_shown(event.after)})"
    return str(EVENT[event.kind])


def _shown(kept: str) -> str:
    """Return what the history keeps of what the public page shows, in words."""
    return ", ".join(str(SHOWN[name]) for name in kept.split() if name in SHOWN) or gettext("figures alone")


def status_change(event: Event) -> str:
    """Return the status before and after, where the event moved the task from one to the other."""
    if not {event.before, event.after} <= set(Status):
        return ""
    return f"{STATUS[Status(event.before)]} → {STATUS[Status(event.after)]}"


def is_inside(kind: EventKind) -> bool:
    """Return whether the words of such an event are only for the division, reviewers, executives and auditors."""
    return kind in {EventKind.BLOCKED, EventKind.UNBLOCKED, EventKind.OBSTACLES_WRITTEN, *EVIDENCE}


def _amounts(event: Event) -> dict[str, str]:
    return {name: baht(Decimal(value) if (value := getattr(event, name)) else None) for name in ("before", "after")}


def _days(event: Event) -> dict[str, str]:
    return {name: long_date(date.fromisoformat(getattr(event, name))) for name in ("before", "after")}


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(event_text=event_text, status_change=status_change, is_inside=is_inside)
