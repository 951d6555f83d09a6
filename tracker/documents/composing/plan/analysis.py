"""Part 2 of the published plan: what the assessors found under each indicator, and what no measure answers yet."""

from collections.abc import Iterator

from tracker.documents.composing.plan.facts import Facts
from tracker.documents.composing.plan.words import NONE, named, numbered, short, year_words
from tracker.documents.writing.paper import Block, Cell, Column, Heading, Paragraph, Points, Row, Section, Table
from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, indicator

ANSWERED, UNANSWERED = "มีแล้ว", "ยังไม่มี"


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield the findings by indicator, which indicators have none, and the findings left without a measure."""
    yield Heading("ส่วนที่ 2 การวิเคราะห์ผลการประเมิน")
    if not facts.findings:
        yield Paragraph(f"ไม่มีข้อบกพร่องที่บันทึกไว้จากผลการประเมินประจำ{year_words(facts.year)}")
        return
    yield Heading("2.1 ข้อบกพร่องและข้อเสนอแนะรายตัวชี้วัด", 2)
    columns = [Column("เครื่องมือและข้อ", 1.2), Column("ข้อบกพร่อง", 3), Column("ข้อเสนอแนะ", 4), Column("มาตรการรองรับ", 1)]
    yield Table("ข้อบกพร่องและข้อเสนอแนะ", columns, list(_rows(facts)))
    with_findings = {finding.indicator for finding in facts.findings}
    if without := [one.number for one in INDICATORS if one.number not in with_findings]:
        yield Paragraph(f"{numbered(without)} ไม่มีข้อบกพร่องที่บันทึกไว้")
    yield Heading("2.2 ข้อบกพร่องที่ยังไม่มีมาตรการ", 2)
    if not facts.unanswered:
        yield Paragraph("เมื่อเทียบถ้อยคำของข้อบกพร่องกับมาตรการ ข้อบกพร่องทุกข้อมีมาตรการรองรับ")
        return
    yield Paragraph(
        f"เมื่อเทียบถ้อยคำของข้อบกพร่องกับมาตรการ มีข้อบกพร่อง {len(facts.unanswered)} ข้อที่ยังไม่มีมาตรการรองรับ ควรพิจารณาเพิ่มเติม"
    )
    yield Points(
        [f"{named(indicator(one.indicator))} {_items(one)}: {one.text}" for one in facts.unanswered], numbered=True
    )


def _rows(facts: Facts) -> Iterator[Row | Section]:
    for one in INDICATORS:
        found = [finding for finding in facts.findings if finding.indicator == one.number]
        if found:
            yield Section(named(one))
        for finding in found:
            standing = UNANSWERED if finding in facts.unanswered else ANSWERED
            cells = [_items(finding), finding.text or NONE, finding.recommendation or NONE, standing]
            yield Row([Cell(text.split("\n")) for text in cells])


def _items(finding: Finding) -> str:
    codes = ", ".join(code.upper() if code.startswith("o") else code for code in finding.items)
    return f"{short(finding.instrument)} ข้อ {codes}" if codes else short(finding.instrument)
