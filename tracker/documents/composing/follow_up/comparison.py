"""The end of part 1: what changed since the round before, and what leadership has to decide."""

from collections.abc import Iterator

from tracker.documents.composing.follow_up.facts import Concerns, Earlier, Facts
from tracker.documents.composing.follow_up.words import closing_words, number, points, round_words, share
from tracker.documents.writing.paper import Align, Block, Cell, Column, Heading, Paragraph, Row, Section, Table
from tracker.domain.decisions import LONGEST_REVIEW, Matter
from tracker.domain.figures import Change
from tracker.domain.indicators import INDICATORS
from tracker.domain.reminders import Rules
from tracker.domain.thai import arabic_digits, long_date


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what changed and what is to be decided."""
    yield Heading("การเปลี่ยนแปลงจากรอบก่อน", 2)
    if facts.earlier is None:
        yield Paragraph("ไม่มีรอบการติดตามก่อนหน้าในปีงบประมาณนี้ให้เปรียบเทียบ")
    else:
        yield from _changes(facts, facts.earlier)
    yield Heading("เรื่องที่ต้องพิจารณาสั่งการ", 2)
    yield from _concerns(facts)


def _changes(facts: Facts, earlier: Earlier) -> Iterator[Block]:
    changes = facts.figures.change_since(earlier.figures)
    total = changes.total
    source = f"({closing_words(earlier.closed)})" if earlier.closed else "(รอบนั้นไม่ได้ปิด จึงนับตัวเลขจากประวัติ)"
    yield Paragraph(
        f"เทียบกับ{round_words(earlier.round_on, facts.rounds)} {source} แล้วเสร็จจาก{share(total.before.percent)} "
        f"เป็น{share(total.after.percent)} งานที่แล้วเสร็จ{_more(total.done)} "
        f"งานเกินกำหนดจาก {total.before.overdue:,} งาน เป็น {total.after.overdue:,} งาน"
    )
    columns = [Column("ที่", 0.4, Align.RIGHT), Column("ตัวชี้วัด", 3), *(Column(name, 1, Align.RIGHT) for name in _HEAD)]
    rows = [
        Row([number(one.number), Cell(one.name_th), *_cells(changes.indicators[one.number])])
        for one in INDICATORS
        if one.number in changes.indicators
    ]
    yield Table("เทียบรอบก่อน", columns, [*rows, Row([Cell(), Cell("รวมทั้งแผน", is_strong=True), *_cells(total)])])


_HEAD = (
    "แล้วเสร็จรอบก่อน (%)", "แล้วเสร็จ (%)", "ต่าง (จุดร้อยละ)", "แล้วเสร็จเพิ่ม (งาน)",
    "เกินกำหนดรอบก่อน (งาน)", "เกินกำหนด (งาน)",
)  # fmt: skip


def _cells(change: Change) -> list[Cell]:
    return [
        number(change.before.percent), number(change.after.percent), points(change.points), points(change.done),
        number(change.before.overdue), number(change.after.overdue),
    ]  # fmt: skip


def _more(done: int) -> str:
    return "เท่าเดิม" if not done else f"{'เพิ่มขึ้น' if done > 0 else 'ลดลง'} {abs(done):,} งาน"


def _concerns(facts: Facts) -> Iterator[Block]:
    if not facts.concerns and not facts.findings:
        yield Paragraph("ไม่มีเรื่องที่ต้องพิจารณาสั่งการ")
        return
    rows: list[Row | Section] = []
    for group in facts.concerns:
        rows += _rows(group, facts.rules)
    if facts.findings:
        rows.append(Section(f"ข้อบกพร่องจากผลการประเมินที่ยังไม่มีมาตรการ {len(facts.findings):,} เรื่อง"))
        rows += [
            Row([number(indicator), Cell(arabic_digits(text)), Cell(), Cell(), Cell()])
            for indicator, text in facts.findings
        ]
    columns = [
        Column("ตัวชี้วัดที่", 0.6, Align.RIGHT), Column("มาตรการ", 4), Column("ส่วนราชการ (ผู้รับผิดชอบ)", 2.4),
        Column("ครบกำหนด", 1.3), Column("ตั้งแต่วันที่", 1.3),
    ]  # fmt: skip
    yield Table("เรื่องที่ต้องพิจารณาสั่งการ", columns, rows)


def _rows(group: Concerns, rules: Rules) -> Iterator[Row | Section]:
    yield Section(f"งานที่{matter_words(group.matter, rules)} {group.count:,} งาน")
    for one in group.first:
        responsible = f" ({one.responsible})" if one.responsible else ""
        yield Row([
            number(one.indicator), Cell(arabic_digits(one.title)), Cell(f"{one.division}{responsible}"),
            Cell(long_date(one.due_on), day=one.due_on), Cell(long_date(one.since), day=one.since),
        ])  # fmt: skip
    if left := group.count - len(group.first):
        yield Row([Cell(), Cell(f"และอีก {left:,} งาน"), Cell(), Cell(), Cell()])


def matter_words(matter: Matter, rules: Rules) -> str:
    """Return what a matter is, with the number of days from which on it is one."""
    first, second = rules.escalations
    if matter == Matter.LATE_1 and 0 < first < second:
        return f"ล่าช้า {first} วันทำการ" if second - first == 1 else f"ล่าช้า {first} ถึง {second - 1} วันทำการ"
    return {
        Matter.LATE_2: f"ล่าช้า {second} วันทำการขึ้นไป",
        Matter.LATE_1: f"ล่าช้า {first} วันทำการขึ้นไป",
        Matter.BLOCKED: f"ติดอุปสรรค {rules.blocked_after} วันขึ้นไป",
        Matter.REVIEW: f"รอตรวจ {LONGEST_REVIEW.days} วันขึ้นไป",
        Matter.STALLED: f"ไม่มีรายงาน {rules.stalled_after} วันขึ้นไป",
    }[matter]
