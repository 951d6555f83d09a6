"""Scores: reading them, rounding them, and what they add up to."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from tracker.domain.indicators import Instrument
from tracker.domain.thai import arabic_digits, clean

WEIGHTS = {
    Instrument.IIT: Decimal("0.30"),
    Instrument.EIT1: Decimal("0.15"),
    Instrument.EIT2: Decimal("0.15"),
    Instrument.OIT: Decimal("0.40"),
}

LOWEST = Decimal(0)
HIGHEST = Decimal(100)

_EXCELLENT_FROM = Decimal(95)
GOOD_FROM = Decimal(85)
_IMPROVE_FROM = Decimal(70)
_CENT = Decimal("0.01")

_UNIT = re.compile(r"^ร้อยละ\s*|\s*(?:คะแนน|%)$")
_BRACKETS = re.compile(r"\((.*)\)")
_MINUS = re.compile("[−–—]")
_LETTER_O = re.compile(r"(?<=[\d.])[oO]+")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}$)")
_SCORE = re.compile(r"([+-]?) ?(\d{1,3}(?: \d{1,2})*)(?: ?\. ?(\d+|\d \d))?")


class Level(StrEnum):
    """The official result, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"
    IMPROVE = "improve"
    URGENT = "urgent"


LEVEL_TH: Mapping[Level, str] = {
    Level.EXCELLENT: "ผ่านดีเยี่ยม",
    Level.GOOD: "ผ่านดี",
    Level.PASS: "ผ่าน",
    Level.IMPROVE: "ต้องปรับปรุง",
    Level.URGENT: "ต้องปรับปรุงโดยด่วน",
}


def rounded(value: Decimal) -> Decimal:
    """Return the score as it is printed: two decimals, half up (97.015 becomes 97.02)."""
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def mean(scores: Sequence[Decimal]) -> Decimal:
    """
    Return the mean as it is printed: of an indicator's items or two EIT parts, of an instrument's indicators.

    :raises ValueError: if there are no scores
    """
    if not scores:
        raise ValueError("A mean needs at least one score.")
    return rounded(sum(scores, start=Decimal(0)) / len(scores))


def overall(iit: Decimal, eit1: Decimal, eit2: Decimal, oit: Decimal) -> Decimal:
    """Return the weighted sum of the four instruments as it is printed (DESIGN 2, Scores)."""
    scores = {Instrument.IIT: iit, Instrument.EIT1: eit1, Instrument.EIT2: eit2, Instrument.OIT: oit}
    return rounded(sum((WEIGHTS[name] * score for name, score in scores.items()), start=Decimal(0)))


def level(overall: Decimal, instruments: Sequence[Decimal]) -> Level:
    """Return the official level; a score on a bound has reached it (DESIGN 2, Scores)."""
    lowest = min([overall, *instruments])
    if lowest >= _EXCELLENT_FROM:
        return Level.EXCELLENT
    if lowest >= GOOD_FROM:
        return Level.GOOD
    if overall >= GOOD_FROM:
        return Level.PASS
    return Level.IMPROVE if overall >= _IMPROVE_FROM else Level.URGENT


def read_score(text: str) -> Decimal | None:
    """
    Return the score or difference a cell holds, or None if it holds anything but one number.

    Reads Thai and Arabic digits, stray spaces, `o` for zero, any sign, a unit (คะแนน, ร้อยละ, %), brackets and
    a decimal comma (no score reaches a thousand, so it parts no thousands). A number is kept as printed, even
    beyond 100; only digits torn apart by spaces must make a possible score together.
    """
    found = _SCORE.fullmatch(_plain(text))
    if not found:
        return None
    sign, whole, fraction = (part.replace(" ", "") for part in found.groups(default=""))
    score = Decimal(f"{sign}{whole}.{fraction}")
    return None if " " in found[2] and abs(score) > HIGHEST else score


def _plain(text: str) -> str:
    bare = _BRACKETS.sub(r"\1", _UNIT.sub("", clean(arabic_digits(text))))
    bare = _LETTER_O.sub(lambda zeros: "0" * len(zeros[0]), _UNIT.sub("", bare).strip())
    return _DECIMAL_COMMA.sub(".", _MINUS.sub("-", bare))
