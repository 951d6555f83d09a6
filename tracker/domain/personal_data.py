"""What in a text looks like somebody's personal data: a warning for whoever is about to publish it, never a verdict."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.thai import arabic_digits


class PersonalData(StrEnum):
    """What kind of personal data a text seems to contain."""

    NAME = "name"
    CITIZEN_NUMBER = "citizen_number"
    PHONE = "phone"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    LINE = "line"  # the name of an account there
    HOUSE = "house"  # the number of a house


@dataclass(frozen=True)
class Found:
    """A piece of a text that looks like personal data, as it is written there."""

    kind: PersonalData
    text: str


def find(text: str) -> tuple[Found, ...]:
    """
    Return what in a text looks like personal data, each piece once, in the order of the text.

    A number is taken for the first kind that it fits: what is a citizen's number by its check digit is no telephone.
    """
    plain = arabic_digits(text)
    places: dict[int, Found] = {}
    taken: list[range] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            span = range(*match.span())
            if any(span.start < other.stop and other.start < span.stop for other in taken):
                continue
            if kind == PersonalData.CITIZEN_NUMBER and not is_citizen_number(match.group()):
                continue
            taken.append(span)
            places[span.start] = Found(kind, text[span.start : span.stop].strip())
    return tuple(dict.fromkeys(places[start] for start in sorted(places)))


def is_citizen_number(written: str) -> bool:
    """Return whether 13 digits, however they are grouped, are a citizen's number: the last one checks the others."""
    digits = [int(letter) for letter in written if letter.isdecimal()]
    if len(digits) != 13:
        return False
    total = sum(digit * weight for digit, weight in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == digits[12]


# Offices and things whose names begin as a title does.
_NO_NAMES = (
    r"นายก(?=เทศ|รัฐ|อบ|องค์|สมาคม|สภา|เหล่า|เมือง|ฯ|\s|$|[.,)])"
    r"|นาย(?=ทะเบียน|ช่าง|อำเภอ|จ้าง|แพทย์|ทหาร|ตรวจ|หน้า|ทุน|สถานี|ประกัน)"
)
_TITLES = r"นางสาว|น\.\s?ส\.|นาง|นาย|เด็กชาย|เด็กหญิง|ด\.\s?ช\.|ด\.\s?ญ\.|ว่าที่\s?(?:ร้อยตรี|ร\.\s?ต\.)|Mrs?\.|Miss"
_WORD = r"[ก-ฮเ-ไ][ก-ฮฯ-ฺเ-์]{1,29}"
_PATTERNS = (
    (PersonalData.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (PersonalData.CITIZEN_NUMBER, re.compile(r"(?<!\d)\d(?:[ -]?\d){12}(?!\d)")),
    (PersonalData.BANK_ACCOUNT, re.compile(r"(?<!\d)\d{3}-\d-\d{5}-\d(?!\d)")),
    (PersonalData.PHONE, re.compile(r"(?<!\d)(?:\+66[ -]?|0)(?:[689](?:[ -]?\d){8}|[2-7](?:[ -]?\d){7})(?!\d)")),
    (PersonalData.LINE, re.compile(r"(?i)(?:\bline|ไลน์)\s*(?:id|ไอดี)?\s*[:=]?\s*@?[a-z0-9][a-z0-9._-]{3,29}")),
    (PersonalData.HOUSE, re.compile(r"(?:บ้าน|ที่อยู่)\s?เลขที่\s?\d+(?:/\d+)?")),
    (
        PersonalData.NAME,
        re.compile(rf"(?<![ก-๙A-Za-z])(?!{_NO_NAMES})(?:{_TITLES})\s?(?:{_WORD}\s+{_WORD}|[A-Z][a-z]+\s+[A-Z][a-z]+)"),
    ),
)
