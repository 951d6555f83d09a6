from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from tracker.documents.writing.ics import LONGEST_LINE, Agenda, Entry, write

LONG = "กำหนดมาตรการป้องกันการทุจริตและส่งเสริมคุณธรรมให้ทั่วถึงทุกกลุ่มเป้าหมาย น้ำใจ ค่ำคืน ทำซ้ำ ผู้รู้ ที่นี่"
MARKS = "\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
ENTRY = Entry(
    organization_id=1,
    task_id=7,
    due_on=date(2026, 2, 28),
    summary="ประชุมชี้แจง · กองคลัง",
    description="ครบกำหนดวันเสาร์ที่ 28 กุมภาพันธ์ 2569\nสถานะ: ยังไม่เริ่ม",
    url="http://127.0.0.1:8000/tasks/7",
    sequence=3,
    changed_at=datetime(2026, 2, 20, 2, tzinfo=UTC),
    categories=("ITA", "กองคลัง"),
    alarm="ครบกำหนดพรุ่งนี้",
)


def written(*entries, name="ITA · กองคลัง"):
    return write(Agenda(name, entries))


def read(content):
    """Read a calendar as another program does, with a library that shares nothing with the one that wrote it."""
    return IcsCalendarStream.calendar_from_ics(content.decode())


def event(**changes):
    (found,) = read(written(replace(ENTRY, **changes))).events
    return found


def lines(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_event_fills_the_day_of_the_deadline():
    found = event()

    assert (found.dtstart, found.dtend) == (date(2026, 2, 28), date(2026, 3, 1))
    assert (found.summary, found.description) == (ENTRY.summary, ENTRY.description)
    assert (str(found.url), found.sequence, found.categories) == (ENTRY.url, 3, ["ITA", "กองคลัง"])
    assert (found.status, found.transparency) == ("CONFIRMED", "TRANSPARENT")
    assert found.dtstamp == found.last_modified == ENTRY.changed_at


@pytest.mark.parametrize(
    ("due_on", "end"),
    [
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2026, 9, 30), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_an_event_ends_before_the_next_day_in_every_calendar(due_on, end):
    assert (event(due_on=due_on).dtstart, event(due_on=due_on).dtend) == (due_on, end)


def test_what_an_event_is_known_by_has_neither_title_nor_day_in_it():
    changed = event(due_on=date(2026, 3, 1), summary="อื่น", url="https://ita.example.org/tasks/7", sequence=9)

    assert changed.uid == event().uid
    assert event(task_id=8).uid != event(organization_id=2).uid != event().uid


def test_the_telephone_calls_at_nine_on_the_day_before():
    (alarm,) = event().alarm

    assert (alarm.action, alarm.description) == ("DISPLAY", "ครบกำหนดพรุ่งนี้")
    assert alarm.trigger == timedelta(days=-1, hours=9)  # counted from the midnight in which the day begins


def test_where_nobody_is_to_be_called_there_is_no_alarm():
    assert event(alarm="").alarm == []


def test_what_is_cancelled_says_so():
    assert event(is_cancelled=True).status == "CANCELLED"


def test_the_calendar_has_its_name_and_says_how_often_to_look():
    found = lines(written(name="กองช่าง, งาน; ผังเมือง"))

    assert read(written(ENTRY)).prodid == "-//ITA measure tracker//Deadlines 1.0//TH"
    for line in (
        "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-TIMEZONE:Asia/Bangkok", "X-PUBLISHED-TTL:PT6H",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", r"X-WR-CALNAME:กองช่าง\, งาน\; ผังเมือง", r"NAME:กองช่าง\, งาน\; ผังเมือง",
    ):  # fmt: skip
        assert line in found


def test_a_calendar_without_tasks_can_be_read_as_well():
    assert read(written()).events == []


def test_the_library_that_writes_finds_nothing_wrong():
    calendar = icalendar.Calendar.from_ical(written(ENTRY))
    (found,) = calendar.walk("VEVENT")

    assert calendar.errors == found.errors == []
    assert found["SUMMARY"] == ENTRY.summary
    assert found.decoded("DTEND") == date(2026, 3, 1)
    assert found.walk("VALARM")[0].decoded("TRIGGER") == timedelta(hours=-15)


@given(st.text(alphabet=f"กนรทเแ{MARKS} abc,;\\:\"'", max_size=300), st.integers(0, 40))
def test_lines_are_folded_between_letters_and_come_back_whole(text, cut):
    title = (LONG[cut:] + text).strip()
    content = written(replace(ENTRY, summary=title))

    for line in content.split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode()  # no byte of a letter is on the line before
    assert read(content).events[0].summary == title
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == title


@pytest.mark.parametrize("before", range(24))
def test_no_line_begins_with_a_vowel_or_tone_mark_that_stands_on_another_letter(before):
    content = written(replace(ENTRY, summary="x" * before + LONG * 3)).decode()
    folded = content.split("\r\n ")[1:]

    assert len(folded) > 5
    assert [line for line in folded if line[0] in MARKS] == []


def test_lines_end_as_the_standard_asks():
    content = written(ENTRY)

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("text", ["ก\x07ข", "ก\x00ข", "ก\x7fข", "ก\tข", "ก\x1bข"])
def test_a_sign_that_no_program_takes_is_left_out(text):
    assert event(summary=text).summary == "กข"
    assert event(description=text, alarm=text, categories=(text,)).categories == ["กข"]


def test_nobody_can_write_lines_of_their_own_into_a_calendar():
    found = event(summary="ก\r\nSTATUS:CANCELLED", description="ก\r\nEND:VEVENT\r\nBEGIN:VEVENT")

    assert (found.summary, found.status) == ("ก\nSTATUS:CANCELLED", "CONFIRMED")
    assert found.description == "ก\nEND:VEVENT\nBEGIN:VEVENT"


def test_the_mark_changes_with_anything_that_is_read_and_with_nothing_else():
    agenda = Agenda("ก", (ENTRY,))

    assert agenda.mark == Agenda("ก", (replace(ENTRY),)).mark
    assert write(agenda) == write(Agenda("ก", (replace(ENTRY),)))
    others = [Agenda("ข", (ENTRY,)), Agenda("ก", ()), Agenda("ก", (replace(ENTRY, sequence=4),))]
    assert len({agenda.mark, *(other.mark for other in others)}) == 4
