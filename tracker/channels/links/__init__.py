"""Opening an address of somebody else's website, safely, and saying what was seen there (docs/decisions/0025)."""

from collections.abc import Collection
from dataclasses import dataclass

from tracker.domain.links import Failure, Observation
from tracker.domain.sentences import Refusal


class CannotOpen(Refusal):
    """The page that was asked for cannot be had; the sentence says why."""


@dataclass(frozen=True)
class Page:
    """A web page as it came."""

    final_url: str  # redirects followed: what its relative links are relative to
    html: str


def look(url: str, *, allowed_hosts: Collection[str] = ()) -> Observation:
    """
    Open an address once, redirects followed, and return what was seen: never raises for what a server does.

    :param allowed_hosts: names of the office's own that may be opened though they lead into its network
    """
    return Observation(url, failure=Failure.NOT_ALLOWED)


def open_page(url: str, *, allowed_hosts: Collection[str] = ()) -> Page:
    """
    Return a web page whose links are to be read.

    :raises CannotOpen: if there is none, or it is no web page
    """
    raise CannotOpen("")
