"""How printed scores depend on each other, as inequalities between what stands behind the figures."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from tracker.domain.consistency.figures import Figure
from tracker.domain.consistency.inequalities import Inequality
from tracker.domain.indicators import EIT, INDICATORS, Instrument, item_codes, numbers
from tracker.domain.scores import WEIGHTS

# Scores are counted in millionths so that everything stays whole and exact.
UNIT = 1_000_000
_HALF_CENT = UNIT // 200
_FULL = 100 * UNIT


class Quantity(NamedTuple):
    """A score of a year, or its difference from another year's; every printing of it says the same."""

    year: int
    instrument: str = ""
    indicator: int = 0
    item: str = ""
    minus_year: int = 0

    @property
    def rank(self) -> int:
        """Return how much rests on it, from 0 for an item to 4 for the overall score."""
        if self.indicator:
            return 0 if self.item else 1 if self.instrument else 2
        return 3 if self.instrument else 4


class Group(NamedTuple):
    """All printings of a quantity that give the same value: they are right or wrong together."""

    quantity: Quantity
    value: Decimal


Relation = Mapping[Quantity, int]
"""Factors whose sum over their quantities is zero."""


def group_of(figure: Figure) -> Group:
    """Return what the figure says, however it names its subject."""
    subject = figure.subject
    shared = bool(subject.indicator) and not subject.item and subject.instrument not in EIT
    instrument = subject.instrument.value if subject.instrument and not shared else ""
    quantity = Quantity(figure.year, instrument, subject.indicator or 0, subject.item, figure.minus_year or 0)
    return Group(quantity, figure.printed)


def relations(quantities: Iterable[Quantity]) -> list[Relation]:
    """Return what ties these quantities, and the unprinted ones between them, together (DESIGN 2, Scores)."""
    printed = set(quantities)
    years = sorted({year for one in printed for year in (one.year, one.minus_year) if year})
    found = [relation for year in years for relation in _relations_of(year, printed)]
    return found + [_difference(one) for one in sorted(printed) if one.minus_year]


def _relations_of(year: int, printed: set[Quantity]) -> Iterator[Relation]:
    overall = {Quantity(year, instrument.value): int(100 * weight) for instrument, weight in WEIGHTS.items()}
    yield _sum(Quantity(year), overall)
    for instrument in Instrument:
        yield _mean(
            Quantity(year, instrument.value),
            [_part(year, instrument, number) for number in numbers([instrument])],
        )
    for one in INDICATORS:
        if one.instrument in EIT:
            yield _mean(Quantity(year, "", one.number), [_part(year, part, one.number) for part in EIT])
        for instrument in one.instruments:
            items = [Quantity(year, instrument.value, one.number, code) for code in item_codes(one.number)]
            if printed.intersection(items):
                yield _mean(_part(year, instrument, one.number), items)


def _part(year: int, instrument: Instrument, number: int) -> Quantity:
    """Return the indicator as one instrument measures it: the whole of it, or in EIT one of its two parts."""
    return Quantity(year, instrument.value if instrument in EIT else "", number)


def _mean(whole: Quantity, parts: list[Quantity]) -> Relation:
    return _sum(whole, dict.fromkeys(parts, 1))


def _sum(whole: Quantity, weights: Mapping[Quantity, int]) -> Relation:
    return {whole: sum(weights.values())} | {part: -weight for part, weight in weights.items()}


def _difference(one: Quantity) -> Relation:
    this_year = one._replace(minus_year=0)
    return {one: 1, this_year: -1, this_year._replace(year=one.minus_year): 1}


def inequalities(
    relations: Iterable[Relation], values: Mapping[Quantity, Group], *, rounding: bool
) -> Iterator[Inequality[Group]]:
    """
    Yield what must hold if the quantities have these values; the others are unknown.

    A printed value stands, in each relation anew, for anything that rounds to it (half up): a report may be
    computed from rounded or from unrounded scores. With `rounding` unknown scores may be rounded between too.
    """
    unknown: dict[Quantity, None] = {}
    for relation in relations:
        for sign in (1, -1):
            yield _half(relation, values, sign, _HALF_CENT if rounding else 0)
        unknown |= dict.fromkeys(one for one in relation if one not in values)
    for one in unknown:
        yield Inequality({one: 1}, _FULL)
        yield Inequality({one: -1}, _FULL if one.minus_year else 0)
    for group in values.values():
        low, high = _interval(group)
        yield Inequality({}, high - low, frozenset({group}))


def _half(relation: Relation, values: Mapping[Quantity, Group], sign: int, slack: int) -> Inequality[Group]:
    """Return one direction of an equation: the sum, as small as the values allow, is not above zero."""
    factors: dict[Hashable, int] = {}
    bound, reasons = 0, set()
    for one, factor in relation.items():
        if one not in values:
            factors[one] = sign * factor
            bound += slack * abs(factor)
            continue
        low, high = _interval(values[one])
        bound -= sign * factor * (low if sign * factor > 0 else high)
        reasons.add(values[one])
    return Inequality(factors, bound, frozenset(reasons))


def _interval(group: Group) -> tuple[int, int]:
    """Return the least and greatest score that prints as the value; the least is above if there is none."""
    middle = int(group.value * UNIT)
    low, high = middle - _HALF_CENT, middle + _HALF_CENT - 1
    return max(low, -_FULL if group.quantity.minus_year else 0), min(high, _FULL)
