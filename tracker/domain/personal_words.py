"""
Words that look like personal data in what the public is about to see: names with a title or rank, numbers of identity
cards, telephones, bank accounts and houses, mail addresses. It finds what is written the usual way and is there to warn
a person, not to decide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.thai import arabic_digits


class Personal(StrEnum):
    """What words look like."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    MAIL = "mail"
    BANK_ACCOUNT = "bank_account"
    LINE = "line"  # the name of an account there
    HOUSE = "house"  # its number


@dataclass(frozen=True)
class Found:
    """Words of a text and what they look like."""

    kind: Personal
    words: str


def personal_words(text: str) -> list[Found]:
    """Return what looks like personal data in a text, each once, in the order it is written."""
    found = sorted(_found(text), key=lambda one: one[0])
    return list(dict.fromkeys(Found(kind, words) for _, kind, words in found))


def _found(text: str) -> Iterator[tuple[int, Personal, str]]:
    plain = arabic_digits(text)  # digit for digit: every place stays where it is
    taken = bytearray(len(plain))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span("words")
            if any(taken[start:end]):
                continue  # an identity number has a telephone number in it
            taken[start:end] = b"\1" * (end - start)
            yield start, kind, " ".join(text[start:end].split())


# A name begins with a consonant or a vowel that is written before one; "พัฒนางาน" has no lady in it.
_LETTER = "[ก-ฮเแโใไ]"
_NAME = rf"{_LETTER}[ก-๙]{{1,29}}(?:\s+{_LETTER}[ก-๙]{{1,29}})?"
# Offices and things that begin like a title.
_NO_MAYOR = "ก(?=เทศ|รัฐ|อบ|องค์|สมาคม|สภา|เหล่า|เมือง|[กเแโใไฯ\\s.,)]|$)"  # but many names begin with ก
_NO_MAN = f"{_NO_MAYOR}|ช่าง|ทะเบียน|อำเภอ|จ้าง|แพทย์|ตรวจ|หน้า|สิบ|ร้อย|เรือ|ทหาร|ประกัน|ด่าน|สถานี|ท้าย|ทุน"
_NO_LADY = "พยาบาล|งาม|ฟ้า|แบบ|เอก|รอง|บัญชี|ไม้|นวล"
# Where a word may begin that is short enough to stand within others.
_BEGIN = r"(?:^|(?<=[^ก-๙])|(?<=โดย)|(?<=ของ)|(?<=คือ)|(?<=และ)|(?<=กับ)|(?<=ได้แก่)|(?<=ให้)|(?<=มอบ)|(?<=ผู้รับผิดชอบ))"
_RANK = (
    r"(?:ว่าที่\s*)?(?:(?:พล|พ|ร|จ|ส|ด)\.\s*(?:[อทตส]\.\s*){1,3}(?:หญิง\s*)?"
    r"|(?:ร้อย|พัน|พล|สิบ|จ่าสิบ)(?:ตรี|โท|เอก|ตำรวจตรี|ตำรวจโท|ตำรวจเอก)\s*(?:หญิง\s*)?|ดาบตำรวจ\s*)"
)
_TITLE = (
    rf"(?:(?<![ก-๙])(?:น\.\s?ส\.|ด\.\s?[ชญ]\.|ดร\.|ผศ\.|รศ\.)\s*|นางสาว\s*|เด็กชาย\s*|เด็กหญิง\s*"
    rf"|(?<!ท)(?<!เจ้า)นาย(?!{_NO_MAN})\s*|{_BEGIN}นาง(?!สาว|{_NO_LADY})\s*|{_BEGIN}{_RANK})"
)
_GAP = r"[\s\-–]?"
_PATTERNS = (
    (Personal.MAIL, re.compile(r"(?<![\w.+-])(?P<words>[\w.+-]++@[\w-]+(?:\.[\w-]+)+)", re.ASCII)),
    (Personal.ID_NUMBER, re.compile(rf"(?<!\d)(?P<words>\d(?:{_GAP}\d){{12}})(?!{_GAP}\d)")),
    (Personal.BANK_ACCOUNT, re.compile(r"(?<!\d)(?P<words>\d{3}-\d-\d{5}-\d)(?!\d)")),
    (Personal.PHONE, re.compile(rf"(?<![\d/.])(?P<words>(?:0|\+66{_GAP})[2-9](?:{_GAP}\d){{7,8}})(?!{_GAP}\d|[/.]\d)")),
    (
        Personal.LINE,
        re.compile(r"(?i)(?P<words>(?:\bline|ไลน์)\s*+(?:id|ไอดี)?\s*+[:=]?\s*+@?[a-z0-9][a-z0-9._-]{3,29})"),
    ),
    (Personal.HOUSE, re.compile(r"(?P<words>(?:บ้าน|ที่อยู่)\s?เลขที่\s?\d+(?:/\d+)?)")),
    (Personal.NAME, re.compile(rf"(?P<words>{_TITLE}{_NAME})")),
    (Personal.NAME, re.compile(r"(?P<words>\b(?:Mrs?\.|Ms\.|Miss)\s?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)")),
)
