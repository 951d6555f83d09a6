import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.file_names import LONGEST_NAME, clean_name, ending_of, with_ending

KEPT = [
    "รายงานผลการดำเนินการ ประจำปี ๒๕๖๙.pdf",
    "บันทึกข้อความ ที่ มท ๐๘๐๑.๓-ว ๑๒ (ลงนาม).docx",
    "ที่นี่ น้ำใจ เก้าอี้ ฤๅษี ผู้ใหญ่.jpg",
    "report v1.2 [final] & more + 50%.xlsx",
    "IMG_0001.HEIC",
    "ไม่มีนามสกุล",
]


@pytest.mark.parametrize("name", KEPT)
def test_an_ordinary_name_stays_letter_by_letter(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\somchai\\แผน.pdf", "แผน.pdf"),
        ("/a/b\\c/แผน.pdf", "แผน.pdf"),
        ("แผน.pdf/", "แผน.pdf"),
        ("..", ""),
        ("", ""),
        ("   ", ""),
        (".htaccess", "htaccess"),
        ("แผน.pdf. . .", "แผน.pdf"),
        ("แผน\n\tงาน.pdf", "แผน งาน.pdf"),
        ("แผน   งาน.pdf", "แผน งาน.pdf"),
        ("แผน\0.pdf", "แผน.pdf"),
        ("\x1b[31mแผน\x7f.pdf", "[31mแผน.pdf"),
        ("แผน\u202egpj.exe", "แผนgpj.exe"),
        ("แ\u200bผ\u200dน\ufeff.pdf", "แผน.pdf"),
        ("แผน\ud800.pdf", "แผน.pdf"),
        ('<b>"a"|b?*:</b>.pdf', "b_.pdf"),
        ("a<b>c.pdf", "a_b_c.pdf"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("Lpt1.docx", "_Lpt1.docx"),
        ("com¹.pdf", "_com¹.pdf"),
        ("console.pdf", "console.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
    ],
)
def test_what_no_name_may_hold_is_taken_out(written, kept):
    assert clean_name(written) == kept


def test_a_very_long_name_keeps_its_beginning_and_its_ending():
    name = clean_name("รายงาน" * 200 + ".docx")

    assert len(name) <= LONGEST_NAME
    assert name.startswith("รายงานรายงาน")
    assert name.endswith("….docx")


@pytest.mark.parametrize("shift", range(4))
def test_shortening_takes_no_vowel_or_tone_mark_from_its_letter(shift):
    name = clean_name("x" * shift + "ที่" * 200 + ".pdf").removesuffix("….pdf").lstrip("x")

    assert name
    assert name.replace("ที่", "") == ""


def test_a_name_of_the_longest_kind_is_not_touched():
    name = "ก" * (LONGEST_NAME - 4) + ".pdf"

    assert clean_name(name) == name


@given(st.text())
def test_any_name_becomes_harmless_and_stays_so(written):
    name = clean_name(written)

    assert len(name) <= LONGEST_NAME + 1
    assert not set(name) & set('/\\<>:"|?*\0\n\r')
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("แผน ก.พ.69", ""), ("แผน", ""), ("a.7z", "7z"), ("a.รายงาน", "")],
)
def test_the_ending_is_what_follows_the_last_dot_if_it_is_one(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("a.jpeg", "a.jpeg"),
        ("image", "image.jpg"),
        ("แผน ก.พ.69", "แผน ก.พ.69.jpg"),
        ("", "หลักฐาน.jpg"),
        ("jpg", "หลักฐาน.jpg"),
    ],
)
def test_a_name_without_an_ending_is_given_one(name, named):
    assert with_ending(name, "jpg") == named
