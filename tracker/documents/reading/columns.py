"""What the columns of a table hold, found by what their headings mean, in any order."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from tracker.documents.reading.naming import squeezed
from tracker.documents.reading.rows import Row


class Column(StrEnum):
    """The columns we read; the first five make a measure, the others an assessed question."""

    TITLE = "title"
    ANALYSIS = "analysis"
    STEPS = "steps"
    TIME_FRAME = "time_frame"
    RESPONSIBLE = "responsible"
    INDICATOR = "indicator"
    INSTRUMENT = "instrument"
    QUESTION = "question"
    SCORE = "score"
    DEFECT = "defect"
    ADVICE = "advice"


Columns = Mapping[Column, int]

_LONGEST_HEADING = 120
# The first that fits counts: "ผลการวิเคราะห์ ตัวชี้วัดที่สอดคล้องกับมาตรการ" is about the analysis.
_MEASURE_HEADINGS = {
    Column.STEPS: r"ขั้นตอน|วิธีการ|วิธีดำเนิน|แนวทาง(?:การ)?(?:ดำเนิน|ปฏิบัติ)|รายละเอียด(?:การ)?ดำเนิน|การดำเนินการ$",
    Column.ANALYSIS: r"ผลการวิเคราะห์|การวิเคราะห์|วิเคราะห์|ประเด็น|ข้อบกพร่อง|ข้อค้นพบ|ปัญหา|สภาพปัญหา|จุดที่",
    Column.TITLE: r"(?:ชื่อ)?(?:มาตรการ|โครงการ|กิจกรรม)",
    Column.INDICATOR: r"ตัวชี้วัด",
    Column.RESPONSIBLE: r"(?:ผู้|หน่วย|ส่วน|กอง|งาน)?.{0,12}รับผิดชอบ(?:หลัก|ดำเนินการ)?$",
    Column.TIME_FRAME: r"(?:ช่วง|ห้วง|กำหนด)?(?:ระยะ)?เวลา|กำหนดแล้วเสร็จ|กำหนดการ|ปฏิทิน",
}
_ITEM_HEADINGS = {
    Column.INSTRUMENT: r"เครื่องมือ|แบบวัด",
    Column.DEFECT: r"ข้อบกพร่อง|ปัญหา|จุดอ่อน|ข้อค้นพบ|ผลการวิเคราะห์|ประเด็นที่",
    Column.ADVICE: r"ข้อแก้ไข|ข้อเสนอ|แนวทาง|แก้ไข|ปรับปรุง|การปรับปรุง",
    Column.QUESTION: r"ข้อคำถาม|ข้อความ|ข้อที่|ข้อ$|คำถาม|รหัส|ประเด็น",
    Column.SCORE: r"คะแนน(?!เฉลี่ย)|ผลคะแนน|ค่าคะแนน",
}


def measure_columns(row: Row) -> Columns | None:
    """Return where a heading row puts a measure's parts, or None if it heads no table of measures."""
    columns = _columns(row, _MEASURE_HEADINGS)
    has_when_or_who = Column.TIME_FRAME in columns or Column.RESPONSIBLE in columns
    return columns if Column.TITLE in columns and has_when_or_who and len(columns) > 2 else None


def item_columns(row: Row) -> Columns | None:
    """Return where a heading row puts questions, scores, defects and advice, or None if it heads no such table."""
    columns = _columns(row, _ITEM_HEADINGS)
    return columns if Column.QUESTION in columns and Column.SCORE in columns else None


def cell_of(row: Row, columns: Columns, column: Column) -> str:
    """Return a row's raw cell in a column, empty where the table or the row has none."""
    position = columns.get(column)
    return row[position] if position is not None and position < len(row) else ""


def _columns(row: Row, headings: Mapping[Column, str]) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for position, cell in enumerate(row):
        meaning = _meaning(squeezed(cell), headings.items())
        if meaning:
            columns.setdefault(meaning, position)
    return columns


def _meaning(heading: str, headings: Iterable[tuple[Column, str]]) -> Column | None:
    if len(heading) > _LONGEST_HEADING:
        return None
    return next((column for column, pattern in headings if re.match(pattern, heading)), None)
