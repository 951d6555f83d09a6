"""A plan as a workbook: empty to fill in, whole to take along, or the rows that could not be read, to be corrected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Field, Head, Measure, OfFinding, Plan
from tracker.documents.writing import plan_meanings as meanings
from tracker.documents.writing.cell_rules import Say, hint
from tracker.documents.writing.xlsx import LONGEST_TEXT, Column, Sheet, Value, write
from tracker.domain.indicators import Instrument
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import MONTHS, buddhist_year

Row = tuple[Value, ...]

EMPTY_ROWS = 1000  # that have the lists to choose from; rows below are read as well
_WIDTHS = {
    Field.NUMBER: 8,
    Field.INDICATOR: 24,
    Field.TITLE: 40,
    Field.ANALYSIS: 40,
    Field.STEP: 50,
    Field.TIME_FRAME: 28,
    Field.STEP_TIME_FRAME: 24,
    Field.RESPONSIBLE: 30,
    Field.BUDGET: 18,
    Field.SUCCESS: 30,
    Field.WEIGHT: 10,
    Field.NEEDS_EVIDENCE: 16,
    Field.PRINTED_TIME_FRAME: 28,
    Field.PRINTED_RESPONSIBLE: 30,
}
_NUMBERS = (Field.NUMBER, Field.WEIGHT)
_FILLED_IN = tuple(field for field in Field if field not in layout.OF_REPORTS)


class TooLongForACell(Refusal):
    """The text would be cut without anybody noticing."""

    def __init__(self, title: str) -> None:
        super().__init__(
            N_("“%(title)s” has a text of more than %(count)s characters, which no cell of a spreadsheet can hold."),
            title=title[:80],
            count=f"{LONGEST_TEXT:,}",
        )


@dataclass(frozen=True)
class Returned:
    """A row that could not be read: its cells in the order of `Field`, and why, in words."""

    cells: Sequence[str]
    reason: str


def write_plan(plan: Plan, *, divisions: Sequence[str], say: Say) -> bytes:
    """
    Return a whole plan, so that reading it back gives the same plan.

    :raises TooLongForACell: if a text is longer than a cell
    """
    rows = [row for number, one in enumerate(plan.measures, 1) for row in _checked(one, measure_rows(one, number))]
    columns = _columns(tuple(Field), divisions, plan.fiscal_year, say)
    measures = Sheet(layout.MEASURES, columns, (_cells(row) for row in rows), frozen_columns=3, empty_rows=EMPTY_ROWS)
    return _book(plan, measures, divisions, say)


def write_template(plan: Plan, *, divisions: Sequence[str], say: Say) -> bytes:
    """Return a workbook to fill in; of the plan only the organization, the year and the rounds are used."""
    columns = _columns(_FILLED_IN, divisions, plan.fiscal_year, say)
    measures = Sheet(layout.MEASURES, columns, (), frozen_columns=3, empty_rows=EMPTY_ROWS)
    return _book(plan, measures, divisions, say)


def write_returned(plan: Plan, rows: Sequence[Returned], *, divisions: Sequence[str], say: Say) -> bytes:
    """Return the rows that could not be read, each with the reason before it."""
    columns = [
        Column(layout.REASON, 40, hint(layout.REASON, meanings.REASON, say)),
        *_columns(tuple(Field), divisions, plan.fiscal_year, say),
    ]
    body = ((row.reason, *row.cells) for row in rows)
    measures = Sheet(layout.MEASURES, columns, body, frozen_columns=1, empty_rows=EMPTY_ROWS)
    return _book(plan, measures, divisions, say)


def measure_rows(measure: Measure, number: int) -> Iterator[Mapping[Field, Value]]:
    """Yield a measure's rows: its own facts in the first, steps and points of the analysis one below another."""
    first = _first_cells(measure, number)
    for place in range(max(1, len(measure.steps), len(measure.analysis))):
        row: dict[Field, Value] = first if place == 0 else {}
        if place < len(measure.analysis):
            row[Field.ANALYSIS] = measure.analysis[place]
        if place < len(measure.steps):
            row[Field.STEP] = measure.steps[place].text
            row[Field.STEP_TIME_FRAME] = measure.steps[place].words
        yield row


