"""Thai writing: digits, month names, Buddhist-Era years, dates as people type them, order of names."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from tracker.domain.sentences import N_, Refusal

BE_OFFSET = 543
LONG, MOST_MARKS = 1000, 30
MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
MONTHS_ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MISSPELT_MONTHS = {"กรกฏาคม": 7, "กุมภาพันธุ์": 2, "กุมภาพัน": 2, "พฤษจิกายน": 11, "พฤศจิกยน": 11, "sept": 9}
_SPOKEN_ENDING = re.compile("(คม|ยน|พันธ์)$")
# Every spelling of a month we read, without its dots and spaces: มกราคม, มกรา, มค, january, jan.
MONTH_NUMBERS: dict[str, int] = (
    {_SPOKEN_ENDING.sub("", name): number for number, name in enumerate(MONTHS, 1)}
    | {name: number for number, name in enumerate(MONTHS, 1)}
    | {name.replace(".", ""): number for number, name in enumerate(MONTHS_SHORT, 1)}
    | {name: number for number, name in enumerate(MONTHS_ENGLISH, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS_ENGLISH, 1)}
    | MISSPELT_MONTHS
)

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_INVISIBLE = re.compile("[\0\u00ad\u200b-\u200f\u2060\ufeff]")
_SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")

_LONGEST_DATE = 60
_WEEKDAY = re.compile(r"^วัน\S*\s*ที่\s*")
_DAY = r"(?P<day>\d{1,2})"
_ERA = r"(?P<era>[พค]\.?\s*ศ\.?|a\.?d\.?|b\.?e\.?)?"
_YEAR = rf"[\s/.,\-]*(?:ปี\s*)?{_ERA}\s*(?P<year>\d+)"
_FORMS = (
    re.compile(r"(?P<year>\d{4})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<day>\d{1,2})"),
    re.compile(rf"{_DAY}\s*[/.\-]\s*(?P<month>\d{{1,2}})(?:(?!\d){_YEAR})?"),
    re.compile(rf"{_DAY}[\s/.\-]*(?:เดือน)?(?P<month>[^\d/,\-]+?)(?:{_YEAR})?"),
)


class UnreadableDate(Refusal):
    """The text is not a date, or names a day that no calendar has."""


class ChristianYear(Refusal):
    """The year looks like ค.ศ.: people are asked, nothing is guessed."""


def arabic_digits(text: str) -> str:
    """Return the text with Thai digits written as Arabic ones."""
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    """Return the text with Arabic digits written as Thai ones."""
    return text.translate(_TO_THAI)


def nfc(text: str) -> str:
    """
    Return the text with every letter in one piece where there is one; passwords are compared like this.

    Of a long text a letter keeps thirty marks (UAX 15, stream-safe): sorting a hundred thousand of them takes minutes.
    """
    return unicodedata.normalize("NFC", text if len(text) < LONG or text.isascii() else "".join(_without_towers(text)))


def _without_towers(text: str) -> Iterator[str]:
    height = 0
    for letter in text:
        height = height + 1 if unicodedata.combining(letter) else 0
        if height <= MOST_MARKS:
            yield letter


def clean(text: str) -> str:
    """Return the text as one line: NFC, no invisible characters, single spaces, ำ and แ in one piece."""
    text = _INVISIBLE.sub("", nfc(text))
    text = _SPLIT_SARA_AM.sub("\\1\u0e33", text).replace("เเ", "แ")
    return " ".join(text.split())


def sort_key(text: str) -> str:
    """Return what to sort Thai names by: a leading vowel counts after its consonant."""
    return _LEADING_VOWEL.sub(r"\2\1", clean(text))


def buddhist_year(day: date) -> int:
    """Return the พ.ศ. year of a day."""
    return day.year + BE_OFFSET


def long_date(day: date) -> str:
    """Return `28 กุมภาพันธ์ 2569`, as papers write it whatever the page's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}"


def short_date(day: date) -> str:
    """Return `28 ก.พ. 2569`."""
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {buddhist_year(day)}"


def read_date(text: str, *, today: date) -> date:
    """
    Read a date as people type it: 30 ก.ย. 69, ๓๐/๙/๒๕๖๙, 30 กันยายน พ.ศ. 2569 (UX 18, 19).

    Two-digit years are พ.ศ. 25xx. Without a year it is the next such day, today included.

    :raises ChristianYear: if the year is or looks like ค.ศ. (1900 to 2400)
    :raises UnreadableDate: if this is no date, or no calendar has that day
    """
    shown = clean(text)
    found = _match(shown) if len(shown) <= _LONGEST_DATE else None
    month = _month_number(found["month"]) if found else None
    if not found or month is None:
        raise UnreadableDate(
            N_("“%(text)s” is not a date. Write it like 30 ก.ย. 69 or 30/9/2569."),
            text=shown[:_LONGEST_DATE],
        )
    try:
        if found["year"] is None:
            return _next_such_day(month, int(found["day"]), today)
        return date(_read_year(found, today) - BE_OFFSET, month, int(found["day"]))
    except ValueError:
        raise UnreadableDate(N_("There is no such day as %(text)s."), text=shown) from None


def _match(text: str) -> re.Match[str] | None:
    plain = _WEEKDAY.sub("", arabic_digits(text).lower())
    return next((found for form in _FORMS if (found := form.fullmatch(plain))), None)


def _month_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else MONTH_NUMBERS.get(re.sub(r"[.\s]", "", text))


def _read_year(found: re.Match[str], today: date) -> int:
    digits, era = found["year"], found.groupdict().get("era") or ""
    if len(digits) not in (2, 4):
        raise ValueError(digits)
    year = int(digits) if len(digits) == 4 else 2500 + int(digits)
    if era.startswith(("ค", "a")) or 1900 <= year <= 2400 or _is_nearer_as_christian(digits, today):
        raise ChristianYear(
            N_("The year %(year)s looks like ค.ศ. Please write it in พ.ศ., for example %(buddhist)s."),
            year=digits,
            buddhist=2000 + int(digits) % 100 + BE_OFFSET,
        )
    if not 2400 < year < 2700:
        raise ValueError(year)
    return year


def _is_nearer_as_christian(digits: str, today: date) -> bool:
    # Nobody plans for พ.ศ. 2526 today, but some type 26 for 2026.
    christian, buddhist = 2000 + int(digits), 2500 + int(digits) - BE_OFFSET
    return len(digits) == 2 and abs(christian - today.year) <= 10 and abs(buddhist - today.year) > 20


def _next_such_day(month: int, day: int, today: date) -> date:
    date(2000, month, day)  # raises for a day that not even a leap year has
    for year in range(today.year, today.year + 9):  # 29 February may be eight years away
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(day)
