"""Findings of an assessment, and which of them no measure answers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.indicators import Instrument
from tracker.domain.thai import arabic_digits, clean

_RUN = 4
_SHARED = 0.5

_MARKUP = re.compile(r"<[^<>]{0,200}>")
_POINT = re.compile(r"(?:^|(?<=\s))(?:[(]?\d{1,2}[.)]|[-–•])|\n")
_NOT_LETTERS = re.compile("[^ก-๎a-z]")


@dataclass(frozen=True)
class Finding:
    """What an assessment found wrong under an indicator; `items` are the codes that lost points, as in `o6`."""

    indicator: int
    instrument: Instrument
    items: tuple[str, ...]
    text: str
    recommendation: str = ""


@dataclass(frozen=True)
class MeasureText:
    """The words of a measure."""

    indicator: int
    title: str
    analysis: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def unanswered(findings: Iterable[Finding], measures: Sequence[MeasureText]) -> tuple[Finding, ...]:
    """
    Return the findings that no measure answers, in the order given; one without words is no finding (DESIGN 2).

    A measure answers a finding if it names one of its items (ข้อ ๐๖, O6), or if it stands under the same indicator
    and takes up one of the finding's points: half of the point's runs of four letters are in the measure too. Thai
    has no spaces between words, so runs of letters stand for them. In the report this was tried on, measures share
    at least 73 % of a point they answer and at most 20 % of one they do not.
    """
    return tuple(
        finding
        for finding in findings
        if _letters(finding.text) and not any(_answers(measure, finding) for measure in measures)
    )


def _answers(measure: MeasureText, finding: Finding) -> bool:
    words = "\n".join((measure.title, *measure.analysis, *measure.steps))
    if any(_names_item(words, code) for code in finding.items):
        return True
    return measure.indicator == finding.indicator and any(
        _share(point, words) >= _SHARED for point in _points(finding.text)
    )


def _names_item(words: str, code: str) -> bool:
    """Return whether the words name an item; reports write the O of an O-item as a zero (ข้อ ๐๖)."""
    letter, number = code[0].lower(), int(code[1:])
    written = r"(?:(?<![a-z0-9])o|ข้อ ?[o0])" if letter == "o" else rf"(?<![a-z]){letter}"
    return re.search(rf"{written} ?0*{number}(?!\d)", clean(arabic_digits(words)).lower()) is not None


def _points(text: str) -> Iterator[str]:
    """Yield the numbered points of a finding, or the whole if it has none."""
    lines = arabic_digits(_MARKUP.sub("\n", text))
    return (point for point in _POINT.split(lines) if _letters(point))


def _share(point: str, words: str) -> float:
    """Return which part of the point's runs of letters is in the words, 0 to 1."""
    runs = _runs(point)
    return len(runs & _runs(words)) / len(runs)


def _runs(text: str) -> set[str]:
    letters = _letters(text)
    return {letters[start : start + _RUN] for start in range(max(1, len(letters) - _RUN + 1))}


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", clean(_MARKUP.sub("", text)).lower())
