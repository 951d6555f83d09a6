"""The tables of the open data: what the public page shows, one row for each thing."""

from collections.abc import Callable, Iterator
from typing import Any

from tracker.documents.writing.open_data import identifiers
from tracker.documents.writing.open_data.fields import Allowed, Field, Row, Table, Type, Value
from tracker.documents.writing.open_data.usual_fields import BUDDHIST_YEAR, STATUSES, WHOSE, day, figures, indicator
from tracker.domain.calendar import first_day, last_day
from tracker.domain.evidence import EvidenceKind
from tracker.domain.indicators import indicator as indicator_of
from tracker.domain.public_plans import PublicPlan
from tracker.domain.scores import rounded

_NUMBER_MAY_CHANGE = (
    "ลำดับของมาตรการในตัวชี้วัด อาจเปลี่ยนเมื่อมีการเพิ่มหรือยกเลิกมาตรการ ให้อ้างอิงด้วย uri",
    "Place of the measure within its indicator; it can change when measures come and go, so refer to it by its uri",
)
_MEASURE = Field(
    "measure_id", Type.INTEGER, "รหัสมาตรการ ไม่เปลี่ยนแปลง", "Number of the measure that never changes",
    lambda row: row.within.id,
)  # fmt: skip
_MEASURE_NUMBER = Field("measure_number", Type.TEXT, *_NUMBER_MAY_CHANGE, lambda row: row.within.number)
_POINTS = "คะแนน (points of 100)"
_TASK = "รหัสงาน ไม่เปลี่ยนแปลง", "Number of the task that never changes"
_KINDS = (Allowed(EvidenceKind.FILE, "ไฟล์", "a file"), Allowed(EvidenceKind.LINK, "ลิงก์", "a link"))


def _uri(thai: str, english: str, name: Any) -> Field:
    told = f"ตัวระบุถาวรของ{thai} (URI)", f"Identifier of the {english} for ever (URI)"
    return Field("uri", Type.ADDRESS, *told, name)


def public_page(base: str, public_name: str, fiscal_year: int) -> str:
    """Return the address of the page that people read."""
    return f"{base}/public/{public_name}/{fiscal_year}"


def _scores(of: Callable[[Row], Any]) -> tuple[Field, ...]:
    """Return the scores of a plan (overall) or of an indicator: of the year it answers, and of the year before."""

    def value(name: str) -> Callable[[Row], Value]:
        return lambda row: None if (score := getattr(of(row), name)) is None else rounded(score)

    return (
        Field("score_year_be", Type.INTEGER, "ปีงบประมาณที่ประเมิน (พ.ศ.) ซึ่งแผนนี้ตอบสนอง",
              "Fiscal year of the assessment that the plan answers, in the Buddhist Era",
              lambda row: row.plan.fiscal_year - 1, unit=BUDDHIST_YEAR),
        Field("score", Type.DECIMAL, "คะแนนของปีที่ประเมิน (เต็ม 100)", "Score in that year (of 100)",
              value("score"), unit=_POINTS, may_be_empty=True),
        Field("score_before", Type.DECIMAL, "คะแนนของปีก่อนหน้านั้น (เต็ม 100)", "Score in the year before (of 100)",
              value("score_before"), unit=_POINTS, may_be_empty=True),
    )  # fmt: skip


def _measures(plan: PublicPlan, base: str) -> Iterator[Row]:
    return (Row(plan, base, one, one) for one in plan.measures)


def _steps(plan: PublicPlan, base: str) -> Iterator[Row]:
    return (Row(plan, base, step, one) for one in plan.measures for step in enumerate(one.steps, start=1))


def _tasks(plan: PublicPlan, base: str) -> Iterator[Row]:
    return (Row(plan, base, task, one) for one in plan.measures for task in one.tasks)


def _evidence(plan: PublicPlan, base: str) -> Iterator[Row]:
    return (
        Row(plan, base, (task, shown), one) for one in plan.measures for task in one.tasks for shown in task.evidence
    )


def _address_of_evidence(row: Row) -> str:
    shown = row.about[1]
    page = public_page(row.base, row.plan.public_name, row.plan.fiscal_year)
    return shown.url or f"{page}/evidence/{shown.key}"


