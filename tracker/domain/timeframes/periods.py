"""Periods of a time frame: its months, quarters and rounds with years filled in and glosses folded into them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.calendar import first_day, last_day, month_end, months_of
from tracker.domain.thai import BE_OFFSET
from tracker.domain.timeframes.grammar import Aside, Dated, Named, Part, Unclear, When, Year


@dataclass(frozen=True)
class Period:
    """First and last day, both included, and how the phrase said it."""

    starts_on: date
    ends_on: date
    is_span: bool
    has_year: bool
    is_named: bool = False  # by quarter, round or fiscal year rather than by months
    is_round: bool = False
    is_day: bool = False  # single days rather than whole months
    is_glossed: bool = False  # "ไตรมาส ๑ (ต.ค. - ธ.ค.)": said twice, and the two agreed

    @property
    def months(self) -> int:
        """How many months the period touches."""
        years = self.ends_on.year - self.starts_on.year
        return years * 12 + self.ends_on.month - self.starts_on.month + 1

    def is_within(self, fiscal_year: int) -> bool:
        """Say whether the whole period lies in a fiscal year (พ.ศ.)."""
        return first_day(fiscal_year) <= self.starts_on and self.ends_on <= last_day(fiscal_year)


def year_of(parts: Sequence[Part], fiscal_year: int) -> tuple[int, bool]:
    """
    Return the fiscal year that the phrase gives to all of its parts, else the plan's, and whether it gave it.

    :raises Unclear: if it gives two, or a calendar year alone that is not the plan's
    """
    alone = [part for part in parts if isinstance(part, Year)]
    has_dates = any(isinstance(part, Dated) for part in parts)
    if any(not part.is_fiscal and (has_dates or part.year != fiscal_year) for part in alone):
        raise Unclear(parts)
    given = {part.year for part in parts if isinstance(part, Year | Named) and part.year is not None}
    if len(given) > 1:
        raise Unclear(parts)
    return next(iter(given), fiscal_year), bool(given)


def periods_of(parts: Sequence[Part], fiscal_year: int) -> list[Period]:
    """
    Return the periods that the parts name, in their order.

    :raises Unclear: if two of them contradict each other
    :raises ValueError: if no calendar has such a day
    """
    year, is_given = year_of(parts, fiscal_year)
    dated = iter(_with_years([part for part in parts if isinstance(part, Dated)], year))
    found: list[Period | None] = []
    for part in parts:
        if isinstance(part, Dated):
            found.append(next(dated))
        elif isinstance(part, Named):
            found.append(_named(part, year, has_year=is_given))
        elif isinstance(part, Aside) and part.name == "label":
            found.append(None)
    periods = _folded(found)
    if is_given and not all(period.is_glossed or period.is_within(year) for period in periods):
        raise Unclear(parts)
    return periods


def _named(part: Named, year: int, has_year: bool) -> Period:
    months = months_of(year)
    return Period(
        months[part.first],
        month_end(months[part.last]),
        is_span=part.is_span,
        has_year=has_year,
        is_named=True,
        is_round=part.is_round,
    )


def _with_years(dated: Sequence[Dated], fiscal_year: int) -> list[Period]:
    whens = [when for part in dated for when in (part.first, part.last)]
    has_year = any(when.year for when in whens)
    if not has_year:
        whens = [replace(when, year=fiscal_year - (when.month >= 10)) for when in whens]
    for index in reversed(range(len(whens) - 1)):
        whens[index] = _beside(whens[index], whens[index + 1], step=-1)
    for index in range(1, len(whens)):
        whens[index] = _beside(whens[index], whens[index - 1], step=1)
    ends = zip(whens[::2], whens[1::2], strict=True)
    return [_dated(part, *pair, has_year=has_year) for part, pair in zip(dated, ends, strict=True)]


def _beside(when: When, neighbour: When, *, step: int) -> When:
    """Give the neighbour's year; Oct before "Mar 69" is in 68, so that both lie in one fiscal year."""
    if when.year is not None or neighbour.year is None:
        return when
    is_in_order = (neighbour.month - when.month) * step <= 0
    crosses = not is_in_order and (when.month >= 10) != (neighbour.month >= 10)
    return replace(when, year=neighbour.year + (step if crosses else 0))


def _dated(part: Dated, first: When, last: When, *, has_year: bool) -> Period:
    starts_on = date((first.year or 0) - BE_OFFSET, first.month, first.day or 1)
    ends_on = date((last.year or 0) - BE_OFFSET, last.month, last.day or 1)
    if last.day is None:
        ends_on = month_end(ends_on)
    if starts_on > ends_on:
        raise Unclear(part)
    return Period(starts_on, ends_on, is_span=part.is_span, has_year=has_year, is_day=last.day is not None)


def _folded(found: Sequence[Period | None]) -> list[Period]:
    """Fold a label, a None before its period ("รอบที่ ๑ ภายใน…"), and a gloss into one period."""
    periods: list[Period | None] = []
    for period in found:
        previous = periods[-1] if periods else None
        if periods and previous is None:
            if period is None or period.is_named:
                raise Unclear(found)
            periods[-1] = replace(period, is_span=False, is_glossed=True)
        elif period and previous and _are_one(previous, period):
            periods[-1] = _agreed(*((previous, period) if previous.is_named else (period, previous)))
        else:
            periods.append(period)
    if None in periods:
        raise Unclear(found)
    return [period for period in periods if period]


def _are_one(one: Period, other: Period) -> bool:
    return one.is_named != other.is_named and not one.is_glossed and not other.is_glossed


def _agreed(named: Period, dated: Period) -> Period:
    """Return what a name and its dates say together; the dates' own year is the stronger one."""
    if not dated.is_span:
        return _agreed_day(named, dated)
    is_whole = dated.starts_on.day == 1 and dated.ends_on == month_end(dated.ends_on)
    is_same = dated.months == named.months and (named.is_round or dated.ends_on.month == named.ends_on.month)
    if not (is_whole and is_same) or (named.has_year and dated.has_year and dated.ends_on != named.ends_on):
        raise Unclear(named, dated)
    return replace(named, starts_on=dated.starts_on, ends_on=dated.ends_on, is_glossed=True)


def _agreed_day(named: Period, dated: Period) -> Period:
    """Return a round with the day it is reported on: in its last month, or in the month after."""
    months_after = (dated.ends_on.month - named.ends_on.month) % 12
    expected = named.ends_on.year + (named.ends_on.month + months_after > 12)
    years = dated.ends_on.year - expected
    if named.is_span or months_after > 1 or (named.has_year and dated.has_year and years):
        raise Unclear(named, dated)
    starts_on, ends_on = named.starts_on, dated.ends_on
    if dated.has_year:
        starts_on = starts_on.replace(year=starts_on.year + years)
    else:
        ends_on = ends_on.replace(year=expected)
    return replace(named, starts_on=starts_on, ends_on=ends_on, is_glossed=True)
