"""Taking back what one has just done: which deeds, how long, and when it is too late (DESIGN 2, The life of a task)."""

from datetime import datetime, timedelta

from tracker.domain.history import EventKind
from tracker.domain.sentences import N_, Refusal

UNDO_WITHIN = timedelta(minutes=10)
# Deeds that move a task from one state to another: undoing brings back the state before.
UNDOABLE = frozenset(
    {
        EventKind.STARTED,
        EventKind.SUBMITTED,
        EventKind.ACCEPTED,
        EventKind.RETURNED,
        EventKind.WITHDRAWN,
        EventKind.REOPENED,
        EventKind.NOT_APPLICABLE,
        EventKind.APPLICABLE,
        EventKind.BLOCKED,
        EventKind.UNBLOCKED,
        EventKind.DUE_MOVED,
        EventKind.ASSIGNED,
    }
)


class CannotUndo(Refusal):
    """What was done stays done."""


def check_undo(*, done_at: datetime, now: datetime, is_own: bool, is_last: bool) -> None:
    """
    Refuse to take a deed back.

    :param is_own: the person who did it asks
    :param is_last: nothing was done to the task since
    :raises CannotUndo: if it is somebody else's, more than ten minutes ago, or no longer the last deed
    """
    if not is_own:
        raise CannotUndo(N_("Only the person who did this can take it back."))
    if now - done_at > UNDO_WITHIN:
        raise CannotUndo(N_("This was done more than ten minutes ago, so it can no longer be taken back."))
    if not is_last:
        raise CannotUndo(N_("The task has moved on since, so this can no longer be taken back."))
