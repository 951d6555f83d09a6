"""Reading time frames: a table of phrases with what they mean, and what must hold for any text at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.calendar import months_of
from tracker.domain.thai import arabic_digits, thai_digits
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame, step_time_frame

YEAR = 2569
ROUNDS = (date(2026, 3, 31), date(2026, 9, 30))
EVES = (date(2025, 12, 31), date(2026, 2, 16), date(2026, 4, 10))  # of new year, Chinese new year and Songkran
MONTH_LENGTHS = (31, 30, 31, 31, 28, 31, 30, 31, 30, 31, 31, 30)


def _weekly(first: date) -> tuple[date, ...]:
    return tuple(first + timedelta(weeks=number) for number in range(52))


REGULAR = {
    "month-ends": tuple(month.replace(day=day) for month, day in zip(months_of(YEAR), MONTH_LENGTHS, strict=True)),
    "fifths": tuple(month.replace(day=5) for month in months_of(YEAR)),
    "twenty-fifths": tuple(month.replace(day=25) for month in months_of(YEAR)),
    "sundays": _weekly(date(2025, 10, 5)),
    "fridays": _weekly(date(2025, 10, 3)),
}


def _read(phrase: str) -> TimeFrame:
    return read_time_frame(phrase, fiscal_year=YEAR)


def _examples() -> Iterator[tuple[str, ...]]:
    heading: list[str] = []
    for line in Path(__file__).with_name("time_frames.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            yield line.strip(), *heading[:3], " ".join(heading[3:])
        elif not line.startswith("#"):
            heading = line.split()


EXAMPLES = list(_examples())


@pytest.mark.parametrize(("phrase", "kind", "starts_on", "ends_on", "deadlines"), EXAMPLES)
def test_a_phrase_means_what_the_table_says(phrase, kind, starts_on, ends_on, deadlines):
    frame = _read(phrase)

    days = REGULAR.get(deadlines) or tuple(map(date.fromisoformat, deadlines.split()))
    assert (frame.kind, str(frame.starts_on or "-"), str(frame.ends_on or "-")) == (kind, starts_on, ends_on)
    assert frame.deadlines(rounds=ROUNDS, festivals=EVES) == days


@pytest.mark.parametrize("phrase", [example[0] for example in EXAMPLES])
def test_a_phrase_means_the_same_in_either_script(phrase):
    assert _read(thai_digits(phrase)) == _read(arabic_digits(phrase)) == _read(phrase)


@pytest.mark.parametrize("phrase", [example[0] for example in EXAMPLES])
def test_a_phrase_comes_back_from_storage_unchanged(phrase):
    assert TimeFrame.from_json(_read(phrase).to_json()) == _read(phrase)


@pytest.mark.parametrize("phrase", ["", "   ", "-", "–", "()", "🙂", "x" * 300])
def test_a_text_without_time_is_unclear(phrase):
    assert _read(phrase) == TimeFrame(Kind.UNCLEAR, YEAR)


def test_a_dash_that_begins_a_line_is_no_range():
    frame = _read("- ภายในเดือนมีนาคม\n- ภายในเดือนกันยายน ๒๕๖๙")

    assert frame.deadlines(rounds=ROUNDS) == (date(2026, 3, 31), date(2026, 9, 30))


def test_a_dash_that_may_begin_a_line_or_join_a_range_is_unclear():
    assert _read("- มีนาคม ๒๕๖๙\n- กันยายน ๒๕๖๙").kind == Kind.UNCLEAR


@pytest.mark.parametrize("phrase", ["ต.ค. ๖๘ -", "มีนาคม และ", "ทุกเดือน (", "จนถึงกันยายน ๒๕๖๙", "ตั้งแต่ ต.ค. ๖๘"])
def test_a_phrase_that_is_cut_short_is_unclear(phrase):
    assert _read(phrase).kind == Kind.UNCLEAR


def test_the_last_day_of_february_follows_the_leap_year():
    frame = read_time_frame("ภายในเดือนกุมภาพันธ์", fiscal_year=2571)

    assert frame.dates == (date(2028, 2, 29),)


def test_months_without_a_year_are_those_of_the_plan():
    frame = read_time_frame("ธันวาคม และ มีนาคม", fiscal_year=2570)

    assert frame.dates == (date(2026, 12, 31), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("round_on", "deadlines"),
    [
        (date(2026, 8, 1), ["2026-08-01", "2026-09-30"]),
        (date(2026, 8, 2), ["2026-08-02"]),
        (date(2026, 9, 30), ["2026-09-30"]),
        (date(2026, 10, 1), ["2026-09-30"]),
    ],
)
def test_the_last_day_of_a_span_counts_unless_a_round_falls_in_its_last_sixty_days(round_on, deadlines):
    days = _read("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙").deadlines(rounds=[round_on])

    assert [str(day) for day in days] == deadlines


def test_a_round_before_a_short_span_does_not_stand_for_its_last_day():
    frame = _read("๑ - ๑๕ เมษายน ๒๕๖๙")

    assert frame.deadlines(rounds=ROUNDS) == (date(2026, 4, 15),)


def test_rounds_at_the_end_of_february_and_august_are_kept():
    rounds = [date(2026, 8, 31), date(2026, 2, 28)]

    assert _read("ตลอดปีงบประมาณ").deadlines(rounds=rounds) == (date(2026, 2, 28), date(2026, 8, 31))


def test_a_named_day_that_a_month_lacks_is_its_last():
    days = _read("ทุกวันที่ ๓๐ ของเดือน").deadlines(rounds=ROUNDS)

    assert date(2026, 2, 28) in days
    assert date(2026, 1, 30) in days


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ตรวจสอบสถานะลิงก์ ข้อมูลทุกเดือน ให้สามารถ เข้าถึงได้ทุกลิงก์", Kind.MONTHLY),
        ("ปรับข้อมูลให้เป็นปัจจุบัน ทันทีที่มีการเปลี่ยนแปลง", Kind.ON_EVENT),
        ("สื่อสารนโยบาย No Gift Policy ในทุกเทศกาล", Kind.FESTIVALS),
        ("ประชุมติดตามทุกไตรมาสและจดบันทึก", Kind.QUARTERLY),
        ("ประชุมบุคลากรอย่างน้อยปีละ ๒ ครั้ง", Kind.HALF_YEARLY),
        ("แจ้งผลภายใน ๑๕ วันนับแต่วันที่ได้รับเรื่อง", Kind.ON_EVENT),
        ("สรุปผลการใช้จ่ายให้ผู้บริหาร ภายในเดือนมีนาคม และเดือนกันยายน ๒๕๖๙", Kind.DATES),
        ("ส่งรายงานภายในวันที่ ๕ ของทุกเดือนให้งานธุรการ", Kind.MONTHLY),
    ],
)
def test_a_step_may_have_a_rhythm_of_its_own(text, kind):
    frame = step_time_frame(text, fiscal_year=YEAR)

    assert frame is not None
    assert frame.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "กำหนดขั้นตอนและระยะเวลาที่ใช้ในการให้บริการไว้ในคู่มือ",
        "ดำเนินการตามแผนปฏิบัติการประจำปีและรายงานความก้าวหน้าให้ทราบ",
        "ติดตามผลการใช้จ่ายงบประมาณให้เป็นไปตามวัตถุประสงค์",
        "เก็บรักษาข้อมูลเป็นความลับและไม่มีผลกระทบต่อผู้ร้องเรียน",
        "ให้เข้าถึงได้ทุกลิงก์ตลอดเวลา และงดรับของขวัญทุกชนิด",
        "รับเรื่องร้องทุกข์และแก้ไขทันที",
        "นำสถิติเดือนมกราคม ถึง มีนาคม มาวิเคราะห์",
        "ตรวจสอบทุกเดือน ยกเว้นเดือนเมษายน",
        "รายงานทุกเดือน หรือทุกไตรมาส",
        "ทุกเดือน " * 2000,
    ],
)
def test_a_step_that_names_no_rhythm_or_several_follows_its_measure(text):
    assert step_time_frame(text, fiscal_year=YEAR) is None


PIECES = """
    ทุก เดือน ปี ละ ๒ ครั้ง ไตรมาส ที่ ๑ - ๔ และ / ( ) ภายใน วันที่ ๓๑ มี.ค. กุมภาพันธ์ ๒๕๖๙ 68 ปีงบประมาณ พ.ศ. ตลอด รอบ สิ้น หลัง แรก
    เทศกาล ปีใหม่ ทันที ก่อน วันศุกร์ ระหว่าง ถึง รายงาน ไม่ หรือ o 9999 30/2/69 ๆ 🙂 ค.ศ. 2026
