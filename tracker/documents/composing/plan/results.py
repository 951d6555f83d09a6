"""Part 1 of the published plan: the scores of both years, and what the figures say; none names a cause."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tracker.documents.composing.plan.facts import Facts
from tracker.documents.composing.plan.words import (
    INSTRUMENT,
    NONE,
    difference,
    level,
    level_source,
    listed,
    named,
    numbered,
    score,
    score_text,
    short,
    year_words,
)
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Heading,
    Paragraph,
    Row,
    Series,
    Table,
)
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.results import OVERALL, key_of
from tracker.domain.scores import GOOD_FROM, WEIGHTS, rounded

INDICATOR = {key_of(one.number): one for one in INDICATORS}


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield the overall result, the instruments and the indicators, each as words, table and chart."""
    yield Heading(f"ส่วนที่ 1 ผลการประเมิน ITA ประจำ{year_words(facts.year)}")
    if not facts.history.of(facts.year).scores:
        yield Paragraph(f"ยังไม่มีผลการประเมินประจำ{year_words(facts.year)} ในระบบ จึงยังไม่แสดงคะแนนและการเปรียบเทียบ")
        return
    if not _is_compared(facts):
        yield Paragraph(f"ไม่มีผลการประเมินประจำ{year_words(facts.year_before)} ในระบบ จึงแสดงคะแนนปีเดียวและไม่แสดงผลต่าง")
    yield from _overall(facts)
    yield from _instruments(facts)
    yield from _indicators(facts)


def _is_compared(facts: Facts) -> bool:
    return bool(facts.history.of(facts.year_before).scores)


# The overall result


def _overall(facts: Facts) -> Iterator[Block]:
    yield Heading("1.1 ผลการประเมินในภาพรวม", 2)
    yield Paragraph(_overall_words(facts))
    columns = [Column(year_words(year), 1, Align.CENTER) for year in _years(facts)]
    rows = [
        Row([Cell("คะแนนภาพรวม"), *(score(_scores(facts, year).get(OVERALL)) for year in _years(facts))]),
        Row([Cell("ระดับผลการประเมิน"), *(_level(facts, year) for year in _years(facts))]),
    ]
    if _is_compared(facts):
        columns.append(Column("ผลต่าง", 0.7, Align.CENTER))
        rows = [
            Row([*rows[0].cells, difference(facts.history.change(OVERALL, facts.year))]),
            Row([*rows[1].cells, _right(NONE)]),
        ]
    yield Table("ผลการประเมินในภาพรวม", [Column("รายการ", 1.4), *columns], rows)
    known = [(year, value) for year in _years(facts) if (value := _scores(facts, year).get(OVERALL)) is not None]
    if known:
        yield Chart(
            "ภาพที่ 1 ผลการประเมินในภาพรวม",
            _overall_finding(facts),
            ChartKind.BARS,
            [year_words(year) for year, _value in known],
            [Series("คะแนนภาพรวม", [rounded(value) for _year, value in known])],
        )


def _overall_words(facts: Facts) -> str:
    result = facts.history.of(facts.year)
    value = result.scores.get(OVERALL)
    if value is None:
        return f"รายงานผลการประเมินประจำ{year_words(facts.year)} ไม่ได้ระบุคะแนนภาพรวม"
    said = f"{facts.organization}ได้คะแนนภาพรวม {score_text(value)} คะแนน"
    if (reached := level(result)) != NONE:
        said += f" อยู่ในระดับ “{reached}”{level_source(result)}"
    before = facts.history.of(facts.year_before)
    if OVERALL in before.scores:
        said += f" {_moved(facts.history.change(OVERALL, facts.year))}จาก{year_words(facts.year_before)}"
        said += f" ซึ่งได้ {score_text(before.scores[OVERALL])} คะแนน"
        if (reached := level(before)) != NONE:
            said += f" อยู่ในระดับ “{reached}”{level_source(before)}"
    return said


def _overall_finding(facts: Facts) -> str:
    before, after = (_scores(facts, year).get(OVERALL) for year in (facts.year_before, facts.year))
    if before is None or after is None:
        return f"{score_text(after if after is not None else before)} คะแนน"
    moved = _moved(facts.history.change(OVERALL, facts.year))
    return f"{moved} จาก {score_text(before)} เป็น {score_text(after)} คะแนน"


def _moved(points: Decimal | None) -> str:
    if not points:
        return "เท่าเดิม"
    return f"{'เพิ่มขึ้น' if points > 0 else 'ลดลง'} {abs(points):.2f} คะแนน"


# Instruments and indicators


def _instruments(facts: Facts) -> Iterator[Block]:
    keys = {str(one): short(one) for one in Instrument}
    yield Heading("1.2 ผลการประเมินรายเครื่องมือ", 2)
    yield from (Paragraph(words) for words in _says(facts, keys, "เครื่องมือ"))
    yield Table(
        "ผลการประเมินรายเครื่องมือ",
        [Column("เครื่องมือ", 3), Column("น้ำหนัก (ร้อยละ)", 1, Align.CENTER), *_score_columns(facts)],
        [Row([Cell(INSTRUMENT[one]), _weight(one), *_score_cells(facts, str(one))]) for one in Instrument],
    )
    yield from _chart(facts, keys, "ภาพที่ 2 ผลการประเมินรายเครื่องมือ", "เครื่องมือ")


