"""What the cells of a row say: how its tasks stand, what came of them, by what it is shown, what stood in the way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tracker.documents.composing.follow_up.facts import Standing, Work
from tracker.documents.composing.follow_up.merging import Together
from tracker.documents.composing.follow_up.words import STANDING, days
from tracker.domain.thai import arabic_digits, short_date

LINES = 3  # deadlines that a cell tells one by one; of more it tells how many there were
MOST_PROOFS = 10  # in a cell; the rest is in the index of evidence

_NOT_TOLD = {
    Standing.DONE: "ไม่ได้ระบุผลการดำเนินการ",
    Standing.SUBMITTED: "ไม่ได้ระบุผลการดำเนินการ",
    Standing.OVERDUE: "ยังไม่ได้รายงานผล",
    Standing.IN_PROGRESS: "ยังไม่ได้รายงานผล",
    Standing.NOT_STARTED: "ยังไม่ได้รายงานผล",
    Standing.NOT_APPLICABLE: "ไม่ได้ระบุเหตุผล",
}


def when(row: Together, day: date) -> list[str]:
    """Return how the tasks of a row stand and on which days they came to that."""
    count = f" {len(row.works):,} งาน" if len(row.works) > 1 else ""
    is_in_time = row.first.submitted_on and not row.late
    lines = [f"{STANDING[row.standing]}{count}{' ทันกำหนด' if is_in_time else ''}"]
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
            lines += [f"ครบกำหนด {short_date(due_on)}", *_handed_in(works), *_overdue(row, due_on, day)]
    if row.first.own_acceptance:
        lines.append(f"ผู้ส่งผลเห็นชอบผลเอง เหตุผล: {arabic_digits(row.first.own_acceptance)}")
    return lines


def _handed_in(works: Sequence[Work]) -> Iterator[str]:
    """Yield when tasks were handed in, which of them late, and when they were accepted."""
    submitted = [work.submitted_on for work in works if work.submitted_on]
    if not submitted:
        return
    yield f"ส่งผล {days(min(submitted), max(submitted))}"
    if late := [work for work in works if work.days_late]:
        yield _late(late, works)
    accepted = [work.accepted_on for work in works if work.accepted_on]
    if accepted:
        yield f"เห็นชอบ {days(min(accepted), max(accepted))}"


def _late(late: Sequence[Work], works: Sequence[Work]) -> str:
    if len(works) == 1:
        return f"ช้ากว่ากำหนด {late[0].days_late} วัน"
    each = ", ".join(f"{short_date(work.due_on)} ({work.days_late} วัน)" for work in late)
    return f"ช้ากว่ากำหนด {len(late):,} จาก {len(works):,} งาน: {each}"


def _overdue(row: Together, due_on: date, day: date) -> list[str]:
    return [f"เกินมาแล้ว {(day - due_on).days} วัน"] if row.standing == Standing.OVERDUE else []


def result(row: Together) -> list[str]:
    """Return what was done in the division's own words, its reason where it was set aside, and the ticked steps."""
    work = row.first
    if work.reason and row.standing == Standing.NOT_APPLICABLE:
        return [f"เหตุผล: {arabic_digits(work.reason)}"]
    lines = _told(row.texts(lambda work: work.result)) or [_NOT_TOLD[row.standing]]
    if work.reason:
        lines.append(f"ส่งกลับให้แก้ไข: {arabic_digits(work.reason)}")
    steps, ticked = sum(work.steps for work in row.works), sum(work.ticked for work in row.works)
    if steps and (ticked or row.standing not in {Standing.NOT_APPLICABLE, Standing.NOT_STARTED}):
        lines.append(f"ขั้นตอนที่ทำแล้ว {ticked:,} จาก {steps:,}")
    return lines


def _told(texts: Mapping[str, Sequence[date]]) -> list[str]:
    """Return texts as lines; where there are several, each says which deadlines it is about."""
    if len(texts) == 1:
        return next(iter(texts)).splitlines()
    return [
        line for said, days in texts.items() for line in [*said.splitlines()[:-1], _dated(said.splitlines()[-1], days)]
    ]


def _dated(line: str, days: Sequence[date]) -> str:
    return f"{line} (กำหนด {', '.join(short_date(day) for day in days)})"


def evidence(row: Together) -> list[str]:
    """Return what the evidence is called, each name once; addresses of links stand in the annex."""
    titles = Counter(proof.title for work in row.works for proof in work.evidence)
    if not titles:
        return [] if row.standing == Standing.NOT_APPLICABLE else ["ไม่มีหลักฐาน"]
    named = [f"{title} ({count:,} รายการ)" if count > 1 else title for title, count in titles.items()]
    left = len(named) - MOST_PROOFS
    return [
        *([f"{titles.total():,} รายการ"] if len(named) > 1 else []),
        *named[:MOST_PROOFS],
        *([f"และอีก {left:,} ชื่อ"] if left > 0 else []),
    ]


def remarks(row: Together) -> list[str]:
    """Return what stood or stands in the way, and what the division suggests."""
    return [
        f"{label}: {said}"
        for label, words in {
            "อุปสรรคที่ยังมีอยู่": lambda work: work.blocked,
            "ปัญหา อุปสรรค": lambda work: work.obstacles,
            "ข้อเสนอแนะ": lambda work: work.suggestions,
        }.items()
        for said in row.texts(words)
    ]
