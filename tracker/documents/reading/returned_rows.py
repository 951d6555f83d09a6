"""Measures of a plan's workbook that only the organization can judge: unknown divisions, and rows that come again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tracker.documents.plan_layout import AT, Field
from tracker.documents.reading.draft import FailedRow, MeasureDraft, ReportDraft
from tracker.documents.reading.plan_rows import AGAIN
from tracker.documents.reading.preview import responsible_in
from tracker.domain.responsibles import Division
from tracker.domain.sentences import N_, Sentence


def with_known_divisions(draft: ReportDraft, *, divisions: Sequence[Division]) -> ReportDraft:
    """Return the draft of a workbook; measures that name somebody else than the divisions are among what failed."""

    def problem(measure: MeasureDraft) -> Sentence | None:
        return None if measure.responsible_words is None else _unknown(measure.responsible_words, divisions)

    failed = [_told_of_divisions(row, divisions) for row in draft.failed]  # all that is wrong with a row at once
    return _set_apart(replace(draft, failed=tuple(failed)), problem)


def _told_of_divisions(row: FailedRow, divisions: Sequence[Division]) -> FailedRow:
    why = _unknown(row.cells[AT[Field.RESPONSIBLE]], divisions)
    return replace(row, reasons=(*row.reasons, why)) if why else row


def _unknown(words: str, divisions: Sequence[Division]) -> Sentence | None:
    unknown = responsible_in(words, divisions=divisions).unmatched
    message = N_("“%(names)s” is no division of this organization. Choose from the list.")
    return Sentence(message, {"names": ", ".join(unknown)}) if unknown else None


def with_corrected_rows(draft: ReportDraft, corrected: ReportDraft) -> ReportDraft:
    """Return the draft with measures that came back corrected behind its own; what did not come back still waits."""
    known = {_identity(one) for one in draft.measures}
    fresh = _set_apart(corrected, lambda measure: AGAIN if _identity(measure) in known else None)
    came_back = {_number(measure.source[0]) for measure in corrected.measures} | {
        _number(row.cells) for row in corrected.failed
    }
    waiting = (row for number, row in _numbered(draft.failed) if number not in came_back)
    return replace(draft, measures=(*draft.measures, *fresh.measures), failed=(*waiting, *fresh.failed))


def _numbered(rows: Sequence[FailedRow]) -> Iterator[tuple[str, FailedRow]]:
    """Yield each row with the number of its measure, which stands in the first of its rows."""
    number = ""
    for row in rows:
        number = _number(row.cells) or number
        yield number, row


def _number(cells: Sequence[str]) -> str:
    return cells[AT[Field.NUMBER]]


def _identity(measure: MeasureDraft) -> tuple[object, ...]:
    return measure.indicator, measure.title, measure.time_frame, measure.responsible, measure.words


def _set_apart(draft: ReportDraft, problem: Callable[[MeasureDraft], Sentence | None]) -> ReportDraft:
    found = [(measure, problem(measure)) for measure in draft.measures]
    failed = [
        FailedRow(cells, (why,) if first else ())
        for measure, why in found
        if why
        for first, cells in zip((True, *[False] * len(measure.source)), measure.source, strict=False)
    ]
    kept = tuple(measure for measure, why in found if why is None)
    return replace(draft, measures=kept, failed=(*draft.failed, *failed)) if failed else draft
