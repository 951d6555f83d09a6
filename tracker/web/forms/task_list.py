"""What an address narrows the list of tasks to; what cannot be read narrows nothing and is said."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from tracker.domain.calendar import first_day, month_end
from tracker.domain.figures import Post
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Status
from tracker.domain.thai import arabic_digits, clean, read_date
from tracker.queries.directories import Directory
from tracker.queries.task_list import Cursor, Filter, Place
from tracker.web.addresses import GREATEST_ID
from tracker.web.days import day_from
from tracker.web.filters import long_date, month_and_year, sentence, weekday
from tracker.web.labels import STATUS

Found = TypeVar("Found")

LONGEST_SHOWN = 60
MONTH = re.compile(r"((?:19|20|21)[0-9]{2})-(0[1-9]|1[0-2])")
CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,10})")
# What can be chosen as a status besides the statuses themselves.
STANDINGS = {
    "open": ("only_open", lazy_gettext("not handed in yet")),
    "late": ("only_overdue", lazy_gettext("overdue")),
    "blocked": ("only_blocked", lazy_gettext("held up by an obstacle")),
}
LABELS = {
    "indicator": lazy_gettext("Indicator"),
    "measure": lazy_gettext("Measure"),
    "division": lazy_gettext("Division"),
    "position": lazy_gettext("Position"),
    "status": lazy_gettext("Status"),
    "month": lazy_gettext("Month"),
    "from": lazy_gettext("Due from"),
    "to": lazy_gettext("Due until"),
    "after": lazy_gettext("Page"),
    "before": lazy_gettext("Page"),
}
SWITCHES = {
    "outside": ("only_outside", lazy_gettext("outside the schedule")),
    "counted": ("only_counted", lazy_gettext("without what does not apply")),
    "on_time": ("only_on_time", lazy_gettext("handed in on time and accepted")),
}


class Unreadable(ValueError):
    """The address names no such thing."""


@dataclass(frozen=True)
class Tag:
    """One filter in force, in words, and the argument of the address that it stands for."""

    words: str
    name: str
    value: str


@dataclass
class Narrowing:
    """What was read of an address."""

    filter: Filter = field(default_factory=Filter)
    tags: list[Tag] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    cursor: Cursor | None = None

    def value(self, name: str) -> str:
        """Return what a field of the form shows as chosen; nothing where several are."""
        values = [tag.value for tag in self.tags if tag.name == name]
        return values[0] if len(values) == 1 else ""


def narrowing_from(arguments: MultiDict[str, str], *, fiscal_year: int, names: Directory, today: date) -> Narrowing:
    """Return what an address narrows a plan's list to, in words as well, and as of which day."""
    return _Reader(arguments, fiscal_year, names, today).read()