def _first_cells(measure: Measure, number: int) -> dict[Field, Value]:
    return {
        Field.NUMBER: number,
        Field.INDICATOR: layout.indicator_cell(measure.indicator),
        Field.TITLE: measure.title,
        Field.TIME_FRAME: measure.words,
        Field.RESPONSIBLE: measure.responsible,
        Field.BUDGET: measure.budget,
        Field.SUCCESS: measure.success,
        Field.WEIGHT: measure.weight,
        Field.NEEDS_EVIDENCE: layout.YES if measure.needs_evidence else layout.NO,
        Field.PRINTED_TIME_FRAME: measure.printed_words,
        Field.PRINTED_RESPONSIBLE: measure.printed_responsible,
    }


def _checked(measure: Measure, rows: Iterator[Mapping[Field, Value]]) -> Iterator[Mapping[Field, Value]]:
    for row in rows:
        _check([value for value in row.values() if isinstance(value, str)], measure.title)
        yield row


def _check(texts: Sequence[str], title: str) -> None:
    # A spreadsheet counts in units of UTF-16, in which an emoji is two.
    if any(len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT for text in texts):
        raise TooLongForACell(title)


def _cells(row: Mapping[Field, Value]) -> Row:
    return tuple(row.get(field) for field in Field)


def _book(plan: Plan, measures: Sheet, divisions: Sequence[str], say: Say) -> bytes:
    sheets = (
        Sheet(layout.PLAN, _head_columns(say), _head_rows(plan)),
        measures,
        Sheet(layout.SCORES, _score_columns(plan), _score_rows(plan), frozen_columns=1),
        Sheet(layout.FINDINGS, _finding_columns(), _finding_rows(plan), empty_rows=EMPTY_ROWS),
        meanings.sheet(say),
        meanings.examples(
            [Column(field, _WIDTHS[field], is_centred=field in _NUMBERS) for field in _FILLED_IN], plan.fiscal_year
        ),
        meanings.choices(divisions, plan.fiscal_year),
    )
    return write(*sheets, marks={layout.MARK: str(layout.VERSION)})


def _columns(fields: Sequence[Field], divisions: Sequence[str], year: int, say: Say) -> list[Column]:
    rules = meanings.rules(divisions, year)
    return [
        Column(one, _WIDTHS[one], hint(one, meanings.OF[one], say) | rules.get(one, {}), one in _NUMBERS)
        for one in fields
    ]


def _head_columns(say: Say) -> list[Column]:
    return [Column(layout.LABEL, 30), Column(layout.VALUE, 60, hint(layout.PLAN, meanings.HEAD, say))]


def _head_rows(plan: Plan) -> list[Row]:
    rounds = ", ".join(f"{day.day} {MONTHS[day.month - 1]} {buddhist_year(day)}" for day in plan.rounds)
    return [
        (Head.ORGANIZATION, plan.organization),
        (Head.PLAN_YEAR, plan.fiscal_year),
        (Head.ASSESSMENT_YEAR, plan.fiscal_year - 1),
        (Head.ROUNDS, rounds),
    ]


def _score_columns(plan: Plan) -> list[Column]:
    return [Column(layout.LABEL, 44), *(Column(f"{layout.YEAR_HEADING} {year}", 22) for year in _years(plan))]


def _years(plan: Plan) -> tuple[int, int]:
    return plan.fiscal_year - 2, plan.fiscal_year - 1


def _score_rows(plan: Plan) -> Iterator[Row]:
    years = _years(plan)
    scores = [(plan.scores or {}).get(year, {}) for year in years]
    labels = layout.score_labels()
    for key, label in labels.items():
        yield label, *(known.get(key) for known in scores)
        if key == "overall":
            yield layout.LEVEL, *((plan.levels or {}).get(year, "") for year in years)
    for key in dict.fromkeys(key for known in scores for key in known if key not in labels):
        instrument, _, code = key.partition(":")
        yield layout.item_label(Instrument(instrument), code), *(known.get(key) for known in scores)


def _finding_columns() -> list[Column]:
    widths = (24, 14, 18, 70, 70)
    return [Column(one, width) for one, width in zip(OfFinding, widths, strict=True)]


def _finding_rows(plan: Plan) -> Iterator[Row]:
    for one in plan.findings:
        _check([one.text, one.recommendation], one.text)
        items = ", ".join(one.items)
        yield layout.indicator_cell(one.indicator), str(one.instrument), items, one.text, one.recommendation
