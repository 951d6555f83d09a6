"""The month's report of checked addresses (รายงานผลการตรวจสอบลิงก์): its facts, and the paper made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from tracker.documents.composing.link_checks.words import CAUSES, VERDICTS, month_words, share
from tracker.documents.composing.signers import Signers
from tracker.documents.writing.paper import (
    Align,
    Block,
    Cell,
    Code,
    Column,
    Heading,
    Paper,
    Paragraph,
    Points,
    Row,
    Section,
    Signature,
    Signatures,
    Table,
)
from tracker.domain.calendar import THAILAND
from tracker.domain.link_months import Course, Outcome
from tracker.domain.links import Verdict
from tracker.domain.thai import long_date

__all__ = ["Address", "Facts", "compose"]

TITLE = "รายงานผลการตรวจสอบลิงก์ข้อมูลเปิดเผยสาธารณะ (OIT)"
NOBODY = "ยังไม่กำหนดส่วนราชการ"
WORST_FIRST = (Verdict.BROKEN, Verdict.CAUTION)
HOW = (
    "ระบบเปิดลิงก์ทุกลิงก์ตามรอบที่กำหนด และบันทึกผลทุกครั้ง",
    "ถือว่าเปิดไม่ได้เมื่อเปิดไม่ได้สองครั้งที่ห่างกันอย่างน้อย 6 ชั่วโมง ครั้งแรกถือว่าควรตรวจดู",
    "นอกจากนั้น ควรตรวจดู หมายถึงลิงก์ตอบ แต่ควรให้เจ้าหน้าที่เปิดดูว่าเป็นหน้าที่ถูกต้อง",
    "ร้อยละของเวลาที่เปิดได้ นับจากผลแต่ละครั้งจนถึงครั้งถัดไป เวลาก่อนการตรวจครั้งแรกไม่นับ",
)


@dataclass(frozen=True)
class Address:
    """An address of an item, and how it fared in the month."""

    item: str
    division: str  # empty: nobody keeps it
    url: str
    course: Course = field(default_factory=Course)


@dataclass(frozen=True)
class Facts:
    """Everything the report says. It speaks of `month` (its first day) until the end of `until`."""

    organization: str
    fiscal_year: int
    month: date
    until: date
    addresses: Sequence[Address] = ()
    division: str = ""  # whose items alone are meant; empty: everybody's
    head_hash: str = ""
    signers: Signers | None = None  # None: nobody signs

    @property
    def outcome(self) -> Outcome:
        """What was found; an address of several items counts once."""
        return _outcome(self.addresses)

    @property
    def does_the_work(self) -> bool:
        """
        Whether a division's task of the month may count as done by it.

        It is judged by its own addresses; where it keeps none, by those that nobody keeps: a dead page of another
        division is that one's to mend.
        """
        judged = [one for one in self.addresses if self.division or not one.division]
        return self.outcome.is_check and not _outcome(judged).has_fault


def _outcome(addresses: Sequence[Address]) -> Outcome:
    return Outcome.of({one.url: one.course for one in addresses}.values())


def compose(facts: Facts, *, thai_digits: bool) -> Paper:
    """Return the report as a paper; it says nothing that is not in the facts, and reads no clock."""
    about = f"ประจำเดือน{month_words(facts.month)}"
    return Paper(
        title=TITLE,
        subtitle=(about, facts.division or "ทุกส่วนราชการ", f"ข้อมูลถึงวันที่ {long_date(facts.until)}"),
        organization=facts.organization,
        blocks=tuple(_blocks(facts)),
        foot=f"{facts.organization} · รายงานผลการตรวจสอบลิงก์ {about}",
        is_landscape=True,
        has_thai_digits=thai_digits,
        keywords=("ITA", "OIT", "ตรวจสอบลิงก์", str(facts.fiscal_year)),
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    yield Heading("สรุปผล")
    yield Paragraph(_summary(facts))
    yield Heading("ลิงก์ที่ต้องแก้ไขหรือควรตรวจดู")
    attention = [one for one in facts.addresses if one.course.standing.verdict in WORST_FIRST]
    if attention:
        yield Table("ลิงก์ที่ต้องแก้ไขหรือควรตรวจดู", _ATTENTION, [_attention(one) for one in sorted(attention, key=_worst)])
    else:
        yield Paragraph("ไม่มี")
    yield Heading("ผลรายลิงก์")
    if facts.addresses:
        yield Table("ผลรายลิงก์", _EVERY, list(_every(facts.addresses)))
    else:
        yield Paragraph("ยังไม่มีลิงก์ของรายการข้อมูลเปิดเผยในปีงบประมาณนี้")
    yield Heading("วิธีตรวจ")
    yield Points(HOW)
    if facts.head_hash:
        yield Code("ค่าแฮชหัวประวัติของแผน (SHA-256)", facts.head_hash)
    if facts.signers:
        roles = {"ผู้จัดทำ": facts.signers.maker, "ผู้ตรวจสอบ": facts.signers.checker}
        yield Signatures(tuple(Signature(role, position) for role, position in roles.items()))


def _summary(facts: Facts) -> str:
    found, items = facts.outcome, len({one.item for one in facts.addresses})
    told = (
        f"ลิงก์ {found.total:,} ลิงก์ ของข้อมูลเปิดเผย {items:,} รายการ ตรวจรวม {found.looks:,} ครั้ง: "
        f"เปิดได้ {found.ok:,} ลิงก์ ควรตรวจดู {found.caution:,} ลิงก์ เปิดไม่ได้ {found.broken:,} ลิงก์"
    )
    told += f" ยังไม่ได้ตรวจในเดือนนี้ {found.unchecked:,} ลิงก์" if found.unchecked else ""
    doubt = f"ในจำนวนที่ควรตรวจดู เปิดไม่ได้ในการตรวจครั้งล่าสุดและรอตรวจซ้ำ {found.in_doubt:,} ลิงก์"
    return f"{told} ({doubt})" if found.in_doubt else told


_ATTENTION = (
    Column("รายการ", 3),
    Column("ส่วนราชการ", 2),
    Column("ลิงก์", 4),
    Column("ผล", 1.6),
    Column("ตั้งแต่วันที่", 1.7),
    Column("สาเหตุ", 3),
)
_EVERY = (
    Column("ที่", 0.5, Align.RIGHT),
    Column("รายการ", 3.6),
    Column("ลิงก์", 5.4),
    Column("ตรวจ (ครั้ง)", 0.9, Align.RIGHT),
    Column("เปิดได้ (% ของเวลา)", 1.2, Align.RIGHT),
    Column("ผล", 1.6),
)


def _worst(one: Address) -> tuple[int, str]:
    return WORST_FIRST.index(one.course.standing.verdict), one.item


def _attention(one: Address) -> Row:
    standing = one.course.standing
    since = standing.failing_since.astimezone(THAILAND).date() if standing.failing_since else None
    return Row(
        [
            Cell(one.item),
            Cell(one.division or NOBODY),
            Cell(one.url),
            Cell(VERDICTS[standing.verdict], is_strong=standing.verdict == Verdict.BROKEN),
            Cell(long_date(since) if since else "–", day=since),
            Cell(CAUSES[standing.cause] if standing.cause else "–"),
        ]
    )


def _every(addresses: Sequence[Address]) -> Iterator[Row | Section]:
    number = 0
    for division, theirs in groupby(addresses, key=lambda one: one.division):
        yield Section(division or NOBODY)
        for one in theirs:
            number += 1
            yield Row(
                [
                    Cell(str(number), number=number, align=Align.RIGHT),
                    Cell(one.item),
                    Cell(one.url),
                    Cell(f"{one.course.looks:,}", number=one.course.looks, align=Align.RIGHT),
                    share(one.course.share),
                    Cell(VERDICTS[one.course.standing.verdict]),
                ]
            )
