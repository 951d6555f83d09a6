"""Doubts about what a report prints: figures that cannot stand beside the others, and claims they deny."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tracker.domain.consistency.claims import Scores, level_doubt, rank_doubt
from tracker.domain.consistency.figures import (
    Claim,
    Doubt,
    Figure,
    LevelClaim,
    RankClaim,
    Scope,
    Source,
    Subject,
)
from tracker.domain.consistency.misprints import Misprint, misprints
from tracker.domain.consistency.relations import Group, Quantity, group_of
from tracker.domain.consistency.wording import place_of, reason_of, shown, shown_range

__all__ = ["Claim", "Doubt", "Figure", "LevelClaim", "RankClaim", "Scope", "Source", "Subject", "doubts", "place_of"]


def doubts(figures: Iterable[Figure], claims: Iterable[Claim] = ()) -> tuple[Doubt, ...]:
    """
    Return the doubts about figures, then those about claims, each in the order given (DESIGN 2, Scores).

    The figures doubted are the fewest whose correction lets unrounded values reproduce all the others. Where
    several such choices are equally good, the figures of each are doubted and the reason says so.
    """
    groups = {figure: group_of(figure) for figure in figures}
    wrong = {misprint.group: misprint for misprint in misprints(groups)}
    of_figures = [_figure_doubt(figure, wrong[group]) for figure, group in groups.items() if group in wrong]
    scores = _scores(groups.values(), wrong)
    of_claims = [_claim_doubt(claim, scores) for claim in claims]
    return (*of_figures, *(doubt for doubt in of_claims if doubt))


def _figure_doubt(figure: Figure, misprint: Misprint) -> Doubt:
    return Doubt(
        about=figure,
        where=place_of(figure),
        printed=shown(figure.printed),
        expected=shown_range(misprint.expected),
        why=reason_of(misprint),
    )


def _claim_doubt(claim: Claim, scores: Scores) -> Doubt | None:
    return rank_doubt(claim, scores) if isinstance(claim, RankClaim) else level_doubt(claim, scores)


def _scores(groups: Iterable[Group], wrong: Mapping[Group, Misprint]) -> Scores:
    """Return what each score may be: as printed, or as corrected; both if it is not sure which."""
    possible: dict[Quantity, list[Decimal]] = {}
    for group in groups:
        ends = possible.setdefault(group.quantity, [])
        misprint = wrong.get(group)
        if misprint is None or not misprint.certain:
            ends.append(group.value)
        if misprint is not None:
            ends.extend(misprint.expected)
    return {quantity: (min(ends), max(ends)) for quantity, ends in possible.items()}
