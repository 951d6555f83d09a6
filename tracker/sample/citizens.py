"""What citizens of the demo wrote about its plan: one comment shown and answered, one not shown, one that waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from tracker.domain.feedback import FeedbackState, HiddenReason, Settlement
from tracker.extensions import db
from tracker.models import Appointment, Measure, Plan
from tracker.services import feedback, feedback_forms


@dataclass(frozen=True)
class Said:
    """A comment on the measure of an indicator, so long ago, and what became of it."""

    indicator: int
    ago: timedelta
    text: str
    settlement: Settlement | None = None


SAID = (
    Said(
        8,
        timedelta(days=9, hours=2),
        "อยากให้เทศบาลแจ้งผลการแก้ไขถนนหน้าตลาดให้ทราบเป็นระยะ ๆ ไม่ต้องรอจนเสร็จก็ได้",
        Settlement(
            FeedbackState.SHOWN,
            answer="ขอบคุณสำหรับข้อเสนอแนะ กองช่างจะแจ้งความคืบหน้าทุกสิ้นเดือนที่ป้ายประกาศและหน้าเว็บของเทศบาล",
            is_answer_shown=True,
        ),
    ),
    Said(
        2,
        timedelta(days=5, hours=4),
        "รับสมัครงานรายได้ดี ทำที่บ้านได้ สนใจดูที่ www.example.com",
        Settlement(FeedbackState.HIDDEN, HiddenReason.ADVERTISING),
    ),
    Said(9, timedelta(days=1, hours=3), "ลิงก์แผนการจัดซื้อจัดจ้างเปิดในโทรศัพท์ไม่ได้ ขอให้ตรวจสอบด้วยครับ"),
)


def speak(plan: Plan, *, by: Appointment, opened_at: datetime, now: datetime) -> None:
    """Write what citizens said since the window was opened, and let the clerk settle it today."""
    measures = {
        measure.indicator: measure
        for measure in db.session.scalars(
            select(Measure).where(Measure.plan_id == plan.id).order_by(Measure.indicator, Measure.id.desc())
        )
    }
    for said in SAID:
        measure, sent_at = measures[said.indicator], max(now - said.ago, opened_at)
        receipt = feedback_forms.receipt(measure_id=measure.id, number="demo", text=said.text)
        row = feedback.take(measure=measure, text=said.text, receipt=receipt, now=sent_at)
        if said.settlement:
            feedback.settle(feedback=row, settlement=said.settlement, basis=row.version, by=by, now=now)
