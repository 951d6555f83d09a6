"""Part 3 of the published plan: the table of measures over all ten indicators, with its five required columns."""

import re
from collections.abc import Iterator, Sequence

from tracker.documents.composing.plan.facts import Facts, Measure
from tracker.documents.composing.plan.words import NONE, named, numbered, score_text, signed
from tracker.documents.writing.paper import Block, Cell, Column, Heading, Paragraph, Row, Section, Table
from tracker.domain.indicators import INDICATORS
from tracker.domain.results import key_of

NO_MEASURE = "ยังไม่ได้กำหนดมาตรการสำหรับตัวชี้วัดนี้"
_MARKED = re.compile(r"\s*(?:[(]?[0-9๐-๙]{1,2}[.)]|[-–—•*])")


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield the table; what a plan has nothing of (budget, signs of success) is no column."""
    yield Heading("ส่วนที่ 3 มาตรการและแนวทางการดำเนินงาน")
    has_budget, has_success = any(one.budget for one in facts.measures), any(one.success for one in facts.measures)
    covered = [one.number for one in INDICATORS if facts.measures_of(one.number)]
    if covered:
        yield Paragraph(f"กำหนดมาตรการ {len(facts.measures)} มาตรการ ครอบคลุม{numbered(covered)}")
    columns = [
        Column("มาตรการ/โครงการ/กิจกรรม", 2),
        Column("ผลการวิเคราะห์ตามตัวชี้วัด", 2.4),
        Column("ขั้นตอน/วิธีการ", 3),
        Column("ระยะเวลา", 1.2),
        Column("ผู้รับผิดชอบ", 1.2),
        *([Column("งบประมาณ", 1)] if has_budget else []),
        *([Column("ตัวชี้วัดความสำเร็จ", 1.4)] if has_success else []),
    ]
    yield Table("มาตรการและแนวทางการดำเนินงาน", columns, list(_rows(facts, has_budget, has_success)))


def _rows(facts: Facts, has_budget: bool, has_success: bool) -> Iterator[Row | Section]:
    for one in INDICATORS:
        yield Section(f"{named(one)} · {_scored(facts, one.number)}")
        measures = facts.measures_of(one.number)
        for measure in measures:
            yield _row(measure, has_budget, has_success)
        if not measures:
            blanks = 4 + has_budget + has_success
            yield Row([Cell(NO_MEASURE, is_strong=True), *([Cell(NONE)] * blanks)])


def _row(measure: Measure, has_budget: bool, has_success: bool) -> Row:
    texts: list[Sequence[str]] = [
        measure.title.split("\n"),
        measure.analysis,
        _steps(measure.steps),
        measure.time_frame.split("\n"),
        measure.responsible.split("\n"),
    ]
    if has_budget:
        texts.append(measure.budget.split("\n"))
    if has_success:
        texts.append(measure.success.split("\n"))
    return Row([Cell([line for line in lines if line.strip()] or [NONE]) for lines in texts])


def _steps(steps: Sequence[str]) -> Sequence[str]:
    """Return the steps counted, unless they bring marks of their own."""
    if len(steps) < 2 or any(_MARKED.match(step) for step in steps):
        return steps
    return [f"{number}. {step}" for number, step in enumerate(steps, start=1)]


def _scored(facts: Facts, number: int) -> str:
    key = key_of(number)
    value = facts.history.score(key, facts.year)
    if value is None:
        return "ไม่มีคะแนน"
    said = f"คะแนนปี {facts.year}: {score_text(value)}"
    before = facts.history.score(key, facts.year_before)
    if before is None:
        return said
    return f"{said} (ปี {facts.year_before}: {score_text(before)} ผลต่าง {signed(facts.history.change(key, facts.year))})"
