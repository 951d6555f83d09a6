"""Whether a plan is fit to be published: which required elements are missing (DOMAIN, ITA), and what is doubtful."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Indicator
from tracker.domain.sentences import N_, Sentence


class Element(StrEnum):
    """What must stand there for every measure, and for every indicator."""

    RESULT = "result"  # the assessment that the plan answers, over all ten indicators
    MEASURE = "measure"
    ANALYSIS = "analysis"
    STEPS = "steps"
    TIME_FRAME = "time_frame"
    RESPONSIBLE = "responsible"


OF_A_MEASURE = (Element.MEASURE, Element.ANALYSIS, Element.STEPS, Element.TIME_FRAME, Element.RESPONSIBLE)
LACKS = {
    Element.MEASURE: N_("The measure of indicator %(number)s has no name."),
    Element.ANALYSIS: N_("“%(measure)s” (indicator %(number)s) lacks the analysis it follows from."),
    Element.STEPS: N_("“%(measure)s” (indicator %(number)s) lacks steps or a method."),
    Element.TIME_FRAME: N_("“%(measure)s” (indicator %(number)s) lacks a time frame."),
    Element.RESPONSIBLE: N_("“%(measure)s” (indicator %(number)s) lacks who is responsible."),
}
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Promise:
    """A measure as its publication sees it: its words, whether it falls due on any day, who could not be matched."""

    id: int
    indicator: int
    title: str
    analysis: Sequence[str] = ()
    steps: Sequence[str] = ()
    time_frame: str = ""
    responsible: str = ""
    falls_due: bool = True
    unmatched: Sequence[str] = ()

    def has(self, element: Element) -> bool:
        """Return whether an element says anything: a dash does not."""
        words = {
            Element.MEASURE: (self.title,),
            Element.ANALYSIS: self.analysis,
            Element.STEPS: self.steps,
            Element.TIME_FRAME: (self.time_frame,),
            Element.RESPONSIBLE: (self.responsible,),
        }
        return any(_LETTER.search(text) for text in words[element])


@dataclass(frozen=True)
class Gap:
    """Something missing or doubtful: its sentence, and where it is set right: at a measure, or an indicator."""

    sentence: Sentence
    indicator: int | None = None
    measure_id: int | None = None
    element: Element | None = None


@dataclass(frozen=True)
class Check:
    """What is missing, without which points are lost, and what is only worth a look."""

    missing: tuple[Gap, ...] = ()
    doubtful: tuple[Gap, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is required is missing."""
        return not self.missing


def check(
    promises: Sequence[Promise], *, year: int, scored: Set[int] = frozenset(), unanswered: Iterable[Finding] = ()
) -> Check:
    """
    Return what keeps a plan from being complete, by indicator.

    :param year: the fiscal year (พ.ศ.) that was assessed
    :param scored: the indicators that have a score in it
    :param unanswered: what the assessors found and no measure answers
    """
    missing = [*_results(year, scored)]
    doubtful: list[Gap] = []
    for indicator in INDICATORS:
        own = [promise for promise in promises if promise.indicator == indicator.number]
        missing += [_no_measure(indicator)] if not own else [gap for promise in own for gap in _lacking(promise)]
        doubtful += [gap for promise in own for gap in _doubts(promise)]
    return Check(tuple(missing), (*doubtful, *map(_unanswered, unanswered)))


def _results(year: int, scored: Set[int]) -> Iterator[Gap]:
    lacking = [str(indicator.number) for indicator in INDICATORS if indicator.number not in scored]
    if len(lacking) == len(INDICATORS):
        message = N_("The result of the assessment of %(year)s is missing.")
        yield Gap(Sentence(message, {"year": year}), element=Element.RESULT)
    elif lacking:
        values = {"year": year, "numbers": ", ".join(lacking)}
        message = N_("The assessment of %(year)s has no score of these indicators: %(numbers)s.")
        yield Gap(Sentence(message, values), element=Element.RESULT)


def _no_measure(indicator: Indicator) -> Gap:
    message = N_("Indicator %(number)s has no measure.")
    return Gap(Sentence(message, {"number": indicator.number}), indicator.number, element=Element.MEASURE)


def _lacking(promise: Promise) -> Iterator[Gap]:
    for element in OF_A_MEASURE:
        if not promise.has(element):
            yield _at(promise, LACKS[element], element)


def _doubts(promise: Promise) -> Iterator[Gap]:
    if promise.has(Element.TIME_FRAME) and not promise.falls_due:
        yield _at(promise, N_("“%(measure)s” (indicator %(number)s) has a time frame from which no day follows."))
    for name in promise.unmatched:
        message = N_("“%(measure)s” (indicator %(number)s) names “%(name)s”, which is none of the divisions.")
        yield _at(promise, message, name=name)


def _at(promise: Promise, message: str, element: Element | None = None, **values: object) -> Gap:
    known = {"measure": promise.title, "number": promise.indicator} | values
    return Gap(Sentence(message, known), promise.indicator, promise.id, element)


def _unanswered(finding: Finding) -> Gap:
    message = N_("No measure answers what was found under indicator %(number)s: %(finding)s")
    return Gap(Sentence(message, {"number": finding.indicator, "finding": finding.text}), finding.indicator)
