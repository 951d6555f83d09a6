"""Part 3 of the follow-up report: obstacles and suggestions of all divisions, those that say the same together."""

from collections.abc import Callable, Iterator

from tracker.documents.composing.follow_up.facts import Facts, Work
from tracker.documents.composing.follow_up.words import names
from tracker.documents.writing.paper import Align, Block, Cell, Column, Heading, Paragraph, Row, Table
from tracker.domain.thai import arabic_digits

_COLUMNS = (Column("ที่", 0.4, Align.RIGHT), Column("", 5), Column("มาตรการที่", 1.4), Column("ส่วนราชการ", 2.6))


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what still stands in the way, what did, and what is suggested."""
    yield Heading("ส่วนที่ 3 ปัญหา อุปสรรค และข้อเสนอแนะ")
    yield from _collected(facts, "อุปสรรคที่ยังมีอยู่", lambda work: work.blocked, "ไม่มีอุปสรรคที่ยังมีอยู่")
    yield from _collected(facts, "ปัญหาและอุปสรรค", lambda work: work.obstacles, "ไม่มีส่วนราชการใดรายงานปัญหาหรืออุปสรรค")
    yield from _collected(facts, "ข้อเสนอแนะ", lambda work: work.suggestions, "ไม่มีส่วนราชการใดให้ข้อเสนอแนะ")


def _collected(facts: Facts, title: str, words: Callable[[Work], str], nothing: str) -> Iterator[Block]:
    """Yield what divisions wrote, what most of them wrote first."""
    yield Heading(title, 2)
    found: dict[str, list[Work]] = {}
    for work in facts.works:
        if said := arabic_digits(words(work)).strip():
            found.setdefault(said, []).append(work)
    if not found:
        yield Paragraph(nothing)
        return
    numbers = {measure.id: measure.number for measure in facts.measures}
    _, said_in, measures_in, divisions_in = _COLUMNS
    columns = [_COLUMNS[0], Column(title, said_in.share), measures_in, divisions_in]
    rows = []
    for place, (said, works) in enumerate(sorted(found.items(), key=lambda one: -len(one[1])), start=1):
        measures = dict.fromkeys(numbers.get(work.measure_id, "") for work in works)
        divisions = list(dict.fromkeys(work.division.name for work in works))
        lines = said.splitlines()
        rows.append(
            Row(
                [
                    Cell(f"{place}", number=place, align=Align.RIGHT),
                    Cell(lines),
                    Cell(", ".join(measures)),
                    Cell(names(divisions)),
                ]
            )
        )
    yield Table(title, columns, rows)