def _indicators(facts: Facts) -> Iterator[Block]:
    keys = {key: named(one) for key, one in INDICATOR.items()}
    yield Heading("1.3 ผลการประเมินรายตัวชี้วัด", 2)
    yield from (Paragraph(words) for words in _says(facts, keys, "ตัวชี้วัด"))
    yield Table(
        "ผลการประเมินรายตัวชี้วัด",
        [Column("ตัวชี้วัดที่", 0.7, Align.CENTER), Column("ตัวชี้วัด", 3), *_score_columns(facts)],
        [
            Row(
                [
                    Cell(str(one.number), number=one.number, align=Align.CENTER),
                    Cell(one.name_th),
                    *_score_cells(facts, key),
                ]
            )
            for key, one in INDICATOR.items()
        ],
    )
    labels = {key: f"{one.number} {one.name_th}" for key, one in INDICATOR.items()}
    yield from _chart(facts, labels, "ภาพที่ 3 ผลการประเมินรายตัวชี้วัด", "ตัวชี้วัด")


def _score_columns(facts: Facts) -> list[Column]:
    columns = [Column(year_words(year), 1, Align.CENTER) for year in _years(facts)]
    return [*columns, Column("ผลต่าง", 0.8, Align.CENTER)] if _is_compared(facts) else columns


def _score_cells(facts: Facts, key: str) -> list[Cell]:
    cells = [score(_scores(facts, year).get(key)) for year in _years(facts)]
    return [*cells, difference(facts.history.change(key, facts.year))] if _is_compared(facts) else cells


def _says(facts: Facts, names: Mapping[str, str], kind: str) -> Iterator[str]:
    known = {key: rounded(value) for key, value in _scores(facts, facts.year).items() if key in names}
    if not known:
        yield f"รายงานผลการประเมินประจำ{year_words(facts.year)} ไม่ได้ระบุคะแนนราย{kind}"
        return
    most, least = max(known.values()), min(known.values())
    if most == least and len(known) > 1:
        yield f"ทุก{kind}ที่มีคะแนนได้เท่ากัน คือ {score_text(most)} คะแนน"
    else:
        yield f"{kind}ที่ได้คะแนนสูงสุด คือ {_at(known, names, most)} และ{kind}ที่ได้คะแนนต่ำสุด คือ {_at(known, names, least)}"
    if changed := _changed(facts, names, kind):
        yield changed
    yield _below(known, names, kind)
    if missing := [name for key, name in names.items() if key not in known]:
        yield f"ไม่มีคะแนนของ {listed(missing)}"


def _at(known: Mapping[str, Decimal], names: Mapping[str, str], value: Decimal) -> str:
    return f"{listed([name for key, name in names.items() if known.get(key) == value])} ({score_text(value)} คะแนน)"


def _changed(facts: Facts, names: Mapping[str, str], kind: str) -> str:
    if not _is_compared(facts):
        return ""
    up, down, same = _directions(facts, names)
    parts = [f"{word} {len(keys)} {kind} ({_which(keys, names)})" for word, keys in _worded(up, down, same) if keys]
    return f"เมื่อเทียบกับ{year_words(facts.year_before)} คะแนน{' '.join(parts)}" if parts else ""


def _directions(facts: Facts, names: Mapping[str, str]) -> tuple[list[str], list[str], list[str]]:
    changes = {key: facts.history.change(key, facts.year) for key in names}
    up = [key for key, points in changes.items() if points is not None and points > 0]
    down = [key for key, points in changes.items() if points is not None and points < 0]
    return up, down, [key for key, points in changes.items() if points == 0]


def _worded(up: list[str], down: list[str], same: list[str]) -> Sequence[tuple[str, list[str]]]:
    return ("เพิ่มขึ้น", up), ("ลดลง", down), ("เท่าเดิม", same)


def _which(keys: Sequence[str], names: Mapping[str, str]) -> str:
    numbers = [INDICATOR[key].number for key in keys if key in INDICATOR]
    return numbered(numbers) if numbers else listed([names[key] for key in keys])


def _below(known: Mapping[str, Decimal], names: Mapping[str, str], kind: str) -> str:
    low = [
        f"{name} ({score_text(known[key])})" for key, name in names.items() if key in known and known[key] < GOOD_FROM
    ]
    goal = f"{GOOD_FROM} คะแนน"
    return f"{kind}ที่ได้ต่ำกว่า {goal} คือ {listed(low)}" if low else f"ไม่มี{kind}ใดที่มีคะแนนต่ำกว่า {goal}"


def _chart(facts: Facts, names: Mapping[str, str], title: str, kind: str) -> Iterator[Chart]:
    shown = {key: name for key, name in names.items() if any(key in _scores(facts, year) for year in _years(facts))}
    if not shown:
        return
    up, down, same = _directions(facts, names) if _is_compared(facts) else ([], [], [])
    counted = [f"{word} {len(keys)} {kind}" for word, keys in _worded(up, down, same) if keys]
    yield Chart(
        title,
        " ".join(counted) or year_words(facts.year),
        ChartKind.BARS,
        list(shown.values()),
        [Series(year_words(year), [_shown(_scores(facts, year).get(key)) for key in shown]) for year in _years(facts)],
    )


def _years(facts: Facts) -> Sequence[int]:
    return (facts.year_before, facts.year) if _is_compared(facts) else (facts.year,)


def _scores(facts: Facts, year: int) -> Mapping[str, Decimal]:
    return facts.history.of(year).scores


def _shown(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _weight(instrument: Instrument) -> Cell:
    percent = int(WEIGHTS[instrument] * 100)
    return Cell(str(percent), number=percent, align=Align.CENTER)


def _level(facts: Facts, year: int) -> Cell:
    result = facts.history.of(year)
    return _right(level(result) + level_source(result))


def _right(text: str) -> Cell:
    return Cell(text, align=Align.RIGHT)
