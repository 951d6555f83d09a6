"""A time frame said back in plain words, so that a person can correct what was read by changing the words."""

from datetime import date

from tracker.domain.thai import MONTHS, buddhist_year
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
RHYTHMS = {
    Kind.MONTHLY: "ทุกเดือน",
    Kind.QUARTERLY: "ทุกไตรมาส",
    Kind.HALF_YEARLY: "ปีละ 2 ครั้ง",
    Kind.YEARLY: "ปีละ 1 ครั้ง",
    Kind.WEEKLY: "ทุกสัปดาห์",
    Kind.FESTIVALS: "ทุกเทศกาล",
    Kind.ON_EVENT: "ทันทีที่มีการเปลี่ยนแปลง",
}


def phrase_for(time_frame: TimeFrame) -> str:
    """Return words that `read_time_frame` reads as this very time frame; "" where we know none."""
    phrase = _phrase(time_frame)
    return phrase if read_time_frame(phrase, fiscal_year=time_frame.fiscal_year) == time_frame else ""


def usual_phrases(fiscal_year: int) -> tuple[str, str, str, str]:
    """Return words for the schedules that are usual: a fiscal year's rounds, its end, every month, every quarter."""
    return (
        f"ตลอดปีงบประมาณ พ.ศ. {fiscal_year}",
        f"สิ้นปีงบประมาณ พ.ศ. {fiscal_year}",
        RHYTHMS[Kind.MONTHLY],
        RHYTHMS[Kind.QUARTERLY],
    )


def _phrase(time_frame: TimeFrame) -> str:
    if time_frame.kind == Kind.DATES:
        return " และ ".join(_full(day) for day in time_frame.dates)
    if time_frame.kind == Kind.SPAN and time_frame.starts_on and time_frame.ends_on:
        return f"{_full(time_frame.starts_on)} - {_full(time_frame.ends_on)}"
    if time_frame.kind == Kind.MONTHLY and time_frame.day:
        return f"ทุกวันที่ {time_frame.day} ของเดือน"
    if time_frame.kind == Kind.WEEKLY and time_frame.day is not None:
        return f"ทุกวัน{WEEKDAYS[time_frame.day]}"
    return RHYTHMS.get(time_frame.kind, "")


def _full(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}"
