"""Thai writing: digits, scanned text, dates as people type them, the order of names."""

import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.patience import patience
from tracker.domain.thai import (
    MONTH_NUMBERS,
    MONTHS,
    MONTHS_SHORT,
    ChristianYear,
    UnreadableDate,
    arabic_digits,
    buddhist_year,
    clean,
    long_date,
    nfc,
    read_date,
    short_date,
    sort_key,
    thai_digits,
)

TODAY = date(2026, 2, 20)


def test_digits_change_script_and_letters_stay():
    assert arabic_digits("ข้อ ๑๒ หน้า 3") == "ข้อ 12 หน้า 3"
    assert thai_digits("ข้อ ๑๒ หน้า 3") == "ข้อ ๑๒ หน้า ๓"


@given(st.text())
def test_thai_digits_read_back_as_the_arabic_ones(text):
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)


@pytest.mark.parametrize(
    ("scanned", "cleaned"),
    [
        ("  ทุก\u00a0\n\tส่วน  ราชการ ", "ทุก ส่วน ราชการ"),
        ("ตรวจ\u200bสอบ\u00adลิงก์\ufeff", "ตรวจสอบลิงก์"),
        ("ทําน\u0e49\u0e4d\u0e32", "ทำน้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("เเผน", "แผน"),
        ("", ""),
    ],
)
def test_scanned_text_is_cleaned(scanned, cleaned):
    assert clean(scanned) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_each_month_has_its_full_and_its_short_name():
    full = [MONTH_NUMBERS[name] for name in MONTHS]
    short = [MONTH_NUMBERS[name.replace(".", "")] for name in MONTHS_SHORT]

    assert full == short == list(range(1, 13))


def test_the_buddhist_year_is_543_ahead():
    assert buddhist_year(date(2026, 1, 1)) == 2569


@pytest.mark.parametrize(
    "text",
    [
        "30 ก.ย. 69",
        "๓๐ ก.ย. ๖๙",
        "๓๐/๙/๒๕๖๙",
        "30/9/2569",
        "30/09/69",
        "30-9-69",
        "30.9.2569",
        "30 กย 69",
        "30ก.ย.69",
        "30 กันยายน พ.ศ. 2569",
        "30 กันยายน 2569",
        "30 เดือน ก.ย. ปี 2569",
        "วันที่ ๓๐ กันยายน ๒๕๖๙",
        "วันพุธที่ 30 กันยายน 2569",
        "30 September 2569",
        "30-Sep-69",
        "2569-09-30",
        " 30 \u00a0กันยายน\u200b 2569 ",
        "30 กันยายน",
        "30/9",
    ],
)
def test_a_date_is_read_as_it_is_typed(text):
    assert read_date(text, today=TODAY) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 ก.พ.", date(2026, 2, 20)),
        ("19 ก.พ.", date(2027, 2, 19)),
        ("29 ก.พ.", date(2028, 2, 29)),
        ("1 ม.ค.", date(2027, 1, 1)),
    ],
)
def test_without_a_year_it_is_the_next_such_day_today_included(text, day):
    assert read_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "year", "buddhist"),
    [
        ("2026-09-30", "2026", 2569),
        ("30/9/2026", "2026", 2569),
        ("30 Sep 1999", "1999", 2642),
        ("30 กันยายน ค.ศ. 2026", "2026", 2569),
        ("30/9/26", "26", 2569),
    ],
)
def test_a_christian_year_is_asked_about_with_its_buddhist_one(text, year, buddhist):
    with pytest.raises(ChristianYear) as refused:
        read_date(text, today=TODAY)

    assert refused.value.sentence.values == {"year": year, "buddhist": buddhist}


@pytest.mark.parametrize(
    "text",
    ["", "  ", "พรุ่งนี้", "๓๐", "30 พ.ศ. 2569", "30 ก.ย. 2569 เวลาเช้า", "30//9", "²/9/69", "5 ²", "1" * 200, "9 " * 5000],
)
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(UnreadableDate, match="is not a date"):
        read_date(text, today=TODAY)


@pytest.mark.parametrize("text", ["31 ก.พ. 69", "29/2/2569", "31/4", "30/13/69", "0/9/69", "30 ก.ย. 269", "30/9/9999"])
def test_a_day_that_no_calendar_has_is_refused(text):
    with pytest.raises(UnreadableDate, match="no such day"):
        read_date(text, today=TODAY)


@given(st.text(alphabet="0123456789๐๙ /.-กพมคยสศ.ับ²,a", max_size=20) | st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    with suppress(ChristianYear, UnreadableDate):
        assert read_date(text, today=TODAY) >= date(1857, 1, 1)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_date_written_in_full_reads_back(day):
    assert read_date(thai_digits(long_date(day)), today=TODAY) == day
    assert read_date(short_date(day), today=TODAY) == day


def test_names_sort_by_their_consonant():
    names = ["หมู่บ้าน", "เกาะ", "แขวง", "กอง", "ไร่", "โรงเรียน", "คลัง"]

    assert sorted(names, key=sort_key) == ["กอง", "เกาะ", "แขวง", "คลัง", "โรงเรียน", "ไร่", "หมู่บ้าน"]


@pytest.mark.parametrize("of", [nfc, clean])
def test_a_tower_of_marks_is_cut_before_it_takes_minutes(of):
    with patience():
        short = of("ก" + "\u0301\u0316" * 200_000 + "ข")

    assert short == "ก" + "\u0316" * 15 + "\u0301" * 15 + "ข"


def test_a_long_text_keeps_every_mark_that_people_write():
    text = "กี่น้ำแล้ว e\u0301 " * 200

    assert nfc(text) == unicodedata.normalize("NFC", text)
