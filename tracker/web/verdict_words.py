"""The sentence of the verdict on a plan: how far it is, how far it should be, and what follows from that."""

from flask_babel import gettext, ngettext

from tracker.domain.verdicts import MOST_NAMED, Case, Verdict
from tracker.web.filters import long_date


def verdict_words(verdict: Verdict) -> str:
    """Return the one sentence of a verdict in the page's language."""
    total, day = verdict.total, long_date(verdict.day)
    if verdict.case == Case.NOTHING_SET:
        return gettext("No task has been set yet.")
    if verdict.case == Case.NOT_BEGUN:
        return ngettext(
            "The fiscal year has not begun, %(num)d task is set, as of %(day)s",
            "The fiscal year has not begun, %(num)d tasks are set, as of %(day)s",
            total.countable,
            day=day,
        )
    how_far = gettext(
        "%(done)s%% is done, %(expected)s%% should be, as of %(day)s",
        done=total.percent,
        expected=total.expected_percent,
        day=day,
    )
    return f"{how_far} – {_what_follows(verdict)}"


def _what_follows(verdict: Verdict) -> str:
    words = {
        Case.ALL_DONE: gettext("every task is done"),
        Case.BEHIND: gettext("behind the plan, though no task is overdue"),
        Case.AHEAD: gettext("ahead of the plan"),
        Case.ON_COURSE: gettext("on course"),
    }
    return words.get(verdict.case) or _who_is_late(verdict)


def _who_is_late(verdict: Verdict) -> str:
    names, late = [division.name for division in verdict.latest], verdict.late
    if len(names) == 1:
        return ngettext(
            "%(division)s is late with %(num)d task", "%(division)s is late with %(num)d tasks", late, division=names[0]
        )
    if len(names) == MOST_NAMED:
        return ngettext(
            "%(first)s and %(second)s are each late with %(num)d task",
            "%(first)s and %(second)s are each late with %(num)d tasks",
            late,
            first=names[0],
            second=names[1],
        )
    return ngettext(
        "%(count)s divisions are each late with %(num)d task",
        "%(count)s divisions are each late with %(num)d tasks",
        late,
        count=len(names),
    )
