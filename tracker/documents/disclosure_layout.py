"""The list of items as a workbook: its sheets, its columns and its words, as they are written and as they are read."""

from enum import StrEnum

MARK, VERSION = "ita-disclosure-items", 1  # the name and value of the file's property by which it is known again
MOST_ROWS = 5_000
ITEMS, EXPLAINED = "รายการ OIT", "คำอธิบาย"


class Field(StrEnum):
    """The columns, by their headings. A row is an address of an item, or an item without one."""

    NUMBER = "ข้อ"
    TITLE = "ชื่อรายการ"
    DIVISION = "ส่วนราชการ"
    ADDRESSES = "ที่อยู่เว็บ (URL)"
    ADDRESS_TITLE = "ชื่อที่หน้าเว็บใช้"
    IS_CONFIRMED = "ยืนยันชื่อแล้ว"
    IS_ASKED_FOR = "ยังต้องเปิดเผย"
    MEANING = "รหัสของระบบ"


NEEDED = frozenset({Field.NUMBER, Field.ADDRESSES})  # without these a sheet is no list of items
