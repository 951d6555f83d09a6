"""Grammar of a time frame: coded words → parts, such as a rhythm, a month, a quarter or a stretch of time."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.domain.timeframes.words import Word


class Unclear(ValueError):
    """The words do not say, or do not say clearly, when something is due."""


@dataclass(frozen=True)
class Rhythm:
    """So many times a year; `day` is a day of the month, or a weekday. Uncounted: "every year", said beside a date."""

    per_year: int
    day: int | None = None
    is_counted: bool = True


@dataclass(frozen=True)
class When:
    """A month, or a day in it; the year (พ.ศ.) may stand elsewhere in the phrase."""

    month: int
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Dated:
    """From one month or day to another, both included; a point is due at its end, a span is followed up."""

    first: When
    last: When
    is_span: bool = False


@dataclass(frozen=True)
class Named:
    """Months of a fiscal year, 0 (October) to 11, called by the name of a quarter, a round or the year."""

    first: int
    last: int
    year: int | None = None
    is_span: bool = False
    is_round: bool = False


@dataclass(frozen=True)
class Year:
    """A year that stands alone: the year of everything else, or the whole phrase."""

    year: int | None
    is_fiscal: bool


@dataclass(frozen=True)
class Aside:
    """What qualifies other parts: "times" counts them, "day" and "month end" fix them, "months" is a length."""

    name: str
    number: int = 0


Part = Rhythm | Dated | Named | Year | Aside
Words = Sequence[Word]

_A_YEAR = {"w": 52, "m": 12, "Q": 4, "H": 2, "y": 1, "F": 1}
_MONTHS_APART = {1: 12, 3: 4, 6: 2, 12: 1}


def parts_of(words: Words) -> list[Part]:
    """
    Return the parts of a phrase.

    :raises Unclear: if any word does not fit
    """
    codes = "".join(word.code for word in words)
    parts: list[Part] = []
    position = 0
    while position < len(codes):
        matches = ((pattern.match(codes, position), make) for pattern, make in _RULES)
        found, make = next(((found, make) for found, make in matches if found), (None, None))
        if found is None or make is None:
            raise Unclear(codes)
        parts += make(words[position : found.end()])
        position = found.end()
    return parts


def the_one_rhythm(rhythms: Sequence[Rhythm]) -> Rhythm:
    """
    Return the rhythm that several ways of saying it agree on ("ทุก ๖ เดือน ปีละ ๒ ครั้ง").

    :raises Unclear: if they disagree
    """
    days = {rhythm.day for rhythm in rhythms} - {None}
    if len({rhythm.per_year for rhythm in rhythms}) != 1 or len(days) > 1:
        raise Unclear(rhythms)
    return Rhythm(rhythms[0].per_year, next(iter(days), None), any(rhythm.is_counted for rhythm in rhythms))


def _nothing(_: Words) -> list[Part]:
    return []


def _numbers(words: Words, codes: str = "NDW") -> list[int]:
    return [number for word in words if word.code in codes for number in word.numbers]


def _every(words: Words) -> list[Part]:
    units = {word.code for word in words} - set("EPpZ")
    if len(units) != 1 or _numbers(words, "F"):
        raise Unclear(words)
    per_year = _A_YEAR[units.pop()]
    return [Rhythm(per_year, is_counted=per_year > 1 or words[0].code != "E")]


def _length(words: Words) -> int:
    return _numbers(words)[0] * (1 if any(word.code == "m" for word in words) else 12)


def _length_aside(words: Words) -> list[Part]:
    return [Aside("months", _length(words))]


def _every_few(words: Words) -> list[Part]:
    months = _length(words)
    if months not in _MONTHS_APART:
        raise Unclear(words)
    return [Rhythm(_MONTHS_APART[months])]


def _times_per(words: Words) -> list[Part]:
    per_year = next(_A_YEAR[word.code] for word in words if word.code in _A_YEAR)
    times = next(iter(_numbers(words)), 1)
    if _numbers(words, "F") or times not in (_MONTHS_APART.values() if per_year == 1 else [1]):
        raise Unclear(words)
    return [Rhythm(per_year * times)]


def _monthly(_: Words) -> list[Part]:
    return [Rhythm(12)]


def _every_weekday(words: Words) -> list[Part]:
    return [Rhythm(52, day=_numbers(words)[0])]


def _from_weekday_to_weekday(words: Words) -> list[Part]:
    first, last = _numbers(words)
    if first != 0 or last < 4:
        raise Unclear(words)
    return [Aside("always")]


def _aside(name: str) -> Callable[[Words], list[Part]]:
    return lambda words: [Aside(name, next(iter(_numbers(words)), 0))]


def _every_day_of_the_month(words: Words) -> list[Part]:
    return [Rhythm(12, day=_numbers(words)[0])]


def _points(words: Words) -> list[Part]:
    return [Dated(when, when) for when in _whens(words)]


def _span(words: Words) -> list[Part]:
    whens = _whens(words)
    return [Dated(whens[0], whens[-1], is_span=True)]


def _whens(words: Words) -> list[When]:
    """Read days and months; a day without a month shares the next one and its year ("๑ - ๑๕ มีนาคม")."""
    bare_days = _numbers(words, "DN")
    found: list[When] = []
    for word in words:
        if word.code == "C":
            found.append(When(day=word.numbers[0], month=word.numbers[1], year=word.numbers[2]))
        elif word.code == "K":
            found.append(When(day=word.numbers[0], month=word.numbers[1]))
        elif word.code == "M":
            found.append(When(month=word.numbers[0]))
        elif word.code == "Y":
            found[-1] = replace(found[-1], year=word.numbers[0])
    return [*(replace(found[0], day=day) for day in bare_days), *found]


def _quarters(words: Words) -> list[Part]:
    numbers = _numbers(words)
    year = next(iter(_numbers(words, "Y")), None)
    is_span = any(word.code in "-A" for word in words)
    if not set(numbers) <= {1, 2, 3, 4} or (is_span and numbers != sorted(numbers)):
        raise Unclear(words)
    if is_span:
        return [Named(numbers[0] * 3 - 3, numbers[-1] * 3 - 1, year, is_span=True)]
    return [Named(number * 3 - 3, number * 3 - 1, year) for number in numbers]


def _edge_quarter(words: Words) -> list[Part]:
    return [Named(0, 2) if words[-1].code == "g" else Named(9, 11)]


def _rounds(words: Words) -> list[Part]:
    if not set(_numbers(words)) <= {3, 6, 9, 12}:
        raise Unclear(words)
    return [Named(0, number - 1, is_round=True) for number in _numbers(words)]


def _first_or_last_months(words: Words) -> list[Part]:
    months = next(iter(_numbers(words)), 6)
    if months not in (3, 6):
        raise Unclear(words)
    return [Named(0, months - 1) if words[-1].code == "g" else Named(12 - months, 11)]


def _end_of_year(words: Words) -> list[Part]:
    return [Named(0, 11, next(iter(_numbers(words, "F")), None))]


def _whole_year(words: Words) -> list[Part]:
    if _numbers(words) not in ([], [12]):
        raise Unclear(words)
    return [Named(0, 11, next(iter(_numbers(words, "FY")), None), is_span=True)]


def _years(words: Words) -> list[Part]:
    first, last = _numbers(words, "FY")
    return [Dated(When(10, year=first - 1), When(9, year=last), is_span=True)]


def _year(words: Words) -> list[Part]:
    return [Year(next(iter(_numbers(words, "FY")), None), is_fiscal=words[0].code == "F")]


_WHEN = "(?:Z?[KM]Y?|C)"
# The first rule that fits takes its words; a word that no rule takes makes the phrase unclear.
_RULES: tuple[tuple[re.Pattern[str], Callable[[Words], list[Part]]], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        ("E(?=MY?-M)", _monthly),  # ทุก|เดือนมกราคม - มีนาคม
        ("E(?=Z?[KM])|A+(?=E)|b(?=Z)", _nothing),  # ทุก|เดือนมีนาคม, ตลอด|ทุกเดือน, ก่อน|สิ้นปีงบประมาณ
        ("ER?N[my](?:[/L]?T)?|N[my][/L]?T", _every_few),  # ทุก ๓ เดือน, ๓ เดือน/ครั้ง
        ("E?[mwyQF]LN?T|NT[L/][mwyQF]", _times_per),  # ปีละ ๒ ครั้ง, ๒ ครั้งต่อปี
        ("EDm?(?!L)", _every_day_of_the_month),  # ทุกวันที่ ๕ ของเดือน
        ("E?W-W", _from_weekday_to_weekday),  # วันจันทร์ - วันศุกร์
        ("EWw?", _every_weekday),  # ทุกวันศุกร์
        ("EZ?[mwyHQF](?!N)|Z([mQ])E\\1|[Pp][mwyHQ](?!N)", _every),  # ทุกสิ้นเดือน, สิ้นเดือนของทุกเดือน, รายเดือน
        ("NT", _aside("times")),  # ๒ ครั้ง
        ("A*c", _aside("always")),  # ต่อเนื่อง, ตลอด|เวลาราชการ
        (f"A*[sB]?{_WHEN}-{_WHEN}|B{_WHEN}&{_WHEN}", _span),  # ต.ค. ๖๘ - ก.ย. ๖๙, ระหว่างมกราคมและมีนาคม
        (f"s{_WHEN}Z[KM]Y?", _span),  # เริ่ม ๑ ตุลาคม ๒๕๖๘ สิ้นสุด ๓๐ กันยายน ๒๕๖๙
        (f"A*[sB]?[DN]-[KC]Y?|A+{_WHEN}(?!-)", _span),  # ๑ - ๑๕ มีนาคม, ตลอดเดือนมีนาคม
        (f"(?:[DN][&/])+[KC]Y?|{_WHEN}(?!-)", _points),  # ๕, ๑๐ และ ๑๕ มีนาคม, สิ้นเดือนมีนาคม ๒๕๖๙
        ("A*[sB]?QN-Q?N(?:/?Y)?|A+QN(?:/?Y)?", _quarters),  # ไตรมาส ๑ - ๔, ตลอดไตรมาส ๒
        ("Z?QN(?:[&/]Q?N)*(?:/?Y)?", _quarters),  # ไตรมาส ๒ และ ๔, สิ้นไตรมาส ๒/๒๕๖๙
        ("Q[gl]", _edge_quarter),  # ไตรมาสแรก
        ("R?(?:Nm|H)[gh]", _first_or_last_months),  # รอบ ๖ เดือนแรก, ครึ่งปีหลัง
        ("R(?:Nm?[&/]R?)*Nm", _rounds),  # รอบ ๖ เดือน และ ๑๒ เดือน
        ("RN(?:/Y)?", _aside("label")),  # รอบที่ ๑/๒๕๖๙
        ("[ZR]+F", _end_of_year),  # สิ้นปีงบประมาณ
        ("A*F-[FY]", _years),  # ปีงบประมาณ ๒๕๖๙ - ๒๕๗๑
        (r"A+(?:F(?:\(Y\))?|y|Nm)", _whole_year),  # ตลอดปีงบประมาณ, ตลอด ๑๒ เดือน
        (r"F(?:\(Y\))?|A*Y", _year),  # ปีงบประมาณ (พ.ศ. ๒๕๖๙), ตลอดปี ๒๕๖๙
        ("Dm?(?!L)", _aside("day")),  # วันที่ ๕
        ("W", _aside("weekday")),  # วันศุกร์
        ("Zm", _aside("month end")),  # สิ้นเดือน
        ("N[myF]", _length_aside),  # ๑๒ เดือน
        ("[&/()pr]", _nothing),
    )
)
