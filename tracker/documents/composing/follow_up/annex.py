"""The end of the follow-up report: who signs, which rounds were closed under which seal, how figures are counted."""

from collections.abc import Iterator

from tracker.documents.composing.follow_up.facts import Facts
from tracker.documents.composing.follow_up.words import closing_words, round_words
from tracker.documents.writing.paper import (
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Table,
)
from tracker.domain.thai import short_date

DEFINITIONS = {
    "งานที่ต้องดำเนินการ": (
        "งานหนึ่งคือสิ่งที่ส่วนราชการหนึ่งต้องรายงานสำหรับมาตรการหนึ่งในกำหนดหนึ่ง งานที่ไม่เกี่ยวข้องไม่นำมานับ "
        "ร้อยละของหลายมาตรการรวมกันคิดตามน้ำหนักของมาตรการ"
    ),
    "แล้วเสร็จ": "งานที่ส่งผลแล้วและผู้ตรวจเห็นชอบผล ร้อยละแล้วเสร็จคือส่วนที่แล้วเสร็จต่องานที่ต้องดำเนินการทั้งปี และเป็น 100 เมื่อครบทุกงานเท่านั้น",
    "ควรได้": "ส่วนของงานที่ครบกำหนดภายในวันที่รายงานต่องานที่ต้องดำเนินการทั้งปี",
    "เกินกำหนด": (
        "งานที่ยังไม่ส่งผลและพ้นวันครบกำหนดแล้ว งานที่ครบกำหนดในวันที่รายงานยังไม่ถือว่าเกินกำหนด "
        "งานที่ส่งผลแล้วและรอตรวจไม่นับเป็นความล่าช้าของส่วนราชการ"
    ),
    "ส่งทันกำหนด": "งานที่แล้วเสร็จซึ่งส่งผลครั้งที่ได้รับความเห็นชอบภายในวันครบกำหนด คิดเป็นร้อยละของงานที่แล้วเสร็จ",
}


def signatures(facts: Facts) -> Iterator[Block]:
    """Yield room for the signatures, by position."""
    signers = facts.signers
    roles = {"ผู้จัดทำรายงาน": signers.maker, "ผู้ตรวจสอบ": signers.checker, "ผู้เห็นชอบ": signers.approver}
    yield Signatures(tuple(Signature(role, position) for role, position in roles.items()))


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield what lets others check the report."""
    yield Heading("ภาคผนวก การตรวจสอบตัวเลขในรายงาน")
    yield Heading("การปิดรอบการติดตาม", 2)
    if not facts.closings:
        yield Paragraph("ยังไม่มีรอบการติดตามที่ปิดแล้ว")
    for one in facts.closings:
        note = f" หมายเหตุ: {one.note}" if one.note else ""
        yield Paragraph(f"{closing_words(one)} โดย{one.closed_by}{note}", label=round_words(one.round_on, facts.rounds))
        yield Code(f"รหัสตรวจสอบของการปิดรอบ ฉบับที่ {one.revision}", one.seal)
    yield Heading("ประวัติของแผน", 2)
    if facts.head_hash:
        yield Paragraph(
            f"ประวัติของแผนมี {facts.head_seq:,} รายการเมื่อจัดทำรายงาน แต่ละรายการผูกกับรายการก่อนหน้าด้วยรหัสตรวจสอบ "
            "หากมีผู้แก้ไขประวัติย้อนหลัง รหัสของรายการสุดท้ายจะไม่ตรงกับที่พิมพ์ไว้นี้"
        )
        yield Code(f"รหัสตรวจสอบของประวัติ รายการที่ {facts.head_seq}", facts.head_hash)
    else:
        yield Paragraph("แผนยังไม่มีประวัติ")
    yield Heading("วิธีนับตัวเลข", 2)
    for term, meaning in DEFINITIONS.items():
        yield Paragraph(meaning, label=term)
    yield from _links(facts)


def _links(facts: Facts) -> Iterator[Block]:
    """Yield where the evidence that is a link leads: in the cells of part 2 the addresses would not be readable."""
    numbers = {measure.id: measure.number for measure in facts.measures}
    rows = [
        Row([
            Cell(numbers.get(work.measure_id, "")), Cell(work.division.name),
            Cell(short_date(work.due_on), day=work.due_on), Cell(proof.title), Cell(proof.url),
        ])
        for work in facts.works
        for proof in work.evidence
        if proof.url
    ]  # fmt: skip
    if rows:
        yield Heading("หลักฐานที่เป็นลิงก์", 2)
        columns = (("มาตรการที่", 0.7), ("ส่วนราชการ", 1.8), ("ครบกำหนด", 1.1), ("หลักฐาน", 2.4), ("ที่อยู่", 4))
        yield Table("หลักฐานที่เป็นลิงก์", [Column(title, width) for title, width in columns], rows)
