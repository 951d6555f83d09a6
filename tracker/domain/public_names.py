"""The name of an organization in public addresses: what it may be, and one to begin with."""

import re

from tracker.domain.sentences import N_, Refusal

LONGEST = 40
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What stands, or may come to stand, beside organizations under /public.
RESERVED = frozenset({"api", "badge", "badges", "data", "feed", "feeds", "feedback", "open-data", "openapi", "static"})
# The kinds of local government by how their names begin, as they write themselves in Latin letters.
_KINDS = (
    ("เทศบาลนคร", "thesaban-nakhon"),
    ("เทศบาลเมือง", "thesaban-mueang"),
    ("เทศบาลตำบล", "thesaban-tambon"),
    ("เทศบาล", "thesaban"),
    ("องค์การบริหารส่วนตำบล", "abt"),
    ("อบต", "abt"),
    ("องค์การบริหารส่วนจังหวัด", "pao"),
    ("อบจ", "pao"),
)


class BadPublicName(Refusal):
    """A name cannot stand in an address, or means something else there."""


class PublicNameTaken(Refusal):
    """Another organization has the name."""

    def __init__(self) -> None:
        super().__init__(N_("Another organization has this name already. Choose another one."))


class PublicNameFixed(Refusal):
    """The name is part of addresses that people have."""

    def __init__(self) -> None:
        super().__init__(
            N_("A public page is open under this name, and people have its address. Close the page to change the name.")
        )


def checked(written: str) -> str:
    """
    Return a name as it is kept: small letters.

    :raises BadPublicName: if it does not begin with a letter, or has anything but letters, digits and single hyphens
    """
    name = written.strip().lower()
    if not name:
        raise BadPublicName(N_("Write the name first."))
    if len(name) > LONGEST:
        raise BadPublicName(N_("The name is too long: at most %(count)s characters."), count=LONGEST)
    if not _NAME.fullmatch(name):
        raise BadPublicName(
            N_("Use the letters a–z, digits and single hyphens only, with a letter first, such as thesaban-bangsai.")
        )
    if name in RESERVED:
        raise BadPublicName(N_("“%(name)s” means something else in these addresses. Choose another one."), name=name)
    return name


def proposed(organization: str, number: int) -> str:
    """Return a name to begin with: what kind of local government it is, and its number here."""
    kind = next((latin for thai, latin in _KINDS if organization.startswith(thai)), "org")
    return f"{kind}-{number}"
