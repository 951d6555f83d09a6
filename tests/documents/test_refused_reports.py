"""Files that are no report are refused, each for its own reason; hostile ones in reasonable time."""

from contextlib import suppress

import pytest

from tests.patience import patience
from tracker.documents.reading.refusals import (
    MAX_BYTES,
    DamagedText,
    EmptyReport,
    NoMeasures,
    NotText,
    NotThai,
    ReportTooLarge,
    ReportTooLong,
    UnreadableReport,
)
from tracker.documents.reading.text import read_text_report
from tracker.sample import report_bytes

HEADINGS = "ผลการวิเคราะห์\tมาตรการ\tขั้นตอน\tระยะเวลา\tผู้รับผิดชอบ\n"
QUESTIONS = "เครื่องมือ\tข้อคำถาม\tคะแนน\tข้อบกพร่อง\tข้อแก้ไข\n"
CELL = HEADINGS + "ก\tข\t"
SIZE = MAX_BYTES // 10  # large enough: whatever takes quadratic time would take minutes


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", EmptyReport),
        (b" \r\n\t\n", EmptyReport),
        (b"\xef\xbb\xbf", EmptyReport),
        (b"\xff\xfe", EmptyReport),
        (b"x" * (MAX_BYTES + 1), ReportTooLarge),
        (b"%PDF-1.7", NotText),
        (b"\x00\x01\x02", NotText),
        (b"English only", NotThai),
        (report_bytes()[:-2], DamagedText),
        ("เทศบาลตำบลตัวอย่าง".encode(), NoMeasures),
    ],
)
def test_each_reason_has_its_own_refusal(content, reason):
    with pytest.raises(reason):
        read_text_report(content)


def test_the_limit_of_size_is_named():
    with pytest.raises(ReportTooLarge, match="5 MB"):
        read_text_report(b"x" * (MAX_BYTES + 1))


def filled(unit, head="", tail=""):
    """Return a large file of repetitions of `unit`."""
    room = SIZE - len(head.encode()) - len(tail.encode())
    return head.encode() + unit.encode() * (room // len(unit.encode())) + tail.encode()


@pytest.mark.parametrize(
    "content",
    [
        filled("\t", "ก"),
        filled("\t", CELL),
        filled("\n", CELL),
        filled(" ", CELL, "\tค\tง\n"),
        filled("<", CELL, "\tค\tง\n"),
        filled("<!--ก", CELL, "\tค\tง\n"),
        filled("&#9", CELL, "\tค\tง\n"),
        filled("(", CELL + "- ", "\tค\tง\n"),
        filled("- ", CELL, "\tค\tง\n"),
        filled("- ก ", CELL, "\tค\tง\n"),
        filled("1. ", CELL, "\tค\tง\n"),
        filled("9", HEADINGS, "\tข\tค\tง\tจ\n"),
        filled("ก", CELL, "\tค\tง\n"),
        filled("ก"),
        filled("|", HEADINGS),
        filled("ก\tข\tค\tง\tจ\n", HEADINGS),
        filled("\t\tค\t\t\n", CELL + "ค\tง\tจ\n"),
        filled("\tข\n", HEADINGS),
        filled("ก\n", HEADINGS + "ก\tข\n"),
        filled("\tข้อ 1\t99\t\t\n", QUESTIONS),
        filled("(", QUESTIONS + "IIT\tข้อ 1\t"),
        filled("ตัวชี้วัดที่ 1 สูงสุด 99 คะแนน "),
        filled("เทศบาลตำบล"),
        filled(HEADINGS),
    ],
    ids=lambda content: repr(content[-40:].decode(errors="replace")),
)
def test_a_file_made_to_keep_the_reader_busy_does_not(content):
    with patience(), suppress(UnreadableReport):
        read_text_report(content)


def test_more_lines_than_any_report_has_are_refused():
    with pytest.raises(ReportTooLong, match="lines"):
        read_text_report(filled("ก\n"))
