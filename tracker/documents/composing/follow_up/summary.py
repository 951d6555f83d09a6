"""Part 1 of the follow-up report: how the plan stands, in one sentence and by indicator, month and division."""

from collections.abc import Iterator

from tracker.documents.composing.follow_up.facts import Facts, spent
from tracker.documents.composing.follow_up.verdict import sentence
from tracker.documents.composing.follow_up.words import NONE, baht, closing_words, number, points, share
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Heading,
    Paragraph,
    Points,
    Row,
    Series,
    Table,
)
from tracker.domain.curves import Curve, Point
from tracker.domain.indicators import INDICATORS
from tracker.domain.progress import Progress
from tracker.domain.thai import MONTHS_SHORT, buddhist_year, long_date, short_date
from tracker.domain.verdicts import verdict

_COUNTS = (
    Column("ต้องดำเนินการ (งาน)", 1, Align.RIGHT),
    Column("แล้วเสร็จ (งาน)", 1, Align.RIGHT),
    Column("แล้วเสร็จ (%)", 1, Align.RIGHT),
    Column("ควรได้ (%)", 1, Align.RIGHT),
    Column("รอตรวจ (งาน)", 1, Align.RIGHT),
    Column("เกินกำหนด (งาน)", 1, Align.RIGHT),
    Column("ส่งทันกำหนดจากที่แล้วเสร็จ (%)", 1.3, Align.RIGHT),
)


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield the figures of the plan, all of them as its pages count them."""
    yield Heading("ส่วนที่ 1 สรุปผลการดำเนินการ")
    yield Paragraph(_source(facts))
    yield Paragraph(sentence(verdict(facts.figures, fiscal_year=facts.fiscal_year), facts), label="ผลโดยสรุป")
    yield Points(tuple(_points(facts)))
    if not facts.figures.total.countable:
        return
    yield from _divisions(facts)
    yield from _indicators(facts)
    yield from _curve(facts)


def _source(facts: Facts) -> str:
    """Say what the figures are: frozen, of an open round, or of the day."""
    day = long_date(facts.day)
    if facts.closed is None:
        open_round = "รอบการติดตามนี้ยังไม่ได้ปิด " if facts.round_on else ""
        return f"{open_round}ตัวเลขในรายงานนี้เป็นข้อมูล ณ สิ้นวันที่ {day} นับตั้งแต่ต้นปีงบประมาณ"
    quoted = f"รายงานนี้ใช้ตัวเลขที่ตรึงไว้เมื่อปิดรอบ ({closing_words(facts.closed)}) นับตั้งแต่ต้นปีงบประมาณ"
    if facts.differs:
        return f"{quoted} อนึ่ง เมื่อนับใหม่จากประวัติได้ตัวเลขต่างจากที่ตรึงไว้ {facts.differs:,} ช่อง โปรดตรวจสอบก่อนลงนาม"
    return f"{quoted} เมื่อนับใหม่จากประวัติได้ตัวเลขตรงกัน"


def _points(facts: Facts) -> Iterator[str]:
    total, figures = facts.figures.total, facts.figures
    yield (
        f"มาตรการตามแผน {len(facts.measures):,} มาตรการ ใน {len({m.indicator for m in facts.measures})} ตัวชี้วัด "
        f"ส่วนราชการที่รับผิดชอบ {len(figures.divisions)} แห่ง งานที่ต้องดำเนินการ {total.countable:,} งาน"
    )
    if not total.countable:
        return
    yield (
        f"แล้วเสร็จ {total.done:,} งาน ({share(total.percent)}) ส่งผลแล้วรอตรวจ {total.submitted:,} งาน "
        f"กำลังดำเนินการ {total.in_progress:,} งาน ยังไม่เริ่ม {total.not_started:,} งาน"
    )
    yield f"ในจำนวนที่ยังไม่ส่งผล เกินกำหนดแล้ว {total.overdue:,} งาน"
    if total.done:
        yield f"งานที่แล้วเสร็จส่งผลทันกำหนด {total.done_on_time:,} งาน ({share(total.on_time_percent)} ของงานที่แล้วเสร็จ)"
    if total.not_applicable:
        yield f"ไม่เกี่ยวข้อง {total.not_applicable:,} งาน ซึ่งไม่นำมานับในร้อยละ โดยแสดงเหตุผลไว้ในส่วนที่ 2"
    yield from _means(facts)


def _means(facts: Facts) -> Iterator[str]:
    """Yield what it took: money and evidence."""
    stated = [work for work in facts.works if work.budget is not None]
    unused = sum(work.budget == 0 for work in stated)
    if stated:
        yield (
            f"งบประมาณที่ใช้รวม {baht(spent(stated))} จากงานที่ระบุงบประมาณ {len(stated):,} งาน "
            f"(ในจำนวนนี้ไม่ใช้งบประมาณ {unused:,} งาน)"
        )
    else:
        yield "ยังไม่มีส่วนราชการใดระบุงบประมาณที่ใช้"
    proofs = [len(work.evidence) for work in facts.works if work.evidence]
    yield f"หลักฐาน {sum(proofs):,} รายการ ใน {len(proofs):,} งาน" if proofs else "ยังไม่มีหลักฐานแนบ"


def counts(done: Progress, *, is_strong: bool = False) -> list[Cell]:
    """Return the cells of what was counted, as every table of figures has them."""
    values = (
        done.countable, done.done, done.percent, done.expected_percent, done.submitted, done.overdue,
        done.on_time_percent,
    )  # fmt: skip
    return [number(value, is_strong=is_strong) for value in values]


def _indicators(facts: Facts) -> Iterator[Block]:
    found = [(one, facts.figures.indicators.get(one.number, Progress())) for one in INDICATORS]
    shown = [(one, done) for one, done in found if done.countable]
    behind = [f"{one.number}" for one, done in shown if done.is_behind]
    yield Heading("ผลการดำเนินการรายตัวชี้วัด", 2)
    yield Chart(
        title="แล้วเสร็จเทียบกับที่ควรได้ รายตัวชี้วัด (ร้อยละ)",
        finding=f"ตัวชี้วัดที่ต่ำกว่าแผน ได้แก่ ตัวชี้วัดที่ {', '.join(behind)}" if behind else "ไม่มีตัวชี้วัดใดต่ำกว่าแผน",
        kind=ChartKind.BULLETS,
        categories=[f"{one.number} {one.name_th}" for one, _ in shown],
        series=[
            Series("แล้วเสร็จ", [done.percent for _, done in shown]),
            Series("ควรได้", [done.expected_percent for _, done in shown]),
        ],
    )
    rows = [Row([number(one.number), Cell(one.name_th), *counts(done)]) for one, done in found]
    total = Row([Cell(), Cell("รวมทั้งแผน", is_strong=True), *counts(facts.figures.total, is_strong=True)])
    yield Table("รายตัวชี้วัด", [Column("ที่", 0.4, Align.RIGHT), Column("ตัวชี้วัด", 3), *_COUNTS], [*rows, total])


def _curve(facts: Facts) -> Iterator[Block]:
    curve = facts.curve
    yield Heading("แผนเทียบผลจริง", 2)
    if not curve.is_drawn:
        yield Paragraph("ยังมีข้อมูลไม่ถึงสองช่วงเวลา จึงยังไม่แสดงเส้นแผนเทียบผลจริง")
        return
    yield Chart(
        title="แผนสะสมเทียบผลสะสม (ร้อยละ)",
        finding=_finding(curve),
        kind=ChartKind.LINES,
        categories=[_day(point, curve) for point in curve.points],
        series=[
            Series("แผน", [point.planned.percent for point in curve.points]),
            Series("ผลจริง", [point.actual.percent if point.actual else None for point in curve.points]),
        ],
    )
    columns = [Column("ณ สิ้นวันที่", 2), *(Column(title, 1, Align.RIGHT) for title in _CURVE)]
    rows = [
        Row([
            Cell(long_date(point.day), day=point.day), number(point.planned.percent),
            number(point.actual.percent if point.actual else None), points(point.gap),
        ])
        for point in curve.points
    ]  # fmt: skip
    yield Table("แผนเทียบผลจริง", columns, rows)


_CURVE = ("แผน (%)", "ผลจริง (%)", "ต่าง (จุดร้อยละ)")


def _finding(curve: Curve) -> str:
    last = curve.reached[-1]
    gap, done = last.gap or 0, last.actual.percent if last.actual else 0
    against = "เป็นไปตามแผน" if not gap else f"{'สูง' if gap > 0 else 'ต่ำ'}กว่าแผน {abs(gap)} จุดร้อยละ"
    return f"แล้วเสร็จร้อยละ {done} {against} ณ วันที่ {short_date(last.day)}"


def _day(point: Point, curve: Curve) -> str:
    """Return a month's name, the year where one begins; of the day in view its own date."""
    if point.day == curve.day:
        return short_date(point.day)
    month = MONTHS_SHORT[point.day.month - 1]
    return f"{month} {buddhist_year(point.day)}" if point.day.month in {1, 10} else month


def _divisions(facts: Facts) -> Iterator[Block]:
    yield Heading("ผลการดำเนินการรายส่วนราชการ", 2)
    rows = [Row([Cell(facts.name(one)), *counts(done)]) for one, done in facts.figures.divisions.items()]
    total = Row([Cell("รวมทั้งแผน", is_strong=True), *counts(facts.figures.total, is_strong=True)])
    yield Table("รายส่วนราชการ", [Column("ส่วนราชการ", 3), *_COUNTS], [*rows, total])
    if not facts.figures.total.done:
        yield Paragraph(f"เครื่องหมาย {NONE} หมายถึงยังไม่มีงานให้คำนวณ")
