"""Which tasks of a measure one row tells together: those that stand alike, of one division or of several."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.documents.composing.follow_up.facts import Standing, Work, spent
from tracker.domain.thai import arabic_digits

Item = TypeVar("Item")


@dataclass(frozen=True)
class Together:
    """
    Tasks of a measure that stand alike.

    Those of one division are its occurrences (every month, each round). Several divisions come together only where
    nothing tells them apart but the day on which each handed in on time: a reader still sees who did what.
    """

    works: tuple[Work, ...]
    standing: Standing

    @property
    def first(self) -> Work:
        """The one that speaks for all."""
        return self.works[0]

    @property
    def divisions(self) -> tuple[str, ...]:
        """Their divisions, in the order of the tasks."""
        return tuple(dict.fromkeys(work.division.name for work in self.works))

    @property
    def late(self) -> tuple[Work, ...]:
        """Those that were handed in after their last good day."""
        return tuple(work for work in self.works if work.days_late)

    def texts(self, words: Callable[[Work], str]) -> dict[str, list[date]]:
        """Return what their divisions wrote, each text once, with the deadlines that it is about."""
        found: dict[str, list[date]] = {}
        for work in self.works:
            if said := arabic_digits(words(work)).strip():
                found.setdefault(said, []).append(work.due_on)
        return {said: sorted(set(days)) for said, days in found.items()}


def together(works: Iterable[Work], day: date) -> list[Together]:
    """Return the rows of a measure's tasks, in the order in which their first tasks come."""
    by_division = _grouped(works, lambda work: (work.division.id, _stands(work, day)))
    rows = [Together(tuple(group), group[0].standing(day)) for group in by_division]
    merged = _grouped(rows, lambda row: (_stands(row.first, day), _did(row)))
    return [Together(tuple(work for row in group for work in row.works), group[0].standing) for group in merged]


def _stands(work: Work, day: date) -> Hashable:
    return work.standing(day), work.reason, work.blocked, work.own_acceptance, work.is_outside


def _did(row: Together) -> Hashable:
    """Return what the tasks of a row came to; what only one division did or used keeps it apart from all others."""
    is_own = bool(row.late or spent(row.works) or any(work.evidence for work in row.works))
    told = tuple(
        (work.due_on, work.result, work.obstacles, work.suggestions, work.budget, work.ticked, work.steps)
        for work in row.works
    )
    return told, is_own and row.first.division.id


def _grouped(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[list[Item]]:
    groups: dict[Hashable, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
