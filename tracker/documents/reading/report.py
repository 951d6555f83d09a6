"""Rows of a report, from whatever kind of file → its draft."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise
from typing import TypeVar

from tracker.documents.reading import cover
from tracker.documents.reading.claims import claims_in, is_section, scope_named
from tracker.documents.reading.columns import Columns, in_one_row, item_columns, measure_columns
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.item_tables import ItemTables
from tracker.documents.reading.markup import plain
from tracker.documents.reading.measure_tables import MeasureTables
from tracker.documents.reading.naming import indicator_named
from tracker.documents.reading.refusals import NoMeasures, ReportTooLong
from tracker.documents.reading.rows import BLANK, Row, is_rule
from tracker.documents.reading.score_tables import UNNAMED_YEAR, ScoreTables
from tracker.domain.consistency import Claim, Figure, LevelClaim, Scope, Source, Subject
from tracker.domain.scores import LEVEL_TH
from tracker.domain.sentences import N_

MOST_FIGURES = 500  # printed scores and claims; a report has about 120
_LONGEST_PARAGRAPH = 5000

Dated = TypeVar("Dated", Figure, Claim)


def draft_of(rows: Iterable[Row]) -> ReportDraft:
    """
    Return the draft of a report given as rows of raw cells (a paragraph is a row of one cell).

    A result alone, without measures, is a report too: before the next plan is made, only its scores are known.

    :raises NoMeasures: if neither a table of measures nor one of scores is among them
    :raises ReportTooLong: if there are more measures, steps, scores or characters than any report has
    """
    report = _Report()
    for row, following, next_but_one in _with_next_two(rows):
        ruled_off = next_but_one if following == BLANK else following
        report.take(row, following, own_table=is_rule(ruled_off))
    return report.draft()


def _with_next_two(rows: Iterable[Row]) -> Iterator[tuple[Row, Row, Row]]:
    for (row, following), (_, next_but_one) in pairwise(pairwise(chain(rows, (BLANK, BLANK)))):
        yield row, following, next_but_one


class _Report:
    """Hands each row to the reader of the table it is in, and each sentence to those who ask for it."""

    def __init__(self) -> None:
        self._scores = ScoreTables()
        self._items = ItemTables()
        self._measures = MeasureTables()
        self._table: ScoreTables | ItemTables | MeasureTables | None = None
        self._heading = ""
        self._heading_goes_on = False
        self._scope = Scope.ALL
        self._lines: list[str] = []
        self._figures: list[Figure] = []
        self._claims: list[Claim] = []

    def take(self, row: Row, following: Row, *, own_table: bool) -> None:
        if self._heading_goes_on:
            self._heading_goes_on = False
        elif row == BLANK:
            self._measures.turn_page()
        elif len(row) == 1:
            self._take_paragraph(row)
        elif not is_rule(row) and not self._begins_table(row, following) and self._table:
            self._table.take(row, own_table=own_table)

    def _take_paragraph(self, row: Row) -> None:
        line = plain(row[0][:_LONGEST_PARAGRAPH])
        in_measures = self._table is self._measures
        if in_measures and self._measures.name_indicator(line):
            return
        if in_measures and self._measures.continued_by(row):
            self._measures.take(row)
            return
        self._measures.turn_page()
        self._lines.append(line)
        self._scope = scope_named(line) or self._scope
        for found in claims_in(line, self._scope):
            if isinstance(found, Figure):
                self._figures.append(found)
            else:
                self._claims.append(found)
        self._items.name(line)
        self._scores.end()
        if indicator_named(line):
            self._heading = line
        elif is_section(line):
            self._table, self._heading = None, ""

    def _begins_table(self, row: Row, following: Row) -> bool:
        if columns := measure_columns(row):
            self._begin_measures(columns, row)
        elif columns := measure_columns(both := in_one_row(row, following)):
            self._begin_measures(columns, both)
            self._heading_goes_on = True
        elif columns := item_columns(row):
            self._table = self._items
            self._items.begin(columns, len(row))
        elif self._table is not self._measures and self._scores.begins(row):
            self._table = self._scores
        else:
            return False
        self._heading = ""
        return True

    def _begin_measures(self, columns: Columns, heading: Row) -> None:
        self._table = self._measures
        self._measures.begin(columns, heading)
        self._measures.name_indicator(self._heading)

    def draft(self) -> ReportDraft:
        measures, figures = self._measures.finish(), self._all_figures()
        if not any(measure.title or measure.steps for measure in measures):
            if not self._scores.figures:
                raise NoMeasures()
            measures = ()
        scored_years = {figure.year for figure in self._scores.figures} - {UNNAMED_YEAR}
        assessed = cover.assessment_year(self._lines, scored_years)
        claims = _in_year(self._claims, assessed)
        levels = [claim.level for claim in claims if isinstance(claim, LevelClaim) and claim.year == assessed]
        return ReportDraft(
            organization=cover.organization_named(self._lines),
            assessment_year=assessed,
            plan_year=cover.plan_year([measure.time_frame for measure in measures], assessed),
            level=LEVEL_TH[levels[0]] if levels else "",
            figures=_in_year(figures, assessed),
            claims=claims,
            findings=self._items.findings,
            measures=measures,
        )

    def _all_figures(self) -> list[Figure]:
        headings = [
            Figure(Subject(indicator=number), UNNAMED_YEAR, score, Source.HEADING)
            for number, score in self._measures.printed_scores
        ]
        figures = [*self._scores.figures, *self._items.figures, *headings, *self._figures]
        if len(figures) + len(self._claims) > MOST_FIGURES:
            raise ReportTooLong(N_("The file has more than %(limit)s scores: this is no report."), limit=MOST_FIGURES)
        return figures


def _in_year(found: Iterable[Dated], assessed: int | None) -> tuple[Dated, ...]:
    """Return each figure or claim once, those without a year in the year assessed."""
    dated = (one if one.year else replace(one, year=assessed or UNNAMED_YEAR) for one in found)
    return tuple(dict.fromkeys(dated))
