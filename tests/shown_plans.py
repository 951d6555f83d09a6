"""A plan as the public sees it, without a database."""

from datetime import date
from decimal import Decimal

from tests.clocks import MORNING, TODAY
from tracker.domain.evidence import EvidenceKind
from tracker.domain.progress import Progress
from tracker.domain.public_plans import (
    PublicEvidence,
    PublicIndicator,
    PublicMeasure,
    PublicPlan,
    PublicRound,
    PublicTask,
)
from tracker.domain.statuses import Status

HALF = Progress(done=1, not_started=1, weight=2, done_weight=1, due=1, due_weight=1, done_on_time=1)


def shown_plan(*, result: str = "จัดประชุมแล้ว", title: str = "มาตรการ", due_on: date = date(2026, 1, 31)) -> PublicPlan:
    """Return the plan of a measure with two tasks, one of them done, and a closed round."""
    evidence = (
        PublicEvidence("abc", EvidenceKind.FILE, "รายงาน.pdf", size=900),
        PublicEvidence("def", EvidenceKind.LINK, "ข่าว", "https://example.go.th/1"),
    )
    tasks = (
        PublicTask(11, "กองคลัง", due_on, Status.DONE, False, date(2026, 1, 30), result, "", evidence),
        PublicTask(12, "กองคลัง", date(2026, 3, 31), Status.NOT_STARTED, False),
    )
    measure = PublicMeasure(7, 2, "2.1", title, ("ประชุม", "รายงาน"), "ทุกเดือน", "กองคลัง", HALF, tasks)
    indicators = [
        PublicIndicator(number, HALF, Decimal("97.015"), None, [measure] if number == 2 else [])
        for number in range(1, 11)
    ]
    rounds = (PublicRound(date(2026, 1, 31), date(2026, 2, 1), HALF, "5ea1"),)
    return PublicPlan(
        id=3, organization="เทศบาลตำบลตัวอย่าง", public_name="bangpla", fiscal_year=2569, day=TODAY,
        published_at=MORNING, changed_at=MORNING, head_hash="abc", progress=HALF, indicators=indicators, rounds=rounds,
    )  # fmt: skip
