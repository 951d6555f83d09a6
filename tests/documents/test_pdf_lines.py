"""Letters of a PDF by their places: which of them make a word, a line, a paragraph."""

from itertools import accumulate

import pytest

from tracker.documents.reading.glyphs import Glyph
from tracker.documents.reading.lines import distance, lines_of, paragraphs

EM = 10.0
MARKS = set("ัิีึืุู็่้๊๋์ํ")


def drawn(text, *, y=0.0, left=0.0, wide=0.5, apart=0.0):
    """Return letters drawn one after the other, in em; marks stand over the letter before them."""
    widths = [0 if letter in MARKS else wide + apart for letter in text]
    places = accumulate(widths[:-1], initial=left)
    return [
        Glyph(
            letter, EM * (x - 0.3 if letter in MARKS else x), EM * (x if letter in MARKS else x + wide), EM * x, y, EM
        )
        for letter, x in zip(text, places, strict=True)
    ]


def text_of(glyphs):
    return [line.text for line in lines_of(glyphs)]


def whole(*texts, width, step=15.0):
    lines = lines_of([glyph for at, text in enumerate(texts) for glyph in drawn(text, y=at * step)])
    return list(paragraphs(lines, left=-0.5 * EM, right=EM * (width + 0.5), apart=distance([lines])))


def test_letters_on_one_line_are_its_words():
    assert text_of(drawn("ข้อบกพร่อง ของหน่วยงาน")) == ["ข้อบกพร่อง ของหน่วยงาน"]


def test_letters_far_apart_are_words_apart_though_no_space_was_drawn():
    assert text_of([*drawn("กอง"), *drawn("คลัง", left=1.8)]) == ["กอง คลัง"]


def test_a_space_between_letters_that_touch_is_none():
    thin = Glyph(" ", EM * 1.5, EM * 1.5, EM * 1.5, 0, EM)

    assert text_of([*drawn("กอง"), thin, *drawn("คลัง", left=1.5)]) == ["กองคลัง"]


def test_words_drawn_out_to_fill_the_line_are_not_torn():
    assert text_of(drawn("สำนักปลัดเทศบาล", apart=0.25)) == ["สำนักปลัดเทศบาล"]


def test_a_figure_is_not_torn_before_its_point():
    assert text_of([*drawn("๙๘"), *drawn(".๓๔", left=1.3)]) == ["๙๘.๓๔"]


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("ท\u0e4dา", "ทำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("ท\u0e48\u0e35", "ที่"),
        ("เเผน", "แผน"),
        ("แ\u200bผน", "แผน"),
    ],
)
def test_letters_are_put_together_as_thai_is_written(letters, word):
    assert text_of(drawn(letters)) == [word]


def test_marks_drawn_higher_belong_to_the_line_of_their_letter():
    base, vowel, tone = drawn("ที่")
    shifted = Glyph(tone.text, tone.left, tone.right, tone.x, -6.0, EM)

    assert text_of([base, vowel, shifted]) == ["ที่"]


def test_lines_are_read_from_top_to_bottom_whatever_was_drawn_first():
    assert text_of([*drawn("ล่าง", y=15.0), *drawn("บน", y=0.0)]) == ["บน", "ล่าง"]


def test_a_line_broken_between_thai_words_goes_on_without_a_space():
    assert whole("เทศบาลตำบล", "ตัวอย่าง", width=5) == ["เทศบาลตำบลตัวอย่าง"]


def test_a_space_kept_at_the_end_of_a_line_is_kept():
    assert whole("เทศบาลตำบล ", "ตัวอย่าง", width=5) == ["เทศบาลตำบล ตัวอย่าง"]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("ปีงบประมาณ พ.ศ.", "๒๕๖๙", "ปีงบประมาณ พ.ศ. ๒๕๖๙"),
        ("มาตรการ No Gift", "Policy", "มาตรการ No Gift Policy"),
        ("บริการทาง E-", "Service", "บริการทาง E-Service"),
        ("โครงการต่าง", "ๆ ทุกปี", "โครงการต่าง ๆ ทุกปี"),
        ("ปรับปรุง/", "แก้ไข", "ปรับปรุง/แก้ไข"),
    ],
)
def test_a_line_broken_elsewhere_had_a_space_there(first, second, both):
    assert whole(first, second, width=len(first) / 2) == [both]


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose():
    assert whole("เทศบาลตำบลตัวอย่าง", "กองคลัง", "สำนักปลัด", width=20) == ["เทศบาลตำบลตัวอย่าง", "กองคลัง", "สำนักปลัด"]


def test_points_begin_where_several_lines_bear_a_mark():
    assert whole("- รวบรวมยอดใช้จ่าย", "- ประกาศบนเว็บไซต์", width=8) == ["- รวบรวมยอดใช้จ่าย", "- ประกาศบนเว็บไซต์"]


def test_one_dash_at_the_front_of_a_line_that_is_full_came_there_by_chance():
    assert whole("ช่องทางการติดต่อ ", "- สอบถาม", width=7) == ["ช่องทางการติดต่อ - สอบถาม"]


def test_a_line_further_below_than_usual_begins_a_paragraph():
    lines = lines_of([*drawn("หนึ่งสองสาม"), *drawn("สี่ห้าหกเจ็ด", y=15.0), *drawn("แปดเก้าสิบ", y=40.0)])

    assert list(paragraphs(lines, left=-5.0, right=55.0, apart=distance([lines]))) == ["หนึ่งสองสามสี่ห้าหกเจ็ด", "แปดเก้าสิบ"]
