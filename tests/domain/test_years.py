from datetime import date

import pytest

from tracker.domain.timeframes import read_time_frame
from tracker.domain.timeframes.schedule import Kind
from tracker.domain.years import a_year_later, day_a_year_later


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙", "ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐"),
        ("ตลอดปีงบประมาณ 2569", "ตลอดปีงบประมาณ 2570"),
        ("ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙", "ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๗๐"),
        ("ต.ค. 68 - ก.ย. 69", "ต.ค. 69 - ก.ย. 70"),
        ("๑ ต.ค. ๖๘ – ๓๐ ก.ย. ๖๙", "๑ ต.ค. ๖๙ – ๓๐ ก.ย. ๗๐"),
        ("ตุลาคม 2568 - กันยายน 2569", "ตุลาคม 2569 - กันยายน 2570"),
        ("ปีงบประมาณ 2568-2569", "ปีงบประมาณ 2569-2570"),
        ("28/2/2569 และ 31/8/69", "28/2/2570 และ 31/8/70"),
        ("ปีงบประมาณ ๖๙", "ปีงบประมาณ ๗๐"),
        ("ทุกเดือน", "ทุกเดือน"),
        ("ภายใน ๓๐ วัน", "ภายใน ๓๐ วัน"),
        ("ร้อยละ 69 ของกิจกรรม", "ร้อยละ 69 ของกิจกรรม"),
        ("ตามระเบียบฯ พ.ศ. ๒๕๖๐ ภายในเดือนมกราคม ๒๕๖๙", "ตามระเบียบฯ พ.ศ. ๒๕๖๐ ภายในเดือนมกราคม ๒๕๗๐"),
        ("แผนพัฒนา ๒๕๖๖ - ๒๕๗๐", "แผนพัฒนา ๒๕๖๖ - ๒๕๗๐"),
        ("", ""),
    ],
)
def test_the_years_of_the_plan_move_in_their_own_digits_and_no_others(words, later):
    assert a_year_later(words, fiscal_year=2569) == later


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("29 ก.พ. 2571", "28 ก.พ. 2572"),
        ("ภายในวันที่ ๒๙ กุมภาพันธ์ พ.ศ. ๒๕๗๑", "ภายในวันที่ ๒๘ กุมภาพันธ์ พ.ศ. ๒๕๗๒"),
        ("29/2/71", "28/2/72"),
        ("29 มี.ค. 2571", "29 มี.ค. 2572"),
    ],
)
def test_a_leap_day_stays_in_its_month(words, later):
    assert a_year_later(words, fiscal_year=2571) == later


@pytest.mark.parametrize(
    "words", ["ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙", "๒๘ ก.พ. ๖๙ และ ๓๑ ส.ค. ๖๙", "ต.ค. 68 - ก.ย. 69", "ทุกไตรมาส"]
)
def test_what_was_read_before_is_read_a_year_later_too(words):
    before = read_time_frame(words, fiscal_year=2569)

    after = read_time_frame(a_year_later(words, fiscal_year=2569), fiscal_year=2570)

    assert after.kind == before.kind != Kind.UNCLEAR
    assert [day_a_year_later(day) for day in before.deadlines(rounds=())] == list(after.deadlines(rounds=()))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 31), date(2027, 3, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2026, 4, 15), date(2027, 4, 15)),
    ],
)
def test_a_day_stays_in_its_month_and_the_last_one_the_last(day, later):
    assert day_a_year_later(day) == later
