"""Slots: what a schedule asks of a division, under names that never change."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import Calendar
from tracker.domain.deadlines import Festival, Slot, festival_deadline, slots
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame

ROUNDS = (date(2026, 3, 31), date(2026, 9, 30))
FESTIVALS = (
    Festival("new_year", date(2025, 12, 31)),
    Festival("chinese_new_year", date(2026, 2, 16)),
    Festival("songkran", date(2026, 4, 10)),
)
PHRASES = [
    "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
    "ม.ค. - ส.ค. 69",
    "๑ - ๑๕ เมษายน ๒๕๖๙",
    "ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙",
    "ทุกเดือน",
    "ทุกวันที่ ๕ ของเดือน",
    "ทุกไตรมาส",
    "ปีละ ๒ ครั้ง",
    "ปีละ ๑ ครั้ง",
    "ทุกสัปดาห์",
    "ทุกวันศุกร์",
    "ทุกเทศกาล",
    "ช่วงเทศกาลปีใหม่และสงกรานต์",
    "ตามความเหมาะสม",
]


def _slots(phrase: str, rounds: tuple[date, ...] = ROUNDS) -> dict[str, str]:
    frame = read_time_frame(phrase, fiscal_year=2569)
    return {slot.key: str(slot.due_on) for slot in slots(frame, rounds=rounds, festivals=FESTIVALS)}


def test_a_whole_year_is_reported_in_the_rounds():
    assert _slots("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙") == {"round:1": "2026-03-31", "round:2": "2026-09-30"}


def test_rounds_are_counted_in_the_order_of_time():
    rounds = (date(2026, 9, 30), date(2026, 3, 31), date(2026, 3, 31))

    assert _slots("ตลอดปีงบประมาณ", rounds) == {"round:1": "2026-03-31", "round:2": "2026-09-30"}


def test_a_moved_round_keeps_its_name():
    rounds = (date(2026, 2, 28), date(2026, 8, 31))

    assert _slots("ตลอดปีงบประมาณ", rounds) == {"round:1": "2026-02-28", "round:2": "2026-08-31"}


def test_the_last_day_of_a_span_is_named_by_its_date():
    assert _slots("ม.ค. - ส.ค. 69") == {"round:1": "2026-03-31", "date:2026-08-31": "2026-08-31"}


def test_a_span_after_the_first_round_begins_with_the_second():
    assert _slots("เม.ย. - ก.ย. 69") == {"round:2": "2026-09-30"}


def test_named_months_are_due_at_their_ends():
    assert _slots("ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙") == {
        "date:2026-02-28": "2026-02-28",
        "date:2026-08-31": "2026-08-31",
    }


def test_every_month_of_the_year_has_its_slot():
    found = _slots("ทุกเดือน")

    assert len(found) == 12
    assert found["month:2025-10"] == "2025-10-31"
    assert found["month:2026-02"] == "2026-02-28"


def test_a_named_day_does_not_change_the_name_of_its_month():
    assert _slots("ทุกวันที่ ๕ ของเดือน")["month:2026-02"] == "2026-02-05"


def test_quarters_and_halves_are_numbered_from_october():
    quarters = ["2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30"]

    assert _slots("ทุกไตรมาส") == {f"quarter:{number}": day for number, day in enumerate(quarters, 1)}
    assert _slots("ปีละ ๒ ครั้ง") == {"half:1": "2026-03-31", "half:2": "2026-09-30"}
    assert _slots("ปีละ ๑ ครั้ง") == {"year": "2026-09-30"}


def test_a_week_has_its_iso_name_across_the_new_year():
    found = _slots("ทุกวันศุกร์")

    assert found["week:2026-W01"] == "2026-01-02"
    assert found["week:2026-W05"] == "2026-01-30"


def test_each_festival_has_its_slot():
    assert _slots("ทุกเทศกาล") == {
        "festival:new_year": "2025-12-31",
        "festival:chinese_new_year": "2026-02-16",
        "festival:songkran": "2026-04-10",
    }


def test_only_the_festivals_that_are_named_have_slots():
    assert list(_slots("ช่วงเทศกาลปีใหม่และสงกรานต์")) == ["festival:new_year", "festival:songkran"]


def test_what_waits_for_an_event_is_reported_in_the_rounds():
    assert _slots("ทันทีที่มีการเปลี่ยนแปลง") == {"round:1": "2026-03-31", "round:2": "2026-09-30"}


def test_what_is_unclear_asks_for_nothing():
    assert _slots("ตามความเหมาะสม") == {}


@pytest.mark.parametrize("phrase", PHRASES)
@given(rounds=st.lists(st.dates(date(2025, 10, 1), date(2026, 9, 30)), max_size=5))
def test_slots_fall_due_on_the_deadlines_and_have_names_of_their_own(phrase, rounds):
    frame = read_time_frame(phrase, fiscal_year=2569)
    found = slots(frame, rounds=rounds, festivals=FESTIVALS)

    eves = [festival.due_on for festival in FESTIVALS]
    assert [slot.due_on for slot in found] == list(frame.deadlines(rounds=rounds, festivals=eves))
    assert len({slot.key for slot in found}) == len(found)


@given(st.sampled_from(list(Kind)), st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 366))
def test_a_schedule_of_up_to_a_year_never_uses_a_name_twice(kind, start, length):
    end = start + timedelta(days=length)
    frame = TimeFrame(kind, 2569, start, end, dates=(start, end))
    found = slots(frame, rounds=ROUNDS, festivals=FESTIVALS)

    assert len({slot.key for slot in found}) == len(found)


def test_february_of_a_leap_year_ends_on_the_29th():
    frame = read_time_frame("ภายในเดือนกุมภาพันธ์", fiscal_year=2571)

    assert slots(frame, rounds=()) == (Slot("date:2028-02-29", date(2028, 2, 29)),)


def test_a_festival_is_due_on_the_working_day_before_it():
    calendar = Calendar(frozenset({date(2025, 12, 31), date(2026, 1, 1)}))

    assert festival_deadline(date(2026, 1, 1), calendar) == date(2025, 12, 30)
    assert festival_deadline(date(2026, 4, 13), calendar) == date(2026, 4, 10)
