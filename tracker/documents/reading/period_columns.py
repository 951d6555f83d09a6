"""Columns of quarters, months or half-years with marks in their cells → the time frame in words."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.documents.reading.naming import squeezed
from tracker.documents.reading.rows import Row
from tracker.domain.thai import MONTH_NUMBERS, MONTHS_SHORT

OCTOBER = 10
_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|Q)([1-4])(?:/(?P<year>25\d\d))?(?:\(?[ก-๎.\d–-]*\)?)?", re.IGNORECASE)
_HALF = re.compile(r"(?:รอบ)?(?:6เดือน(แรก|หลัง|ที่[12])|ครึ่งปี(แรก|หลัง))")
_MONTH = re.compile(r"(?:เดือน)?(?P<name>[A-Za-zก-๎.]+?)\.?(?P<year>25\d\d|\d\d)?")
_FISCAL_YEAR = re.compile(r"(?:ประจำ)?(?:ปี)?งบประมาณ(?:พ\.?ศ\.?)?(25\d\d)")
_CALENDAR_YEAR = re.compile(r"(?:ปี)?(?:พ\.?ศ\.?)?(25\d\d)")
_NONE = frozenset({"", "-", "–", "—", "0", "ไม่มี"})
# A double arrow may reach over any number of columns, but only its first cell says so.
_ARROW = re.compile(r"[<>←→↔⟵⟶⟷⇔⇠⇢\-–—=─━]*[<>←→↔⟵⟶⟷⇔⇠⇢][<>←→↔⟵⟶⟷⇔⇠⇢\-–—=─━]*")


@dataclass(frozen=True, order=True)
class Period:
    """A part of the fiscal year: its first month, 0 (October) to 11, and how many there are (1, 3 or 6)."""

    first: int
    months: int

    @property
    def name(self) -> str:
        if self.months == 3:
            return f"ไตรมาส {self.first // 3 + 1}"
        if self.months == 6:
            return "6 เดือนหลัง" if self.first else "6 เดือนแรก"
        return MONTHS_SHORT[(OCTOBER - 1 + self.first) % 12]


PeriodColumns = Mapping[int, Period]


@dataclass(frozen=True)
class Marks:
    """The periods a row marks. `is_open`: an arrow leaves open how far it reaches."""

    periods: frozenset[Period] = frozenset()
    is_open: bool = False


class Schedule:
    """The period columns of one table, as its heading rows tell them one after the other."""

    def __init__(self, heading: Row = ()) -> None:
        self._headings = [heading]
        self.columns = period_columns(heading)

    def takes(self, row: Row) -> bool:
        """Take the row if it is a further heading row of nothing but periods and years, and say whether it is."""
        if not _is_of_periods(row, self._headings[-1]):
            return False
        self.columns = period_columns(row, self._headings[-1]) or self.columns
        self._headings.append(row)
        return True

    def is_headed(self, heading: Row) -> bool:
        """Say whether this is the first of its heading rows again, as on the next page."""
        return [squeezed(cell) for cell in heading] == [squeezed(cell) for cell in self._headings[0]]

    def in_words(self, marks: Iterable[Marks]) -> str:
        """Return the time frame that the marks of a measure's rows say together."""
        found = list(marks)
        periods = {period for one in found for period in one.periods}
        return in_words(periods, year=_year_of(self._headings), is_open=any(one.is_open for one in found))


def period_columns(row: Row, above: Row = ()) -> PeriodColumns:
    """
    Return which columns of a heading row stand for quarters, months or half-years, or none.

    :param above: the heading row over it; under ไตรมาส the numbers 1 to 4 are enough
    """
    is_of_quarters = any("ไตรมาส" in squeezed(cell) for cell in above)
    found = {at: period for at, cell in enumerate(row) if (period := _period(squeezed(cell), is_of_quarters))}
    is_one_kind = len({period.months for period in found.values()}) == 1
    return found if is_one_kind and len(set(found.values())) == len(found) > 1 else {}


