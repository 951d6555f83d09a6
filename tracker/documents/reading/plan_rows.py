"""Rows of a plan's workbook → measures, and those rows that cannot become any, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import AT, ROW, Field
from tracker.documents.reading import plan_cells as read
from tracker.documents.reading.draft import FailedRow, MeasureDraft
from tracker.documents.reading.markup import MOST_POINTS
from tracker.documents.reading.measure_tables import MOST_MEASURES
from tracker.documents.reading.refusals import ReportTooLong
from tracker.domain.sentences import N_, Sentence

Cells = tuple[str, ...]

_OWN = [one for one in Field if one not in layout.LISTED and one is not Field.NUMBER]
_IDENTITY = (Field.INDICATOR, Field.TITLE, Field.TIME_FRAME, Field.RESPONSIBLE)
AGAIN = Sentence(N_("The same measure was read already."))


@dataclass
class _OpenMeasure:
    """A measure whose next rows may still go on with it; `own` is what its first rows say of the whole measure."""

    rows: list[tuple[int, Cells]] = field(default_factory=list)
    reasons: dict[int, list[Sentence]] = field(default_factory=dict)
    own: dict[Field, str] = field(default_factory=dict)

    def goes_on_with(self, cells: Cells) -> bool:
        number = cells[AT[Field.NUMBER]]
        if number:
            return number == self.own.get(Field.NUMBER)
        is_named = cells[AT[Field.INDICATOR]] or cells[AT[Field.TITLE]]
        return not (is_named and any(cells[AT[one]] not in ("", self.own.get(one)) for one in _OWN))

    def add(self, row: int, cells: Cells) -> None:
        self.rows.append((row, cells))
        for one in (Field.NUMBER, *_OWN):
            said = cells[AT[one]]
            if said and self.own.setdefault(one, said) != said:
                self.fail(
                    row, Sentence(N_("“%(column)s” says something else than the measure's first row."), {"column": one})
                )

    def number_first_row(self) -> None:
        """Let the measure be known again when its rows come back: by its number, else by where it stood."""
        row, cells = self.rows[0]
        if not cells[AT[Field.NUMBER]]:
            self.rows[0] = row, (f"{ROW} {row}", *cells[1:])

    def fail(self, row: int, reason: Sentence) -> None:
        self.reasons.setdefault(row, []).append(reason)

    def listed(self, column: Field) -> tuple[str, ...]:
        return tuple(cells[AT[column]] for _, cells in self.rows if cells[AT[column]])


class PlanRows:
    """
    Collects measures row by row. A measure is taken in whole or not at all.

    Half a measure would be a wrong plan, so that with one bad row all rows of its measure come back.
    """

    def __init__(self, *, fiscal_year: int | None) -> None:
        self.measures: list[MeasureDraft] = []
        self.failed: list[FailedRow] = []
        self._year = fiscal_year
        self._known: set[tuple[str, ...]] = set()
        self._open: _OpenMeasure | None = None

    def take(self, row: int, cells: Cells) -> None:
        """
        Take the next row, its cells in the order of `Field`.

        :raises ReportTooLong: if there are more measures or steps than any plan has
        """
        if self._open is None or not self._open.goes_on_with(cells):
            self.finish()
            self._open = _OpenMeasure()
        self._open.add(row, cells)
        if len(self._open.rows) > MOST_POINTS:
            raise ReportTooLong(N_("A measure has more than %(limit)s steps: this is no plan."), limit=MOST_POINTS)

    def finish(self) -> None:
        """
        Take the measure so far as whole.

        :raises ReportTooLong: if there are more measures than any plan has
        """
        if self._open is None:
            return
        measure, self._open = self._open, None
        measure.number_first_row()
        draft = self._read(measure)
        if measure.reasons:
            self.failed += [FailedRow(cells, tuple(measure.reasons.get(row, ()))) for row, cells in measure.rows]
            return
        self.measures.append(draft)
        if len(self.measures) > MOST_MEASURES:
            raise ReportTooLong(
                N_("The file has more than %(limit)s measures: this cannot be one plan."), limit=MOST_MEASURES
            )

    def _read(self, measure: _OpenMeasure) -> MeasureDraft:
        first, own = measure.rows[0][0], measure.own
        for problem in self._problems(own):
            measure.fail(first, problem)
        words, printed_words = own.get(Field.TIME_FRAME, ""), own.get(Field.PRINTED_TIME_FRAME, "")
        responsible = own.get(Field.RESPONSIBLE, "")
        return MeasureDraft(
            indicator=read.indicator(own.get(Field.INDICATOR, "")),
            title=own.get(Field.TITLE, ""),
            analysis=measure.listed(Field.ANALYSIS),
            steps=measure.listed(Field.STEP),
            time_frame=printed_words or words,
            responsible=own.get(Field.PRINTED_RESPONSIBLE, "") or responsible,
            source=tuple(cells for _, cells in measure.rows),
            budget=own.get(Field.BUDGET, ""),
            success=own.get(Field.SUCCESS, ""),
            words=words if printed_words else "",
            responsible_words=responsible,
            step_words=self._step_words(measure),
            weight=read.weight(own.get(Field.WEIGHT, "")) or 1,
            needs_evidence=bool(read.yes_or_no(own.get(Field.NEEDS_EVIDENCE, ""))),
        )

    def _problems(self, own: Mapping[Field, str]) -> list[Sentence]:
        problems = read.problems(own, fiscal_year=self._year)
        key = tuple(own.get(one, "") for one in _IDENTITY)
        if not problems and key in self._known:
            problems = [AGAIN]
        self._known.add(key)
        return problems

    def _step_words(self, measure: _OpenMeasure) -> tuple[str, ...]:
        words = []
        for row, cells in measure.rows:
            step, own = cells[AT[Field.STEP]], cells[AT[Field.STEP_TIME_FRAME]]
            problem = read.step_problem(step, own, fiscal_year=self._year)
            if problem:
                measure.fail(row, problem)
            if step:
                words.append(own)
        return tuple(words)
