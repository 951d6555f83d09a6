"""A time frame said back in plain words, so that a person can correct what was read by changing the words."""

from collections.abc import Iterator
from datetime import date

from tracker.domain.calendar import month_end
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
FESTIVALS = {
    "new_year": "เทศกาลปีใหม่",
    "chinese_new_year": "เทศกาลตรุษจีน",
    "songkran": "เทศกาลสงกรานต์",
}


def phrase_for(time_frame: TimeFrame) -> str:
    """Return words that `read_time_frame` reads as this very time frame; "" where we know none."""
    year = time_frame.fiscal_year
    read = (phrase for phrase in _phrases(time_frame) if read_time_frame(phrase, fiscal_year=year) == time_frame)
    return next(read, "")


def _phrases(time_frame: TimeFrame) -> Iterator[str]:
    phrase = _phrase(time_frame)
    yield phrase
    if time_frame.kind == Kind.DATES and all(day == month_end(day) for day in time_frame.dates):
        yield " และ ".join(f"{MONTHS[day.month - 1]} {buddhist_year(day)}" for day in time_frame.dates)
    if time_frame.starts_on and time_frame.ends_on:
        covered = f"{_full(time_frame.starts_on)} - {_full(time_frame.ends_on)}"
        yield f"{phrase} ({covered})"
        yield f"ตลอดปีงบประมาณ พ.ศ. {time_frame.fiscal_year} {phrase}"


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
    if time_frame.kind == Kind.FESTIVALS and time_frame.festivals:
        return " และ".join(FESTIVALS[key] for key in time_frame.festivals)
    return RHYTHMS.get(time_frame.kind, "")


def _full(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}"