PLANS = Table(
    "plans",
    "แผน",
    "The plan",
    (
        _uri("แผน", "plan", lambda row: identifiers.plan(row.base, row.plan.id)),
        *WHOSE,
        Field("starts_on", Type.DATE, "วันแรกของปีงบประมาณ (ค.ศ.)", "First day of the fiscal year",
              lambda row: first_day(row.plan.fiscal_year)),
        Field("ends_on", Type.DATE, "วันสุดท้ายของปีงบประมาณ (ค.ศ.)", "Last day of the fiscal year",
              lambda row: last_day(row.plan.fiscal_year)),
        Field("page", Type.ADDRESS, "หน้าสาธารณะของแผน", "The public page of the plan",
              lambda row: public_page(row.base, row.plan.public_name, row.plan.fiscal_year)),
        Field("published_at", Type.MOMENT, "เวลาที่เริ่มเผยแพร่ (UTC)", "When it was published (UTC)",
              lambda row: row.plan.published_at),
        Field("changed_at", Type.MOMENT, "เวลาที่ข้อมูลของแผนเปลี่ยนครั้งล่าสุด (UTC)",
              "When the history of the plan last went on (UTC)", lambda row: row.plan.changed_at),
        Field("history_hash", Type.TEXT, "ค่าแฮชของประวัติแผน ณ เวลานั้น ใช้เทียบกับรายงานที่ออกแล้ว",
              "Where the history of the plan stood then (SHA-256); issued reports print it as well",
              lambda row: row.plan.head_hash, may_be_empty=True),
        *_scores(lambda row: row.plan),
        *figures(lambda row: row.plan.progress),
    ),
    lambda plan, base: [Row(plan, base)],
)  # fmt: skip

INDICATORS = Table(
    "indicators",
    "ตัวชี้วัด",
    "Indicators",
    (
        _uri("ตัวชี้วัดในแผน", "indicator within the plan",
             lambda row: identifiers.indicator(row.base, row.plan.id, row.about.number)),
        *WHOSE,
        indicator(lambda row: row.about.number),
        Field("name_th", Type.TEXT, "ชื่อตัวชี้วัด", "Name of the indicator in Thai",
              lambda row: indicator_of(row.about.number).name_th),
        Field("name_en", Type.TEXT, "ชื่อตัวชี้วัดภาษาอังกฤษ", "Name of the indicator in English",
              lambda row: indicator_of(row.about.number).name_en),
        *_scores(lambda row: row.about),
        *figures(lambda row: row.about.progress),
    ),
    lambda plan, base: (Row(plan, base, one) for one in plan.indicators),
)  # fmt: skip

MEASURES = Table(
    "measures",
    "มาตรการ",
    "Measures",
    (
        _uri("มาตรการ", "measure", lambda row: identifiers.measure(row.base, row.about.id)),
        *WHOSE,
        _MEASURE,
        _MEASURE_NUMBER,
        indicator(lambda row: row.about.indicator),
        Field("title", Type.TEXT, "ชื่อมาตรการตามแผน", "Title in the words of the plan", lambda row: row.about.title,
              may_be_empty=True),
        Field("time_frame", Type.TEXT, "ระยะเวลาตามแผน", "Time frame in the words of the plan",
              lambda row: row.about.time_frame, may_be_empty=True),
        Field("responsible", Type.TEXT, "ส่วนราชการที่รับผิดชอบ", "Divisions that are responsible",
              lambda row: row.about.responsible, may_be_empty=True),
        *day("next_due", "กำหนดถัดไปที่ยังไม่ถึง", "The next deadline that is still owed and not late",
             lambda row: row.about.next_due_on, may_be_empty=True),
        *figures(lambda row: row.about.progress),
    ),
    _measures,
)  # fmt: skip

STEPS = Table(
    "steps",
    "ขั้นตอนของมาตรการ",
    "Steps of the measures",
    (
        *WHOSE,
        _MEASURE,
        _MEASURE_NUMBER,
        indicator(lambda row: row.within.indicator),
        Field("step", Type.INTEGER, "ลำดับขั้นตอน", "Place of the step", lambda row: row.about[0]),
        Field("text", Type.TEXT, "ข้อความตามแผน", "The words of the plan", lambda row: row.about[1], may_be_empty=True),
    ),
    _steps,
)  # fmt: skip

