"""Claims a report makes in words – who is highest or lowest, which level – held against its scores."""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from tracker.domain.consistency.figures import Doubt, LevelClaim, RankClaim, Scope
from tracker.domain.consistency.misprints import Range
from tracker.domain.consistency.relations import Quantity
from tracker.domain.consistency.wording import shown_range
from tracker.domain.indicators import Instrument
from tracker.domain.scores import HIGHEST, LEVEL_TH, LOWEST, Level, level
from tracker.domain.sentences import N_, Sentence

Scores = Mapping[Quantity, Range]
"""What each score is, or lies between, once misprints are set right."""


def rank_doubt(claim: RankClaim, scores: Scores) -> Doubt | None:
    """Return a doubt if another order is certain. Ties are no fault, nor are scores that are not known."""
    known = {
        number: scores[Quantity(claim.year, indicator=number)]
        for number in dict.fromkeys((*claim.scope.indicators, *claim.indicators))
        if Quantity(claim.year, indicator=number) in scores
    }
    wrong = next(_wrong_pairs(claim, known), None)
    if wrong is None:
        return None
    before, after = wrong
    why = Sentence(
        N_("Indicator %(one)s has %(one_score)s, indicator %(other)s has %(other_score)s."),
        {
            "one": after,
            "one_score": shown_range(known[after]),
            "other": before,
            "other_score": shown_range(known[before]),
        },
    )
    return Doubt(claim, _place(claim), _listed(claim.indicators), _listed(_right_order(claim, known)), why)


def _wrong_pairs(claim: RankClaim, known: Mapping[int, Range]) -> Iterator[tuple[int, int]]:
    """Yield pairs of which the first is claimed to come before the second and certainly does not."""
    named = [number for number in claim.indicators if number in known]
    unnamed = [number for number in known if number not in claim.indicators]
    for before, after in (*pairwise(named), *product(named[-1:], unnamed)):
        (low, high), (other_low, other_high) = known[before], known[after]
        if (high < other_low) if claim.highest else (low > other_high):
            yield before, after


def _right_order(claim: RankClaim, known: Mapping[int, Range]) -> list[int]:
    """Return as many indicators as were named, in their order; those level with the last one too."""
    order = sorted(known, key=lambda number: sum(known[number]), reverse=claim.highest)
    last = known[order[: len(claim.indicators)][-1]]
    return [number for place, number in enumerate(order) if place < len(claim.indicators) or known[number] == last]


def _listed(numbers: tuple[int, ...] | list[int]) -> str:
    return ", ".join(map(str, numbers))


def _place(claim: RankClaim) -> Sentence:
    values: dict[str, object] = {"year": claim.year}
    if claim.scope is Scope.ALL:
        highest = N_("What the text calls the highest indicators, %(year)s")
        lowest = N_("What the text calls the lowest indicators, %(year)s")
    else:
        values["instrument"] = claim.scope.value
        highest = N_("What the text calls the highest indicators of %(instrument)s, %(year)s")
        lowest = N_("What the text calls the lowest indicators of %(instrument)s, %(year)s")
    return Sentence(highest if claim.highest else lowest, values)


def level_doubt(claim: LevelClaim, scores: Scores) -> Doubt | None:
    """Return a doubt if the year's scores cannot make the level; scores not known may be anything."""
    everything = (LOWEST, HIGHEST)
    overall = scores.get(Quantity(claim.year), everything)
    instruments = [scores.get(Quantity(claim.year, one.value), everything) for one in Instrument]
    # A higher score never makes a worse level, so the two ends bound what is possible.
    best, worst = (level(overall[end], [score[end] for score in instruments]) for end in (1, 0))
    order = list(Level)
    possible = order[order.index(best) : order.index(worst) + 1]
    if claim.level in possible:
        return None
    return Doubt(
        about=claim,
        where=Sentence(N_("Level, %(year)s"), {"year": claim.year}),
        printed=LEVEL_TH[claim.level],
        expected=" – ".join(LEVEL_TH[one] for one in dict.fromkeys((best, worst))),
        why=Sentence(N_("The overall score and those of the instruments make another level.")),
    )
