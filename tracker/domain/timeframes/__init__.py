"""Time frames as Thai officials write them → schedules. What cannot be read for certain is unclear (DESIGN 2)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.calendar import first_day, last_day
from tracker.domain.timeframes.grammar import Aside, Dated, Part, Rhythm, Unclear, parts_of, the_one_rhythm
from tracker.domain.timeframes.periods import Period, periods_of, year_of
from tracker.domain.timeframes.schedule import Kind, TimeFrame
from tracker.domain.timeframes.words import UNKNOWN, Word, words_of

LONGEST_PHRASE = 500
LONGEST_STEP = 5000
OCTOBER = 10

_KINDS = {52: Kind.WEEKLY, 12: Kind.MONTHLY, 4: Kind.QUARTERLY, 2: Kind.HALF_YEARLY, 1: Kind.YEARLY}
_LEAD, _CUT_SHORT = "?&/()-", ("&", "/", "-", "(")
# Patterns over the codes of words, see words.VOCABULARY.
_WHOLE_YEAR = re.compile(r"[(&/]?A+[Fy][)]?")
_EVENT = re.compile(r"[NdmyTrbp&/()?-]*v[NdmyTrbpv&/()?o!-]*")
_FESTIVALS = re.compile(r"(?=.*[fn])(?:E(?=[fn])|[bfniFYpr&/()])+")
_EVERY_FESTIVAL = re.compile(r"f(?![(]?n)")

# Where a step may begin to speak of its own rhythm, and how many words that may take.
_OWN_RHYTHM = re.compile(r"E[fmwyHQFNRDWZ]|[mwyQ]LN?T|r?u(?:[KMCDQRZ]|Ndv)|bf")
_LONGEST_RHYTHM = 16
_TRIGGERS = {"ทันทีที่", "ทันทีเมื่อ", "ทันทีหลัง", "ทุกครั้งที่", "ทุกครั้งเมื่อ", "ทุกครั้งหลัง", "เมื่อมีการเปลี่ยนแปลง"}
_EXCEPTIONS = {"ยกเว้น", "เว้น", "ไม่ต้อง", "ไม่จำเป็น"}


def read_time_frame(text: str, *, fiscal_year: int) -> TimeFrame:
    """
    Read when something falls due in a plan's fiscal year (พ.ศ.). Whatever is in doubt makes it UNCLEAR.

    Months without a year are those of the fiscal year; a month's own year is the calendar year.
    """
    words = words_of(text) if len(text) <= LONGEST_PHRASE else []
    return _read_or_unclear(words, fiscal_year)


def step_time_frame(text: str, *, fiscal_year: int) -> TimeFrame | None:
    """Read the rhythm that a step's own text names; None if it names none, or more than one."""
    words = words_of(text) if len(text) <= LONGEST_STEP else []
    if any(word.text in _EXCEPTIONS for word in words):
        return None
    found = set(_own_rhythms(words, fiscal_year))
    return found.pop() if len(found) == 1 else None


def _codes(words: Sequence[Word]) -> str:
    return "".join(word.code for word in words)


def _read_or_unclear(words: Sequence[Word], fiscal_year: int) -> TimeFrame:
    try:
        return _read(_without_lead(_without_limits(words)), fiscal_year)
    except ValueError:  # Unclear, or a day that no calendar has
        return TimeFrame(Kind.UNCLEAR, fiscal_year)


def _read(words: Sequence[Word], fiscal_year: int) -> TimeFrame:
    codes = _codes(words)
    whole_year = _WHOLE_YEAR.search(codes)
    rest = _WHOLE_YEAR.sub("", codes, count=1)
    if _EVENT.fullmatch(rest) and whole_year:
        return replace(_plain(parts_of(words[slice(*whole_year.span())]), fiscal_year), kind=Kind.ON_EVENT)
    if _EVENT.fullmatch(rest):
        return TimeFrame(Kind.ON_EVENT, fiscal_year)
    if _FESTIVALS.fullmatch(rest):
        return _festivals(words, fiscal_year)
    parts = parts_of(words)
    if "r" in codes:
        parts = _reporting_after_the_year(parts, fiscal_year)
    has_rhythm = any(isinstance(part, Rhythm) for part in parts)
    return _rhythmic(parts, fiscal_year) if has_rhythm else _plain(parts, fiscal_year)


