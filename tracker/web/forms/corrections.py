"""What a clerk sends from the preview of a report: every reading as it shall be, and which button was pressed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from tracker.documents.reading.correcting import with_meaning
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.entries import Entry, decided
from tracker.domain.scores import HIGHEST, read_score
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, clean

FIRST_YEAR, LAST_YEAR = 2550, 2600
FIRST_PLAN_YEAR = 2560
LONGEST_LINE, LONGEST_TEXT, LONGEST_WORDS = 3000, 2000, 500
MOST_LINES = 200
ALL, NONE, TICKED, ONE = "all", "none", "ticked", "one:"

Form = MultiDict[str, str]


class NoFiscalYear(Refusal):
    """Nobody makes a plan for such a year."""

    def __init__(self, written: str) -> None:
        super().__init__(N_("“%(year)s” is not a fiscal year. Write it in พ.ศ., such as 2569."), year=written[:20])


class NotAScore(Refusal):
    """Scores are numbers from 0 to 100."""

    def __init__(self, written: str) -> None:
        super().__init__(N_("“%(score)s” is not a score from 0 to 100."), score=written[:20])


@dataclass(frozen=True)
class Pressed:
    """The button that sent the form: what it does, and what it does it to."""

    verb: str = ""
    what: str = ""

    @classmethod
    def of(cls, form: Form) -> "Pressed":
        """Return the button; the one that only saves has neither."""
        verb, _, what = form.get("act", "").partition(":")
        return cls(verb, what)


def corrections_from(
    form: Form, *, kept: Corrections, report: ReportDraft, found: Sequence[Entry], everyone: Sequence[str]
) -> tuple[Corrections, Mapping[str, Refusal]]:
    """
    Return what is decided once the form counts, and what in it cannot: refusals by the id of their field.

    :param kept: what was decided before; what the form does not show stays so
    :param report: as printed
    :param found: the measures with what was decided before
    :param everyone: the names of all divisions
    """
    corrections = kept
    for entry in found:
        if entry.key in form.getlist("shown"):
            corrections = corrections.with_measure(entry.key, _measure(form, entry))
            corrections = _meanings(form, corrections, entry, everyone)
    corrections, wrong = _scores(form, corrections, report)
    corrections = _years(form, corrections, report, wrong)
    if "level" in form:
        level = clean(form["level"])[:LONGEST_WORDS]
        corrections = replace(corrections, level=None if level == report.level else level)
    return corrections, wrong


def meaning(form: Form, *, key: str, choice: str, everyone: Sequence[str]) -> tuple[str, ...] | None:
    """Return the divisions that a choice means for a body named in a measure; None where nothing was chosen."""
    if choice in (ALL, NONE):
        return tuple(everyone) if choice == ALL else ()
    if choice == TICKED:
        return tuple(form.getlist(f"m{key}-divisions"))
    return (choice.removeprefix(ONE),) if choice.startswith(ONE) else None


def _measure(form: Form, entry: Entry) -> MeasureCorrection:
    name = f"m{entry.key}-"
    number = form.get(f"{name}indicator", type=int)
    texts = replace(
        entry.reading.measure,
        indicator=number if number in range(1, 11) else None,
        title=clean(form.get(f"{name}title", ""))[:LONGEST_TEXT],
        analysis=_lines(form, f"{name}analysis"),
        steps=_lines(form, f"{name}steps"),
        budget=clean(form.get(f"{name}budget", ""))[:LONGEST_TEXT],
        success=clean(form.get(f"{name}success", ""))[:LONGEST_TEXT],
    )
    return decided(
        entry,
        texts=texts,
        words=clean(form.get(f"{name}frame") or form.get(f"{name}words", ""))[:LONGEST_WORDS],
        division_names=[clean(one) for one in form.getlist(f"{name}divisions")],
    )


def _meanings(form: Form, corrections: Corrections, entry: Entry, everyone: Sequence[str]) -> Corrections:
    for place, name in enumerate(entry.unmatched):
        choice = form.get(f"m{entry.key}-means-{place}", "")
        meant = meaning(form, key=entry.key, choice=choice, everyone=everyone)
        if form.get(f"m{entry.key}-name-{place}") == name and meant is not None:
            decided_so_far = replace(entry, correction=corrections.of(entry.key))
            corrections = with_meaning(corrections, [decided_so_far], name, meant)
    return corrections


def _lines(form: Form, name: str) -> tuple[str, ...]:
    written = (clean(line)[:LONGEST_LINE] for line in form.get(name, "").splitlines())
    return tuple(line for line in written if line)[:MOST_LINES]


def _scores(form: Form, corrections: Corrections, report: ReportDraft) -> tuple[Corrections, dict[str, Refusal]]:
    scores, wrong = dict(corrections.scores), dict[str, Refusal]()
    for place, figure in enumerate(report.figures):
        written = form.get(f"score-{place}")
        if written is None:
            continue
        score = read_score(written) if written.strip() else figure.printed
        if score is None or abs(score) > HIGHEST:
            wrong[f"score-{place}"] = NotAScore(written)
        elif score == figure.printed:
            scores.pop(str(place), None)
        else:
            scores[str(place)] = str(score)
    return replace(corrections, scores=scores), wrong


def _years(form: Form, corrections: Corrections, report: ReportDraft, wrong: dict[str, Refusal]) -> Corrections:
    try:
        if "year" in form:
            year = _year(clean(form["year"]), first=FIRST_PLAN_YEAR)
            corrections = replace(corrections, year=None if year == report.plan_year else year)
    except NoFiscalYear as refusal:
        wrong["year"] = refusal
    try:
        if "assessment_year" in form:
            year = _year(clean(form["assessment_year"]), first=FIRST_YEAR)
            corrections = replace(corrections, assessment_year=None if year == report.assessment_year else year)
    except NoFiscalYear as refusal:
        wrong["assessment_year"] = refusal
    return corrections


def _year(written: str, *, first: int) -> int | None:
    """
    Return the year written; None where nothing is.

    :raises NoFiscalYear: if it is no fiscal year (พ.ศ.) of these times
    """
    if not written:
        return None
    year = arabic_digits(written)
    if not re.fullmatch("[0-9]{4}", year) or not first <= int(year) <= LAST_YEAR:
        raise NoFiscalYear(written)
    return int(year)
