"""Progress: how far a set of tasks has come, the one value behind every figure of completion (DESIGN 2, Progress)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from tracker.domain.statuses import Status


@dataclass(frozen=True)
class Progress:
    """
    Counts of tasks as of one day; `…_weight` sums their measures' weights for the percentages.

    `overdue` is the part of `not_started` and `in_progress` that is late, `due` whatever should be done by the
    day; tasks that are not applicable count in nothing but `not_applicable`.
    """

    not_started: int = 0
    in_progress: int = 0
    submitted: int = 0
    done: int = 0
    not_applicable: int = 0
    overdue: int = 0
    due: int = 0
    done_on_time: int = 0
    weight: int = 0
    done_weight: int = 0
    due_weight: int = 0

    @classmethod
    def sum(cls, parts: Iterable["Progress"]) -> "Progress":
        """Return the progress of several sets of tasks together; of none, nothing."""
        return cls(*map(sum, zip(*map(_counts, parts), strict=True)))

    @property
    def countable(self) -> int:
        """Tasks that must be done."""
        return self.not_started + self.in_progress + self.submitted + self.done

    @property
    def open(self) -> int:
        """Tasks the divisions still owe."""
        return self.not_started + self.in_progress

    @property
    def percent(self) -> int | None:
        """Completion in whole percent, 100 only when all is done; None when there is nothing to do."""
        return _whole_percent(self.done_weight, self.weight)

    @property
    def expected_percent(self) -> int | None:
        """What should be complete by the day, in whole percent; None when there is nothing to do."""
        return _whole_percent(self.due_weight, self.weight)

    @property
    def on_time_percent(self) -> int | None:
        """Share of the accepted tasks that were submitted by their day; None when nothing was accepted."""
        return _whole_percent(self.done_on_time, self.done)

    @property
    def only_status(self) -> Status | None:
        """The status of the one task that this is the progress of; None of several, and of none."""
        found = [status for status in Status if getattr(self, status)]
        return found[0] if len(found) == 1 and getattr(self, found[0]) == 1 else None

    @property
    def is_behind(self) -> bool:
        """Whether less is complete than the day asks for."""
        return self.done_weight < self.due_weight


_counts = attrgetter(*(one.name for one in fields(Progress)))


def _whole_percent(part: int, whole: int) -> int | None:
    """Round half up, but never up to 100 or down to 0: "100%" promises that nothing is left."""
    if not whole:
        return None
    if 0 < part < whole:
        return min(max((200 * part + whole) // (2 * whole), 1), 99)
    return 100 * part // whole
