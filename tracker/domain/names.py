"""Names as administrators type them: one line that can be printed, not empty, not too long."""

from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean

LONGEST_NAME = 150


class NameMissing(Refusal):
    """Nothing was written where there must be a name."""

    def __init__(self) -> None:
        super().__init__(N_("This cannot be left empty."))


class NameTooLong(Refusal):
    """It would not fit on any page."""

    def __init__(self, longest: int) -> None:
        super().__init__(N_("Write at most %(count)s characters."), count=longest)


class NameUnprintable(Refusal):
    """It holds characters that cannot be seen."""

    def __init__(self) -> None:
        super().__init__(N_("There are characters in it that cannot be printed. Type it again by hand."))


def read_name(written: str, *, longest: int = LONGEST_NAME) -> str:
    """
    Return a name as it is kept.

    :raises Refusal: `NameMissing`, `NameTooLong` or `NameUnprintable`
    """
    name = read_optional_name(written, longest=longest)
    if not name:
        raise NameMissing()
    return name


def read_optional_name(written: str, *, longest: int = LONGEST_NAME) -> str:
    """
    Return a name that may be left empty.

    :raises Refusal: `NameTooLong` or `NameUnprintable`
    """
    name = clean(written)
    if len(name) > longest:
        raise NameTooLong(longest)
    if not name.isprintable():
        raise NameUnprintable()
    return name
