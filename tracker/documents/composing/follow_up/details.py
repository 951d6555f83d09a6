"""Part 2 of the follow-up report: what was promised by each measure, and what each division did about it."""

from collections.abc import Iterator, Sequence

from tracker.documents.composing.follow_up.facts import Facts, Promise, Work, spent
from tracker.documents.composing.follow_up.merging import Together, together
from tracker.documents.composing.follow_up.telling import evidence, remarks, result, when
from tracker.documents.composing.follow_up.words import baht, money, names, share
from tracker.documents.writing.paper import Align, Block, Cell, Column, Heading, Paragraph, Row, Section, Table
from tracker.domain.indicators import INDICATORS, Indicator
from tracker.domain.progress import Progress
from tracker.domain.statuses import Status
from tracker.domain.thai import arabic_digits, long_date, short_date

_COLUMNS = (
    Column("ส่วนราชการ", 1.5),
    Column("สถานะและวันที่", 2),
    Column("ผลการดำเนินการ", 2.9),
    Column("หลักฐาน", 1.8),
    Column("งบประมาณที่ใช้ (บาท)", 1.1, Align.RIGHT),
    Column("ปัญหา อุปสรรค และข้อเสนอแนะ", 2.1),
)


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield a table for each indicator that has measures, a section of it for each measure."""
    yield Heading("ส่วนที่ 2 ผลการดำเนินการรายตัวชี้วัดและมาตรการ")
    for indicator in INDICATORS:
        measures = [measure for measure in facts.measures if measure.indicator == indicator.number]
        yield from _indicator(facts, indicator, measures)
    yield from _own_acceptances(facts)


def _indicator(facts: Facts, indicator: Indicator, measures: Sequence[Promise]) -> Iterator[Block]:
    yield Heading(f"ตัวชี้วัดที่ {indicator.number} {indicator.name_th}", 2)
    if not measures:
        yield Paragraph("แผนไม่มีมาตรการสำหรับตัวชี้วัดนี้")
        return
    works = [work for measure in measures for work in facts.works_of.get(measure.id, ())]
    done = facts.figures.indicators.get(indicator.number, Progress())
    yield Paragraph(_standing(done, works))
    rows = [row for measure in measures for row in _measure(facts, measure)]
    yield Table(f"ตัวชี้วัดที่ {indicator.number}", _COLUMNS, rows)


def _standing(done: Progress, works: Sequence[Work]) -> str:
    if not done.countable:
        return "ไม่มีงานที่ต้องดำเนินการ"
    money_spent = f"งบประมาณที่ใช้ {baht(spent(works))}"
    return (
        f"แล้วเสร็จ {done.done:,} จาก {done.countable:,} งาน ({share(done.percent)} ควรได้{share(done.expected_percent)}) "
        f"รอตรวจ {done.submitted:,} งาน เกินกำหนด {done.overdue:,} งาน {money_spent}"
    )


def _measure(facts: Facts, measure: Promise) -> Iterator[Row | Section]:
    yield Section(_promise(measure))
    works = facts.works_of.get(measure.id, [])
    for row in together((work for work in works if work.is_told(facts.day)), facts.day):
        yield _row(facts, row)
    yield _sum(facts, measure, works)


def _promise(measure: Promise) -> str:
    said = {
        "ระยะเวลา": measure.time_frame,
        "ผู้รับผิดชอบ": measure.responsible,
        "งบประมาณตามแผน": measure.budget,
        "ตัวชี้วัดความสำเร็จ": measure.success,
    }
    parts = (f"{label}: {words}" for label, words in said.items() if words)
    return arabic_digits(" · ".join([f"มาตรการที่ {measure.number} {measure.title}", *parts]))


def _row(facts: Facts, row: Together) -> Row:
    return Row([
        Cell(_divisions(row)), Cell(when(row, facts.day)), Cell(result(row)), Cell(evidence(row)),
        money(spent(row.works)), Cell(remarks(row)),
    ])  # fmt: skip


def _divisions(row: Together) -> str:
    return row.divisions[0] if len(row.divisions) == 1 else f"{names(row.divisions)} ({len(row.divisions)} ส่วนราชการ)"


def _sum(facts: Facts, measure: Promise, works: Sequence[Work]) -> Row:
    """Return the line below a measure: its figures, and what of it is still ahead."""
    done = facts.figures.measures.get(measure.id, Progress())
    if not done.countable and not works:
        told = ["ยังไม่มีการกำหนดงาน"]
    else:
        told = [f"แล้วเสร็จ {done.done:,} จาก {done.countable:,} งาน ({share(done.percent)})"]
    pieces = sum(len(work.evidence) for work in works)
    return Row([
        Cell(f"รวมมาตรการที่ {measure.number}", is_strong=True),
        Cell(told, is_strong=True),
        Cell(_ahead(facts, works)),
        Cell(f"หลักฐาน {pieces:,} รายการ" if pieces else ""),
        money(spent(works), is_strong=True),
        Cell(),
    ])  # fmt: skip


def _ahead(facts: Facts, works: Sequence[Work]) -> str:
    """Return in one line what is not due yet and of which nothing is to be told."""
    ahead = [work.due_on for work in works if not work.is_told(facts.day)]
    if not ahead:
        return ""
    return f"ยังไม่ถึงกำหนดและยังไม่มีผล {len(ahead):,} งาน กำหนดถัดไปวันที่ {short_date(min(ahead))}"


def _own_acceptances(facts: Facts) -> Iterator[Block]:
    """Yield the tasks that whoever handed them in accepted as well: the plan may allow it, the report must say so."""
    numbers = {measure.id: measure.number for measure in facts.measures}
    own = [work for work in facts.works if work.own_acceptance and work.status == Status.DONE]
    if not own:
        return
    yield Heading("งานที่ผู้ส่งผลเป็นผู้เห็นชอบผลเอง", 2)
    yield Paragraph(f"แผนนี้ให้ผู้ส่งผลเห็นชอบผลของตนเองได้โดยต้องระบุเหตุผล มี {len(own):,} งาน ดังนี้")
    columns = [Column("มาตรการที่", 0.8), Column("ส่วนราชการ", 2), Column("ครบกำหนด", 1.4), Column("เหตุผล", 4)]
    rows = [
        Row([
            Cell(numbers.get(work.measure_id, "")), Cell(work.division.name),
            Cell(long_date(work.due_on), day=work.due_on), Cell(arabic_digits(work.own_acceptance)),
        ])
        for work in own
    ]  # fmt: skip
    yield Table("ผู้ส่งผลเห็นชอบผลเอง", columns, rows)
