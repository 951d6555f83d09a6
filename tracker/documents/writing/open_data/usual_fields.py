"""Fields that several tables share: whose and which year's a row is, and how far the work has come."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tracker.documents.writing.open_data.fields import Allowed, Field, Row, Type
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.domain.thai import buddhist_year

TASKS, PERCENT, BUDDHIST_YEAR = "งาน (tasks)", "ร้อยละ (percent)", "ปี พ.ศ. (Buddhist Era)"

STATUSES = (
    Allowed(Status.NOT_STARTED, "ยังไม่เริ่ม", "not started"),
    Allowed(Status.IN_PROGRESS, "กำลังดำเนินการ", "in progress"),
    Allowed(Status.SUBMITTED, "ส่งผลแล้ว รอตรวจรับ", "handed in, waiting for review"),
    Allowed(Status.DONE, "แล้วเสร็จ", "done"),
    Allowed(Status.NOT_APPLICABLE, "ไม่ต้องดำเนินการ", "not applicable"),
)
NUMBERS = tuple(Allowed(str(one.number), one.name_th, one.name_en) for one in INDICATORS)

WHOSE = (
    Field("organization", Type.TEXT, "ชื่อหน่วยงาน", "Name of the organization", lambda row: row.plan.organization),
    Field(
        "fiscal_year_be",
        Type.INTEGER,
        "ปีงบประมาณของแผน (พ.ศ.) เริ่ม 1 ตุลาคมของปีก่อน สิ้นสุด 30 กันยายน",
        "Fiscal year of the plan in the Buddhist Era; it begins on 1 October of the year before",
        lambda row: row.plan.fiscal_year,
        unit=BUDDHIST_YEAR,
    ),
    Field(
        "as_of",
        Type.DATE,
        "ข้อมูล ณ สิ้นวันที่ (ค.ศ.)",
        "The day at whose end the data stood like this (Christian Era)",
        lambda row: row.plan.day,
    ),
)


def indicator(number: Callable[[Row], int]) -> Field:
    """Return the field that says which indicator a row belongs to."""
    return Field(
        "indicator",
        Type.INTEGER,
        "ตัวชี้วัดที่",
        "Number of the ITA indicator",
        number,
        allowed=NUMBERS,
    )


def day(name: str, thai: str, english: str, value: Callable[[Row], date | None], *, may_be_empty: bool) -> list[Field]:
    """Return a day as two fields: the date `<name>_on` (ค.ศ.) and its year `<name>_year_be` (พ.ศ.)."""

    def year(row: Row) -> int | None:
        found = value(row)
        return buddhist_year(found) if found else None

    told = f"ปี พ.ศ. ของ{thai}", f"Calendar year of {name}_on in the Buddhist Era"
    return [
        Field(f"{name}_on", Type.DATE, f"{thai} (ค.ศ.)", english, value, may_be_empty=may_be_empty),
        Field(f"{name}_year_be", Type.INTEGER, *told, year, unit=BUDDHIST_YEAR, may_be_empty=may_be_empty),
    ]


def figures(progress: Callable[[Row], Progress]) -> list[Field]:
    """Return the figures of completion, the same for a plan, an indicator, a measure and a closed round."""
    return [
        Field(name, Type.INTEGER, thai, english, _counted(progress, count), unit=unit, may_be_empty=unit == PERCENT)
        for name, thai, english, unit, count in _FIGURES
    ]


def _counted(progress: Callable[[Row], Progress], count: str) -> Callable[[Row], Any]:
    return lambda row: getattr(progress(row), count)


_FIGURES: Sequence[tuple[str, str, str, str, str]] = (
    ("tasks_total", "งานที่ต้องทำทั้งหมด", "Tasks that must be done", TASKS, "countable"),
    ("tasks_done", "งานที่แล้วเสร็จ", "Tasks that are done", TASKS, "done"),
    ("tasks_submitted", "งานที่ส่งผลแล้ว รอตรวจรับ", "Tasks handed in, waiting for review", TASKS, "submitted"),
    ("tasks_in_progress", "งานที่กำลังดำเนินการ", "Tasks in progress", TASKS, "in_progress"),
    ("tasks_not_started", "งานที่ยังไม่เริ่ม", "Tasks not started", TASKS, "not_started"),
    (
        "tasks_overdue",
        "งานที่เกินกำหนด (นับอยู่ในงานที่ยังไม่เริ่มหรือกำลังดำเนินการแล้ว)",
        "Tasks that are late; they are among those not started or in progress",
        TASKS,
        "overdue",
    ),
    (
        "tasks_not_applicable",
        "งานที่ไม่ต้องดำเนินการ (ไม่นับในงานทั้งหมด)",
        "Tasks set aside as not applicable; they are not among the total",
        TASKS,
        "not_applicable",
    ),
    ("tasks_due", "งานที่ครบกำหนดแล้ว", "Tasks that were due by the day", TASKS, "due"),
    ("tasks_done_on_time", "งานที่แล้วเสร็จตามกำหนด", "Tasks that were done on time", TASKS, "done_on_time"),
    (
        "percent_done",
        "ร้อยละความสำเร็จ ถ่วงน้ำหนักตามมาตรการ; 100 เมื่อแล้วเสร็จทุกงานเท่านั้น; ว่างเมื่อไม่มีงาน",
        "Completion, weighted by measure; 100 only when all is done; empty when there is nothing to do",
        PERCENT,
        "percent",
    ),
    (
        "percent_expected",
        "ร้อยละที่ควรแล้วเสร็จตามกำหนด; ว่างเมื่อไม่มีงาน",
        "What should have been complete by the day; empty when there is nothing to do",
        PERCENT,
        "expected_percent",
    ),
)
