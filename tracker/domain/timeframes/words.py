"""Words of a time frame: scanned Thai text → coded words, with stray spaces and known misspellings repaired."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tracker.domain.thai import MISSPELT_MONTHS, MONTH_NUMBERS, MONTHS, MONTHS_SHORT, arabic_digits, clean

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
NEGATION = "!"
FORBIDDEN = "X"
UNKNOWN = "?"

# One letter per kind of word, so that the grammar can be written as patterns over letters.
# Words of the last row say nothing about time and may stand anywhere.
VOCABULARY = {
    "m": "เดือน เดีอน เดิอน",
    "w": "สัปดาห์ สัปดาห สัปดาร์ อาทิตย์",
    "d": "วัน",
    "y": "ปี",
    "H": "ครึ่งปีงบประมาณ ครึ่งปี",
    "Q": "ไตรมาสที่ ไตรมาส ไตรมาศที่ ไตรมาศ",
    "R": "รอบการประเมินที่ รอบการรายงานที่ รอบที่ รอบการประเมิน รอบการรายงาน รอบระยะเวลา รอบ",
    "E": "ทุกๆ ทุก",
    "P": "ราย",
    "p": "ประจำ",
    "T": "ครั้ง",
    "A": "ตลอด ทั้ง",
    "B": "ระหว่าง",
    "s": "เริ่มตั้งแต่ ตั้งแต่ เริ่ม",
    "-": "จนถึง ไปจนถึง ถึง",
    "&": "และ กับ รวมถึง พร้อมทั้ง",
    "g": "แรก",
    "l": "สุดท้าย",
    "b": "ก่อนถึง ก่อน",
    "f": "เทศกาล วันหยุดยาว",
    "n": "วันขึ้นปีใหม่ ขึ้นปีใหม่ ปีใหม่ วันสงกรานต์ สงกรานต์ ปีใหม่ไทย วันตรุษจีน ตรุษจีน",
    "i": "เช่น อาทิ",
    "r": "รายงาน",
    "u": "ภายใน",
    "c": "ตลอดเวลา ต่อเนื่อง ทุกวัน ทุกวันทำการ ทุกวันทำงาน ทุกวันราชการ วันและเวลาราชการ วันเวลาราชการ เวลาราชการ รายวัน ประจำวัน "
    "วันละครั้ง วันละ1ครั้ง ตลอด24ชั่วโมง ตลอด24ชม",
    "v": "ทันทีที่ ทันทีเมื่อ ทันทีหลัง ทันที ทุกครั้งที่ ทุกครั้งเมื่อ ทุกครั้งหลัง ทุกครั้ง เมื่อมีการเปลี่ยนแปลง เมื่อ หลังจาก "
    "หลัง ภายหลัง นับแต่ นับจาก นับตั้งแต่ นับถัดจาก กรณี หาก ถ้า",
    "o": "หรือ",
    NEGATION: "ไม่ มิได้ มิใช่ มิให้",
    FORBIDDEN: "และ/หรือ ยกเว้น เว้น งด ห้าม ยกเลิก ระงับ ต้นปี ต้นเดือน ต้นไตรมาส กลางปี กลางเดือน กลางไตรมาส ปลายปี "
    "ปลายเดือน ปลายไตรมาส เดือนหน้า ปีหน้า ไตรมาสหน้า ถัดไป ก่อนหน้า ที่ผ่านมา ที่แล้ว ย้อนหลัง เป็นต้นไป ขึ้นไป ค.ศ. ค.ศ "
    "ปีการศึกษา ภาคเรียน ภาคการศึกษา เทอม ปีปฏิทิน ปีภาษี ตาม แล้วแต่ อาจ คาดว่า ประมาณ ราว ไม่ต้อง ไม่จำเป็น ทุกวันสำคัญ "
    "ต้น ต้นๆ กลาง ปลาย พ้น เลื่อน เกือบ เกิน มากกว่า น้อยกว่า สูงสุด นอกเวลา เมื่อใดก็ได้ ข้อ กิจกรรมที่ โครงการที่ งวดที่ ลอยกระทง "
    "ทุกวันจันทร์ที่ ทุกวันอังคารที่ ทุกวันพุธที่ ทุกวันพฤหัสที่ ทุกวันพฤหัสบดีที่ ทุกวันศุกร์ที่ ทุกวันเสาร์ที่ ทุกวันอาทิตย์ที่",
    "": "ใน ณ ของ โดย ให้ ต่อ คือ ได้แก่ ดังนี้ การ ผล นี้ ปัจจุบัน ช่วงเวลา ช่วง ห้วงเวลา ห้วง ระยะเวลา จำนวน อื่นๆ ต่างๆ สำคัญ "
    "อย่างน้อย อย่างต่ำ ไม่น้อยกว่า ไม่ต่ำกว่า อย่างช้า เป็นอย่างช้า อย่าง เป็นประจำ เป็น สม่ำเสมอ ครบกำหนด ครบ กำหนดการ กำหนด "
    "แล้วเสร็จ เสร็จสิ้น เสร็จ จัดทำ จัดส่ง จัด ทำ ส่ง เสนอ นำเสนอ แจ้ง สรุป เผยแพร่ ประชาสัมพันธ์ ดำเนินการ ดำเนินงาน ปฏิบัติงาน "
    "ติดตาม ตรวจสอบ ประเมินผล ประเมิน ตนเอง ทบทวน ปรับปรุง อัปเดต อัพเดต อัพเดท ข้อมูล ความก้าวหน้า งบประมาณ "
    "ผู้บริหาร นายกเทศมนตรี ปลัดเทศบาล งดรับ งดให้ เร่งด่วน ละเว้น เข้าถึง ทั่วถึง รายละเอียด รายการ รายชื่อ รายได้ รายจ่าย",
}
_NOT_BEFORE = {
    "ทุก": "ข์",
    "ตาม": "ลำดับ",
    "ราว": "วัล",
    "เทอม": "ินัล",
    "อาจ": "ารย์",
    "ทุกวัน": "|".join(("ที่", "หยุด", "สิ้น", "สุดท้าย", "แรก", *WEEKDAYS)),
}
_CODES = {word: code for code, words in VOCABULARY.items() for word in words.split()}
_PUNCTUATION = {"-": "-", "/": "/", ",": "&", "&": "&", ";": "&", "+": "&", "(": "(", ")": ")"}


@dataclass(frozen=True)
class Word:
    """
    A coded word. Besides VOCABULARY: K day and month, M month, Y year, F fiscal year (both พ.ศ., F also without one),
    C complete date, D ordinal day, N number, W weekday (0 is Monday), L per, Z the end of, h latter, and punctuation.
    """

    code: str
    numbers: tuple[int, ...] = ()
    text: str = ""


def misspelt(text: str) -> tuple[str, ...]:
    """Return the words of a time frame that are read although a scan or a hand misspelt them, as printed."""
    line = _STRAY_SPACE.sub("", arabic_digits(clean(text)).lower())
    fiscal = [found[0] for found in re.finditer(_FISCAL_YEAR, line) if not found[0].startswith("ปีงบ")]
    return tuple(dict.fromkeys([*fiscal, *_MISREAD.findall(line)]))


def words_of(text: str) -> list[Word]:
    """Return the words of a time frame; each stretch that is not understood is one word with the code UNKNOWN."""
    words: list[Word] = []
    for word in _scan(_repaired(text)):
        if word.code and not (word.code == UNKNOWN and words and words[-1].code == UNKNOWN):
            words.append(word)
    return words


def _is_cut_short(name: str) -> bool:
    return any(month.startswith(name) and month != name for month in MONTHS)


_THAI = "ก-ฺเ-๎"
_LETTER_O = re.compile(r"(?<=\d)( ?)o(?![a-z])|(?<![a-z])o( ?)(?=\d)")
# Short forms may stand inside other words, so these count only between spaces, digits or punctuation: มค, มีนา.
_BARE_MONTHS = [name for name in MONTH_NUMBERS if f"{name[:-1]}.{name[-1]}." in MONTHS_SHORT or _is_cut_short(name)]
_BARE_MONTH = re.compile(
    rf"(?<![{_THAI}])(เดือน ?)?({'|'.join(sorted(_BARE_MONTHS, key=len, reverse=True))})(?![{_THAI}.]| ?(?:คม|ยน|พัน))"
)
_MISREAD = re.compile("|".join(("เดีอน", "เดิอน", "สัปดาร์", "ไตรมาศ", *(f"{word}(?!ธ)" for word in MISSPELT_MONTHS))))
_STRAY_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_YEAR_IN_PIECES = re.compile(r"(?<!\d)2 ?5 ?(\d) ?(\d)(?!\d)")
_NUMBERS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "สิบเอ็ด", "สิบสอง")
_SPELT_NUMBER = re.compile(f"(ละ|ทุกๆ|ทุก|รอบ|ไตรมาสที่)({'|'.join(reversed(_NUMBERS))})")


def _repaired(text: str) -> str:
    """Take out stray spaces too: only the one between two numbers means something."""
    line = arabic_digits(clean(text)).lower().translate(str.maketrans("[]{}‐‑‒–—―−~～", "()()---------"))
    line = _LETTER_O.sub(r"\g<1>0\g<2>", line)
    line = _BARE_MONTH.sub(lambda found: MONTHS[MONTH_NUMBERS[found[2]] - 1], line)
    line = _YEAR_IN_PIECES.sub(r"25\1\2", _STRAY_SPACE.sub("", line)).replace("ๆละ", "ละ")
    return _SPELT_NUMBER.sub(lambda found: f"{found[1]}{_NUMBERS.index(found[2]) + 1}", line)


def _scan(line: str) -> Iterator[Word]:
    position = 0
    while position < len(line):
        found, make = next((found, make) for pattern, make in _READERS if (found := pattern.match(line, position)))
        yield make(found)
        position = found.end()


def _a_date(found: re.Match[str]) -> Word:
    return Word("C", (int(found[1]), int(found[3]), _year(found[4])))


def _a_day(found: re.Match[str]) -> Word:
    return Word("K", (int(found[1] or found[2] or found[3]), _month(found[4])))


def _a_month(found: re.Match[str]) -> Word:
    return Word("M", (_month(found[1]),))


def _a_fiscal_year(found: re.Match[str]) -> Word:
    return Word("F", (_year(found[1]),) if found[1] else ())


def _a_year(found: re.Match[str]) -> Word:
    return Word("Y", (_year(found[1]),))


def _a_number(found: re.Match[str]) -> Word:
    number = int(found[2])
    is_impossible = 1900 <= number < 2500 or (found[1] and not 1 <= number <= 31)
    return Word(FORBIDDEN if is_impossible else "D" if found[1] else "N", (number,))


def _a_weekday(found: re.Match[str]) -> Word:
    return Word("W", (WEEKDAYS.index(found[1]),))


def _a_known_word(found: re.Match[str]) -> Word:
    return Word(_CODES[found[0]], text=found[0])


def _month(name: str) -> int:
    return MONTH_NUMBERS[name.replace(".", "")]


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2500 + int(digits)


def _month_pattern() -> str:
    """Match full names, and short ones with at least one of their dots."""
    pairs = [short.strip(".").split(".") for short in MONTHS_SHORT]
    full = [name for name in MONTH_NUMBERS if not name.isascii() and name not in _BARE_MONTHS]
    short = [rf"{one}\.{two}(?:\.|(?![ะ-ฺ็-๎]))|{one}{two}\." for one, two in pairs]
    english = rf"(?<![a-z])(?:{_any_of(name for name in MONTH_NUMBERS if name.isascii())})(?![a-z])\.?"
    return "|".join((_any_of(full), *short, english))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _known_word() -> str:
    longest_first = sorted(_CODES, key=len, reverse=True)
    return "|".join(re.escape(word) + f"(?!{_NOT_BEFORE.get(word, '$.')})" for word in longest_first)


_MONTH = f"(?:{_month_pattern()})"
_DAY_OF = f"(?:วัน(?:{'|'.join(WEEKDAYS)})?(?:บดี)?ที่)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:2[56]\d\d(?!\d)|[5-9]\d(?!\d|วัน(?!ที่)|ชั่วโมง|ชม|นาที|%|ครั้ง|เดือน))"
_OF_ERA = r"(?:พ\.?ศ\.?)?"
_FISCAL_YEAR = r"ป[ีัิึื]่?งบ(?:ประมา[ณน]|ปม\.?)?ฯ?(?:รายจ่าย)?"
_UNIT = "(?:ปี|เดือน|ไตรมาส|สัปดาห์|อาทิตย์|ครั้ง)"
_PERIOD = f"(?:วัน|{_UNIT}|{_FISCAL_YEAR}|{_DAY}?{_MONTH})"
_CLOCK = r"\d{1,2}[.:]\d\d(?:น\.?)?"
_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Word]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"{_DAY_OF}?({_DAY})([/.\-])({_DAY})\2{_OF_ERA}({_YEAR})", _a_date),
        (rf"(?:{_DAY_OF}({_DAY})(?:ของ)?(?:เดือน)?|({_DAY})|(?<=[-ง])({_DAY})เดือน)({_MONTH})", _a_day),
        (rf"(?:(?<!\d)เดือน)?({_MONTH})", _a_month),
        (rf"{_FISCAL_YEAR}(?:(?:ปี)?{_OF_ERA}({_YEAR}))?", _a_fiscal_year),
        (rf"(?:ปี)?{_OF_ERA}({_YEAR})", _a_year),
        (rf"({_DAY_OF})?(\d+)", _a_number),
        (rf"(?:เมื่อ)?ณ?(?:(?:วัน)?สิ้น(?:สุด)?|วันสุดท้ายของ)(?={_PERIOD})", lambda _: Word("Z")),
        (rf"หลัง(?=$|[^{_THAI}]|ของ|ปี(?!ใหม่)|ใน)", lambda _: Word("h")),
        (rf"เมื่อครบ(?=รอบ|กำหนด|\d)|ไม่เกิน(?={_DAY_OF}|เดือน|สิ้น|{_DAY}{_MONTH})", lambda _: Word("")),
        (rf"เวลา{_CLOCK}(?:(?:-|ถึง){_CLOCK})?|ครั้งที่\d+(?:/\d+)?", lambda _: Word("")),
        (rf"ละ(?=\d|ครั้ง)|ต่อ(?={_UNIT})", lambda _: Word("L")),
        (rf"(?:วัน)?({'|'.join(WEEKDAYS[:-1])}|(?<=วัน)อาทิตย์)(?:บดี|ฯ)?", _a_weekday),
        (_known_word(), _a_known_word),
        (r"[-/,&;+()]", lambda found: Word(_PUNCTUATION[found[0]])),
        (r"[\s.:\"'“”‘’*•ฯ]+", lambda _: Word("")),
        (r".", lambda _: Word(UNKNOWN)),
    )
)
