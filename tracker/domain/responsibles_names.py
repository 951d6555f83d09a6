"""The names of divisions as people write them, found in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.thai import clean

_LETTER = "[ก-ฮะ-ฺเ-ๅ็-๎]"
ORGANIZATION = r"เทศบาล|องค์การบริหารส่วน|อบต|อบจ|ทต\.|ทม\.|ทน\."
STARTS = (
    r"กอง|สำนัก|หน่วย|ส่วน|งาน|ฝ่าย|กลุ่ม|คณะ|ผู้|ผอ|หัวหน้า|หน\.|นายก|ปลัด|รอง|ประธาน|พนักงาน|เจ้าหน้าที่|"
    r"บุคลากร|ข้าราชการ|โรงเรียน|ศูนย์|สภา|ชุมชน|ประชาชน|อบต|อบจ|ทุก"
)
"""The words a unit, a person or a body begins with."""

# A name found is replaced by one character of a private range, so that the words around it can be judged alone.
_FIRST_MARK = 0xF0000
MARK = "[\U000f0000-\U000ffffd]"

# A name ends before anything but a letter, or before words that begin something new: กองช่างสุขาภิบาล is no กองช่าง.
_END = (
    rf"(?=$|[^ก-ฮะ-ฺเ-ๅ็-๎]|(?:และ|กับ|ร่วมกับ|รวมถึง) ?(?:{STARTS}|{MARK})|{STARTS}|{ORGANIZATION}|ตำบล|ร่วม|"
    r"ส่ง|นำส่ง|เสนอ|รายงาน|แจ้ง|ดำเนินการ|เป็น|รับผิดชอบ|โดย|ยกเว้น|เว้น|ไม่รวม|ใน|ของ)"
)

_UNITS = r"(?:ส่วน\s?ราชการ|หน่วย\s?งาน|ส่วน\s?งาน|สำนัก|กอง|หน่วย(?!\s?งาน)|ส่วน(?!\s?(?:ราชการ|งาน)))"
_EACH = r"ทุก\s?(?:ๆ\s?)?"
_MORE_UNITS = rf"(?:[\s/,-]*(?:และ ?)?(?:{_EACH})?(?:{_UNITS}|ฝ่าย){_END}){{0,6}}"
_WITHIN = (
    rf"(?: ?(?:ใน|ของ|ภายใน) ?(?:สังกัด|เทศบาล|หน่วยงาน|องค์กร|{ORGANIZATION}){_LETTER}*"
    rf"(?: ?(?:ตำบล|เมือง|นคร){_LETTER}+)?)?ฯ?"
)
_SOME_ONLY = r"(?! ?(?:ที่|ซึ่ง|อื่น|ภายนอก|ใน|ของ))"
_ALL_OF_THEM = rf"(?:ใน ?สังกัด ?)?(?:{_EACH}(?:แห่ง|{_UNITS})|ทั้งหมด)"
_EVERY = re.compile(
    rf"(?:{_EACH}{_UNITS}{_MORE_UNITS}|{_UNITS}(?:[\s/,-]{{0,3}}{_UNITS}){{0,6}} ?{_ALL_OF_THEM})"
    rf"{_WITHIN}{_END}{_SOME_ONLY}"
)

# A shortened name is taken for the one it begins, if it says more than a bare กอง or สำนัก.
_SHORTENED = re.compile(rf"(?:กอง|สำนัก|หน่วย) ?{_LETTER}{{4,40}}?ฯ?{_END}")
_OWNER = re.compile(rf"(?<=.)(?:{ORGANIZATION}).*")
_TAILS = ("ศาสนาและวัฒนธรรม", "และสิ่งแวดล้อม")
_IN_USE = {
    "กองสาธารณสุข": ("กองสธ.", "สธ."),
    "สำนักปลัด": ("สำนักงานปลัด", "สป."),
    "หน่วยตรวจสอบ": ("หน่วยตรวจฯ", "ตสน."),
    "กองการศึกษา": ("กองศึกษา",),
}
_BLANKS = re.compile("[ .ฯ]")


@dataclass(frozen=True)
class Division:
    """A division by its full name, the short names in use, and the title of its head."""

    name: str
    short_names: tuple[str, ...] = ()
    head: str = ""


USUAL_DIVISIONS = (
    Division("สำนักปลัดเทศบาล", ("สำนักปลัด", "สป."), "หัวหน้าสำนักปลัด"),
    Division("กองคลัง", (), "ผู้อำนวยการกองคลัง"),
    Division("กองช่าง", (), "ผู้อำนวยการกองช่าง"),
    Division("กองการศึกษา", ("กองการศึกษาฯ",), "ผู้อำนวยการกองการศึกษา"),
    Division("กองสาธารณสุขและสิ่งแวดล้อม", ("กองสาธารณสุขฯ", "กองสธ."), "ผู้อำนวยการกองสาธารณสุขและสิ่งแวดล้อม"),
    Division("กองสวัสดิการสังคม", ("กองสวัสดิการฯ",), "ผู้อำนวยการกองสวัสดิการสังคม"),
)
"""The divisions most small municipalities have: a proposal while the organization is unknown (DOMAIN)."""


@dataclass(frozen=True)
class Found:
    """A name found in a text: as printed, and the divisions it stands for."""

    printed: str
    divisions: frozenset[Division]


@dataclass(frozen=True)
class Marked:
    """A text whose names are replaced by marks, one character each."""

    text: str
    found: tuple[Found, ...]

    def __getitem__(self, mark: str) -> Found:
        return self.found[ord(mark) - _FIRST_MARK]

    def printed(self, text: str) -> str:
        """Return a piece of the text with its names as they were printed."""
        return re.sub(MARK, lambda mark: self[mark[0]].printed, text)


def mark_names(text: str, divisions: Sequence[Division]) -> Marked:
    """Return the text with the divisions' names marked: full, short, shortened, the head's title, or "every"."""
    names = _names(divisions)
    found: list[Found] = []

    def mark(printed: str, meant: Iterable[Division]) -> str:
        found.append(Found(printed, frozenset(meant)))
        return chr(_FIRST_MARK + len(found) - 1)

    def mark_shortened(match: re.Match[str]) -> str:
        begun = _begun(same_name_key(match[0]), names)
        return mark(match[0], [begun]) if begun else match[0]

    text = _EVERY.sub(lambda match: mark(match[0], divisions), re.sub(MARK, "", text))
    if names:
        longest_first = sorted(names, key=len, reverse=True)
        pattern = re.compile("|".join(_pattern(name) for name in longest_first))
        text = pattern.sub(lambda match: mark(match[0], [names[same_name_key(match[0])]]), text)
    return Marked(_SHORTENED.sub(mark_shortened, text), tuple(found))


def _names(divisions: Sequence[Division]) -> dict[str, Division]:
    """Return the keys that mean exactly one division. A full name belongs to its bearer, whoever else uses it."""
    full = {same_name_key(one.name): one for one in divisions}
    meant: dict[str, set[Division]] = {}
    for one in divisions:
        for name in ways_to_write(one):
            meant.setdefault(same_name_key(name), set()).add(one)
    return {key: full.get(key) or next(iter(ones)) for key, ones in meant.items() if key in full or len(ones) == 1}


def ways_to_write(division: Division) -> Iterator[str]:
    """Yield the names by which texts mean a division: those it has, those usual for one called so."""
    core = _OWNER.sub("", same_name_key(division.name))
    for tail in _TAILS:
        core = core.removesuffix(tail)
    yield from (division.name, *division.short_names, core, *(core + tail for tail in _TAILS))
    if division.head and core not in same_name_key(division.head):  # else the name is found within the title
        yield division.head
    for start, short_names in _IN_USE.items():
        if core.startswith(start):
            yield from short_names


def same_name_key(name: str) -> str:
    """Return what two spellings of the same name have in common."""
    return _BLANKS.sub("", clean(name))


def _pattern(key: str) -> str:
    """Return a pattern for a name as scans print it, torn apart by spaces; a bare abbreviation needs its dot."""
    letters = r"[ .\n]?".join(map(re.escape, key))
    if re.match(STARTS, key):
        return rf"{letters}(?: ?ฯ|\.)?{_END}"
    return rf"(?<!{_LETTER}){letters}(?:\.|(?=$|[ /,\n)]))"


def _begun(key: str, names: Mapping[str, Division]) -> Division | None:
    """Return the division whose name alone begins so."""
    begun = {division for name, division in names.items() if name.startswith(key)}
    return begun.pop() if len(begun) == 1 else None
