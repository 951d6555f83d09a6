"""Which tasks of a measure one row tells together: those of which the report says the same."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracker.documents.composing.follow_up.facts import Proof, Standing, Work, spent

Item = TypeVar("Item")


@dataclass(frozen=True)
class Together:
    """
    Tasks of a measure that stand alike and say the same.

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
    def evidence(self) -> tuple[Proof, ...]:
        """All their evidence, each piece that is called the same once."""
        return tuple(dict.fromkeys(proof for work in self.works for proof in work.evidence))

    @property
    def late(self) -> tuple[Work, ...]:
        """Those that were handed in after their last good day."""
        return tuple(work for work in self.works if work.days_late)


def together(works: Iterable[Work], day: date) -> list[Together]:
    """Return the rows of a measure's tasks, in the order in which their first tasks come."""
    by_division = _grouped(works, lambda work: (work.division.id, _said(work, day)))
    rows = [Together(tuple(group), group[0].standing(day)) for group in by_division]
    merged = _grouped(rows, _seen)
    return [Together(tuple(work for row in group for work in row.works), group[0].standing) for group in merged]


def _said(work: Work, day: date) -> Hashable:
    """Return what the report says of a task in words."""
    words = (work.result, work.obstacles, work.suggestions, work.reason, work.blocked, work.own_acceptance)
    return work.standing(day), words, work.is_outside


def _seen(row: Together) -> Hashable:
    """Return what a reader sees of a row beside its division; what only a division did keeps it apart."""
    is_own = row.late or row.evidence or spent(row.works)
    checks = sum(work.ticked for work in row.works), sum(work.steps for work in row.works)
    deadlines = tuple((work.due_on, work.budget is None) for work in row.works)
    return _said(row.first, row.first.due_on), row.standing, deadlines, checks, is_own and row.first.division.id


def _grouped(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[list[Item]]:
    groups: dict[Hashable, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())
