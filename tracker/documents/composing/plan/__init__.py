"""The published plan (การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร): its facts, and the paper made of them."""

from collections.abc import Iterator

from tracker.documents.composing.plan import actions, analysis, following, results
from tracker.documents.composing.plan.facts import Facts, Head, Measure, Signers
from tracker.documents.composing.plan.words import year_words
from tracker.documents.writing.paper import Block, PageBreak, Paper, Paragraph

__all__ = ["Facts", "Head", "Measure", "Signers", "compose"]

TITLE = "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"


def compose(facts: Facts, *, thai_digits: bool) -> Paper:
    """Return the plan as a paper; it says nothing that is not in the facts, and reads no clock."""
    years = (f"ผลการประเมินประจำ{year_words(facts.year)}", f"มาตรการประจำ{year_words(facts.fiscal_year)}")
    return Paper(
        title=TITLE,
        subtitle=years,
        organization=facts.organization,
        blocks=tuple(_blocks(facts)),
        foot=f"{facts.organization} · {TITLE} · {year_words(facts.fiscal_year)}",
        is_landscape=True,
        has_thai_digits=thai_digits,
        keywords=("ITA", TITLE, str(facts.fiscal_year)),
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    yield Paragraph(
        f"เอกสารนี้วิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำ{year_words(facts.year)} "
        f"ของ{facts.organization} และแสดงมาตรการที่จะดำเนินการใน{year_words(facts.fiscal_year)} เรียงตามตัวชี้วัดทั้ง 10 ตัวชี้วัด"
    )
    yield from results.blocks(facts)
    yield PageBreak()
    yield from analysis.blocks(facts)
    yield PageBreak()
    yield from actions.blocks(facts)
    yield from following.blocks(facts)
