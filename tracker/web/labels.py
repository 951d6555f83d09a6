"""The words for what the rules only name: statuses, rhythms, roles, and the sentences of the timeline."""

from datetime import date
from functools import cache

from flask import Flask, g
from flask_babel import get_locale, gettext, lazy_gettext, ngettext

from tracker.domain import reminders
from tracker.domain.channels import ChannelKind
from tracker.domain.deliveries import DeliveryState, Problem
from tracker.domain.permissions import Role
from tracker.domain.sentences import N_
from tracker.domain.sign_in import LetterKind, RecordKind
from tracker.domain.statuses import Review, Status
from tracker.domain.timeframes import Kind
from tracker.queries import calendars
from tracker.web import access
from tracker.web.filters import month_and_year
from tracker.web.rule_words import RULE

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

LEVEL = {
    1: lazy_gettext("told of late work, level 1"),
    2: lazy_gettext("told of late work, level 2"),
}

REVIEW = {
    Review.REQUIRED: lazy_gettext("Somebody other than who handed it in accepts or returns it"),
    Review.SELF: lazy_gettext("Who handed it in may also accept it, with a reason that the report shows"),
    Review.OFF: lazy_gettext("Nobody: what is handed in is done"),
}

DELIVERY = {
    DeliveryState.WAITING: lazy_gettext("waiting"),
    DeliveryState.SENT: lazy_gettext("sent"),
    DeliveryState.FAILED: lazy_gettext("not delivered"),
    DeliveryState.DROPPED: lazy_gettext("no longer needed"),
}

PROBLEM = {
    Problem.ADDRESS: lazy_gettext("There is no such address."),
    Problem.FULL: lazy_gettext("The recipient's mailbox is full."),
    Problem.REFUSED: lazy_gettext("The server does not accept this mail."),
    Problem.BUSY: lazy_gettext("The server is busy and asks to come back later."),
    Problem.SIGN_IN: lazy_gettext("The server does not accept our user name and password."),
    Problem.UNREACHABLE: lazy_gettext("The server cannot be reached."),
    Problem.SLOW: lazy_gettext("The server did not answer in time, or the connection broke."),
    Problem.PROGRAM: lazy_gettext("The program could not write this mail."),
    None: lazy_gettext("It is not known why."),
}
_BY_ITSELF = lazy_gettext(
    "It is tried again by itself. If it stays like this, ask whoever looks after the mail server."
)
REMEDY = {
    Problem.ADDRESS: lazy_gettext("Check the recipient's address."),
    Problem.FULL: lazy_gettext("Ask the recipient to make room, then send it again."),
    Problem.REFUSED: lazy_gettext("Show the server's answer to whoever looks after the mail server."),
    Problem.BUSY: _BY_ITSELF,
    Problem.SIGN_IN: lazy_gettext(
        "Check TRACKER_MAIL_USERNAME, TRACKER_MAIL_PASSWORD and TRACKER_MAIL_TLS, then start the program again."
    ),
    Problem.UNREACHABLE: lazy_gettext(
        "Check the network, TRACKER_MAIL_SERVER, TRACKER_MAIL_PORT and TRACKER_MAIL_TLS, then start the program again."
    ),
    Problem.SLOW: _BY_ITSELF,
    Problem.PROGRAM: lazy_gettext("Look at the program's log."),
    None: lazy_gettext("Look at the program's log."),
}

RECORD = {
    RecordKind.SIGNED_IN: lazy_gettext("signed in"),
    RecordKind.INVITED: lazy_gettext("an invitation was mailed"),
    RecordKind.CODE_MADE: lazy_gettext("a code for choosing a password was printed"),
    RecordKind.RESET_ASKED: lazy_gettext("a link for choosing a new password was asked for"),
    RecordKind.PASSWORD_SET: lazy_gettext("the password was set by a link or code"),
    RecordKind.PASSWORD_CHANGED: lazy_gettext("the password was changed"),
    RecordKind.SECOND_FACTOR_STARTED: lazy_gettext("signing in with two steps was turned on"),
    RecordKind.SECOND_FACTOR_ENDED: lazy_gettext("signing in with two steps was turned off"),
    RecordKind.SECOND_FACTOR_RESET: lazy_gettext("signing in with two steps was turned off by somebody else"),
    RecordKind.RECOVERY_CODES_MADE: lazy_gettext("new recovery codes were made"),
    RecordKind.RECOVERY_CODE_USED: lazy_gettext("a recovery code was used"),
    RecordKind.SESSION_ENDED: lazy_gettext("one device was signed out"),
    RecordKind.SESSIONS_ENDED: lazy_gettext("several devices were signed out"),
    RecordKind.FEED_MADE: lazy_gettext("the address of a calendar was made"),
    RecordKind.FEED_REVOKED: lazy_gettext("the address of a calendar was revoked"),
}

