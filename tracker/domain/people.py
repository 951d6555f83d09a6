"""What a user name may be: letters of any script, unique whatever their case."""

import unicodedata

from tracker.domain.names import NameMissing, NameTooLong
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean

LONGEST_USERNAME = 60
_BETWEEN = "._-"
_KINDS = ("L", "M", "Nd")  # letters, the vowels and tone marks above and below them, digits


class UsernameUnusable(Refusal):
    """People could not type it, or it would pass for an e-mail address."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "A user name has letters (Thai ones too), digits, dots, hyphens and underscores, "
                "and begins with a letter or digit."
            )
        )


class UsernameTaken(Refusal):
    """User names are unique in an installation."""

    def __init__(self, username: str) -> None:
        super().__init__(N_("Somebody else already has the user name %(username)s."), username=username)


def read_username(written: str) -> str:
    """
    Return a user name as it is kept: in small letters, so that its case never tells two people apart.

    :raises Refusal: `NameMissing`, `NameTooLong` or `UsernameUnusable`
    """
    username = clean(clean(written).lower())
    if not username:
        raise NameMissing()
    if len(username) > LONGEST_USERNAME:
        raise NameTooLong(LONGEST_USERNAME)
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
