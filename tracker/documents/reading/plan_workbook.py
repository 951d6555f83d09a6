"""A plan's own workbook, filled in or exported → its draft, with the rows that could not be read."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Field
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.plan_facts import Facts, facts_of
from tracker.documents.reading.plan_rows import PlanRows
from tracker.documents.reading.refusals import ReportTooLong, UnreadableReport
from tracker.documents.reading.rows import Tell
from tracker.documents.reading.workbook_cells import Sheet, text_of
from tracker.domain.sentences import N_

_HEADING_WITHIN = 10  # rows: people put a title above
_BETWEEN_TELLS = 500


class NewerWorkbook(UnreadableReport):
    """A later version of the program wrote it."""

    def __init__(self) -> None:
        super().__init__(N_("This workbook was made by a newer version of the program. Download the form here again."))


class NothingFilledIn(UnreadableReport):
    """The form came back as it went out."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing is filled in on the sheet “%(sheet)s”."), sheet=layout.MEASURES)


def read_plan_workbook(content: bytes, *, tell: Tell) -> ReportDraft | None:
    """
    Read a workbook that holds a plan in our own layout; None if it is none and must be read as any other report.

    It is known by the property that we wrote into it, or where a program lost that by the headings of its columns.

    :raises NewerWorkbook: if it was made by a later version
    :raises UnreadableReport: if its year, scores or findings cannot be read; the sentence names the cell
    :raises ReportTooLong: if it has more rows, measures or steps than any plan
    :raises NothingFilledIn: if there are no measures
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the file that hold no words
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return _read(book.worksheets, marks={one.name: one.value for one in book.custom_doc_props.props}, tell=tell)


def _read(sheets: Sequence[Sheet], *, marks: Mapping[str, Any], tell: Tell) -> ReportDraft | None:
    _check_version(marks.get(layout.MARK))
    found = _measures_among(sheets, is_marked=layout.MARK in marks)
    if found is None:
        return None
    sheet, heading = found
    facts = facts_of([one for one in sheets if one is not sheet])
    rows = PlanRows(fiscal_year=facts.plan_year)
    for number, cells in _filled_rows(sheet, after=heading, tell=tell):
        rows.take(number, cells)
    rows.finish()
    if not rows.measures and not rows.failed:
        raise NothingFilledIn()
    return _draft(facts, rows)


def _draft(facts: Facts, rows: PlanRows) -> ReportDraft:
    return ReportDraft(
        organization=facts.organization,
        assessment_year=facts.assessment_year,
        plan_year=facts.plan_year,
        level=facts.level,
        figures=facts.figures,
        claims=facts.claims,
        findings=facts.findings,
        measures=tuple(rows.measures),
        rounds=facts.rounds,
        failed=tuple(rows.failed),
    )


def _check_version(mark: Any) -> None:
    written = str(mark or layout.VERSION)
    if written.isdecimal() and int(written) > layout.VERSION:
        raise NewerWorkbook()


def _measures_among(sheets: Sequence[Sheet], *, is_marked: bool) -> tuple[Sheet, int] | None:
    """Return the sheet of measures with the number of its row of headings: by its name, else the first that fits."""
    named = sorted(sheets, key=lambda sheet: sheet.title != layout.MEASURES)
    for sheet in named:
        if sheet.title.startswith(layout.EXAMPLES.split()[0]):
            continue
        for number, row in zip(range(1, _HEADING_WITHIN + 1), sheet.iter_rows(values_only=True), strict=False):
            headings = {text_of(value) for value in row}
            if headings >= layout.NEEDED and (is_marked or headings & layout.OURS_ALONE):
                return sheet, number
    return None


def _filled_rows(sheet: Sheet, *, after: int, tell: Tell) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows that say anything, with their numbers, their cells in the order of `Field`."""
    columns: list[tuple[int, int]] = []
    empty = [""] * len(Field)
    filled = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number == after:
            headings = [text_of(value) for value in row]
            columns = [(place, headings.index(field)) for place, field in enumerate(Field) if field in headings]
        if number <= after:
            continue
        cells = empty.copy()
        for place, at in columns:
            if at < len(row) and row[at] is not None:
                cells[place] = text_of(row[at])
        if not any(cells):
            continue
        filled += 1
        if filled > layout.MOST_ROWS:
            raise ReportTooLong(
                N_("The file has more than %(limit)s rows: this cannot be one plan."), limit=f"{layout.MOST_ROWS:,}"
            )
        if filled % _BETWEEN_TELLS == 0:
            tell(filled, 0)
        yield number, tuple(cells)