def _without_limits(words: Sequence[Word]) -> list[Word]:
    """Leave out "ภายใน". A dash before it begins a new line of a list, it joins no range."""
    after = [*_codes(words)[1:], ""]
    lines = [Word("&") if word.code + next_code == "-u" else word for word, next_code in zip(words, after, strict=True)]
    return [word for word in lines if word.code != "u"]


def _without_lead(words: Sequence[Word]) -> Sequence[Word]:
    """Leave out what is to be done, as long as what follows says in full when."""
    codes = _codes(words)
    start = len(codes) - len(codes.lstrip(_LEAD))
    is_title = UNKNOWN in codes[:start] and re.match("p?[FY]", codes[start:])  # a year in it is not yet a time frame
    is_list = codes.startswith("-") and "-" in codes[start:]  # its next dash may begin a line or join a range
    # What stands before an "and" may be a month that the scan made unreadable.
    is_torn = re.search(r"\?[&/,-]+$", codes[:start])
    is_until = any(word.code == "-" and word.text for word in words[:start])
    if is_title or is_list or is_torn or is_until or codes.endswith(_CUT_SHORT):
        raise Unclear(codes)
    return words[start:]


def _festivals(words: Sequence[Word], fiscal_year: int) -> TimeFrame:
    if {number for word in words if word.code in "FY" for number in word.numbers} - {fiscal_year}:
        raise Unclear(words)
    is_every = _EVERY_FESTIVAL.search(_codes(words))
    named = {_festival(word.text) for word in words if word.code == "n"}
    keys = () if is_every else tuple(sorted(named))
    return TimeFrame(Kind.FESTIVALS, fiscal_year, first_day(fiscal_year), last_day(fiscal_year), festivals=keys)


def _festival(name: str) -> str:
    if "ตรุษจีน" in name:
        return "chinese_new_year"
    return "songkran" if "สงกรานต์" in name or "ไทย" in name else "new_year"


def _rhythmic(parts: Sequence[Part], fiscal_year: int) -> TimeFrame:
    rhythm = the_one_rhythm([part for part in parts if isinstance(part, Rhythm)])
    rhythm = _with_day(rhythm, _asides(parts))
    periods = periods_of(parts, fiscal_year)
    points = [period for period in periods if not period.is_span]
    covered = _covered([period for period in periods if period.is_span], year_of(parts, fiscal_year)[0])
    regular = TimeFrame(_KINDS[rhythm.per_year], fiscal_year, *covered, day=rhythm.day)
    if not regular.deadlines(rounds=()) or (covered[1] - covered[0]).days > 366:
        raise Unclear(parts)
    return _at_points(regular, points, rhythm) if points else regular


def _at_points(regular: TimeFrame, points: Sequence[Period], rhythm: Rhythm) -> TimeFrame:
    """Return what a rhythm says together with dates: "ปีละ ๒ ครั้ง (ก.พ., ส.ค.)", "มีนาคมของทุกปี"."""
    dates = _dates(points, regular.fiscal_year)
    if not rhythm.is_counted:
        return dates
    if regular.deadlines(rounds=()) == dates.dates:
        return regular
    if rhythm.per_year not in (1, 2, 4) or len(dates.dates) != rhythm.per_year:
        raise Unclear(points)
    return dates


