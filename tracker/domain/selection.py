"""Changing many tasks at once: which of those chosen can be changed, and why the others cannot."""

from enum import StrEnum

from tracker.domain.statuses import Placement, Status

MOST = 500  # tasks changed at once: what a person can still look through


class Hindrance(StrEnum):
    """Why a task that was chosen stays as it is."""

    SUBMITTED = "submitted"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    RETIRED = "retired"
    SAME = "same"  # it is already as it was to become


_OF_STATUS = {
    Status.SUBMITTED: Hindrance.SUBMITTED,
    Status.DONE: Hindrance.DONE,
    Status.NOT_APPLICABLE: Hindrance.NOT_APPLICABLE,
}


def hindrance(*, status: Status, placement: Placement, is_same: bool = False) -> Hindrance | None:
    """Return why a task cannot be moved, given to somebody else or set aside; None when it can."""
    if placement == Placement.RETIRED:
        return Hindrance.RETIRED
    return _OF_STATUS.get(status) or (Hindrance.SAME if is_same else None)
