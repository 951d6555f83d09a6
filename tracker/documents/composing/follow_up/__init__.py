"""The follow-up report of a round or a year (รายงานผลการดำเนินการตามมาตรการ): its facts, and the paper made of them."""

from collections.abc import Iterator

from tracker.documents.composing.follow_up import annex, comparison, details, remarks, scores, summary
from tracker.documents.composing.follow_up.facts import (
    Closed,
    Concern,
    Concerns,
    Earlier,
    Facts,
    Promise,
    Proof,
    Signers,
    Work,
)
from tracker.documents.composing.follow_up.words import round_words
from tracker.documents.writing.paper import Block, PageBreak, Paper
from tracker.domain.calendar import first_day
from tracker.domain.thai import long_date

__all__ = ["Closed", "Concern", "Concerns", "Earlier", "Facts", "Promise", "Proof", "Signers", "Work", "compose"]

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"


def compose(facts: Facts, *, thai_digits: bool) -> Paper:
    """Return the report as a paper; it says nothing that is not in the facts, and reads no clock."""
    year = f"ประจำปีงบประมาณ พ.ศ. {facts.fiscal_year}"
    return Paper(
        title=TITLE,
        subtitle=(year, _period(facts), f"ข้อมูล ณ วันที่ {long_date(facts.day)}"),
        organization=facts.organization,
        blocks=tuple(_blocks(facts)),
        foot=f"{facts.organization} · รายงานผลการดำเนินการตามมาตรการ {year}",
        is_landscape=True,
        has_thai_digits=thai_digits,
        keywords=("ITA", "รายงานผลการดำเนินการตามมาตรการ", str(facts.fiscal_year)),
    )


def _period(facts: Facts) -> str:
    if facts.round_on is not None:
        return round_words(facts.round_on, facts.rounds)
    first, day = long_date(first_day(facts.fiscal_year)), long_date(facts.day)
    return "ผลการดำเนินการทั้งปีงบประมาณ" if facts.is_whole_year else f"ผลการดำเนินการตั้งแต่วันที่ {first} ถึงวันที่ {day}"


def _blocks(facts: Facts) -> Iterator[Block]:
    yield from summary.blocks(facts)
    yield from comparison.blocks(facts)
    yield PageBreak()
    yield from details.blocks(facts)
    yield PageBreak()
    yield from remarks.blocks(facts)
    if facts.round_on is None:
        yield from scores.blocks(facts)
    yield from annex.signatures(facts)
    yield PageBreak()
    yield from annex.blocks(facts)
