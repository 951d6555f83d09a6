"""Finding the misprints: the fewest figures whose correction lets all the others be true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from tracker.domain.consistency.explanations import explanations
from tracker.domain.consistency.figures import Figure, Source
from tracker.domain.consistency.inequalities import conflicts, extent
from tracker.domain.consistency.relations import (
    UNIT,
    Group,
    Quantity,
    Relation,
    group_of,
    inequalities,
    relations,
)
from tracker.domain.scores import rounded

Range = tuple[Decimal, Decimal]
"""The least and the greatest printed value, both inclusive."""

# What it costs to call a printing wrong. The number of printings decides; among equals the detail gives way
# to the headline, and the sentence to the table.
_COSTS = {Source.TEXT: 90, Source.HEADING: 100, Source.DETAIL: 100}
_TABLE_COSTS = (100, 100, 120, 130, 140)  # by rank
_DIFFERENCE_COST = 100

_KNOWN = Decimal("0.04")  # a value known to ±0.02 counts as known


@dataclass(frozen=True)
class Misprint:
    """
    A printed value that cannot stand beside the others.

    `expected` is what would agree, `against` holds the figures that speak against it. It is `certain` unless
    another figure, doubted as well, may be the wrong one instead.
    """

    group: Group
    expected: Range
    against: frozenset[Group]
    certain: bool


def misprints(figures: Iterable[Figure]) -> tuple[Misprint, ...]:
    """Return the misprints among a report's figures; none if unrounded values could give all of them."""
    costs: dict[Group, int] = {}
    for figure in figures:
        group = group_of(figure)
        costs[group] = costs.get(group, 0) + _cost(figure)
    ties = relations(group.quantity for group in costs)

    def conflicts_without(doubted: frozenset[Group]) -> set[frozenset[Group]]:
        return _conflicts(ties, [group for group in costs if group not in doubted])

    found: dict[Group, Misprint] = {}
    wrong = explanations(costs, conflicts_without)
    for doubted in wrong:
        kept = {group.quantity: group for group in costs if group not in doubted}
        for group, expected in _corrections(doubted, kept, ties).items():
            against = frozenset().union(*conflicts_without(doubted - {group})) - {group}
            certain = all(group in other for other in wrong)
            found.setdefault(group, Misprint(group, expected, against, certain))
    return tuple(found.values())


def _cost(figure: Figure) -> int:
    if figure.minus_year:
        return min(_DIFFERENCE_COST, _COSTS.get(figure.source, _DIFFERENCE_COST))
    return _COSTS.get(figure.source, _TABLE_COSTS[group_of(figure).quantity.rank])


def _conflicts(ties: list[Relation], groups: list[Group]) -> set[frozenset[Group]]:
    """Return some sets of these groups that cannot all be right."""
    by_quantity: dict[Quantity, list[Group]] = {}
    for group in groups:
        by_quantity.setdefault(group.quantity, []).append(group)
    unequal = {frozenset(pair) for same in by_quantity.values() for pair in combinations(same, 2)}
    values = {group.quantity: group for group in groups}
    return unequal or conflicts(inequalities(ties, values, rounding=True))


def _corrections(doubted: Iterable[Group], kept: Mapping[Quantity, Group], ties: list[Relation]) -> dict[Group, Range]:
    """Return what the doubted should have said; totals first, for a known one helps to find its parts."""
    values = dict(kept)
    expected: dict[Group, Range] = {}
    for group in sorted(doubted, key=lambda one: (-one.quantity.rank, one)):
        if group.quantity in values:
            value = values[group.quantity].value
            expected[group] = (value, value)
            continue
        low, high = expected[group] = _range(group.quantity, values, ties)
        middle = Group(group.quantity, rounded((low + high) / 2))
        if high - low <= _KNOWN and not _conflicts(ties, [*values.values(), middle]):
            values[group.quantity] = middle
            expected[group] = (middle.value, middle.value)
    return expected


def _range(quantity: Quantity, values: Mapping[Quantity, Group], ties: list[Relation]) -> Range:
    """Return which printed values would agree, if possible with scores that were not rounded on the way."""
    strict = list(inequalities(ties, values, rounding=False))
    fitting = inequalities(ties, values, rounding=True) if conflicts(strict) else strict
    low, high = extent(quantity, fitting)
    return rounded(Decimal(low) / UNIT), rounded(Decimal(high) / UNIT)
