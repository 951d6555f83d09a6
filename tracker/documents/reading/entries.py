"""The measures of a report as a person corrected them, each beside what was printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.draft import MeasureDraft, ReportDraft
from tracker.documents.reading.naming import indicator_named
from tracker.documents.reading.preview import MeasureReading, ReportReading, read_measure, reading_of
from tracker.domain.certainty import same_words
from tracker.domain.responsibles import Division, Responsible
from tracker.domain.timeframes import read_time_frame

ADDED = MeasureDraft(None, "", (), (), "", "", ())
# A page is looked at again after each correction, and most of its measures are as they were.
_read = lru_cache(maxsize=2048)(read_measure)

_TEXTS = ("indicator", "title", "analysis", "steps", "budget", "success")


@dataclass(frozen=True)
class Entry:
    """
    A measure of the preview: what was printed, what a person decided, and what comes of both.

    `number` counts those that will be in the plan from 1; one that will not has 0. `named` are the divisions that the
    printed words name once their meanings are known, `unmatched` the words nobody has given a meaning yet,
    `words_as_read` what said when before anybody corrected it.
    """

    key: str
    number: int
    printed: MeasureDraft
    correction: MeasureCorrection
    reading: MeasureReading
    named: tuple[Division, ...]
    unmatched: tuple[str, ...]
    names_indicator: bool
    words_as_read: str

    @property
    def is_standing(self) -> bool:
        """Say whether it will be in the plan."""
        return self.number > 0

    @property
    def words(self) -> str:
        """Return the words that say when: a person's, else as printed."""
        return self.reading.words or self.words_as_read


def entries(
    report: ReportDraft, corrections: Corrections, *, divisions: Sequence[Division], year: int
) -> tuple[Entry, ...]:
    """Return the report's measures in its order, then those a person added, as read for that fiscal year (พ.ศ.)."""
    keyed = {str(place): measure for place, measure in enumerate(report.measures)}
    keyed |= dict.fromkeys(corrections.added, ADDED)
    rest = _rest_of(keyed, corrections)
    number, found, before = 0, [], None
    for key, printed in keyed.items():
        correction = corrections.of(key)
        is_standing = not correction.is_out and key not in rest
        number += is_standing
        parts = [printed, *(keyed[part] for part, whole in rest.items() if whole == key)]
        names_indicator = before is None or printed.indicator != before.indicator or _names_its_indicator(printed)
        found.append(
            _entry(key, number * is_standing, parts, correction, divisions, year, names_indicator=names_indicator)
        )
        before = printed
    return tuple(found)


def corrected_report(report: ReportDraft, corrections: Corrections) -> ReportDraft:
    """Return the report with the years, the level and the scores that a person corrected."""
    return replace(
        report,
        plan_year=corrections.year or report.plan_year,
        assessment_year=corrections.assessment_year or report.assessment_year,
        level=report.level if corrections.level is None else corrections.level,
        figures=tuple(
            replace(one, printed=Decimal(corrections.scores[str(place)])) if str(place) in corrections.scores else one
            for place, one in enumerate(report.figures)
        ),
    )


def reading_of_entries(report: ReportDraft, found: Sequence[Entry], *, year: int) -> ReportReading:
    """Return the reading of the entries that will be in the plan; `report` is as `corrected_report` gave it."""
    measures = [entry.reading for entry in found if entry.is_standing]
    draft = replace(report, measures=tuple(one.measure for one in measures))
    return reading_of(draft, plan_year=year, measures=measures)


def decided(
    entry: Entry,
    *,
    texts: MeasureDraft,
    words: str,
    division_names: Sequence[str],
    keep: MeasureCorrection | None = None,
) -> MeasureCorrection:
    """Return the correction that makes an entry read so, with all else as in `keep`; what is as printed is left out."""
    correction = keep or entry.correction
    changed = {name: getattr(texts, name) for name in _TEXTS}
    changed = {
        name: value if value != getattr(entry.printed, name) or (name == "indicator" and value is None) else None
        for name, value in changed.items()
    }
    named = {division.name for division in entry.named}
    return replace(
        correction,
        **changed,
        schedule_words=words if words and words != entry.words_as_read else None,
        division_names=None if set(division_names) == named else tuple(division_names),
    )


def _rest_of(keyed: Mapping[str, MeasureDraft], corrections: Corrections) -> dict[str, str]:
    """Return the measure each joined one belongs to; what belongs to nothing that is there stands for itself."""
    joined = {key: corrections.of(key).joined_to for key in keyed}
    return {key: whole for key, whole in joined.items() if whole in keyed and not joined[whole]}


def _entry(
    key: str,
    number: int,
    parts: Sequence[MeasureDraft],
    correction: MeasureCorrection,
    divisions: Sequence[Division],
    year: int,
    *,
    names_indicator: bool,
) -> Entry:
    printed = parts[0]
    decisions = {name: getattr(correction, name) for name in _TEXTS if getattr(correction, name) is not None}
    source = tuple(row for part in parts for row in part.source)
    read = _read(replace(printed, **decisions, source=source), tuple(divisions), year)
    named, unmatched = _meant(read.responsible, correction, divisions)
    chosen = correction.division_names
    if chosen is not None:
        responsible = Responsible(tuple(one for one in divisions if one.name in chosen))
    else:
        responsible = Responsible(named, unmatched)
    as_read = read.words or printed.time_frame
    words = correction.schedule_words if correction.schedule_words != as_read else None
    time_frame = read_time_frame(words, fiscal_year=year) if words else read.time_frame
    reading = replace(read, time_frame=time_frame, responsible=responsible, words=words or read.words, printed=printed)
    return Entry(key, number, printed, correction, reading, named, responsible.unmatched, names_indicator, as_read)


def _meant(
    read: Responsible, correction: MeasureCorrection, divisions: Sequence[Division]
) -> tuple[tuple[Division, ...], tuple[str, ...]]:
    """Return the divisions named once a person said what words mean, and the words that still mean nothing."""
    known = [correction.meanings[key] for name in read.unmatched if (key := same_words(name)) in correction.meanings]
    names = {one.name for one in read.divisions}.union(*known)
    unmatched = tuple(name for name in read.unmatched if same_words(name) not in correction.meanings)
    return tuple(one for one in divisions if one.name in names), unmatched


def _names_its_indicator(printed: MeasureDraft) -> bool:
    return any(number == printed.indicator for number in map(indicator_named, _cells(printed)))


def _cells(printed: MeasureDraft) -> Iterator[str]:
    return (cell for row in printed.source for cell in row)
