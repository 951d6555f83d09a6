"""Who is responsible: from the words of a report to the organization's divisions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.responsibles_names import (
    MARK,
    ORGANIZATION,
    STARTS,
    USUAL_DIVISIONS,
    Division,
    Marked,
    mark_names,
)
from tracker.domain.thai import clean

__all__ = ["USUAL_DIVISIONS", "Division", "Responsible", "read_responsible"]

_MARKUP = re.compile(r"<[^<>]{0,200}>")
_LIST_MARK = re.compile(
    r"[(]?(?<![0-9๐-๙])[0-9๐-๙]{1,2}[.)] ?(?=[ก-ฮเ-ไ])|(?:^|(?<= ))[-–—*•●▪◦·✓] ?(?=[ก-ฮเ-ไ]|$)|[•●▪◦·✓]", re.MULTILINE
)
_SEPARATOR = re.compile(
    rf"[/,，;|&+\n]|(?:(?:และ|ร่วมกับ|รวมถึง|รวมทั้ง|พร้อมด้วย)|(?<= )กับ|(?<={MARK})กับ) ?(?={STARTS}|{MARK})"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_EXCEPT = re.compile(r"[(\[]? ?(?:ยกเว้น|เว้นแต่|ไม่รวม)")
_HANDING_OVER = re.compile(rf"(?:(?<= )|(?<={MARK}))(?:นำ)?(?:ส่ง(?!เสริม)|เสนอ|รายงาน(?:ต่อ|ให้)|แจ้ง).*")

# Bodies and leaders: never left out, and what belongs to them is not the division whose name they mention.
_COMMITTEE = re.compile("คณะ|กรรมการ")
_BODY = re.compile(
    rf"{_COMMITTEE.pattern}|(?:^|(?<=[ (:.]))(?:สภา|สมาชิก|โรงเรียน|ศูนย์|ชุมชน|ประชาชน|ผู้บริหาร|นายก|ปลัด|รองปลัด|รองนายก|"
    r"ประธาน|รองประธาน|เลขานุการ|กองทุน|บริษัท|กรม|กระทรวง|โรงพยาบาล|ผู้(?:ที่)?เกี่ยวข้อง|ผู้แทน|ผู้ได้รับ)"
)
_SMALLER_UNIT = "(?:ทุก)?(?:งาน|ฝ่าย|กลุ่ม).*"
_HEAD = r"(?:รอง|ผู้ช่วย|รักษาการ(?:ใน|แทน)?(?:ตำแหน่ง)?|รก\.)? ?(?:ผู้อำนวยการ|ผอ|หัวหน้า|หน)\.? ?"
_STAFF = "(?:เจ้าหน้าที่|บุคลากร|พนักงาน|ข้าราชการ|เจ้าพนักงาน|จพง|นัก|นวก|นิติกร|นายช่าง|ลูกจ้าง|คนงาน).*"
_ROLE = rf"(?:{_HEAD}(?:ใน|ของ|{_SMALLER_UNIT})?|{_STAFF})"
_LABEL = (
    r"(?:ผู้|หน่วยงาน|ส่วนราชการ|เจ้าภาพ|เจ้าของเรื่อง|เจ้าของโครงการ|เป็น|โดย|มี|ให้|ที่|รับผิดชอบ|ดำเนินการ|จัดทำ|"
    r"มอบหมาย|มอบ|ประสานงาน|ประสาน|กำกับดูแล|กำกับ|ติดตาม|รวบรวม|แกน|หลัก|ร่วมกัน|ร่วม|รอง|สนับสนุน|และ|กับ|ของ| |:|-)+"
)
_LEFT_OUT = re.compile(rf"(?:{_LABEL})?(?:{_ROLE}|{_SMALLER_UNIT}|(?:{ORGANIZATION}|ตำบล|อำเภอ|จังหวัด|ทุกคน|ทุกแห่ง).*)?")
_ATTACHED = re.compile(rf"(?:{_LABEL})?(?:{_ROLE}|{_SMALLER_UNIT})?")
_EMPTY = re.compile(r"\W*|(?:ผู้|หน่วยงาน|เจ้าภาพ)?(?:ที่)?(?:รับผิดชอบ|หลัก|ร่วม|สนับสนุน|ดำเนินการ|โดย|และ|กับ| |:)+")
_EDGES = " :;,-–—/"

Reading = tuple[frozenset[Division], list[str]]
"""The divisions named, and the words that are none."""


@dataclass(frozen=True)
class Responsible:
    """The divisions a text names, in the order they were given, and what in it is none of them, as printed."""

    divisions: tuple[Division, ...] = ()
    unmatched: tuple[str, ...] = ()


def read_responsible(text: str, *, divisions: Sequence[Division]) -> Responsible:
    """
    Return the divisions a text holds responsible, and every body in it that is none of them.

    Verbs, labels, smaller units of a named division and receivers ("ส่ง…") may be left out; committees, leaders
    and other organizations never are. "All but" counts only if the exception is fully understood; otherwise a
    person decides on the whole text (DESIGN 2, Responsible → divisions).
    """
    marked = mark_names(_plain(text), divisions)
    (named, unmatched), *exceptions = (_read(part, marked) for part in _EXCEPT.split(marked.text))
    left_out = frozenset[Division]().union(*(found for found, _ in exceptions))
    understood = all(found and not unknown for found, unknown in exceptions)
    if exceptions and not (understood and left_out < named == frozenset(divisions)):
        return Responsible((), (clean(marked.printed(marked.text)),))
    responsible = tuple(division for division in divisions if division in named - left_out)
    return Responsible(responsible, tuple(dict.fromkeys(unmatched)))


def _plain(text: str) -> str:
    """Return the text with each entry of a list on a line of its own."""
    lines = _MARKUP.sub("\n", text).splitlines()
    return _LIST_MARK.sub("\n", "\n".join(map(clean, lines)))


def _read(text: str, marked: Marked) -> Reading:
    """Return what a text without exceptions names."""
    readings = [_read_entry(entry.strip(_EDGES), marked) for entry in _SEPARATOR.split(_without_brackets(text))]
    named = frozenset[Division]().union(*(found for found, _ in readings))
    return named, [words for _, unknown in readings for words in unknown]


def _without_brackets(text: str) -> str:
    """Leave out what only explains a name in brackets; names and bodies in brackets become entries."""
    pieces: list[str] = []
    end = 0
    for bracket in _BRACKETS.finditer(text):
        before = text[end : bracket.start()]
        explained = re.search(MARK, _SEPARATOR.split(before)[-1])
        if re.search(MARK, bracket[1]) or _BODY.search(bracket[1]):
            inside = f"\n{bracket[1]}\n" if explained else f" {bracket[1]} "
        else:
            inside = " " if explained else bracket[0]
        pieces += [before, inside]
        end = bracket.end()
    return "".join(pieces) + text[end:]


def _read_entry(entry: str, marked: Marked) -> Reading:
    """Return what one entry of the list names."""
    if not re.search(MARK, entry):
        return frozenset(), [] if _EMPTY.fullmatch(entry) else [clean(entry)]
    entry = _HANDING_OVER.sub("", entry)
    named: frozenset[Division] = frozenset()
    unknown: list[str] = []
    end = 0
    for mark in re.finditer(MARK, entry):
        words = entry[end : mark.start()]
        if _COMMITTEE.search(words):
            break
        apart, attached = _parted(words)
        if _ATTACHED.fullmatch(attached):
            named |= marked[mark[0]].divisions
            unknown += _unknown(apart)
        else:
            unknown += _unknown(words + mark[0])
        end = mark.end()
    unknown += _unknown(entry[end:])
    return named, [clean(marked.printed(words)).strip(_EDGES) for words in unknown]


def _parted(words: str) -> tuple[str, str]:
    """Part the words before a name into those that stand apart and what is attached to the name."""
    if _LEFT_OUT.fullmatch(words) and not _BODY.search(words):
        return "", ""
    apart, _, attached = words.rpartition(" ")
    return apart, attached


def _unknown(words: str) -> list[str]:
    """Return the words unless they only explain a name; from a body on, all of them."""
    if body := _BODY.search(words):
        return [*_unknown(words[: body.start()]), words[body.start() :]]
    words = re.sub(r"^ ?(?:และ|กับ) ?", "", words).strip(_EDGES)
    return [] if _EMPTY.fullmatch(words) or _LEFT_OUT.fullmatch(words) else [words]