CHANNEL = {
    ChannelKind.LINE: lazy_gettext("LINE"),
    ChannelKind.TELEGRAM: lazy_gettext("Telegram"),
    ChannelKind.WEBHOOK: lazy_gettext("webhook"),
    ChannelKind.OTHER: lazy_gettext("another service"),
}

LETTER = {
    LetterKind.INVITATION: lazy_gettext("invitation"),
    LetterKind.RESET: lazy_gettext("link for a new password"),
    LetterKind.PASSWORD_CHANGED: lazy_gettext("notice of a changed password"),
    LetterKind.SECOND_FACTOR_ENDED: lazy_gettext("notice that two steps were turned off"),
}


def statuses() -> dict[Status, str]:
    """Return the words for the statuses in the page's language, looked up once for all pages."""
    return _statuses_in(get_locale().language)


@cache
def _statuses_in(_language: str) -> dict[Status, str]:
    return {status: str(words) for status, words in STATUS.items()}


def occasion(slot: str, organization_id: int | None = None) -> str:
    """
    Return which of its occurrences a task is, where its day alone does not say so: a month, a round, a quarter.

    :param organization_id: whose festivals are meant; None: those of the person who is signed in
    """
    kind, _, which = slot.partition(":")
    if kind == "month":
        return gettext("for %(month)s", month=month_and_year(date.fromisoformat(f"{which}-01")))
    if kind == "festival":
        return gettext("before %(festival)s", festival=_festivals(organization_id).get(which, ""))
    words = {
        "round": N_("follow-up round %(number)s"),
        "quarter": N_("quarter %(number)s"),
        "half": N_("half-year %(number)s"),
    }
    return gettext(words[kind], number=which) if kind in words else ""


def keep_festivals(organization_id: int, names: dict[str, str]) -> None:
    """Take the names of an organization's festivals from a page that has read them, so that nobody asks again."""
    g.setdefault("festival_names", {})[organization_id] = names


def _festivals(organization_id: int | None) -> dict[str, str]:
    """Return what an organization calls its festivals, asked once a request or run and only where one is named."""
    whose = access.user().organization_id if organization_id is None else organization_id
    known: dict[int, dict[str, str]] = g.setdefault("festival_names", {})
    if whose not in known:
        known[whose] = calendars.festival_names(whose)
    return known[whose]


STEP = {
    reminders.RETURNED: lazy_gettext("came back to be corrected"),
    reminders.ASSIGNED: lazy_gettext("newly given"),
    reminders.REVIEW: lazy_gettext("handed in, waiting to be accepted"),
    reminders.STALLED: lazy_gettext("in progress, without a word for long"),
    reminders.BLOCKED: lazy_gettext("held up by an obstacle"),
    reminders.CITIZENS: lazy_gettext("comments from citizens, waiting to be read"),
    reminders.BEHIND: lazy_gettext("a division behind what was to be expected"),
    reminders.WEEKLY: lazy_gettext("summary of the week"),
    reminders.LINK_BROKEN: lazy_gettext("an address that nobody can open"),
    "due": lazy_gettext("the day of the deadline"),
    "escalated_1": lazy_gettext("late, told to leadership, level 1"),
    "escalated_2": lazy_gettext("late, told to leadership, level 2"),
}


def step_words(step: str) -> str:
    """Return what a reminder's step tells: `lead_7` that 7 days are left."""
    if step in STEP:
        return str(STEP[step])
    kind, _, days = step.partition("_")
    if kind == "lead" and days.isdecimal():
        return ngettext("due in %(num)d day", "due in %(num)d days", int(days))
    if kind == "late" and days.isdecimal():
        return ngettext(
            "follow-up %(num)d day after the deadline", "follow-up %(num)d days after the deadline", int(days)
        )
    return step


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        status_label=STATUS,
        kind_label=KIND,
        role_label=ROLE,
        delivery_label=DELIVERY,
        problem_label=PROBLEM,
        remedy_label=REMEDY,
        review_label=REVIEW,
        step_words=step_words,
        rule_label=RULE,
        level_label=LEVEL,
        occasion=occasion,
        record_label=RECORD,
        letter_label=LETTER,
        channel_label=CHANNEL,
    )