TASKS = Table(
    "tasks",
    "งาน",
    "Tasks: what one division owes on one deadline",
    (
        _uri("งาน", "task", lambda row: identifiers.task(row.base, row.about.id)),
        *WHOSE,
        Field("task_id", Type.INTEGER, *_TASK, lambda row: row.about.id),
        _MEASURE,
        _MEASURE_NUMBER,
        indicator(lambda row: row.within.indicator),
        Field("division", Type.TEXT, "ส่วนราชการที่รับผิดชอบ", "Division that owes it", lambda row: row.about.division),
        *day("due", "วันครบกำหนด", "The last good day", lambda row: row.about.due_on, may_be_empty=False),
        Field("status", Type.TEXT, "สถานะ", "Where it stands", lambda row: row.about.status, allowed=STATUSES),
        Field("is_overdue", Type.YES_NO, "เกินกำหนดหรือไม่ (ครบกำหนดวันนี้ยังไม่เกิน)",
              "Whether it is late; due today is not late", lambda row: row.about.is_overdue),
        *day("done", "วันที่ส่งผลซึ่งตรวจรับแล้ว", "The day of the submission that was accepted",
             lambda row: row.about.done_on, may_be_empty=True),
        Field("result", Type.TEXT, "ผลการดำเนินงานที่ส่วนราชการเขียน เฉพาะงานที่แล้วเสร็จ",
              "What the division wrote came of it, of tasks that are done only", lambda row: row.about.result,
              may_be_empty=True),
        Field("obstacles", Type.TEXT, "ปัญหาอุปสรรค หากหน่วยงานเลือกเผยแพร่", "Obstacles, if the organization shows them",
              lambda row: row.about.obstacles, may_be_empty=True),
        Field("evidence_total", Type.INTEGER, "จำนวนหลักฐานที่เปิดเผย", "Pieces of evidence that are public",
              lambda row: len(row.about.evidence), unit="รายการ (items)"),
    ),
    _tasks,
)  # fmt: skip

EVIDENCE = Table(
    "evidence",
    "หลักฐานที่เปิดเผย",
    "Evidence that was marked public",
    (
        *WHOSE,
        Field("key", Type.TEXT, "รหัสหลักฐาน", "Key of the evidence", lambda row: row.about[1].key),
        Field("task_id", Type.INTEGER, *_TASK, lambda row: row.about[0].id),
        _MEASURE,
        indicator(lambda row: row.within.indicator),
        Field("kind", Type.TEXT, "ประเภท", "Kind", lambda row: row.about[1].kind, allowed=_KINDS),
        Field("title", Type.TEXT, "ชื่อไฟล์หรือลิงก์", "Name of the file or link", lambda row: row.about[1].title,
              may_be_empty=True),
        Field("url", Type.ADDRESS, "ที่อยู่สำหรับเปิดดู", "Where to open it", _address_of_evidence),
        Field("size", Type.INTEGER, "ขนาดไฟล์ ว่างเมื่อเป็นลิงก์", "Size of the file; empty for a link",
              lambda row: row.about[1].size, unit="ไบต์ (bytes)", may_be_empty=True),
    ),
    _evidence,
)  # fmt: skip

ROUNDS = Table(
    "rounds",
    "รอบติดตามที่ปิดแล้ว",
    "Closed follow-up rounds, with the figures that were frozen",
    (
        *WHOSE,
        *day("round", "วันของรอบติดตาม", "The day of the round", lambda row: row.about.round_on, may_be_empty=False),
        Field("figures_as_of", Type.DATE, "วันที่นับตัวเลข (ค.ศ.)", "The day at whose end the figures were frozen",
              lambda row: row.about.as_of),
        Field("seal", Type.TEXT, "ตราผนึกของรอบ (SHA-256)", "Seal over what was frozen (SHA-256)",
              lambda row: row.about.seal),
        *figures(lambda row: row.about.progress),
    ),
    lambda plan, base: (Row(plan, base, one) for one in plan.rounds),
)  # fmt: skip

TABLES = {table.name: table for table in (PLANS, INDICATORS, MEASURES, STEPS, TASKS, EVIDENCE, ROUNDS)}
