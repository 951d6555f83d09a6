"""What a position must be like."""

from tracker.domain.permissions import MAY, OWN_DIVISION, Role
from tracker.domain.sentences import N_, Refusal

# Whoever acts for a division only must belong to one.
NEEDS_DIVISION = frozenset[Role]().union(*(MAY[act] for act in OWN_DIVISION))


# Which escalation a leader is told of, by how titles begin: the narrow before the wide (a deputy is no secretary).
LEADERS = {"รองปลัด": 1, "ปลัด": 1, "รองนายก": 2, "นายก": 2}


class DivisionNeeded(Refusal):
    """The role does its work for a division."""

    def __init__(self) -> None:
        super().__init__(N_("Heads and officers report for a division. Choose theirs."))


class TitleTaken(Refusal):
    """Two positions of the same title could not be told apart."""

    def __init__(self, title: str) -> None:
        super().__init__(N_("There already is a position called %(title)s."), title=title)


class TitleAbolished(Refusal):
    """The title belongs to a position whose history is kept."""

    def __init__(self, title: str) -> None:
        super().__init__(
            N_("A position called %(title)s has been abolished. Restore it instead of adding another."), title=title
        )


class Abolished(Refusal):
    """Nobody fills a position that is no longer there."""

    def __init__(self) -> None:
        super().__init__(N_("This position has been abolished. Restore it first."))


class DivisionClosed(Refusal):
    """Nothing new is given to a closed division."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s has been closed. Choose another division."), name=name)


class TasksGiven(Refusal):
    """Work that was given to a position would be nobody's."""

    def __init__(self, title: str, count: int) -> None:
        super().__init__(
            N_("%(count)s unfinished tasks are given to %(title)s. Give them to somebody else first."),
            title=title,
            count=count,
        )


class NoLeader(Refusal):
    """Levels of leadership are for executives."""

    def __init__(self) -> None:
        super().__init__(N_("Only executives are told of late work as leadership. Choose the usual, or another role."))


def check_division(role: Role, *, has_division: bool) -> None:
    """
    Refuse a position that could do nothing.

    :raises DivisionNeeded: if the role reports and there is no division to report for
    """
    if role in NEEDS_DIVISION and not has_division:
        raise DivisionNeeded()


def check_level(role: Role, leads_at: int | None) -> None:
    """
    Refuse that anybody but an executive is told of late work as leadership.

    :raises NoLeader: if the role is another and there is a level
    """
    if leads_at is not None and role != Role.EXECUTIVE:
        raise NoLeader()


def usual_level(role: Role, title: str) -> int | None:
    """Return which escalation a position is usually told of: 1 permanent secretary and deputies, 2 the mayor."""
    if role != Role.EXECUTIVE:
        return None
    return next((level for beginning, level in LEADERS.items() if title.strip().startswith(beginning)), None)
