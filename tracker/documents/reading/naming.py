"""Which indicator, instrument, question or year a heading or cell names."""

import re
from functools import lru_cache

from tracker.domain.indicators import INDICATORS, Instrument, item_codes
from tracker.domain.thai import arabic_digits, clean

_LONGEST_NAMING = 300
_LONGEST_REST = 30
# How reports vary the official names.
_OTHER_NAMES = {
    4: ("การใช้ทรัพย์สินของทางราชการ", "การใช้ทรัพย์สินทางราชการ"),
    5: ("การแก้ปัญหาการทุจริต",),
    6: ("คุณภาพการทำงาน",),
    8: ("การปรับปรุงระบบการทำงาน", "การปรับปรุงการดำเนินงาน"),
}
_NOT_OPEN_DATA = "(?! *สาธารณะ)"  # การเปิดเผยข้อมูลสาธารณะ is the instrument, การเปิดเผยข้อมูล the indicator


def _spaced(name: str) -> str:
    return " ?".join(name)


_NAME = "|".join(
    f"(?P<n{one.number}>(?:{'|'.join(map(_spaced, (one.name_th, *_OTHER_NAMES.get(one.number, ()))))})"
    f"{_NOT_OPEN_DATA if one.number == 9 else ''})"
    for one in INDICATORS
)
_NUMBERING = r"[\s\d.()*#•–-]{0,12}"
_NUMBERED = re.compile(rf"{_NUMBERING}ตัวชี้วัด ?(?:ที่ ?)?(?P<number>\d{{1,2}})(?![\d.]) ?[:.]? ?")
_NAMED = re.compile(rf"{_NUMBERING}(?:ตัวชี้วัด ?(?:ที่ ?)?)?{_NUMBERING}[:.]? ?(?:{_NAME})")
_SCORE = re.compile(
    r" ?(?:\( ?)?(?:ได้ ?)?(?P<score>\d{1,3}(?: ?\. ?\d+)?) ?คะแนน ?\)?| ?\( ?(?P<bare>\d{1,3}\.\d+) ?\)"
)

_YEAR_CELL = re.compile(
    r"(?:ผลการประเมิน|ผลคะแนน|คะแนน)?(?:ประจำ)?(?:ป[ีั])?(?:งบประมาณ)?(?:พ\.?ศ\.?)?(25\d\d)(?:\(?คะแนน\)?)?"
)
_QUESTION = re.compile(r"(?:ข้อ(?:คำถาม)?(?:ที่)?)?([ieolIEOL]?)(\d{1,3})(?![\d.,/])")


def squeezed(cell: str) -> str:
    """Return the cell's first words without spaces, in Arabic digits, for comparing with what we know."""
    return _squeezed(cell[:_LONGEST_NAMING])


@lru_cache(maxsize=4096)  # headings and empty cells come again and again
def _squeezed(text: str) -> str:
    return arabic_digits("".join(clean(text).split()))


def indicator_named(cell: str) -> int | None:
    """
    Return the number of the indicator a heading names, or None if it names none.

    `ตัวชี้วัดที่ ๔` is enough in front of any words; a bare name (`๓.๓ การใช้อำนาจ`) counts only with little else, because
    sentences begin with the same words.
    """
    text = arabic_digits(clean(cell[:_LONGEST_NAMING]))
    if numbered := _NUMBERED.match(text):
        number = int(numbered["number"])
        return number if 1 <= number <= len(INDICATORS) else None
    named = _NAMED.match(text)
    if not named or len(text) - named.end() > _LONGEST_REST:
        return None
    return int(str(named.lastgroup)[1:])


def split_naming(text: str, *, is_naming: bool = False) -> tuple[str, str]:
    """
    Return the score printed behind the indicator that a text begins with, and the words after both.

    A number without the name is part of a sentence (ตัวชี้วัดที่ ๓ เป็น…): then no score is returned and all words. So
    is a name without ตัวชี้วัด or a score, unless the text `is_naming` an indicator for certain.
    """
    plain = arabic_digits(text)
    named = _NAMED.match(plain) or _NUMBERED.fullmatch(plain)
    if is_naming and bare_number(text):
        return "", ""
    if not named:
        return "", text
    score = _SCORE.match(plain, named.end())
    if not score and not is_naming and "ตัวชี้วัด" not in named[0]:
        return "", text
    printed = (score["score"] or score["bare"]) if score else ""
    return printed, text[score.end() if score else named.end() :].strip()


def bare_number(cell: str) -> int | None:
    """Return the indicator's number if the cell holds nothing else: `๑`, `10.`."""
    found = re.fullmatch(r"([1-9]|10)[.)]?", squeezed(cell))
    return int(found[1]) if found else None


def instrument_named(cell: str, part: str = "") -> Instrument | None:
    """Return the instrument a text names; EIT without its part is the one `part` (`1` or `2`) says."""
    text = squeezed(cell).upper()
    if "EIT" in text or "ผู้มีส่วนได้ส่วนเสียภายนอก" in text:
        found = part_named(cell) or part
        return Instrument(f"EIT{found}") if found else None
    if "IIT" in text or "ผู้มีส่วนได้ส่วนเสียภายใน" in text:
        return Instrument.IIT
    return Instrument.OIT if "OIT" in text or "การเปิดเผยข้อมูลสาธารณะ" in text else None


def part_named(cell: str) -> str:
    """Return the part of EIT a text names, `1` or `2`, or nothing."""
    text = squeezed(cell).upper()
    found = re.search(r"(?:ส่วนที่|PART|EIT\(?)([12])(?!\d)", text)
    if found:
        return found[1]
    return "1" if "EITPUBLIC" in text else "2" if "EITSURVEY" in text else ""


def question_code(cell: str, instrument: Instrument, number: int | None) -> str | None:
    """
    Return the code of the question a cell names (`i1`, `e4`, `o6`), or None if it names none.

    Scans take the letter for a digit: under indicator 1 `ข้อ ๑๑` is i1, and `ข้อ ๐๖` is o6.
    """
    text = squeezed(cell)
    found = _QUESTION.match(text)
    if not found or found[0] == found[2] != text:  # a bare number before other words is no code
        return None
    letter, digits = instrument[0].lower(), found[2]
    if not found[1] and letter == "i" and digits[0] == "1" and len(digits) > 1:
        digits = _without_letter(digits, number)
    return f"{letter}{int(digits)}"


def _without_letter(digits: str, number: int | None) -> str:
    codes = item_codes(number) if number else ()
    return digits[1:] if f"i{digits}" not in codes and f"i{int(digits[1:])}" in codes else digits


def year_in_heading(cell: str) -> int | None:
    """Return the พ.ศ. year a column's heading consists of (ปีงบประมาณ ๒๕๖๘), or None."""
    found = _YEAR_CELL.fullmatch(squeezed(cell))
    return int(found[1]) if found else None
