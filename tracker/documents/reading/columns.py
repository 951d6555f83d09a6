"""What the columns of a table hold, found by what their headings mean, in any order."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from tracker.documents.reading.naming import squeezed
from tracker.documents.reading.period_columns import period_columns
from tracker.documents.reading.rows import Row


class Column(StrEnum):
    """The columns we read; those down to INDICATOR make a measure, the others an assessed question."""

    TITLE = "title"
    ANALYSIS = "analysis"
    STEPS = "steps"
    TIME_FRAME = "time_frame"
    RESPONSIBLE = "responsible"
    BUDGET = "budget"
    SUCCESS = "success"
    TARGET = "target"
    NUMBER = "number"
    INDICATOR = "indicator"
    INSTRUMENT = "instrument"
    QUESTION = "question"
    SCORE = "score"
    DEFECT = "defect"
    ADVICE = "advice"


Columns = Mapping[Column, int]

_LONGEST_HEADING = 120
# The first that fits counts: "ผลการวิเคราะห์ ตัวชี้วัดที่สอดคล้องกับมาตรการ" is about the analysis, "ตัวชี้วัดความสำเร็จ" about
# what the measure shall reach, "ตัวชี้วัด" alone about what was assessed.
_MEASURE_HEADINGS = {
    Column.NUMBER: r"(?:ลำดับ(?:ที่)?|ที่|ข้อ(?:ที่)?|no\.?)$",
    Column.BUDGET: r"งบประมาณ(?!พ\.?ศ|25\d\d)|จำนวนงบ|งบ\(|วงเงิน|จำนวนเงิน|ค่าใช้จ่าย|แหล่ง(?:ที่มา)?(?:ของ)?(?:งบ|เงิน)",
    Column.TARGET: r"(?:ค่า)?เป้าหมาย|เกณฑ์(?:ความสำเร็จ|การวัด|ชี้วัด)",
    Column.SUCCESS: r"ตัว(?:ชี้วัด|บ่งชี้)(?:ของ)?(?:ความสำเร็จ|ผลสำเร็จ|มาตรการ|โครงการ|กิจกรรม|การดำเนิน|ผลผลิต|ผลลัพธ์|ระดับ|เชิง)"
    r"|ตัว(?:ชี้วัด|บ่งชี้)(?:และ|/)(?:ค่า)?เป้าหมาย|ตัวชี้วัด\(?kpi|kpi|ความสำเร็จ|ผลผลิต|ผลลัพธ์|ผลสำเร็จ|ผลสัมฤทธิ์"
    r"|ผลที่คาด|ผลที่จะได้|สิ่งที่คาดว่า|ประโยชน์ที่คาด",
    Column.STEPS: r"ขั้นตอน|วิธีการ|วิธีดำเนิน|แนวทาง(?:การ)?(?:ดำเนิน|ปฏิบัติ)|แนวปฏิบัติ|รายละเอียด(?:การ)?(?:ดำเนิน|กิจกรรม)"
    r"|กระบวนการ|การดำเนินการ$|กิจกรรม(?:ย่อย|ที่(?:จะ)?ดำเนิน)",
    Column.ANALYSIS: r"ผลการวิเคราะห์|การวิเคราะห์|วิเคราะห์|ประเด็น|ข้อบกพร่อง|ข้อค้นพบ|ปัญหา|สภาพปัญหา|จุดที่|ผลการประเมิน"
    r"|ข้อเสนอแนะ|เหตุผล|ที่มา",
    Column.TITLE: r"(?:ชื่อ)?(?:มาตรการ|โครงการ|กิจกรรม|แผนงาน/|แผนงานโครงการ|งาน/โครงการ|กลยุทธ์/)|รายการ$",
    Column.INDICATOR: r"ตัวชี้วัด",
    Column.RESPONSIBLE: r"(?:ผู้|หน่วย|ส่วน|กอง|งาน)?.{0,12}รับผิดชอบ(?:หลัก|ดำเนินการ|โครงการ|กิจกรรม)?(?:\(.*\))?$"
    r"|(?:หน่วยงาน)?เจ้าภาพ|ผู้ดำเนินการ$|หน่วยงาน(?:ที่)?(?:ดำเนินการ|ปฏิบัติ)?$|ส่วนราชการ$|(?:สำนัก|กอง)/",
    Column.TIME_FRAME: r"(?:ช่วง|ห้วง|กำหนด)?(?:ระยะ)?เวลา|กำหนดแล้วเสร็จ|กำหนดการ|กำหนดส่ง|ปฏิทิน|ว/?ด/?ป|วันเดือนปี"
    r"|วัน/เดือน/ปี|วันที่ดำเนิน|แผนการดำเนิน(?:งาน|การ)$|ไตรมาส$|ปีงบประมาณ(?:พ\.?ศ\.?)?25\d\d$",
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
    if Column.TITLE not in columns:
        return None
    _take_second_title_for_steps(row, columns)
    has_periods = bool(period_columns(row))
    has_when_or_who = Column.TIME_FRAME in columns or Column.RESPONSIBLE in columns or has_periods
    return columns if has_when_or_who and len(columns.keys() - {Column.NUMBER}) + has_periods > 2 else None


def _take_second_title_for_steps(row: Row, columns: dict[Column, int]) -> None:
    """มาตรการ beside กิจกรรม: what is planned, and what is done for it."""
    later = range(columns[Column.TITLE] + 1, len(row))
    second = (at for at in later if _meaning(squeezed(row[at]), _MEASURE_HEADINGS.items()) is Column.TITLE)
    if Column.STEPS not in columns and (at := next(second, None)) is not None:
        columns[Column.STEPS] = at


def in_one_row(row: Row, following: Row) -> Row:
    """Return a heading of two rows as one: what stands below a merged heading says more; `()` if it is none."""
    if len(row) != len(following) or not any(below and not above for above, below in zip(row, following, strict=True)):
        return ()
    return tuple(below or above for above, below in zip(row, following, strict=True))


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
    return next((column for column, pattern in headings if re.match(pattern, heading, re.IGNORECASE)), None)
