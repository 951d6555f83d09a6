from datetime import date

import pytest

from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame
from tracker.domain.timeframes.phrases import phrase_for


@pytest.mark.parametrize(
    "words",
    [
        "ทุกเดือน",
        "ทุกไตรมาส",
        "ปีละ 2 ครั้ง",
        "ปีละ 1 ครั้ง",
        "ทุกสัปดาห์",
        "ทุกวันศุกร์",
        "ทุกวันพฤหัสบดี",
        "ทุกวันที่ 5 ของเดือน",
        "ทุกเทศกาล",
        "ทันทีที่มีการเปลี่ยนแปลง",
        "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
        "ต.ค. 68 - มิ.ย. 69",
        "ณ วันที่ 28 ส.ค. 69",
        "15 มกราคม 2569 และ 15 มีนาคม 2569",
        "ทุกเดือน ตั้งแต่ ม.ค. 69 ถึง มี.ค. 69",
        "ทุกวันจันทร์ 1 ม.ค. 69 - 31 มี.ค. 69",
        "เทศกาลปีใหม่ และเทศกาลสงกรานต์",
        "ตลอดปีงบประมาณ พ.ศ. 2569 ทันทีที่มีการเปลี่ยนแปลง",
        "ภายในเดือนมีนาคม 2569 และ กันยายน 2569",
    ],
)
def test_a_phrase_says_what_was_read_so_that_reading_it_again_changes_nothing(words):
    read = read_time_frame(words, fiscal_year=2569)

    assert read.kind != Kind.UNCLEAR
    assert read_time_frame(phrase_for(read), fiscal_year=2569) == read


def test_what_cannot_be_said_exactly_is_left_unsaid():
    without_bounds = TimeFrame(Kind.MONTHLY, 2569, date(2026, 1, 1), None)

    assert phrase_for(without_bounds) == ""


def test_an_unclear_time_frame_has_no_phrase():
    assert phrase_for(TimeFrame(Kind.UNCLEAR, 2569)) == ""
