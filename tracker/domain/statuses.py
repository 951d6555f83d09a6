"""The life of a task: one table of moves and one function that refuses (DESIGN 2, The life of a task)."""

from enum import StrEnum

from tracker.domain.sentences import N_, Refusal


class Status(StrEnum):
    """Where a task stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class Placement(StrEnum):
    """Whether the plan's schedule still asks for a task."""

    SCHEDULED = "scheduled"
    OUTSIDE = "outside"  # no longer asked for, but kept because something was reported on it
    RETIRED = "retired"  # no longer asked for and never touched; out of every figure


class Review(StrEnum):
    """Who looks at what a division hands in, before it counts as done."""

    REQUIRED = "required"  # somebody other than who submitted it
    SELF = "self"  # also who submitted it, with a reason that the report shows
    OFF = "off"  # nobody: submitting is done


OPEN = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})

NEXT = {
    Status.NOT_STARTED: {Status.IN_PROGRESS, Status.SUBMITTED, Status.NOT_APPLICABLE},
    Status.IN_PROGRESS: {Status.SUBMITTED, Status.NOT_APPLICABLE},
    Status.SUBMITTED: {Status.DONE, Status.IN_PROGRESS},
    Status.DONE: {Status.IN_PROGRESS},
    Status.NOT_APPLICABLE: {Status.IN_PROGRESS, Status.NOT_STARTED},
}

# Moves that undo or set aside somebody's duty must say why.
NEEDS_REASON = frozenset({(Status.DONE, Status.IN_PROGRESS)}) | {(s, Status.NOT_APPLICABLE) for s in OPEN}


class CannotMove(Refusal):
    """The task's life has no such step."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(N_("This task has moved on since you opened it. Look at where it stands now and try again."))
        self.current = current
        self.wanted = wanted


class ReasonNeeded(Refusal):
    """The move needs words from a person."""

    def __init__(self) -> None:
        super().__init__(N_("Write the reason in a few words: the others will read it in the history."))


def check_move(current: Status, wanted: Status, *, reason: str = "", returning: bool = False) -> None:
    """
    Refuse a move that the life of a task does not know.

    :param returning: a reviewer sends a submission back (a division that withdraws its own gives no reason)
    :raises CannotMove: if `wanted` cannot follow `current`
    :raises ReasonNeeded: if the move must be explained and `reason` is blank
    """
    if wanted not in NEXT[current]:
        raise CannotMove(current, wanted)
    if (returning or (current, wanted) in NEEDS_REASON) and not reason.strip():
        raise ReasonNeeded()
