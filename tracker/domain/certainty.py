"""How sure a reading of a report is, and why: what a person has to look at, and what needs no second look."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tracker.domain.calendar import first_day, last_day
from tracker.domain.responsibles import Division, Responsible
from tracker.domain.responsibles_names import mark_names, same_name_key, ways_to_write
from tracker.domain.sentences import N_, Sentence
from tracker.domain.thai import arabic_digits, clean
from tracker.domain.timeframes import Kind, TimeFrame
from tracker.domain.timeframes.words import UNKNOWN, misspelt, words_of

LONGEST_TITLE = 300
_YEARLESS = (Kind.DATES, Kind.SPAN)


class Certainty(StrEnum):
    """How far a reading can be trusted, surest first."""

    CERTAIN = "certain"
    LIKELY = "likely"
    LOOK = "look"
    UNREADABLE = "unreadable"

    @property
    def needs_a_look(self) -> bool:
        """Say whether a person should look before a plan is made of it."""
        return self in (Certainty.LOOK, Certainty.UNREADABLE)


@dataclass(frozen=True)
class Judgement:
    """How sure a reading is, and the reason in a sentence; what is certain needs none."""

    certainty: Certainty
    why: Sentence | None = None


CERTAIN = Judgement(Certainty.CERTAIN)


def same_words(text: str) -> str:
    """Return what two printings of the same words have in common, whatever digits and spaces they are set with."""
    return "".join(clean(arabic_digits(text)).lower().split())


def of_indicator(number: int | None, *, is_named: bool) -> Judgement:
    """Judge a measure's indicator; `is_named` says that its own rows or the heading right above name it."""
    if number is None:
        return _unreadable(N_("The report does not say which indicator it is for."))
    if not is_named:
        return _likely(N_("Its own rows name no indicator: it stands below the one of the measure before."))
    return CERTAIN


def of_title(title: str) -> Judgement:
    """Judge a measure's title."""
    if not title:
        return _unreadable(N_("The measure has no title."))
    if len(title) > LONGEST_TITLE:
        return _look(N_("The title is very long: perhaps another cell ran into it."))
    return CERTAIN


def of_steps(steps: Sequence[str]) -> Judgement:
    """Judge a measure's steps."""
    return CERTAIN if steps else _look(N_("No steps were read."))


def of_time_frame(words: str, frame: TimeFrame) -> Judgement:
    """Judge how the words of a time frame were read for a plan of the fiscal year `frame.fiscal_year` (พ.ศ.)."""
    if frame.kind == Kind.UNCLEAR:
        return _unreadable(N_("No due days can be read from this."))
    if frame.ends_on and not first_day(frame.fiscal_year) <= frame.ends_on <= last_day(frame.fiscal_year):
        return _look(N_("It ends outside fiscal year %(year)s, which the plan is for."), year=frame.fiscal_year)
    if damaged := misspelt(words):
        return _likely(N_("Read from misspelt words: %(words)s."), words=", ".join(damaged))
    read = words_of(words)
    if any(word.code == UNKNOWN for word in read):
        return _likely(N_("Some of the words say nothing about time and were passed over."))
    if frame.kind in _YEARLESS and not any(_has_year(word.code, word.numbers) for word in read):
        return _likely(N_("No year is written: the plan's year %(year)s was taken."), year=frame.fiscal_year)
    return CERTAIN


def of_divisions(text: str, responsible: Responsible, divisions: Sequence[Division]) -> Judgement:
    """Judge which divisions the words name; what is none of them is judged by `of_unmatched`."""
    if not responsible.divisions:
        return _unreadable(N_("No division is named."))
    guessed, short = _named_shortly(text, tuple(divisions))
    if guessed:
        return _look(N_("Guessed from how the name begins: %(names)s."), names=", ".join(guessed))
    if short:
        return _likely(N_("Read from a short name or a title: %(names)s."), names=", ".join(short))
    return CERTAIN


def of_unmatched() -> Judgement:
    """Judge words that stand among the responsible and are none of the divisions."""
    return _unreadable(N_("This is none of the divisions."))


def _has_year(code: str, numbers: Iterable[int]) -> bool:
    return code in ("Y", "F", "C") and bool(tuple(numbers))


@lru_cache(maxsize=2048)  # most measures of a report name the same divisions in the same words
def _named_shortly(text: str, divisions: tuple[Division, ...]) -> tuple[list[str], list[str]]:
    """Return the names that were guessed, and those that are a usual way to write a division, as printed."""
    guessed, short = [], []
    for found in mark_names(text, divisions).found:
        if len(found.divisions) != 1:
            continue
        (division,) = found.divisions
        key = same_name_key(found.printed)
        if key not in {same_name_key(name) for name in ways_to_write(division)}:
            guessed.append(found.printed)
        elif key != same_name_key(division.name):
            short.append(found.printed)
    return guessed, short


def _likely(message: str, **values: object) -> Judgement:
    return Judgement(Certainty.LIKELY, Sentence(message, values))


def _look(message: str, **values: object) -> Judgement:
    return Judgement(Certainty.LOOK, Sentence(message, values))


def _unreadable(message: str, **values: object) -> Judgement:
    return Judgement(Certainty.UNREADABLE, Sentence(message, values))
