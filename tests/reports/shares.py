"""How many cells of a report were read letter by letter."""

from collections.abc import Iterator
from itertools import zip_longest

from tracker.documents.reading.draft import ReportDraft


def letter_exact(read: ReportDraft, written: ReportDraft) -> float:
    """Return the share of the cells that were read as they were written, 0 to 1; a point of a list is a cell."""
    pairs = list(zip_longest(_cells(read), _cells(written)))
    return sum(ours == theirs for ours, theirs in pairs) / len(pairs)


def _cells(draft: ReportDraft) -> Iterator[str]:
    for measure in draft.measures:
        yield from (measure.title, *measure.analysis, *measure.steps, measure.time_frame, measure.responsible)
    for finding in draft.findings:
        yield from (finding.text, finding.recommendation)
