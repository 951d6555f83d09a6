"""Sentences of a report → the figures they repeat and what they claim: highest, lowest, level."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tracker.documents.reading.naming import squeezed
from tracker.documents.reading.score_tables import UNNAMED_YEAR
from tracker.domain.consistency import Claim, Figure, LevelClaim, RankClaim, Scope, Source, Subject
from tracker.domain.scores import LEVEL_TH
from tracker.domain.thai import arabic_digits

_LEVELS = {word: level for level, word in LEVEL_TH.items()}
_POINTS = r"\d{1,3}(?:\.\d+)?) ?คะแนน(?! ?ขึ้นไป)"
_YEAR = r"(?:พ\. ?ศ\.|ปีงบประมาณ|ปี) ?(?P<year>25\d\d)"
_OVERALL = re.compile(rf"{_YEAR}|ภาพรวม[^\d]{{0,40}}(?P<overall>{_POINTS}|(?P<change>ลดลง|เพิ่มขึ้น) ?(?P<by>{_POINTS}")
_LEVEL = re.compile(rf"{_YEAR}|อยู่(?:ใน)? ?ระดับ ?[“\"']? ?(?P<level>{'|'.join(sorted(_LEVELS, key=len, reverse=True))})")
_NAME = r"ตัวชี้วัด ?(?:ที่ ?)?(?P<indicator>10|[1-9])(?![\d.–-])"
_SCORED = re.compile(rf"{_NAME}|(?P<score>{_POINTS}")
_INDICATOR = re.compile(_NAME)
_RANK = re.compile(r"(?P<rank>สูงสุด|ต่ำสุด) ?(?P<listed>ได้แก่|คือ|:)?")
_SECTION = re.compile(r"\d{1,2}\. ?[^\d]")
_SCOPES = (Scope.IIT, Scope.EIT, Scope.OIT)
_LONGEST_HEADING = 250


def scope_named(heading: str) -> Scope | None:
    """Return among which indicators the sentences under a heading compare, or None if it does not say."""
    text = squeezed(heading).upper()
    if len(heading) > _LONGEST_HEADING:
        return None
    named = [scope for scope in _SCOPES if scope in text]
    if len(named) == 1:
        return named[0]
    return Scope.ALL if "รายตัวชี้วัด" in text or is_section(heading) else None


def is_section(line: str) -> bool:
    """Say whether the line heads one of the report's main parts: `๔. การนำผล…`."""
    return bool(_SECTION.match(arabic_digits(line[:20])))


def claims_in(paragraph: str, scope: Scope) -> Iterator[Figure | Claim]:
    """
    Yield the figures and claims of a paragraph on one line.

    Years not named are `UNNAMED_YEAR`. What is "ขึ้นไป" (85 and above) is an aim and no figure.
    """
    text = arabic_digits(paragraph)
    yield from _overall(text)
    yield from dict.fromkeys(_levels(text))
    yield from _scores(text)
    yield from dict.fromkeys(_ranks(text, scope))


def _overall(text: str) -> Iterator[Figure]:
    year, change, score = UNNAMED_YEAR, "", None
    for token in _OVERALL.finditer(text):
        if token["overall"]:
            score = token["overall"]
            yield _figure(Subject(), score, year)
        elif token["change"] and score:
            change = ("-" if token["change"] == "ลดลง" else "+") + token["by"]
        elif token["year"]:
            if change:
                yield _figure(Subject(), change, year, minus_year=int(token["year"]))
            year, change = int(token["year"]), ""


def _levels(text: str) -> Iterator[LevelClaim]:
    year = UNNAMED_YEAR
    for token in _LEVEL.finditer(text):
        if token["level"]:
            yield LevelClaim(year, _LEVELS[token["level"]])
        else:
            year = int(token["year"])


def _scores(text: str) -> Iterator[Figure]:
    indicator = None
    for token in _SCORED.finditer(text):
        if token["indicator"]:
            indicator = int(token["indicator"])
        elif indicator:
            yield _figure(Subject(indicator=indicator), token["score"], UNNAMED_YEAR)
            indicator = None


def _ranks(text: str, scope: Scope) -> Iterator[RankClaim]:
    """A rank is said of all indicators listed after it (ได้แก่), or else of the one named just before it."""
    ranks = list(_RANK.finditer(text))
    ends = [0, *(rank.end() for rank in ranks)]
    starts = [*(rank.start() for rank in ranks[1:]), len(text)]
    for rank, last_end, next_start in zip(ranks, ends, starts, strict=False):
        if rank["listed"]:
            names = _indicators(text[rank.end() : next_start].partition("ตามลำดับ")[0])
        else:
            names = _indicators(text[last_end : rank.start()])[-1:]
        if names:
            yield RankClaim(UNNAMED_YEAR, names, rank["rank"] == "สูงสุด", scope)


def _indicators(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(name["indicator"]) for name in _INDICATOR.finditer(text)))


def _figure(subject: Subject, printed: str, year: int, *, minus_year: int | None = None) -> Figure:
    return Figure(subject, year, Decimal(printed), Source.TEXT, minus_year)
