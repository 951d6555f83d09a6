"""The words for what the rules only name: statuses, rhythms, roles, and the sentences of the timeline."""

from datetime import date
from functools import cache

from flask import Flask
from flask_babel import get_locale, gettext, lazy_gettext

from tracker.domain.deliveries import DeliveryState
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.domain.timeframes import Kind
from tracker.models import Event
from tracker.web.filters import long_date

STATUS = {
    Status.NOT_STARTED: lazy_gettext("not started"),
    Status.IN_PROGRESS: lazy_gettext("in progress"),
    Status.SUBMITTED: lazy_gettext("waiting for review"),
    Status.DONE: lazy_gettext("done"),
    Status.NOT_APPLICABLE: lazy_gettext("not applicable"),
}

KIND = {
    Kind.DATES: lazy_gettext("on fixed dates"),
    Kind.SPAN: lazy_gettext("throughout, reported in the follow-up rounds"),
    Kind.MONTHLY: lazy_gettext("every month"),
    Kind.QUARTERLY: lazy_gettext("every quarter"),
    Kind.HALF_YEARLY: lazy_gettext("twice a year"),
    Kind.YEARLY: lazy_gettext("once a year"),
    Kind.WEEKLY: lazy_gettext("every week"),
    Kind.FESTIVALS: lazy_gettext("before every festival"),
    Kind.ON_EVENT: lazy_gettext("whenever it occurs, reported in the follow-up rounds"),
    Kind.UNCLEAR: lazy_gettext("unclear"),
}

ROLE = {
    Role.ADMINISTRATOR: lazy_gettext("administrator"),
    Role.CLERK: lazy_gettext("clerk of the plan"),
    Role.HEAD: lazy_gettext("head of division"),
    Role.OFFICER: lazy_gettext("officer"),
    Role.EXECUTIVE: lazy_gettext("executive"),
    Role.AUDITOR: lazy_gettext("auditor"),
}

DELIVERY = {
    DeliveryState.WAITING: lazy_gettext("waiting"),
    DeliveryState.SENT: lazy_gettext("sent"),
    DeliveryState.FAILED: lazy_gettext("not delivered"),
    DeliveryState.DROPPED: lazy_gettext("no longer needed"),
}

EVENT = {
    EventKind.PLAN_CREATED: lazy_gettext("made the plan"),
    EventKind.ROUNDS_CHANGED: lazy_gettext("moved the follow-up rounds"),
    EventKind.MEASURE_CHANGED: lazy_gettext("changed the measure"),
    EventKind.TASKS_CHANGED: lazy_gettext("brought the tasks into line with the schedule"),
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
}


def statuses() -> dict[Status, str]:
    """Return the words for the statuses in the page's language, looked up once for all pages."""
    return _statuses_in(get_locale().language)


@cache
def _statuses_in(_language: str) -> dict[Status, str]:
    return {status: str(words) for status, words in STATUS.items()}


def event_text(event: Event) -> str:
    """Return what happened as the end of a sentence that begins with who did it."""
    if event.kind == EventKind.STEP_CHECKED:
        return gettext("ticked step %(number)s", number=event.after)
    if event.kind == EventKind.STEP_UNCHECKED:
        return gettext("took back the tick of step %(number)s", number=event.before)
    if event.kind == EventKind.DUE_MOVED:
        before, after = (long_date(date.fromisoformat(day)) for day in (event.before, event.after))
        return gettext("moved the deadline from %(before)s to %(after)s", before=before, after=after)
    if event.kind == EventKind.ASSIGNED:
        return gettext(
            "gave it to %(after)s, before that it was with %(before)s", before=event.before, after=event.after
        )
    return str(EVENT[event.kind])


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        status_label=STATUS, kind_label=KIND, role_label=ROLE, delivery_label=DELIVERY, event_text=event_text
    )
