"""Part 4 of the report of a year: the scores before and after it. What changed them, no score can say."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracker.documents.composing.follow_up.facts import Facts
from tracker.documents.composing.follow_up.words import NONE, number
from tracker.documents.writing.paper import Align, Block, Cell, Column, Heading, Paragraph, Row, Table
from tracker.domain.indicators import INDICATORS
from tracker.domain.results import KNOWN, OVERALL, Cycle, Followed, Outcome, key_of
from tracker.domain.scores import rounded

OUTCOME = {
    Outcome.IMPROVED: "สูงขึ้น",
    Outcome.DECLINED: "ลดลง",
    Outcome.UNCHANGED: "เท่าเดิม",
    Outcome.KEPT_FULL: "คงคะแนนเต็มไว้",
    Outcome.TOO_EARLY: "ยังไม่ถึงเวลา",
    Outcome.NOT_IMPORTED: "ยังไม่มีผล",
    Outcome.NO_SCORE: "เปรียบเทียบไม่ได้",
}


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield each indicator's score of the year before the plan and of its own, beside how far it was carried out."""
    yield Heading("ส่วนที่ 4 ผลการประเมินก่อนและหลังดำเนินการตามมาตรการ")
    cycle = facts.cycle
    if cycle is None or not cycle.history.results:
        yield Paragraph("ยังไม่มีผลการประเมิน ITA ในระบบให้เปรียบเทียบ")
        return
    yield Paragraph(_says(cycle))
    yield Table("คะแนนก่อนและหลัง", _columns(cycle.year), list(_rows(cycle)))
    yield Paragraph("คะแนนเปลี่ยนได้จากหลายสาเหตุ ตารางนี้แสดงคะแนนเทียบกับความก้าวหน้าของมาตรการ มิได้ชี้ว่ามาตรการเป็นเหตุ")


def _says(cycle: Cycle) -> str:
    if cycle.awaited == Outcome.TOO_EARLY:
        return f"ยังไม่ถึงเวลาเปรียบเทียบ เนื่องจากปีงบประมาณ {cycle.year} ยังไม่สิ้นสุด จึงแสดงเฉพาะคะแนนก่อนดำเนินการ"
    if cycle.awaited:
        return f"ยังไม่มีผลการประเมินปี {cycle.year} ในระบบ จึงแสดงเฉพาะคะแนนก่อนดำเนินการ"
    tally = cycle.tally
    return (
        f"เทียบผลการประเมินปี {cycle.year - 1} กับปี {cycle.year} ตัวชี้วัดที่คะแนนสูงขึ้น {tally.improved} ตัว "
        f"ลดลง {tally.declined} ตัว เท่าเดิม {tally.same} ตัว"
    )


def _columns(year: int) -> Sequence[Column]:
    right = Align.RIGHT
    return (
        Column("ที่", 0.4, right), Column("ตัวชี้วัด", 3), Column(f"คะแนนปี {year - 1}", 1, right),
        Column(f"คะแนนปี {year}", 1, right), Column("ผลต่าง", 0.9, right), Column("ผลการเปรียบเทียบ", 1.5),
        Column("มาตรการแล้วเสร็จ (%)", 1.2, right),
    )  # fmt: skip


def _rows(cycle: Cycle) -> Iterator[Row]:
    for one in INDICATORS:
        if followed := cycle.followed(key_of(one.number)):
            yield Row([number(one.number), Cell(one.name_th), *_cells(followed)])
    if followed := cycle.followed(OVERALL):
        yield Row([Cell(), Cell("คะแนนรวม", is_strong=True), *_cells(followed)])


def _cells(followed: Followed) -> list[Cell]:
    difference = followed.change if followed.outcome in KNOWN else None
    sign = "" if not difference else "+" if difference > 0 else "−"
    shown = NONE if difference is None else f"{sign}{abs(difference):.2f}"
    return [
        _score(followed.before), _score(followed.after), Cell(shown, number=difference, align=Align.RIGHT),
        Cell(OUTCOME[followed.outcome]), number(followed.progress.percent),
    ]  # fmt: skip


def _score(value: Decimal | None) -> Cell:
    return Cell(NONE if value is None else f"{rounded(value):.2f}", number=value, align=Align.RIGHT)
