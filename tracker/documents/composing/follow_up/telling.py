"""What the cells of a row say: how its tasks stand, what came of them, by what it is shown, what stood in the way."""

from collections.abc import Iterator
from datetime import date

from tracker.documents.composing.follow_up.facts import Proof, Standing, Work
from tracker.documents.composing.follow_up.merging import Together
from tracker.documents.composing.follow_up.words import STANDING, days
from tracker.domain.thai import short_date

LINES = 3  # deadlines that a cell tells one by one; of more it tells how many there were
MOST_PROOFS = 10  # in a cell; the rest is in the index of evidence

_NOT_TOLD = {
    Standing.DONE: "ไม่ได้ระบุผลการดำเนินการ",
    Standing.SUBMITTED: "ไม่ได้ระบุผลการดำเนินการ",
    Standing.OVERDUE: "ยังไม่ได้รายงานผล",
    Standing.IN_PROGRESS: "ยังไม่ได้รายงานผล",
    Standing.NOT_STARTED: "ยังไม่ได้รายงานผล",
    Standing.NOT_APPLICABLE: "ไม่เกี่ยวข้อง",
}


def when(row: Together, day: date) -> list[str]:
    """Return how the tasks of a row stand and on which days they came to that."""
    lines = [STANDING[row.standing] + (f" {len(row.works):,} งาน" if len(row.works) > 1 else "")]
    if row.first.is_outside:
        lines.append("นอกกำหนดการ")
    deadlines: dict[date, list[Work]] = {}
    for work in row.works:
        deadlines.setdefault(work.due_on, []).append(work)
    if len(deadlines) > LINES:
        lines.append(f"ครบกำหนด {len(deadlines)} ครั้ง {days(min(deadlines), max(deadlines))}")
        lines += _handed_in(row.works)
    else:
        for due_on, works in sorted(deadlines.items()):
            told = [f"ครบกำหนด {short_date(due_on)}", *_handed_in(works), *_overdue(row, due_on, day)]
            lines.append(" ".join(told))
    if row.first.own_acceptance:
        lines.append(f"ผู้ส่งผลเห็นชอบผลเอง เหตุผล: {row.first.own_acceptance}")
    return lines


def _handed_in(works: list[Work] | tuple[Work, ...]) -> Iterator[str]:
    """Yield when tasks were handed in and accepted, and whether in time."""
    submitted = [work.submitted_on for work in works if work.submitted_on]
    if not submitted:
        return
    yield f"ส่งผล {days(min(submitted), max(submitted))} {_in_time(works)}"
    accepted = [work.accepted_on for work in works if work.accepted_on]
    if accepted:
        yield f"เห็นชอบผล {days(min(accepted), max(accepted))}"


def _in_time(works: list[Work] | tuple[Work, ...]) -> str:
    late = [work.days_late for work in works if work.days_late]
    if not late:
        return "ทันกำหนด" if len(works) == 1 else "ทันกำหนดทุกงาน"
    if len(works) == 1:
        return f"ช้ากว่ากำหนด {late[0]} วัน"
    most = f"ช้ากว่ากำหนด {len(late):,} งาน (มากที่สุด {max(late)} วัน)"
    return most if len(late) == len(works) else f"ทันกำหนด {len(works) - len(late):,} งาน {most}"


def _overdue(row: Together, due_on: date, day: date) -> list[str]:
    return [f"เกินกำหนดมาแล้ว {(day - due_on).days} วัน"] if row.standing == Standing.OVERDUE else []


def result(row: Together) -> list[str]:
    """Return what was done in the division's own words, its reason where it was set aside, and the ticked steps."""
    work = row.first
    lines = work.result.splitlines() or [_NOT_TOLD[row.standing]]
    if work.reason:
        lines.append(f"{'เหตุผล' if row.standing == Standing.NOT_APPLICABLE else 'ส่งกลับให้แก้ไข'}: {work.reason}")
    steps, ticked = sum(work.steps for work in row.works), sum(work.ticked for work in row.works)
    if steps and (ticked or row.standing not in {Standing.NOT_APPLICABLE, Standing.NOT_STARTED}):
        lines.append(f"ดำเนินการตามขั้นตอนแล้ว {ticked:,} จาก {steps:,} ขั้นตอน")
    return lines


def evidence(row: Together) -> list[str]:
    """Return the titles of the evidence, links with their addresses."""
    proofs = row.evidence
    if not proofs:
        return [] if row.standing == Standing.NOT_APPLICABLE else ["ไม่มีหลักฐาน"]
    count = sum(len(work.evidence) for work in row.works)
    lines = [f"{count:,} รายการ", *(_proof(proof) for proof in proofs[:MOST_PROOFS])]
    if left := len(proofs) - MOST_PROOFS:
        lines += [f"และอีก {left:,} ชื่อ"] if left > 0 else []
    return lines


def _proof(proof: Proof) -> str:
    return proof.title if not proof.url or proof.title == proof.url else f"{proof.title} ({proof.url})"


def remarks(row: Together) -> list[str]:
    """Return what stood or stands in the way, and what the division suggests."""
    work = row.first
    said = {"อุปสรรคที่ยังมีอยู่": work.blocked, "ปัญหา อุปสรรค": work.obstacles, "ข้อเสนอแนะ": work.suggestions}
    return [f"{label}: {words}" for label, words in said.items() if words]
