"""Part 4 of the published plan: how it is followed up, who signs, and the seal of its history."""

from collections.abc import Iterator

from tracker.documents.composing.plan.facts import Facts
from tracker.documents.composing.plan.words import moment
from tracker.documents.writing.paper import Block, Code, Heading, Paragraph, Points, Signature, Signatures
from tracker.domain.statuses import Review
from tracker.domain.thai import long_date

REVIEW = {
    Review.REQUIRED: "ผลที่ส่วนราชการรายงานต้องมีผู้ตรวจรับที่ไม่ใช่ผู้รายงาน จึงจะนับว่าแล้วเสร็จ",
    Review.SELF: "ผลที่ส่วนราชการรายงานต้องมีการตรวจรับจึงจะนับว่าแล้วเสร็จ ผู้รายงานตรวจรับผลของตนเองได้เมื่อให้เหตุผลไว้",
    Review.OFF: "ผลที่ส่วนราชการรายงานนับว่าแล้วเสร็จเมื่อรายงาน โดยไม่มีขั้นตอนการตรวจรับ",
}


def blocks(facts: Facts) -> Iterator[Block]:
    """Yield the rounds, who looks at what is reported, the places to sign, and what lets others check the paper."""
    yield Heading("ส่วนที่ 4 การกำกับติดตาม")
    if facts.rounds:
        yield Paragraph("ส่วนราชการที่รับผิดชอบรายงานผลการดำเนินการตามมาตรการตามรอบการติดตาม ดังนี้")
        days = enumerate(sorted(facts.rounds), start=1)
        yield Points([f"รอบการติดตามที่ {number} ภายในวันที่ {long_date(day)}" for number, day in days])
    else:
        yield Paragraph("ยังไม่ได้กำหนดรอบการติดตาม")
    yield Paragraph(REVIEW[facts.review])
    signers = facts.signers
    roles = {"ผู้จัดทำ": signers.maker, "ผู้ตรวจสอบ": signers.checker, "ผู้อนุมัติ": signers.approver}
    yield Signatures([Signature(role, position) for role, position in roles.items()])
    yield Heading("การตรวจสอบเอกสาร", 2)
    if facts.head is None:
        yield Paragraph("แผนยังไม่มีประวัติการเปลี่ยนแปลง")
        return
    yield Paragraph(
        f"เอกสารนี้แสดงแผนตามประวัติถึงรายการที่ {facts.head.number:,} ซึ่งบันทึกเมื่อ{moment(facts.head.at)} "
        "แต่ละรายการผูกกับรายการก่อนหน้าด้วยรหัสตรวจสอบ หากมีผู้แก้ไขประวัติย้อนหลัง รหัสจะไม่ตรงกับที่พิมพ์ไว้นี้"
    )
    yield Code(f"รหัสตรวจสอบของประวัติ รายการที่ {facts.head.number}", facts.head.hash)
