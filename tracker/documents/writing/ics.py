"""Deadlines as an iCalendar file (RFC 5545, RFC 7986) that calendar programs of all kinds subscribe to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

import icalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//ITA measure tracker//Deadlines 1.0//TH"
ZONE = "Asia/Bangkok"
LOOK_AGAIN = timedelta(hours=6)
ONE_DAY = timedelta(days=1)
ALARM = timedelta(hours=-15)  # from the midnight in which a day begins: at 09:00 of the day before
LONGEST_LINE = 75  # octets, without the line end

# Programs refuse a whole calendar for one of these; of them a text keeps its line ends only.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
# A letter with the vowels and tone marks that stand on, under and behind it, or an escaped sign: never torn.
_LETTER = re.compile("\\\\?.[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]{0,6}", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """
    A task as an all-day event on its deadline.

    `sequence` grows and `changed_at` is newer with every change of what the event says. `alarm` is what a telephone
    says the morning before, "" where nobody is to be called.
    """

    organization_id: int
    task_id: int
    due_on: date
    summary: str
    description: str
    url: str
    sequence: int
    changed_at: datetime
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False
    alarm: str = ""

    @property
    def uid(self) -> str:
        """What the event is known by for ever: neither its title nor its day nor who has it is in it."""
        return f"task-{self.task_id}.organization-{self.organization_id}@ita-tracker"


@dataclass(frozen=True)
class Agenda:
    """A calendar to write: its name, and its events in their order."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def mark(self) -> str:
        """What tells whether anything in it has changed, without writing it."""
        return sha256(repr((PRODUCT, self)).encode()).hexdigest()[:32]


def write(agenda: Agenda) -> bytes:
    """Return the calendar. The same values give the same bytes: no moment of writing is in it."""
    calendar = icalendar.Calendar()
    name = icalendar.vText(_text(agenda.name))  # of these two keys the library does not know that they are texts
    for key, value in {
        "prodid": PRODUCT,
        "version": "2.0",
        "calscale": "GREGORIAN",
        "method": "PUBLISH",
        "name": name,
        "x-wr-calname": name,
        "x-wr-timezone": ZONE,
        "x-published-ttl": icalendar.vDuration(LOOK_AGAIN).to_ical().decode(),
    }.items():
        calendar.add(key, value)
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in agenda.entries:
        calendar.add_component(_event(entry))
    # The library folds between any two characters, and takes half of the time for it.
    lines = (line for line in calendar.content_lines() if line)
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    for key, value in {
        "uid": entry.uid,
        "dtstamp": entry.changed_at,
        "last-modified": entry.changed_at,
        "sequence": entry.sequence,
        "dtstart": entry.due_on,
        "dtend": entry.due_on + ONE_DAY,  # the first day that is no longer part of it
        "summary": _text(entry.summary),
        "description": _text(entry.description),
        "url": entry.url,
        "status": "CANCELLED" if entry.is_cancelled else "CONFIRMED",
        "transp": "TRANSPARENT",  # a deadline takes nobody's time
    }.items():
        event.add(key, value)
    if entry.categories:
        event.add("categories", [_text(category) for category in entry.categories])
    if entry.alarm:
        event.add_component(_alarm(entry.alarm))
    return event


def _alarm(text: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _text(text))
    alarm.add("trigger", ALARM)
    return alarm


def _text(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def _folded(line: str) -> Iterator[str]:
    """Yield the pieces of a line, none longer than the longest in octets, each after the first behind a space."""
    piece, length = "", 0
    for letter in _LETTER.findall(line):
        octets = len(letter.encode())
        if length + octets > LONGEST_LINE:
            yield piece
            piece, length = " ", 1
        piece, length = piece + letter, length + octets
    yield piece
