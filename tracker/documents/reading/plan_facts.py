"""The sheets of a plan's workbook beside its measures: whose plan it is, the scores, the findings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.documents import plan_layout as layout
from tracker.documents.plan_layout import Head, OfFinding
from tracker.documents.reading.naming import instrument_named
from tracker.documents.reading.plan_cells import indicator as indicator_in
from tracker.documents.reading.refusals import UnreadableReport
from tracker.documents.reading.workbook_cells import Sheet, text_of
from tracker.domain.calendar import first_day, fiscal_year_of
from tracker.domain.consistency import Figure, LevelClaim, Subject
from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument, item_codes
from tracker.domain.scores import LEVEL_TH, read_score
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, read_date

MOST_ROWS = 1000  # of scores or findings; a report has about 60
_LEVELS = {word: level for level, word in LEVEL_TH.items()}
_YEAR = re.compile("25[0-9]{2}")
_SUBJECTS = {label: key for key, label in layout.score_labels().items()}
_ITEM = re.compile(r"(IIT|EIT1|EIT2|OIT) ข้อ ([a-z]?[0-9]{1,3})")
_BETWEEN = re.compile(r"[,،\s]+")
_CENT = Decimal("0.01")

Cells = list[str]


class UnreadableCell(UnreadableReport):
    """A cell that cannot be guessed at."""

    def __init__(self, sheet: str, row: int, written: str) -> None:
        super().__init__(
            N_("Sheet “%(sheet)s”, row %(row)s: “%(written)s” cannot be read. Correct it and send the file again."),
            sheet=sheet,
            row=row,
            written=written[:60],
        )


@dataclass(frozen=True)
class Facts:
    """What a workbook says beside its measures; a sheet that is missing says nothing. Years are พ.ศ. fiscal years."""

    organization: str = ""
    plan_year: int | None = None
    assessment_year: int | None = None
    rounds: tuple[date, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[LevelClaim, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def level(self) -> str:
        """The level of the year assessed, as printed."""
        levels = (one.level for one in self.claims if one.year == self.assessment_year)
        return next((LEVEL_TH[level] for level in levels), "")


def facts_of(sheets: Sequence[Sheet]) -> Facts:
    """
    Read the sheets known by their names.

    :raises UnreadableCell: if one of their cells cannot be read
    """
    named = {sheet.title: sheet for sheet in sheets}
    head = dict(_head(named.get(layout.PLAN)))
    scores = list(_scores(named.get(layout.SCORES)))
    plan_year = _year(head, Head.PLAN_YEAR)
    return Facts(
        organization=head.get(Head.ORGANIZATION, (0, ""))[1],
        plan_year=plan_year,
        assessment_year=_year(head, Head.ASSESSMENT_YEAR) or max((one.year for one in scores), default=None),
        rounds=tuple(_rounds(*head.get(Head.ROUNDS, (0, "")), plan_year)),
        figures=tuple(one for one in scores if isinstance(one, Figure)),
        claims=tuple(one for one in scores if isinstance(one, LevelClaim)),
        findings=tuple(_findings(named.get(layout.FINDINGS))),
    )


def _rows(sheet: Sheet | None) -> Iterator[tuple[int, Cells]]:
    if sheet is not None:
        for number, row in zip(range(1, MOST_ROWS + 1), sheet.iter_rows(values_only=True), strict=False):
            if any(value is not None for value in row):
                yield number, [text_of(value) for value in row]


def _head(sheet: Sheet | None) -> Iterator[tuple[str, tuple[int, str]]]:
    for number, cells in _rows(sheet):
        if len(cells) > 1:
            yield cells[0], (number, cells[1])


def _year(head: Mapping[str, tuple[int, str]], label: Head) -> int | None:
    row, written = head.get(label, (0, ""))
    if not written:
        return None
    found = _YEAR.search(arabic_digits(written))
    if not found:
        raise UnreadableCell(layout.PLAN, row, written)
    return int(found[0])


def _rounds(row: int, written: str, plan_year: int | None) -> Iterator[date]:
    today = first_day(plan_year) if plan_year else date(2000, 1, 1)  # only for days without a year
    for part in filter(str.strip, re.split("[,;\n]", written)):
        try:
            day = read_date(part, today=today)
        except Refusal:
            raise UnreadableCell(layout.PLAN, row, part) from None
        if plan_year and fiscal_year_of(day) != plan_year:
            raise UnreadableCell(layout.PLAN, row, part)
        yield day


def _scores(sheet: Sheet | None) -> Iterator[Figure | LevelClaim]:
    years: dict[int, int] = {}
    for number, cells in _rows(sheet):
        if not years:
            years = {at: int(found[0]) for at, cell in enumerate(cells) if at and (found := _YEAR.search(cell))}
            continue
        for at, year in years.items():
            written = cells[at] if at < len(cells) else ""
            if written:
                yield _score(cells[0], written, year, number)


def _score(label: str, written: str, year: int, row: int) -> Figure | LevelClaim:
    if label == layout.LEVEL and written in _LEVELS:
        return LevelClaim(year, _LEVELS[written])
    subject, score = _subject(label), read_score(written)
    if subject is None or score is None:
        raise UnreadableCell(layout.SCORES, row, f"{label}: {written}")
    exponent = score.as_tuple().exponent
    # A spreadsheet keeps 95.50 as 95.5; scores are printed with two decimals.
    return Figure(subject, year, score.quantize(_CENT) if isinstance(exponent, int) and exponent > -2 else score)


def _subject(label: str) -> Subject | None:
    if item := _ITEM.fullmatch(label):
        number = next((one.number for one in INDICATORS if item[2] in item_codes(one.number)), None)
        return Subject(Instrument(item[1]), number, item[2])
    key = _SUBJECTS.get(label)
    if key is None or key == "overall":
        return None if key is None else Subject()
    kind, _, number_text = key.partition(":")
    return Subject(indicator=int(number_text)) if number_text else Subject(Instrument(kind))


def _findings(sheet: Sheet | None) -> Iterator[Finding]:
    places: dict[OfFinding, int] = {}
    for number, cells in _rows(sheet):
        if not places:
            places = {one: cells.index(one) for one in OfFinding if one in cells}
            continue
        found = {one: cells[at] if at < len(cells) else "" for one, at in places.items()}
        if any(found.values()):
            yield _finding(found, number)


def _finding(found: Mapping[OfFinding, str], row: int) -> Finding:
    number = indicator_in(found.get(OfFinding.INDICATOR, ""))
    if number is None:
        raise UnreadableCell(layout.FINDINGS, row, found.get(OfFinding.INDICATOR, ""))
    named = found.get(OfFinding.INSTRUMENT, "")
    instrument = instrument_named(named, part="1") if named else INDICATORS[number - 1].instrument
    if instrument is None:
        raise UnreadableCell(layout.FINDINGS, row, named)
    items = arabic_digits(found.get(OfFinding.ITEMS, "")).lower()
    return Finding(
        indicator=number,
        instrument=instrument,
        items=tuple(filter(None, _BETWEEN.split(items))),
        text=found.get(OfFinding.TEXT, ""),
        recommendation=found.get(OfFinding.RECOMMENDATION, ""),
    )