def marks_of(row: Row, columns: PeriodColumns) -> Marks:
    """Return what a row marks in its period columns."""
    cells = {at: squeezed(row[at]) for at in columns if at < len(row)}
    filled = {at for at, cell in cells.items() if cell not in _NONE}
    arrows = [at for at in filled if _ARROW.fullmatch(cells[at])]
    if len(arrows) == 2 and len(filled) == 2:  # from where to where
        filled = {at for at in columns if min(arrows) <= at <= max(arrows)}
    return Marks(frozenset(columns[at] for at in filled), is_open=len(arrows) == len(filled) == 1)


def in_words(periods: Collection[Period], *, year: int | None, is_open: bool = False) -> str:
    """
    Return the periods as officials write a time frame: ไตรมาส 1 - 2 ปีงบประมาณ พ.ศ. 2569.

    Periods that follow each other are one stretch, others are listed; all of the year are the whole year. Where only
    the beginning is known (`is_open`) the words say so, and a person decides.
    """
    if not periods:
        return ""
    of_year = f"ปีงบประมาณ พ.ศ. {year}" if year else "ปีงบประมาณ"
    found = sorted(periods)
    ends = found[-1].first + found[-1].months
    is_stretch = ends - found[0].first == sum(period.months for period in found)
    if is_open:
        words = f"ตั้งแต่ {found[0].name}"
    elif is_stretch and ends - found[0].first == 12:
        return f"ตลอด{of_year}"
    elif len(found) == 1:
        words = found[0].name
    elif is_stretch:
        words = f"{found[0].name} - {found[-1].name.removeprefix('ไตรมาส ')}"
    else:
        words = f"{', '.join(period.name for period in found[:-1])} และ {found[-1].name}"
    return f"{words} {of_year}" if year else words


def _is_of_periods(row: Row, above: Row) -> bool:
    written = [squeezed(cell) for cell in row if cell.strip()]
    known = [text for text in written if _CALENDAR_YEAR.fullmatch(text) or _FISCAL_YEAR.fullmatch(text)]
    return bool(written) and len(known) + len(period_columns(row, above)) == len(written)


def _year_of(rows: Sequence[Row]) -> int | None:
    """Return the fiscal year (พ.ศ.) that heading rows name: ปีงบประมาณ, a year beside a month, else the last year."""
    texts = [squeezed(cell) for row in rows for cell in row]
    if fiscal := [int(found[1]) for text in texts if (found := _FISCAL_YEAR.search(text))]:
        return max(fiscal)
    dated = [year for text in texts if (year := _year_beside(text))]
    years = [int(found[1]) for text in texts if (found := _CALENDAR_YEAR.fullmatch(text))]
    return max(dated + years, default=None)


def _period(heading: str, is_of_quarters: bool) -> Period | None:
    if (quarter := _QUARTER.fullmatch(heading)) or (is_of_quarters and re.fullmatch("[1-4]", heading)):
        number = int(quarter[1] if quarter else heading)
        return Period(3 * (number - 1), 3)
    if half := _HALF.fullmatch(heading):
        return Period(6 if (half[1] or half[2]) in ("หลัง", "ที่2") else 0, 6)
    month = _MONTH.fullmatch(heading)
    number = MONTH_NUMBERS.get(month["name"].replace(".", "").lower(), 0) if month else 0
    return Period((number - OCTOBER) % 12, 1) if number else None


def _year_beside(heading: str) -> int | None:
    """Return the fiscal year of a heading that names a month or quarter with its year: ต.ค. 68 lies in 2569."""
    if (quarter := _QUARTER.fullmatch(heading)) and quarter["year"]:
        return int(quarter["year"])
    month = _MONTH.fullmatch(heading)
    number = MONTH_NUMBERS.get(month["name"].replace(".", "").lower()) if month and month["year"] else None
    if month is None or number is None:
        return None
    year = int(month["year"]) + (2500 if len(month["year"]) == 2 else 0)
    return year + (number >= OCTOBER)