def _with_day(rhythm: Rhythm, asides: Sequence[Aside]) -> Rhythm:
    for aside in asides:
        if aside.name in ("day", "weekday"):
            per_year = 12 if aside.name == "day" else 52
            rhythm = the_one_rhythm([rhythm, Rhythm(per_year, aside.number)])
        elif aside.name == "month end":
            rhythm = the_one_rhythm([rhythm, Rhythm(12)])
        elif aside not in (Aside("times", 1), Aside("always")):
            raise Unclear(aside)
    return rhythm


def _plain(parts: Sequence[Part], fiscal_year: int) -> TimeFrame:
    periods = periods_of(parts, fiscal_year)
    points = [period for period in periods if not period.is_span]
    frame = _dates(points, fiscal_year) if points else _span(parts, periods, fiscal_year)
    lengths = {Aside("months", period.months) for period in periods}
    if set(_asides(parts)) - ({Aside("times", len(frame.dates))} if points else {Aside("always"), *lengths}):
        raise Unclear(parts)
    if points and len(points) < len(periods) and not _are_reports_on_a_year(periods):
        raise Unclear(parts)
    return frame


def _asides(parts: Sequence[Part]) -> list[Aside]:
    return [part for part in parts if isinstance(part, Aside) and part.name != "label"]


def _span(parts: Sequence[Part], spans: Sequence[Period], fiscal_year: int) -> TimeFrame:
    if not parts:
        raise Unclear(parts)
    return TimeFrame(Kind.SPAN, fiscal_year, *_covered(spans, year_of(parts, fiscal_year)[0]))


def _are_reports_on_a_year(periods: Sequence[Period]) -> bool:
    """Say whether the points are rounds of the one year beside them: "ตลอดปีงบประมาณ (รอบ ๖ เดือน และ ๑๒ เดือน)"."""
    years = [period for period in periods if period.is_span]
    rounds = [period for period in periods if not period.is_span]
    return len(years) == 1 and all(it.is_round and years[0].starts_on <= it.starts_on for it in rounds)


def _dates(points: Sequence[Period], fiscal_year: int) -> TimeFrame:
    """Return the ends of the periods. Whole months beside single days are in doubt ("๑๕ มีนาคม และกันยายน")."""
    if len({period.is_day for period in points if not period.is_named}) > 1:
        raise Unclear(points)
    return TimeFrame(
        Kind.DATES,
        fiscal_year,
        min(period.starts_on for period in points),
        max(period.ends_on for period in points),
        dates=tuple(sorted({period.ends_on for period in points})),
    )


def _reporting_after_the_year(parts: list[Part], fiscal_year: int) -> list[Part]:
    """Give "รายงานภายในเดือนตุลาคม" its year: a year is reported on in the October after it ended."""
    if len(parts) == 1 and isinstance(parts[0], Dated) and not parts[0].is_span:
        when = parts[0].first
        if when.month == OCTOBER and when.year is None:
            return [Dated(replace(when, year=fiscal_year), replace(when, year=fiscal_year))]
    return parts


def _covered(spans: Sequence[Period], fiscal_year: int) -> tuple[date, date]:
    bounds = {(span.starts_on, span.ends_on) for span in spans}
    if len(bounds) > 1:
        raise Unclear(spans)
    return next(iter(bounds), (first_day(fiscal_year), last_day(fiscal_year)))


def _own_rhythms(words: Sequence[Word], fiscal_year: int) -> Iterator[TimeFrame]:
    """Find each place that speaks of a rhythm and read the longest stretch from there that makes sense."""
    codes = _codes(words)
    if any(word.text in _TRIGGERS for word in words):
        yield TimeFrame(Kind.ON_EVENT, fiscal_year)
    position = 0
    while begin := _OWN_RHYTHM.search(codes, position):
        position = begin.end()
        for end in range(min(len(words), begin.start() + _LONGEST_RHYTHM), begin.start(), -1):
            frame = _read_or_unclear(words[begin.start() : end], fiscal_year)
            if frame.kind != Kind.UNCLEAR:
                yield frame
                position = end
                break
