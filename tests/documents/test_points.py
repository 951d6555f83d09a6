"""Cells become words, and lists in them become points."""

import pytest

from tracker.documents.reading.markup import LONGEST_CELL, MOST_POINTS, plain, points
from tracker.documents.reading.refusals import ReportTooLong


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("  ทุก  ส่วน\tราชการ ", "ทุก ส่วน ราชการ"),
        ("<p>ทุก<b>ส่วน</b>ราชการ</p>", "ทุกส่วนราชการ"),
        ("กองคลัง<br>กองช่าง", "กองคลัง กองช่าง"),
        ("กองคลัง&nbsp;กองช่าง &amp; อื่น ๆ", "กองคลัง กองช่าง & อื่น ๆ"),
        ("&lt;p&gt;กองคลัง&lt;/p&gt;", "กองคลัง"),
        ("คะแนน < 85 และ > 70", "คะแนน < 85 และ > 70"),
        ("กรอก <ชื่อ> ให้ครบ", "กรอก <ชื่อ> ให้ครบ"),
        ("**มาตรการ** ที่ ๑", "มาตรการ ที่ ๑"),
        ("นํ้าท่วม", "น้ำท่วม"),
        ("&#99999999999999999999;", "&#99999999999999999999;"),
    ],
)
def test_markup_goes_and_words_stay(cell, words):
    assert plain(cell) == words


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", ()),
        ("ติดตามผล", ("ติดตามผล",)),
        ("- ก้าว - ข้าม", ("ก้าว", "ข้าม")),
        ("-ก้าว -ข้าม", ("ก้าว", "ข้าม")),
        ("• ก้าว •ข้าม", ("ก้าว", "ข้าม")),
        ('<ul style="list-style-type: none"> - ก้าว - ข้าม ', ("ก้าว", "ข้าม")),
        ("<ul><li>ก้าว</li><li>ข้าม</li></ul>", ("ก้าว", "ข้าม")),
        ("<ol><li><p>ก้าว</p></li><li><p>ข้าม</p></li></ol>", ("ก้าว", "ข้าม")),
        ("<p>ก้าว</p> <p>ข้าม</p>", ("ก้าว", "ข้าม")),
        ("๑. ก้าว ๒. ข้าม", ("ก้าว", "ข้าม")),
        ("๑.ก้าว ๒.ข้าม", ("ก้าว", "ข้าม")),
        ("1) ก้าว 2) ข้าม", ("ก้าว", "ข้าม")),
        ("(1) ก้าว (2) ข้าม", ("ก้าว", "ข้าม")),
        ("- ก้าว\n- ข้าม", ("ก้าว", "ข้าม")),
        ("เริ่ม<br>- ก้าว<br>- ข้าม", ("เริ่ม", "ก้าว", "ข้าม")),
        ("- ก้าวแรก\nยังไม่จบ\n- ข้าม", ("ก้าวแรก ยังไม่จบ", "ข้าม")),
    ],
)
def test_every_way_of_writing_a_list_gives_its_points(cell, expected):
    assert points(cell) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "งดรับ-งดให้ของขวัญ",
        "เปิดช่องทางการติดต่อ - สอบถาม",
        "ทำใน ต.ค. - ก.ย. ของทุกปี",
        "เปิดเวลา ๐๘.๓๐ - ๑๖.๓๐ น.",
        "เปิดวันจันทร์ - วันศุกร์",
        "ทำตั้งแต่ ตุลาคม 2568 - กันยายน 2569",
        "ใช้ E - Service ให้มากขึ้น",
        "ประชุม (ก่อน - หลัง) โครงการ",
        "ทำตามข้อ ๒. ของระเบียบ",
        "คะแนน ๙๙.๓๓ ในปี ๒๕๖๙.",
    ],
)
def test_a_hyphen_or_number_within_a_step_does_not_split_it(sentence):
    assert points(f"- {sentence} - รายงานผล") == (sentence, "รายงานผล")
    assert points(f"๑. {sentence} ๒. รายงานผล") == (sentence, "รายงานผล")


def test_running_text_that_begins_without_a_bullet_is_one_point():
    assert points("ทำช่องทางติดต่อ - สอบถาม และ รับ - ส่งเอกสาร") == ("ทำช่องทางติดต่อ - สอบถาม และ รับ - ส่งเอกสาร",)


def test_only_the_bullet_the_list_begins_with_splits_it():
    assert points("• ระบุ - แก้ไข • รายงาน") == ("ระบุ - แก้ไข", "รายงาน")


def test_a_step_that_ends_with_a_visitor_is_not_taken_for_a_pair():
    assert points("- จัดทำคู่มือสำหรับผู้มาติดต่อ - สอบถามความพึงพอใจ") == (
        "จัดทำคู่มือสำหรับผู้มาติดต่อ",
        "สอบถามความพึงพอใจ",
    )


@pytest.mark.parametrize("read", [plain, points])
def test_a_cell_longer_than_any_reports_is_refused(read):
    with pytest.raises(ReportTooLong):
        read("ก" * (LONGEST_CELL + 1))


def test_a_list_longer_than_any_measure_is_refused():
    with pytest.raises(ReportTooLong):
        points("- ก " * (MOST_POINTS + 1))
