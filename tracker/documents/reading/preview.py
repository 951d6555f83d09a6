"""From a draft to what we read in it: schedules, divisions, doubts, and the tasks that would follow."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from tracker.documents.plan_layout import AS_IN_THE_STEP, AT, Field
from tracker.documents.reading.draft import MeasureDraft, ReportDraft
from tracker.documents.reading.refusals import UnreadableReport
from tracker.domain.consistency import Doubt, doubts
from tracker.domain.deadlines import Festival
from tracker.domain.differences import StepWords, pair_steps
from tracker.domain.findings import Finding, MeasureText, unanswered
from tracker.domain.generation import days_by_slot
from tracker.domain.responsibles import Division, Responsible, read_responsible
from tracker.domain.sentences import N_, Sentence
from tracker.domain.timeframes import Kind, TimeFrame, read_time_frame, step_time_frame
from tracker.domain.timeframes.phrases import phrase_for


class NoPlanYear(UnreadableReport):
    """Neither the report nor the person says which fiscal year the plan is for."""

    def __init__(self) -> None:
        super().__init__(N_("The report does not say for which fiscal year it plans. Please give the year."))


# A report is looked at again after each correction, and most of it stays.
_doubts = lru_cache(maxsize=16)(doubts)
_unanswered = lru_cache(maxsize=16)(unanswered)


@dataclass(frozen=True)
class Question:
    """Words of the report that we could not read: a person decides. `printed` are the words."""

    where: Sentence
    printed: str
    why: Sentence
    expected: str = ""


@dataclass(frozen=True)
class StepReading:
    """A step and its own schedule, or None where it follows its measure's; `words` are a person's for it."""

    text: str
    own_time_frame: TimeFrame | None
    words: str = ""

    @property
    def own_words(self) -> str:
        """The words of its own schedule, a person's or ours; none where it follows its measure's."""
        return self.words or (phrase_for(self.own_time_frame) if self.own_time_frame else "")


@dataclass(frozen=True)
class MeasureReading:
    """
    A measure, its schedule, divisions and steps; `words` are a person's instead of the printed time frame.

    `measure` is as a person corrected it, `printed` as the report has it where that is something else.
    """

    measure: MeasureDraft
    time_frame: TimeFrame
    steps: tuple[StepReading, ...]
    responsible: Responsible
    words: str = ""
    printed: MeasureDraft | None = None

    @property
    def as_printed(self) -> MeasureDraft:
        """Return the measure as the report has it, whatever a person corrected; one a person added is as it is."""
        return self.printed if self.printed and (self.printed.title or self.printed.steps) else self.measure

    @cached_property
    def printed_steps(self) -> tuple[str | None, ...]:
        """Return each step as the report has it; None where a person added it."""
        texts, printed = [step.text for step in self.steps], self.as_printed.steps
        if len(texts) == len(printed):
            return printed
        pairs = pair_steps([StepWords(text) for text in printed], texts).matches
        found = {match.read: printed[match.known] for match in pairs}
        return tuple(found.get(place) for place in range(len(texts)))

    @property
    def steps_left_out(self) -> tuple[str, ...]:
        """Return the steps that the report has and a person left out."""
        return tuple((Counter(self.as_printed.steps) - Counter(filter(None, self.printed_steps))).elements())

    @property
    def schedules(self) -> tuple[TimeFrame, ...]:
        """Return the schedules that ask for tasks: each step's, or without steps the measure's (DESIGN 2, Task)."""
        followed = (step.own_time_frame or self.time_frame for step in self.steps)
        return tuple(dict.fromkeys(followed)) or (self.time_frame,)


@dataclass(frozen=True)
class ReportReading:
    """All that was read from a draft, for a person to look through before a plan is made of it."""

    draft: ReportDraft
    plan_year: int
    measures: tuple[MeasureReading, ...]
    doubts: tuple[Doubt | Question, ...]
    unanswered: tuple[Finding, ...]

    def task_count(self, *, rounds: Sequence[date], festivals: Sequence[Festival]) -> int:
        """Return how many tasks the plan would have: one per measure, division and slot (DESIGN 2, Task)."""
        return sum(
            len(days_by_slot(one.schedules, rounds=rounds, festivals=festivals)) * len(one.responsible.divisions)
            for one in self.measures
        )


def read_draft(draft: ReportDraft, *, divisions: Sequence[Division], plan_year: int | None = None) -> ReportReading:
    """
    Read a draft's time frames and responsibles, and list everything in it that a person should look at.

    :param plan_year: the พ.ศ. fiscal year of the plan, if a person corrects the report's
    :raises NoPlanYear: if neither the report nor the person gives one
    """
    year = plan_year or draft.plan_year
    if year is None:
        raise NoPlanYear()
    return reading_of(draft, plan_year=year, measures=[read_measure(one, divisions, year) for one in draft.measures])


def reading_of(draft: ReportDraft, *, plan_year: int, measures: Sequence[MeasureReading]) -> ReportReading:
    """Return the reading of a draft whose measures have been read, with everything that a person should look at."""
    texts = tuple(_text_of(one.measure) for one in measures)
    return ReportReading(
        draft=draft,
        plan_year=plan_year,
        measures=tuple(measures),
        doubts=(*_doubts(draft.figures, draft.claims), *_questions(measures)),
        unanswered=_unanswered(draft.findings, texts),
    )


def read_measure(measure: MeasureDraft, divisions: Sequence[Division], year: int) -> MeasureReading:
    """Read one measure of a plan for that fiscal year (พ.ศ.)."""
    return MeasureReading(
        measure=measure,
        time_frame=read_time_frame(measure.words or measure.time_frame, fiscal_year=year),
        steps=read_steps(measure, year),
        responsible=responsible_in(
            measure.responsible if measure.responsible_words is None else measure.responsible_words,
            divisions=divisions,
        ),
        words=measure.words,
    )


def read_steps(measure: MeasureDraft, year: int) -> tuple[StepReading, ...]:
    """Read the steps of a measure of a plan for that fiscal year (พ.ศ.)."""
    return tuple(_read_steps(measure, year))


def _read_steps(measure: MeasureDraft, year: int) -> Iterator[StepReading]:
    for step, words in zip(measure.steps, _words_of_steps(measure), strict=True):
        if words is None or words == AS_IN_THE_STEP:
            yield StepReading(step, step_time_frame(step, fiscal_year=year))
        else:
            yield StepReading(step, read_time_frame(words, fiscal_year=year) if words else None, words)


def _words_of_steps(measure: MeasureDraft) -> tuple[str | None, ...]:
    """Return the words given for each step, None where nothing is known; corrected steps keep those of the printed."""
    if measure.step_words is None:
        return (None,) * len(measure.steps)
    rows = [(step, cells[AT[Field.STEP_TIME_FRAME]]) for cells in measure.source if (step := cells[AT[Field.STEP]])]
    if not rows and len(measure.steps) == len(measure.step_words):  # the raw cells were not kept
        return measure.step_words
    if [text for text, _ in rows] == list(measure.steps):
        return tuple(words for _, words in rows)
    matches = pair_steps([StepWords(text) for text, _ in rows], measure.steps).matches
    known = {match.read: rows[match.known][1] for match in matches}
    return tuple(known.get(place) for place in range(len(measure.steps)))


def responsible_in(words: str, *, divisions: Sequence[Division]) -> Responsible:
    """Return who is responsible: each line the name of a division, else as reports say it."""
    named = {one.name: one for one in divisions}
    lines = words.split("\n")
    if all(line in named for line in lines):
        return Responsible(tuple(dict.fromkeys(named[line] for line in lines)))
    return read_responsible(words, divisions=divisions)


def _questions(measures: Iterable[MeasureReading]) -> Iterator[Question]:
    for number, reading in enumerate(measures, 1):
        yield from _questions_about(reading, number)


def _questions_about(reading: MeasureReading, number: int) -> Iterator[Question]:
    measure, place = reading.measure, {"number": number}
    if measure.indicator is None:
        why = Sentence(N_("The report does not say which indicator it is for."))
        yield Question(Sentence(N_("Measure %(number)s, indicator"), place), "", why)
    if reading.time_frame.kind == Kind.UNCLEAR:
        why = Sentence(N_("No due days can be read from this."))
        printed = measure.words or measure.time_frame
        yield Question(Sentence(N_("Measure %(number)s, time frame"), place), printed, why)
    for step in reading.steps:
        if step.own_time_frame and step.own_time_frame.kind == Kind.UNCLEAR:
            why = Sentence(N_("No due days can be read from this."))
            yield Question(Sentence(N_("Measure %(number)s, time frame of a step"), place), step.words, why)
    where = Sentence(N_("Measure %(number)s, responsible"), place)
    for name in reading.responsible.unmatched:
        yield Question(where, name, Sentence(N_("This is none of the divisions.")))
    if not reading.responsible.divisions and not reading.responsible.unmatched:
        yield Question(where, measure.responsible, Sentence(N_("No division is named.")))


def _text_of(measure: MeasureDraft) -> MeasureText:
    # A measure of no indicator can still answer a finding by naming its item.
    return MeasureText(measure.indicator or 0, measure.title, measure.analysis, measure.steps)
