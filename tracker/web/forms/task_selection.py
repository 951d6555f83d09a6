"""What is to become of the tasks that were chosen, as it comes from a browser."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.domain.calendar import last_day, month_end, quarter_ends
from tracker.domain.history import digest
from tracker.domain.selection import Hindrance
from tracker.domain.sentences import N_, Refusal
from tracker.domain.statuses import ReasonNeeded, Status
from tracker.domain.thai import read_date
from tracker.models import Plan
from tracker.queries.directories import Directory
from tracker.services.assignments import check_day
from tracker.web.addresses import GREATEST_ID
from tracker.web.filters import days_in_words, long_date, weekday
from tracker.web.forms.tasks import check_note, note_from

NUMBER = re.compile("[0-9]{1,10}")
HINDRANCE = {
    Hindrance.SUBMITTED: lazy_gettext("handed in and waiting for review"),
    Hindrance.DONE: lazy_gettext("done already"),
    Hindrance.NOT_APPLICABLE: lazy_gettext("set aside as not applicable"),
    Hindrance.RETIRED: lazy_gettext("no longer asked for by the schedule"),
    Hindrance.SAME: lazy_gettext("already as it is to become"),
}


class NobodyChosen(Refusal):
    """The form names nobody, or nobody of this organization."""

    def __init__(self) -> None:
        super().__init__(N_("Choose who the tasks are given to."))


class DayMissing(Refusal):
    """The form names no day."""

    def __init__(self) -> None:
        super().__init__(N_("Fill in the new deadline, such as 30 ก.ย. 69, or choose one of the days below the field."))


@dataclass(frozen=True)
class Wish:
    """What each task is to become; `key` tells whether what is confirmed is what was shown."""

    key: str
    values: Mapping[str, Any]
    words: str
    note: str = ""


@dataclass(frozen=True)
class Deed:
    """One thing that can be done with many tasks."""

    title: Any
    read: Callable[[MultiDict[str, str], Plan, Directory], Wish]
    button: Callable[[int], str]
    done: Callable[[int], str]


def ids_from(arguments: MultiDict[str, str]) -> tuple[list[int], int]:
    """Return the numbers of the tasks that were chosen, each once, and how many were no number at all."""
    written = dict.fromkeys(arguments.getlist("task"))
    ids = [int(text) for text in written if NUMBER.fullmatch(text) and int(text) <= GREATEST_ID]
    return ids, len(written) - len(ids)


def offered_days(fiscal_year: int, today: date) -> dict[str, date]:
    """Return the days that deadlines are usually moved to and that have not passed."""
    days = {
        gettext("end of the month"): month_end(today),
        gettext("end of the quarter"): next((day for day in quarter_ends(fiscal_year) if day >= today), None),
        gettext("end of the year"): last_day(fiscal_year),
    }
    return {words: day for words, day in days.items() if day and day >= today}


def _deadline(form: MultiDict[str, str], plan: Plan, _names: Directory) -> Wish:
    written = form.get("offer") or form.get("due_on", "")
    if not written.strip():
        raise DayMissing()
    day = read_date(written, today=clock.today())
    check_day(plan, day)
    words = gettext(
        "The new deadline is %(weekday)s %(day)s (%(left)s).",
        weekday=weekday(day),
        day=long_date(day),
        left=days_in_words((day - clock.today()).days),
    )
    return Wish(day.isoformat(), {"due_on": day}, words, _note(form))


def _assignment(form: MultiDict[str, str], _plan: Plan, names: Directory) -> Wish:
    kind, _, written = form.get("whom", "").partition(":")
    number = int(written) if NUMBER.fullmatch(written) else 0
    posts = {post.id: post for post in names.reporting_posts()}
    if kind == "division" and number in names.open_divisions():
        division_id, position_id = number, None
        words = gettext(
            "They are given to %(division)s as a whole, which sorts them out itself.",
            division=names.divisions[number],
        )
    elif kind == "position" and number in posts:
        division_id, position_id = posts[number].division_id, number
        words = gettext(
            "They are given to %(position)s of %(division)s.",
            position=posts[number].title,
            division=names.divisions[division_id],
        )
    else:
        raise NobodyChosen()
    values = {"division_id": division_id, "position_id": position_id}
    return Wish(f"{kind}:{number}", values, words, _note(form))


def _exemption(form: MultiDict[str, str], _plan: Plan, _names: Directory) -> Wish:
    note = _note(form)
    if not note:
        raise ReasonNeeded()
    words = gettext("They no longer count in any figure. The reason is kept in the history of each.")
    return Wish(digest(note), {"status": Status.NOT_APPLICABLE}, words, note)


def _note(form: MultiDict[str, str]) -> str:
    note = note_from(form)
    check_note(note)
    return note


DEEDS = {
    "deadline": Deed(
        lazy_gettext("Move the deadline"),
        _deadline,
        lambda count: ngettext("Move %(num)d deadline", "Move %(num)d deadlines", count),
        lambda count: ngettext("%(num)d deadline was moved.", "%(num)d deadlines were moved.", count),
    ),
    "assignment": Deed(
        lazy_gettext("Give to somebody"),
        _assignment,
        lambda count: ngettext("Give %(num)d task", "Give %(num)d tasks", count),
        lambda count: ngettext("%(num)d task was given.", "%(num)d tasks were given.", count),
    ),
    "exemption": Deed(
        lazy_gettext("Set aside as not applicable"),
        _exemption,
        lambda count: ngettext("Set %(num)d task aside", "Set %(num)d tasks aside", count),
        lambda count: ngettext("%(num)d task was set aside.", "%(num)d tasks were set aside.", count),
    ),
}