"""
PHRASES = st.lists(st.sampled_from(PIECES.split()), max_size=12).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@given(PHRASES | st.text(max_size=60))
def test_whatever_is_read_has_its_deadlines_within_what_it_covers(text):
    frame = _read(text)

    assert all(frame.starts_on <= day <= frame.ends_on for day in frame.deadlines(rounds=ROUNDS, festivals=EVES))


@given(PHRASES)
def test_every_schedule_that_is_read_falls_due_at_least_once(text):
    frame = _read(text)

    is_dated = frame.kind not in (Kind.UNCLEAR, Kind.ON_EVENT)
    assert bool(frame.deadlines(rounds=ROUNDS, festivals=EVES)) == is_dated


@given(PHRASES | st.text(max_size=60))
def test_what_cannot_be_read_covers_no_days(text):
    frame = _read(text)

    assert frame.kind != Kind.UNCLEAR or frame == TimeFrame(Kind.UNCLEAR, YEAR)


@given(PHRASES | st.text(max_size=60))
def test_digits_of_either_script_read_alike(text):
    assert _read(thai_digits(text)) == _read(text)


@pytest.mark.parametrize("piece", ["ทุก", "1", "(", " ", "๒๕๖๙ - ", "เดือน", "ทันทีที่", "ก", "-"])
def test_a_text_of_any_length_is_answered_at_once(piece):
    text = piece * 100_000

    assert _read(text).kind == Kind.UNCLEAR
    assert step_time_frame(text, fiscal_year=YEAR) is None
