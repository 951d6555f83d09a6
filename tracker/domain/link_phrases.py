"""What pages say that are not what they should be: not found, sign in, prove that you are a person, ask for permission."""

import re
from collections.abc import Iterable

SHORT_TEXT = 500  # characters: of a page that says little else, one sentence is what it says
LONG_LINE = 80  # characters: what is longer is the title of a document, not a message

_SITE = re.compile(r"\s+[-–—|:»·•]+\s+|\s*[|»]\s*")  # "Page not found - Name of the site"
_POLITE = r"(?:ขออภัย(?:ครับ|ค่ะ|คะ)?|ขอโทษ(?:ครับ|ค่ะ|คะ)?|เสียใจด้วย|oops|sorry|we['’]?re sorry)?[\s,.!:;-]*"
_WHAT = r"(?:หน้า(?:เว็บ(?:เพจ|ไซต์)?|เพจ)?|เว็บเพจ|เพจ|เนื้อหา|บทความ|ไฟล์|เอกสาร|ลิงก์|ลิงค์|url)"
_ASKED = r"(?:ที่)?\s*(?:คุณ|ท่าน|ผู้ใช้)?\s*(?:กำลัง)?\s*(?:ต้องการ|ค้นหา|ร้องขอ|เรียกดู|เรียก|เลือก|ระบุ|เข้าถึง|มองหา|เปิด|ขอ|หา)"
# A whole line or title that says it. "ไม่พบข้อมูลการทุจริต" is the answer of a report, not of a missing page.
_NOT_FOUND_LINES = (
    r"(?:error|รหัสข้อผิดพลาด|ข้อผิดพลาด)?\s*:?\s*(?:http\s*)?(?:404|410)(?:\s*(?:error|not found|page not found|!|ไม่พบ.{0,30}))?",
    r"(?:404|410)[\s:.,–-]+(?:page |file )?(?:not found|error|gone|ไม่พบ.{0,40})",
    r"(?:the )?(?:requested )?(?:page|file|document|resource|url|article|content|item)(?: (?:you|that|was|were|is|are|has|have|requested|looking|for))*"
    r" (?:was |is |could |can )?(?:not |n['’]t )?(?:be )?(?:not found|found|cannot be found|can['’]t be found|does not exist|doesn['’]t exist|no longer exists|no longer available|unavailable)",
    r"(?:page|file|content|document)? ?not found",
    r"nothing (?:was )?found(?: here)?",
    r"(?:that|this) page (?:can['’]t be found|cannot be found|could not be found|does(?:n['’]t| not) exist)",
    rf"ไม่พบ\s*{_WHAT}\s*(?:นี้|ดังกล่าว|{_ASKED}.{{0,20}})?",
    rf"ไม่พบ(?:ข้อมูล|สิ่ง|รายการ)\s*(?:นี้|{_ASKED}.{{0,20}})?",
    rf"ไม่มี\s*{_WHAT}\s*(?:นี้|{_ASKED}.{{0,20}})(?:อยู่(?:ในระบบ)?)?",
    rf"{_WHAT}\s*(?:นี้|{_ASKED}.{{0,20}}?)?\s*(?:ไม่มีอยู่(?:จริง|ในระบบ|แล้ว)?|ไม่พบ|ถูกลบ(?:ไป)?(?:แล้ว)?|ถูกย้าย(?:ไป)?(?:แล้ว)?|ถูกลบหรือ(?:ถูก)?ย้าย.{{0,20}})",
)
_NOT_FOUND_LINE = re.compile(rf"{_POLITE}(?:{'|'.join(_NOT_FOUND_LINES)})[\s.!]*(?:ครับ|ค่ะ|คะ)?[\s.!]*", re.IGNORECASE)
# Within a page that says little else.
_NOT_FOUND_WITHIN = re.compile(
    r"\b(?:404|410)\b.{0,40}(?:not found|error|ไม่พบ)|(?:error|ไม่พบ.{0,30}|ข้อผิดพลาด)\s*:?\s*(?:404|410)\b"
    r"|(?:page|file|url|document|resource|content)\b.{0,60}(?:was not found|not found|could not be found|cannot be found|can['’]t be found|does(?:n['’]t| not) exist|no longer (?:exists|available))"
    r"|(?:page|file|link).{0,30}(?:has been|have been|was) (?:removed|deleted)"
    rf"|ไม่พบ\s*{_WHAT}|ไม่พบ(?:ข้อมูล|สิ่ง)\s*{_ASKED}|ไม่มี\s*{_WHAT}\s*(?:นี้|{_ASKED})"
    rf"|{_WHAT}.{{0,40}}(?:ไม่มีอยู่|ถูกลบ|ถูกย้าย)",
    re.IGNORECASE,
)
_BARE_NOT_FOUND = re.compile(rf"{_POLITE}ไม่พบ(?:ข้อมูล|รายการ)(?:ในระบบ)?[\s.!]*", re.IGNORECASE)
_SIGN_IN = re.compile(
    r"(?:log|sign)[\s-]?(?:in|on)|ลงชื่อเข้า(?:สู่ระบบ|ใช้(?:งาน)?)?|เข้าสู่ระบบ|ล็อกอิน|ล็อคอิน|ลงทะเบียนเข้าใช้|authentication required",
    re.IGNORECASE,
)
_BOT_WALL = re.compile(
    r"just a moment|attention required|checking (?:your browser|if the site connection is secure)|ddos[\s-]?(?:guard|protection)"
    r"|verify(?:ing)? (?:that )?you(?:['’]re| are)? (?:a |not a )?(?:human|robot|bot)|are you (?:a )?(?:human|robot)|i['’]?m not a robot|human verification"
    r"|security (?:check|verification)|bot (?:verification|protection|check)|unusual traffic|enable javascript and cookies to continue"
    r"|request unsuccessful\. incapsula|one moment,? please|performing security verification"
    r"|(?:ยืนยัน|พิสูจน์|ตรวจสอบ)(?:ว่า)?(?:คุณ|ท่าน)?(?:ว่า)?\s*(?:ไม่ใช่|ไม่ได้เป็น|เป็น)\s*(?:หุ่นยนต์|บอท|โปรแกรมอัตโนมัติ|มนุษย์|คนจริง)"
    r"|กำลังตรวจสอบ(?:เบราว์เซอร์|ความปลอดภัย)|ตรวจสอบความปลอดภัยก่อนเข้า",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    r"you need (?:access|permission)|request access|access denied|you don['’]?t have (?:access|permission)|sign[\s-]?in"
    r"|คุณต้อง(?:มีสิทธิ์|ขอสิทธิ์|ได้รับสิทธิ์|ได้รับอนุญาต)|ต้องมีสิทธิ์เข้าถึง|ขอสิทธิ์(?:การ)?เข้าถึง|คุณไม่มีสิทธิ์|การเข้าถึงถูกปฏิเสธ|ปฏิเสธการเข้าถึง|ลงชื่อเข้าใช้",
    re.IGNORECASE,
)


