"""The index of a pack of evidence as a paper: what is in it, from whom, with each file's hash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from tracker.documents.writing.packs import Condition, Packed
from tracker.documents.writing.paper import Block, Cell, Code, Column, Heading, Paper, Paragraph, Row, Table
from tracker.domain.evidence import MEGABYTE
from tracker.domain.packs import Piece
from tracker.domain.thai import long_date, short_date

TITLE = "ดัชนีหลักฐานการดำเนินการตามมาตรการ"
CONDITIONS = {
    Condition.WHOLE: "",
    Condition.CHANGED: "เนื้อหาไม่ตรงกับที่บันทึกไว้เมื่อแนบ",
    Condition.MISSING: "ไม่พบไฟล์ในเครื่องแม่ข่าย จึงไม่มีอยู่ในชุดนี้",
}
COLUMNS = (
    Column("ที่", 0.5),
    Column("หลักฐาน", 4),
    Column("ส่วนราชการ / กำหนดส่ง", 2),
    Column("ผู้แนบ / เมื่อ", 2),
    Column("ขนาด", 1),
    Column("SHA-256", 3),
)


@dataclass(frozen=True)
class Entry:
    """One line of the index. `at` is the local moment; a link and what is missing have no path."""

    number: int
    piece: Piece
    at: datetime
    path: str = ""
    packed: Packed | None = None

    @property
    def remark(self) -> str:
        """What the reader must know about the file."""
        return CONDITIONS[self.packed.condition] if self.packed else ""

    @property
    def is_there(self) -> bool:
        """Whether the pack has the file in it."""
        return self.packed is not None and self.packed.condition != Condition.MISSING


@dataclass(frozen=True)
class Index:
    """What the index says of the whole pack."""

    organization: str
    scope: str  # in words
    fiscal_year: int
    as_of: date
    version: int
    head_hash: str
    entries: Sequence[Entry]

    @property
    def by_indicator(self) -> Mapping[tuple[int, str], Sequence[Entry]]:
        """The entries by number and name of their indicator."""
        keys = groupby(self.entries, key=lambda entry: (entry.piece.indicator, entry.piece.indicator_name))
        return {key: list(group) for key, group in keys}

    @property
    def counts(self) -> str:
        """How many files and links there are, and what is wrong with some."""
        links = sum(entry.piece.is_link for entry in self.entries)
        missing = sum(bool(entry.packed) and not entry.is_there for entry in self.entries)
        changed = sum(bool(entry.packed and entry.packed.condition == Condition.CHANGED) for entry in self.entries)
        told = f"ไฟล์ {len(self.entries) - links - missing} ไฟล์ ลิงก์ {links} ลิงก์"
        told += f" ไม่พบไฟล์ {missing} รายการ" if missing else ""
        return told + (f" เนื้อหาไม่ตรงกับที่บันทึกไว้ {changed} ไฟล์" if changed else "")


def compose(index: Index) -> Paper:
    """Return the index. Its digits stay Arabic: hashes, sizes and names must be the same on paper and on the disk."""
    return Paper(
        title=TITLE,
        subtitle=(
            index.scope,
            f"แผนปีงบประมาณ พ.ศ. {index.fiscal_year} ฉบับที่ {index.version} ข้อมูล ณ วันที่ {long_date(index.as_of)}",
        ),
        organization=index.organization,
        blocks=tuple(_blocks(index)),
        foot=TITLE,
        is_landscape=True,
        keywords=("ITA", "หลักฐาน"),
    )


def size_in_words(size: int) -> str:
    """Return a number of bytes as `340 KB` or `1.2 MB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{-(-size // 1024)} KB"


def _blocks(index: Index) -> Iterator[Block]:
    yield Paragraph(index.counts, label="ในชุดนี้")
    yield Paragraph("เฉพาะหลักฐานที่ใช้อยู่ในวันที่ออก ไม่รวมที่ถอนหรือถูกแทนด้วยฉบับใหม่")
    if not index.entries:
        yield Paragraph("ไม่มีหลักฐาน")
    for (number, name), entries in index.by_indicator.items():
        yield Heading(f"ตัวชี้วัดที่ {number} {name}")
        for title, of_measure in groupby(entries, key=lambda entry: entry.piece.measure):
            yield Heading(title, 2)
            yield Table(f"หลักฐานของตัวชี้วัดที่ {number}", COLUMNS, [_row(entry) for entry in of_measure])
    yield Heading("การตรวจสอบ")
    yield Code("ค่าแฮชหัวประวัติของแผน (SHA-256)", index.head_hash or "-")


def _row(entry: Entry) -> Row:
    piece = entry.piece
    version = f" (ฉบับที่ {piece.version})" if piece.version > 1 else ""
    what = [f"{piece.title}{version}", *([piece.url] if piece.is_link else []), *filter(None, [entry.remark])]
    packed = entry.packed
    return Row(
        (
            Cell(str(entry.number), number=entry.number),
            Cell(what),
            Cell([piece.division, short_date(piece.due_on)]),
            Cell([piece.by, f"{short_date(entry.at.date())} {entry.at:%H:%M}"]),
            Cell("ลิงก์" if piece.is_link else size_in_words(packed.size) if packed and entry.is_there else "-"),
            Cell(packed.sha256 if packed else ""),
        )
    )