class _Reader:
    def __init__(self, arguments: MultiDict[str, str], fiscal_year: int, names: Directory, today: date) -> None:
        self.arguments = arguments
        self.fiscal_year = fiscal_year
        self.names = names
        self.today = today
        self.found = Narrowing()

    def read(self) -> Narrowing:
        self._day_in_view()
        self._measures()
        self._people()
        self._standings()
        self._days()
        self.found.cursor = self._cursor()
        return self.found

    def _day_in_view(self) -> None:
        day, warning = day_from(self.arguments, today=self.today)
        if warning:
            self.found.problems.append(warning)
        if day != self.today:
            self._narrow(as_of=day)
            self._tag("on", day.isoformat(), gettext("as of %(day)s", day=long_date(day)))

    def _measures(self) -> None:
        for indicator in self._each("indicator", lambda text: _known(text, range(1, 11))):
            self._narrow(measure_ids=self.names.of_indicator(indicator))
            self._tag("indicator", indicator, gettext("Indicator %(number)s", number=indicator))
        for id in self._each("measure", lambda text: _known(text, self.names.measures)):
            among = self.found.filter.measure_ids
            self._narrow(measure_ids=(id,) if among is None or id in among else ())
            self._tag("measure", id, self.names.measures[id].title)

    def _people(self) -> None:
        divisions = self._each("division", lambda text: _known(text, self.names.divisions), 100)
        self._narrow(division_ids=tuple(divisions))
        for id in divisions:
            self._tag("division", id, self.names.divisions[id])
        for id in self._each("position", lambda text: _known(text, self.names.posts)):
            post = self.names.posts[id]
            self._narrow(given=Post(post.id, post.division_id))
            self._tag("position", id, gettext("to be done by %(position)s", position=post.title))

    def _standings(self) -> None:
        for value in self._each("status", lambda text: _one_of(text, {*Status, *STANDINGS})):
            if value in STANDINGS:
                self._narrow(**{STANDINGS[value][0]: True})
                self._tag("status", value, str(STANDINGS[value][1]))
            else:
                self._narrow(status=Status(value))
                self._tag("status", value, str(STATUS[Status(value)]))
        for name, (flag, words) in (STANDINGS | SWITCHES).items():
            for value in self._each(name, lambda text: _one_of(text, {"1"})):
                if name == "outside" and self.found.filter.as_of:
                    self.found.problems.append(
                        gettext("What stood outside the schedule is known of today only, so it narrows nothing.")
                    )
                    continue
                self._narrow(**{flag: True})
                self._tag(name, value, str(words))

    def _days(self) -> None:
        """Read the bounds; days without a year are of the plan's year."""
        for month in self._each("month", self._month):
            self._narrow(due_from=month, due_to=month_end(month))
            self._tag("month", f"{month:%Y-%m}", gettext("due in %(month)s", month=month_and_year(month)))
        for day in self._each("from", self._day):
            self._narrow(due_from=max(day, self.found.filter.due_from or day))
            self._tag("from", self.arguments["from"], gettext("due from %(day)s", day=_in_words(day)))
        for day in self._each("to", self._day):
            self._narrow(due_to=min(day, self.found.filter.due_to or day))
            self._tag("to", self.arguments["to"], gettext("due until %(day)s", day=_in_words(day)))
        start, end = self.found.filter.due_from, self.found.filter.due_to
        if start and end and start > end:
            self.found.problems.append(gettext("The first day comes after the last one, so no task can match."))

    @staticmethod
    def _month(text: str) -> date:
        """Read any month of our time: a task may have been moved out of the plan's year."""
        return date(int(found[1]), int(found[2]), 1) if (found := MONTH.fullmatch(text)) else _refuse()

    def _day(self, text: str) -> date:
        return read_date(text, today=first_day(self.fiscal_year))

    def _cursor(self) -> Cursor | None:
        for name in ("after", "before"):
            for place in self._each(name, _place):
                return Cursor(place, is_backward=name == "before")
        return None

    def _each(self, name: str, read: Callable[[str], Found], most: int = 1) -> list[Found]:
        """Return what an argument's values mean, each once; what cannot be read is said instead."""
        found: dict[Any, None] = {}
        for written in self.arguments.getlist(name)[:most]:
            if not written.strip():
                continue
            try:
                found[read(arabic_digits(clean(written)))] = None
            except Unreadable:
                self.found.problems.append(_not_read(name, written))
            except Refusal as refusal:
                self.found.problems.append(f"{LABELS[name]}: {sentence(refusal.sentence)}")
        return list(found)

    def _narrow(self, **values: Any) -> None:
        self.found.filter = replace(self.found.filter, **values)

    def _tag(self, name: str, value: object, words: str) -> None:
        self.found.tags.append(Tag(words, name, str(value)))


def _not_read(name: str, written: str) -> str:
    label = LABELS[name] if name in LABELS else (STANDINGS | SWITCHES)[name][1]
    text = clean(written)[:LONGEST_SHOWN]
    return gettext("“%(label)s: %(text)s” could not be read, so it narrows nothing.", label=label, text=text)


def _known(text: str, among: Any) -> int:
    number = int(text) if text.isdecimal() and len(text) <= len(str(GREATEST_ID)) else -1
    return number if number in among else _refuse()


def _one_of(text: str, among: set[str]) -> str:
    return text if text in among else _refuse()


def _place(text: str) -> Place:
    matched = CURSOR.fullmatch(text)
    if matched is None or int(matched[2]) > GREATEST_ID:
        raise Unreadable
    try:
        return Place(date.fromisoformat(matched[1]), int(matched[2]))
    except ValueError:
        raise Unreadable from None


def _in_words(day: date) -> str:
    return gettext("%(weekday)s %(day)s", weekday=weekday(day), day=long_date(day))


def _refuse() -> Any:
    raise Unreadable