def says_not_found(title: str, headings: Iterable[str], text: str) -> bool:
    """
    Return whether a page says that what was asked for is not there.

    Its title or a heading says it as a whole, or the page says little else: "ไม่พบ" in the midst of a long text, or in
    the title of a report that found nothing, is no such page.
    """
    lines = [part for line in (title, *headings) for part in (line, *_SITE.split(line)) if len(part) <= LONG_LINE]
    if any(_NOT_FOUND_LINE.fullmatch(line.strip()) for line in lines):
        return True
    is_short = len(text) <= SHORT_TEXT
    return is_short and bool(_NOT_FOUND_WITHIN.search(text) or _BARE_NOT_FOUND.fullmatch(text.strip()))


def says_sign_in(*lines: str) -> bool:
    """Return whether one of these titles or headings asks to sign in."""
    return any(len(line) <= LONG_LINE and _SIGN_IN.search(line) for line in lines)


def says_prove_yourself(title: str, text: str) -> bool:
    """Return whether a page wants proof that a person is there."""
    is_short = len(text) <= SHORT_TEXT
    return is_short and bool(_BOT_WALL.search(title) or _BOT_WALL.search(text))


def says_ask_permission(title: str, text: str) -> bool:
    """Return whether a page of a file store says that this file is not for everybody."""
    is_short = len(text) <= SHORT_TEXT
    return bool(_PERMISSION.search(title)) or (is_short and bool(_PERMISSION.search(text)))
