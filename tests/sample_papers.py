"""Papers to write: one with every block and every trap for a writer, and the facts of a plan."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from tracker.documents.composing.plan import Facts, Head, Measure, Signers
from tracker.documents.writing.paper import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Code,
    Column,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Points,
    Row,
    Section,
    Series,
    Signature,
    Signatures,
    Table,
)
from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.results import History, Result, key_of

HASH = "0123456789abcdef" * 4
THAI = "น้ำดื่มที่ปรึกษากตัญญู ผู้นำชำระค่าทำนุบำรุงญี่ปุ่น ปฏิบัติหน้าที่ ณ ป้ำฝั้น"
MARKUP = r"#let x = 1 $x^2$ *หนา* _เอียง_ \alpha @ref <label> `code` // หมายเหตุ /* ซ่อน */ ~ -- --- ' \" #image(\"x\")"
LONG_WORD = "https://example.go.th/" + "ก" * 150
WIDE_TABLE = (
    Column("มาตรการ/โครงการ/กิจกรรม", 2),
    Column("ขั้นตอน/วิธีการ", 3),
    Column("คะแนน", 1, Align.RIGHT),
    Column("วันที่", 1),
)

BEFORE = "98.28 96.56 99.35 90.75 96.34 96.66 94.74 89.97 100.00 100.00"
AFTER = "98.67 99.78 100.00 100.00 99.55 98.33 96.86 96.46 95.00 84.99"
INSTRUMENTS = {2567: "96.26 94.08 93.5 100", 2568: "99.6 99.43 95 92.5"}


def bars(**changes) -> Chart:
    """Return a chart of two years."""
    series = [Series("พ.ศ. 2567", [Decimal("97.02"), None]), Series("พ.ศ. 2568", [Decimal("96.04"), Decimal("9.5")])]
    whole = {
        "title": "ภาพที่ 1 คะแนน",
        "finding": "ลดลง 0.98 คะแนน",
        "kind": ChartKind.BARS,
        "categories": ["ภาพรวม", "การใช้อำนาจ"],
        "series": series,
    }
    return Chart(**(whole | changes))


def every_block(**changes) -> Paper:
    """Return a paper with a block of each kind."""
    rows = [
        Section("ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่"),
        Row(
            [
                Cell("=1+1"),
                Cell(["ขั้นที่ 1", "ขั้นที่ 2"]),
                Cell("+3.34", number=Decimal("3.34"), align=Align.RIGHT),
                Cell("28 กุมภาพันธ์ 2569", day=date(2026, 2, 28)),
            ]
        ),
        Row([Cell(THAI, is_strong=True), Cell(MARKUP), Cell("1,250", number=1250), Cell(LONG_WORD)]),
    ]
    blocks = [
        Heading("ส่วนที่ 1 ผลการประเมิน"),
        Paragraph("ผ่านดี", label="ระดับ"),
        Points(["ข้อแรก", "ข้อที่สอง"]),
        Points(["ลำดับแรก", "ลำดับต่อไป"], numbered=True),
        bars(),
        PageBreak(),
        Heading("2.1 แผน", 2),
        Table("ตารางแผน", WIDE_TABLE, rows, shows_title=True),
        Code("รหัสตรวจสอบ 1", HASH),
        Signatures([Signature("ผู้จัดทำ", "เจ้าพนักงานธุรการ"), Signature("ผู้อนุมัติ", "นายกเทศมนตรี", "ชื่อผู้ลงนาม")]),
    ]
    whole = {
        "title": "เอกสารทดลอง",
        "subtitle": ["ประจำปีงบประมาณ พ.ศ. 2569"],
        "organization": "เทศบาลตำบลตัวอย่าง",
        "blocks": blocks,
        "foot": "เทศบาลตำบลตัวอย่าง & คณะ",
        "is_landscape": True,
        "keywords": ("ITA", "2569"),
    }
    return Paper(**(whole | changes))


def of(*blocks, **changes) -> Paper:
    """Return a paper of these blocks."""
    return every_block(blocks=list(blocks), **changes)


def table(*rows, columns=WIDE_TABLE, title="ตาราง") -> Table:
    """Return a table of these rows."""
    return Table(title, columns, list(rows))


def row(*texts, columns=WIDE_TABLE) -> Row:
    """Return a row of these texts; cells that were not given are empty."""
    return Row([Cell(text) for text in (*texts, *[""] * (len(columns) - len(texts)))])


def texts_of(paper: Paper) -> Iterator[str]:
    """Yield everything that a reader of the paper must find, numbers and days as they are shown."""
    yield from (paper.title, *paper.subtitle, paper.organization)
    for block in paper.blocks:
        yield from _texts_of(block)


def _texts_of(block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text) | Code(text=text):
            yield text
        case Points(items):
            yield from items
        case Chart():
            yield from (block.title, block.finding)
        case Signatures(places):
            yield from (text for place in places for text in (place.role, place.position, place.name))
        case Table():
            yield from (column.title for column in block.columns)
            for line in block.rows:
                cells = [line.text] if isinstance(line, Section) else [cell.text for cell in line.cells]
                yield from (text for cell in cells for text in ([cell] if isinstance(cell, str) else cell))


def history(*years: int) -> History:
    """Return the results of these years."""
    return History({year: _result(year) for year in years})


def _result(year: int) -> Result:
    indicators = (BEFORE if year == 2567 else AFTER).split()
    scores = {key_of(one.number): Decimal(score) for one, score in zip(INDICATORS, indicators, strict=True)}
    scores |= {str(one): Decimal(score) for one, score in zip(Instrument, INSTRUMENTS[year].split(), strict=True)}
    scores["overall"] = Decimal("97.015") if year == 2567 else Decimal("96.04")
    return Result(year, scores, "ผ่านดี" if year == 2568 else "")


ANSWERED = Finding(1, Instrument.IIT, ("i1", "i2"), "บริการช้ากว่าที่ประกาศ", "ประกาศขั้นตอนให้ชัด")
UNANSWERED = Finding(10, Instrument.OIT, ("o27",), "เอกสารขาดองค์ประกอบ", "")
MEASURE = Measure(
    1,
    "มาตรการบริการตรงเวลา",
    ("ประชาชนรอนานกว่าที่ประกาศ",),
    ("ปรับปรุงคู่มือ", "แจ้งเวลาให้ผู้มาติดต่อทราบ"),
    "ตลอดปีงบประมาณ พ.ศ. 2569",
    "ทุกส่วนราชการ",
)
HEAD = Head(278, datetime(2026, 2, 20, 17, 30, tzinfo=UTC), HASH)


def plan_facts(**changes) -> Facts:
    """Return the facts of a plan with one measure, two findings and the results of two years."""
    whole = {
        "organization": "เทศบาลตำบลตัวอย่าง",
        "fiscal_year": 2569,
        "history": history(2567, 2568),
        "findings": (ANSWERED, UNANSWERED),
        "unanswered": (UNANSWERED,),
        "measures": (MEASURE,),
        "rounds": (date(2026, 3, 31), date(2026, 9, 30)),
        "signers": Signers("เจ้าพนักงานธุรการ", "ปลัดเทศบาล", "นายกเทศมนตรี"),
        "head": HEAD,
    }
    return Facts(**(whole | changes))
