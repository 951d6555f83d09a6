"""The words of the month's report of checked addresses: months, shares, verdicts, causes."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from tracker.documents.writing.paper import Align, Cell
from tracker.domain.links import Cause, Verdict
from tracker.domain.thai import long_date

NONE = "–"  # nothing to measure
VERDICTS: Mapping[Verdict, str] = {
    Verdict.UNCHECKED: "ไม่ได้ตรวจ",
    Verdict.OK: "เปิดได้",
    Verdict.CAUTION: "ควรตรวจดู",
    Verdict.BROKEN: "เปิดไม่ได้",
}
CAUSES: Mapping[Cause, str] = {
    Cause.GONE: "ไม่พบหน้า (404 หรือ 410)",
    Cause.NO_SUCH_HOST: "ไม่มีเว็บไซต์ชื่อนี้",
    Cause.REFUSED: "เครื่องแม่ข่ายไม่รับการเชื่อมต่อ",
    Cause.TIMED_OUT: "ไม่ตอบภายในเวลาที่กำหนด",
    Cause.CUT_OFF: "การเชื่อมต่อขาด หรือคำตอบอ่านไม่ได้",
    Cause.SERVER_ERROR: "เว็บไซต์ขัดข้อง (5xx)",
    Cause.REDIRECTED_FOR_EVER: "ส่งต่อวนไม่สิ้นสุด",
    Cause.FORBIDDEN: "เว็บไซต์ไม่อนุญาต (401 หรือ 403)",
    Cause.THROTTLED: "เว็บไซต์ให้เว้นระยะการตรวจ (429)",
    Cause.BOT_WALL: "เว็บไซต์ขอยืนยันว่าเป็นบุคคล",
    Cause.OTHER_REFUSAL: "เว็บไซต์ปฏิเสธ (4xx)",
    Cause.BAD_CERTIFICATE: "ใบรับรองความปลอดภัยไม่ถูกต้อง",
    Cause.CERTIFICATE_ENDS_SOON: "ใบรับรองความปลอดภัยใกล้หมดอายุ",
    Cause.OTHER_HOST: "ส่งต่อไปเว็บไซต์อื่น",
    Cause.HOME_PAGE: "ส่งต่อไปหน้าแรก",
    Cause.SIGN_IN_PAGE: "ต้องเข้าสู่ระบบก่อน",
    Cause.DRIVE_PERMISSION: "Google Drive ยังไม่เปิดสิทธิ์ให้ทุกคน",
    Cause.SOFT_404: "หน้าแจ้งว่าไม่พบข้อมูล",
    Cause.EMPTY: "ไม่มีเนื้อหา",
    Cause.SCANNED_PDF: "PDF เป็นภาพสแกนทั้งหมด",
    Cause.UNREADABLE_FILE: "ไฟล์ PDF เสียหรือใส่รหัสผ่าน",
    Cause.SLOW: "เปิดช้า",
    Cause.NOT_ALLOWED: "อยู่ในเครือข่ายภายใน",
    Cause.OFFLINE: "เครือข่ายของหน่วยงานขัดข้อง",
}


def month_words(month: date) -> str:
    """Return `กุมภาพันธ์ 2569`, from any day of the month."""
    return long_date(month).partition(" ")[2]


def share(value: Fraction | None) -> Cell:
    """Return a share (0 to 1) as per cent with one decimal, rounded down: 100.0 means all of the time."""
    if value is None:
        return Cell(NONE, align=Align.RIGHT)
    percent = (Decimal(value.numerator * 100) / value.denominator).quantize(Decimal("0.1"), ROUND_DOWN)
    return Cell(str(percent), number=percent, align=Align.RIGHT)
