"""Inequalities between unknowns: which of them cannot hold together, and how far an unknown can go."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import gcd
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)

_MOST_ROWS = 20


@dataclass(frozen=True)
class Inequality(Generic[G]):
    """The sum of `factors` times their unknowns is at most `bound`; `reasons` are what this rests on."""

    factors: Mapping[Hashable, int]
    bound: int
    reasons: frozenset[G] = frozenset()


def conflicts(inequalities: Iterable[Inequality[G]]) -> set[frozenset[G]]:
    """
    Return sets of reasons that cannot all hold; none if some values of the unknowns satisfy everything.

    Not every conflict is returned, only those met first. Unknowns are eliminated one by one (Fourier and
    Motzkin's method: exact, and quick for the few unknowns of a report).
    """
    every = list(inequalities)
    broken = {row.reasons for row in every if not row.factors and row.bound < 0}
    return broken.union(*(_conflicts_of_part(part) for part in _parts(every)))


def _conflicts_of_part(rows: list[Inequality[G]]) -> set[frozenset[G]]:
    rows = _tightest(rows)
    while (unknown := _easiest(rows)) is not None:
        rows = _without(unknown, rows)
        if broken := {row.reasons for row in rows if not row.factors and row.bound < 0}:
            return broken
    return set()


def extent(unknown: Hashable, inequalities: Iterable[Inequality[G]]) -> tuple[int, int]:
    """Return the least and greatest whole value of an unknown that inequalities without conflict bound."""
    rows = _tightest(next(part for part in _parts(inequalities) if any(unknown in row.factors for row in part)))
    while (other := _easiest(rows, keep=unknown)) is not None:
        rows = _without(other, rows)
    bounds = [(row.factors[unknown], row.bound) for row in rows if row.factors]
    least = max(-(bound // -factor) for factor, bound in bounds if factor < 0)
    return least, min(bound // factor for factor, bound in bounds if factor > 0)


def _parts(rows: Iterable[Inequality[G]]) -> list[list[Inequality[G]]]:
    """Sort the rows with unknowns into parts that share none, for each part is quickly solved alone."""
    parts: list[tuple[set[Hashable], list[Inequality[G]]]] = []
    for row in rows:
        if not row.factors:
            continue
        touching = [part for part in parts if not part[0].isdisjoint(row.factors)]
        if len(touching) == 1:
            touching[0][0].update(row.factors)
            touching[0][1].append(row)
            continue
        parts = [part for part in parts if part[0].isdisjoint(row.factors)]
        unknowns = set(row.factors).union(*(part[0] for part in touching))
        parts.append((unknowns, [*(one for part in touching for one in part[1]), row]))
    return [members for _, members in parts]


def _tightest(rows: Iterable[Inequality[G]]) -> list[Inequality[G]]:
    """
    Leave out what follows from the rest, so that elimination does not drown in rows.

    Of rows that differ in their bound alone one is kept, unless they are conflicts, which all stay. Rows of
    several unknowns that the bounds of each unknown already imply are left out.
    """
    kept: dict[object, Inequality[G]] = {}
    for row in rows:
        key = frozenset(row.factors.items()) or (row.reasons, row.bound < 0)
        if key not in kept or row.bound < kept[key].bound:
            kept[key] = row
    greatest: dict[tuple[Hashable, bool], int] = {}
    for row in kept.values():
        if len(row.factors) == 1:
            ((unknown, factor),) = row.factors.items()
            side, bound = (unknown, factor > 0), -(-row.bound // abs(factor))
            greatest[side] = min(bound, greatest.get(side, bound))
    return [row for row in kept.values() if len(row.factors) < 2 or not _implied(row, greatest)]


def _implied(row: Inequality[G], greatest: Mapping[tuple[Hashable, bool], int]) -> bool:
    """Return whether the row holds for all values within the bounds of each unknown."""
    total = 0
    for unknown, factor in row.factors.items():
        if (unknown, factor > 0) not in greatest:
            return False
        total += abs(factor) * greatest[unknown, factor > 0]
    return total <= row.bound


def _easiest(rows: list[Inequality[G]], keep: Hashable = None) -> Hashable | None:
    """Return the unknown whose elimination leaves the fewest inequalities."""
    below: dict[Hashable, int] = {}
    above: dict[Hashable, int] = {}
    for row in rows:
        for unknown, factor in row.factors.items():
            side = above if factor > 0 else below
            side[unknown] = side.get(unknown, 0) + 1
    unknowns = dict.fromkeys([*below, *above])
    unknowns.pop(keep, None)
    return min(unknowns, key=lambda one: below.get(one, 0) * above.get(one, 0), default=None)


def _without(unknown: Hashable, rows: list[Inequality[G]]) -> list[Inequality[G]]:
    free = [row for row in rows if unknown not in row.factors]
    above = _simplest(row for row in rows if row.factors.get(unknown, 0) > 0)
    below = _simplest(row for row in rows if row.factors.get(unknown, 0) < 0)
    return _tightest([*free, *(_sum(unknown, low, high) for low in below for high in above)])


def _simplest(rows: Iterable[Inequality[G]]) -> list[Inequality[G]]:
    """Give up inequalities that only a hopeless report has; what is given up can hide a conflict, not make one."""
    return sorted(rows, key=lambda row: len(row.factors))[:_MOST_ROWS]


def _sum(unknown: Hashable, low: Inequality[G], high: Inequality[G]) -> Inequality[G]:
    """Add two inequalities so that the unknown drops out."""
    times_low, times_high = high.factors[unknown], -low.factors[unknown]
    factors = {
        one: times_low * low.factors.get(one, 0) + times_high * high.factors.get(one, 0)
        for one in dict.fromkeys((*low.factors, *high.factors))
    }
    factors = {one: factor for one, factor in factors.items() if factor}
    bound = times_low * low.bound + times_high * high.bound
    common = gcd(*factors.values()) or 1
    # Rounding up loosens the bound by less than one unit: a doubt is never made by it.
    return Inequality(
        {one: factor // common for one, factor in factors.items()},
        -(-bound // common),
        low.reasons | high.reasons,
    )
