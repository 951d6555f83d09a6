"""The cheapest ways to end conflicts: which few things to give up so that all the others can hold."""

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice, product
from typing import TypeVar

G = TypeVar("G", bound=Hashable)
Places = frozenset[int]

_MOST_EXPLANATIONS = 8
# Beyond these the matter is hopeless: a report with dozens of misprints gets a good answer soon, not the best one.
_MOST_STATES = 200
_MOST_ROUNDS = 20


def explanations(
    costs: Mapping[G, int], conflicts_without: Callable[[frozenset[G]], set[frozenset[G]]]
) -> list[frozenset[G]]:
    """
    Return the cheapest sets of things to give up so that no conflict is left; several if they cost the same.

    `conflicts_without` returns some conflicts that remain when a set is given up, each a set of things that cannot
    all stay. Conflicts are collected until the cheapest sets that touch them all leave none: the method of
    implicit hitting sets.
    """
    things = list(costs)
    places = {thing: place for place, thing in enumerate(things)}
    prices = list(costs.values())

    def left_without(given_up: Places) -> set[Places]:
        found = conflicts_without(frozenset(things[place] for place in given_up))
        return {frozenset(places[thing] for thing in conflict) for conflict in found}

    return [frozenset(things[place] for place in one) for one in _search(prices, left_without)]


def _search(prices: Sequence[int], left_without: Callable[[Places], set[Places]]) -> list[Places]:
    known: set[Places] = set()
    settled: set[Places] = set()
    choices: list[Places] = [frozenset()]
    for _ in range(_MOST_ROUNDS):
        untested = next((one for one in choices if one not in settled), None)
        if untested is None:
            return choices
        found = _separate_conflicts(untested, left_without)
        if not found:
            settled.add(untested)
            continue
        known |= found
        choices = _cheapest_hits(known, prices)
    return [_without_more(choices[0], prices, left_without)]


def _separate_conflicts(given_up: Places, left_without: Callable[[Places], set[Places]]) -> set[Places]:
    """Return conflicts that are left, going on past each to those that have nothing to do with it."""
    found: set[Places] = set()
    while new := left_without(given_up.union(*found)):
        found |= new
    return found


def _without_more(given_up: Places, prices: Sequence[int], left_without: Callable[[Places], set[Places]]) -> Places:
    """Give up the cheapest of each conflict left until none is."""
    while left := left_without(given_up):
        given_up |= {min(conflict, key=lambda place: (prices[place], place)) for conflict in left}
    return given_up


def _cheapest_hits(sets: Iterable[Places], prices: Sequence[int]) -> list[Places]:
    """Return the cheapest choices that touch every set; parts that share nothing are solved apart."""
    ordered = sorted(sets, key=lambda one: (len(one), sorted(one)))
    parts = [_cheapest_hits_of_part(part, prices) for part in _parts(ordered)]
    return [frozenset().union(*choice) for choice in islice(product(*parts), _MOST_EXPLANATIONS)]


def _parts(sets: Iterable[Places]) -> list[list[Places]]:
    """Sort sets into parts so that sets of different parts share nothing."""
    parts: list[tuple[Places, list[Places]]] = []
    for one in sets:
        touching = [part for part in parts if part[0] & one]
        parts = [part for part in parts if not part[0] & one]
        elements = one.union(*(part[0] for part in touching))
        parts.append((elements, [member for part in touching for member in part[1]] + [one]))
    return [members for _, members in parts]


def _cheapest_hits_of_part(sets: list[Places], prices: Sequence[int]) -> list[Places]:
    """Search best first: the price so far and a lower bound of what is still to pay (A*)."""
    states: list[tuple[int, int, list[int]]] = [(_still_to_pay(sets, prices), 0, [])]
    seen: set[Places] = {frozenset()}
    best: list[Places] = []
    price_of_best = 0
    while states and len(best) < _MOST_EXPLANATIONS:
        price, _, chosen = heapq.heappop(states)
        if best and price > price_of_best:
            break
        untouched = [one for one in sets if not one.intersection(chosen)]
        if not untouched:
            best.append(frozenset(chosen))
            price_of_best = price
            continue
        if len(seen) > _MOST_STATES:
            states, seen = [], set()  # commit to the most promising choice
        larger = {frozenset((*chosen, place)) for place in untouched[0]} - seen
        seen |= larger
        for one in larger:
            left = [other for other in untouched if not other & one]
            estimate = sum(prices[place] for place in one) + _still_to_pay(left, prices)
            heapq.heappush(states, (estimate, -len(one), sorted(one)))
    return best


def _still_to_pay(sets: list[Places], prices: Sequence[int]) -> int:
    """Return a lower bound: sets that share nothing each cost at least their cheapest member."""
    paid: Places = frozenset()
    total = 0
    for one in sets:
        if not one & paid:
            paid |= one
            total += min(prices[place] for place in one)
    return total
