"""The words that several parts of the follow-up report share: dates, shares, money, standings, cells."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.documents.composing.follow_up.facts import Closed, Standing
from tracker.documents.writing.paper import Align, Cell
from tracker.domain.budgets import written_amount
from tracker.domain.thai import long_date, short_date

NONE = "–"  # nothing to measure
STANDING = {
    Standing.DONE: "แล้วเสร็จ",
    Standing.SUBMITTED: "ส่งผลแล้ว รอตรวจ",
    Standing.OVERDUE: "เกินกำหนด",
    Standing.IN_PROGRESS: "กำลังดำเนินการ",
    Standing.NOT_STARTED: "ยังไม่เริ่ม",
    Standing.NOT_APPLICABLE: "ไม่เกี่ยวข้อง",
}


def round_words(round_on: date, rounds: Sequence[date]) -> str:
    """Return which follow-up round this is; one that the plan no longer has is named by its day alone."""
    number = f"ที่ {sorted(rounds).index(round_on) + 1} " if round_on in rounds else ""
    return f"รอบการติดตาม{number}วันที่ {long_date(round_on)}"


def closing_words(closed: Closed) -> str:
    """Return which closing is meant."""
    closed_on, as_of = long_date(closed.closed_on), long_date(closed.as_of)
    return f"ปิดรอบฉบับที่ {closed.revision} เมื่อวันที่ {closed_on} ตัวเลข ณ สิ้นวันที่ {as_of}"


def share(percent: int | None) -> str:
    """Return `ร้อยละ 64`, or a dash where there is nothing to measure."""
    return NONE if percent is None else f"ร้อยละ {percent}"


def days(first: date, last: date) -> str:
    """Return one day, or from when to when."""
    return short_date(first) if first == last else f"{short_date(first)} ถึง {short_date(last)}"


def baht(amount: Decimal | None) -> str:
    """Return `12,500 บาท`; nothing used and nothing said are words of their own."""
    if amount is None:
        return "ไม่ได้ระบุ"
    return f"{written_amount(amount)} บาท" if amount else "ไม่ใช้งบประมาณ"


def number(value: int | None, *, is_strong: bool = False) -> Cell:
    """Return a cell with a whole number, thousands parted; a dash where there is none."""
    return Cell(NONE if value is None else f"{value:,}", number=value, is_strong=is_strong, align=Align.RIGHT)


def points(value: int | None, *, is_strong: bool = False) -> Cell:
    """Return a cell with a difference as `+3`, `0` or `−4`."""
    sign = "" if not value else "+" if value > 0 else "−"
    text = NONE if value is None else f"{sign}{abs(value):,}"
    return Cell(text, number=value, is_strong=is_strong, align=Align.RIGHT)


def money(amount: Decimal | None, *, is_strong: bool = False) -> Cell:
    """Return a cell with an amount of baht; no budget used is said in words, and counts as 0."""
    text = NONE if amount is None else written_amount(amount) if amount else "ไม่ใช้งบประมาณ"
    return Cell(text, number=amount, is_strong=is_strong, align=Align.RIGHT)


def names(divisions: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    if len(divisions) < 2:
        return "".join(divisions)
    return f"{', '.join(divisions[:-1])} และ{divisions[-1]}"
