"""The words and shapes for what leadership has to decide; each line says its own rule."""

from datetime import date

from flask_babel import gettext, ngettext

from tracker.domain.decisions import LONGEST_REVIEW, Matter
from tracker.domain.reminders import Rules
from tracker.queries.decisions import Item
from tracker.web import access
from tracker.web.filters import short_date

# Never by colour alone.
SHAPE = {
    Matter.LATE_2: "▲",
    Matter.LATE_1: "▲",
    Matter.BLOCKED: "■",
    Matter.REVIEW: "●",
    Matter.STALLED: "○",
    Matter.FINDING: "◆",
}


def matter_words(matter: Matter, rules: Rules) -> str:
    """Return what a matter is, with the number of days from which on it is one."""
    if matter == Matter.LATE_1 and 0 < rules.escalations[0] < rules.escalations[1]:
        first, last = rules.escalations[0], rules.escalations[1] - 1
        span = f"{first}–{last}" if first < last else f"{first}"
        return gettext("late by %(days)s working days", days=span)
    if matter in {Matter.LATE_1, Matter.LATE_2}:
        days = rules.escalations[matter == Matter.LATE_2]
        return ngettext("late by %(num)d working day or more", "late by %(num)d working days or more", days)
    if matter == Matter.BLOCKED:
        return ngettext("held up for %(num)d day or more", "held up for %(num)d days or more", rules.blocked_after)
    if matter == Matter.REVIEW:
        return ngettext(
            "unreviewed for %(num)d day or more",
            "unreviewed for %(num)d days or more",
            LONGEST_REVIEW.days,
        )
    if matter == Matter.STALLED:
        return ngettext("no report for %(num)d day or more", "no report for %(num)d days or more", rules.stalled_after)
    return gettext("findings without a measure")


def short_title(item: Item) -> str:
    """Return a measure's title for a short line, without the word with which nearly every one begins."""
    return item.title.removeprefix("มาตรการ").strip() or item.title


def how_long(item: Item, day: date) -> str:
    """Return since when and how long in few letters: `30 ธ.ค. · 52 วัน`."""
    days = ngettext("%(num)d day", "%(num)d days", (day - item.since).days)
    return f"{short_date(item.since).rpartition(' ')[0]} · {days}"


def reason_words(item: Item) -> str:
    """Return the reason of an obstacle to those who may see it, to the others that there is one."""
    if not item.reason:
        return ""
    return item.reason if access.sees_inside(item.division.id) else gettext("The division has reported an obstacle.")
