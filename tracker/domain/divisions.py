"""What divisions may be called: every name means exactly one, or reports could not be read."""

import re
from collections.abc import Iterable

from tracker.domain.names import read_name, read_optional_name
from tracker.domain.responsibles_names import Division, same_name_key, ways_to_write
from tracker.domain.sentences import N_, Refusal

LONGEST_SHORT_NAME = 60
MOST_SHORT_NAMES = 10
_BETWEEN_NAMES = re.compile("[,،，;\n]")


class NameWithoutLetters(Refusal):
    """Nothing but dots and digits is found everywhere in a report."""

    def __init__(self) -> None:
        super().__init__(N_("A division's name needs letters."))


class TooManyShortNames(Refusal):
    """Nobody uses that many."""

    def __init__(self) -> None:
        super().__init__(N_("Write at most %(count)s short names."), count=MOST_SHORT_NAMES)


class NameTaken(Refusal):
    """The name would mean two divisions."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            N_("“%(name)s” already stands for %(other)s. A name must mean one division only."), name=name, other=other
        )


class NameOfClosed(Refusal):
    """The name belongs to a division whose history is kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("A division called %(name)s has been closed. Reopen it instead of adding another."), name=name
        )


class HeadTaken(Refusal):
    """The title of its head would mean two divisions."""

    def __init__(self, title: str, other: str) -> None:
        super().__init__(N_("The head of %(other)s is already called %(title)s."), title=title, other=other)


class UnfinishedTasks(Refusal):
    """Closing would leave work to nobody."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            N_(
                "%(name)s still has %(count)s unfinished tasks. "
                "They must be done, moved to another division or set aside before it can be closed."
            ),
            name=name,
            count=count,
        )


class PositionsLeft(Refusal):
    """Closing would leave people in a division that is no longer there."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__(
            N_("%(count)s positions still belong to %(name)s. Move them to another division or abolish them first."),
            name=name,
            count=count,
        )


def read_division(name: str, short_names: str = "", head: str = "") -> Division:
    """
    Return a division as an administrator typed it; short names have commas between them.

    :raises Refusal: if the name is missing, or anything is too long, too much, cannot be printed or has no letters
    """
    return Division(read_full_name(name), read_short_names(short_names), read_head(head))


def read_full_name(written: str) -> str:
    """
    Return the full name.

    :raises Refusal: `NameMissing`, `NameTooLong`, `NameUnprintable` or `NameWithoutLetters`
    """
    return _with_letters(read_name(written))


def read_head(written: str) -> str:
    """
    Return the title of the head, which may be left empty.

    :raises Refusal: `NameTooLong`, `NameUnprintable` or `NameWithoutLetters`
    """
    return _with_letters(read_optional_name(written))


def read_short_names(written: str) -> tuple[str, ...]:
    """
    Return the short names, each once.

    :raises Refusal: `TooManyShortNames`, `NameTooLong`, `NameUnprintable` or `NameWithoutLetters`
    """
    parts = [
        _with_letters(read_optional_name(part, longest=LONGEST_SHORT_NAME)) for part in _BETWEEN_NAMES.split(written)
    ]
    names = tuple(dict.fromkeys(part for part in parts if part))
    if len(names) > MOST_SHORT_NAMES:
        raise TooManyShortNames()
    return names


def _with_letters(name: str) -> str:
    if name and not any(character.isalpha() for character in same_name_key(name)):
        raise NameWithoutLetters()
    return name


def check_unambiguous(wanted: Division, *, others: Iterable[Division]) -> None:
    """
    Refuse a name, short name or head's title that already means another division, however it is spaced or dotted.

    :raises NameTaken: if a name would mean two divisions
    :raises HeadTaken: if the title of the head would
    """
    for other in others:
        if taken := _taken(wanted, other) or _taken(other, wanted):
            raise NameTaken(taken, other.name)
        if wanted.head and same_name_key(wanted.head) in _heads_and_names(other):
            raise HeadTaken(wanted.head, other.name)
        if other.head and same_name_key(other.head) in _keys(_written(wanted)):
            raise NameTaken(other.head, other.name)


def _taken(one: Division, other: Division) -> str | None:
    """Return a written name of one that means the other as well; a full name is its bearer's, whatever it resembles."""
    if same_name_key(one.name) in _keys(_written(other)):
        return one.name
    meant = _keys(ways_to_write(other))
    return next((name for name in one.short_names if same_name_key(name) in meant), None)


def _written(division: Division) -> list[str]:
    return [division.name, *division.short_names]


def _heads_and_names(division: Division) -> set[str]:
    return _keys(name for name in [*_written(division), division.head] if name)


def _keys(names: Iterable[str]) -> set[str]:
    return {same_name_key(name) for name in names}
