"""What a user name may be: letters of any script, unique whatever their case."""

import re
import unicodedata

from tracker.domain.names import NameMissing, NameTooLong
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean

LONGEST_USERNAME = 60
_BETWEEN = "._-"
_KINDS = ("L", "M", "Nd")  # letters, the vowels and tone marks above and below them, digits
# Letters and marks of which nothing is seen (Unicode: Default_Ignorable_Code_Point): joiners, fillers, selectors.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


class UsernameUnusable(Refusal):
    """People could not type it, or it would pass for an e-mail address."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "A user name has letters (Thai ones too), digits, dots, hyphens and underscores, "
                "and begins with a letter or digit."
            )
        )


class UsernameInvisible(Refusal):
    """Two names that look the same would be two people."""

    def __init__(self) -> None:
        super().__init__(
            N_("The user name has a character in it that cannot be seen. Write it by hand instead of pasting it.")
        )


class UsernameTaken(Refusal):
    """User names are unique in an installation."""

    def __init__(self, username: str) -> None:
        super().__init__(N_("Somebody else already has the user name %(username)s."), username=username)


def read_username(written: str) -> str:
    """
    Return a user name as it is kept: in small letters, so that its case never tells two people apart.

    :raises Refusal: `NameMissing`, `NameTooLong`, `UsernameInvisible` or `UsernameUnusable`
    """
    username = clean(clean(written).lower())
    if not username:
        raise NameMissing()
    if len(username) > LONGEST_USERNAME:
        raise NameTooLong(LONGEST_USERNAME)
    if any(_is_invisible(character) for character in written):
        raise UsernameInvisible()
    if not _is_usable(username):
        raise UsernameUnusable()
    return username


def _is_usable(username: str) -> bool:
    first = username[0]
    return (_is_letter(first) and not unicodedata.category(first).startswith("M")) and all(
        letter in _BETWEEN or _is_letter(letter) for letter in username
    )


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith(_KINDS)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or _INVISIBLE.match(character) is not None
