"""Opening an address of somebody else's website, safely, and saying what was seen there (docs/decisions/0025)."""

from collections.abc import Collection
from dataclasses import dataclass

from tracker.channels.links.guard import Guard
from tracker.channels.links.limits import LIMITS, Limits
from tracker.channels.links.looking import Look
from tracker.domain.link_judging import unopened
from tracker.domain.link_sentences import what_is_wrong
from tracker.domain.links import Observation
from tracker.domain.sentences import N_, Refusal


class CannotOpen(Refusal):
    """The page that was asked for cannot be had; the sentence says why."""


@dataclass(frozen=True)
class Page:
    """A web page as it came."""

    final_url: str  # redirects followed: what its relative links are relative to
    html: str


def look(
    url: str, *, allowed_hosts: Collection[str] = (), limits: Limits = LIMITS, also_open: tuple[str, ...] = ()
) -> Observation:
    """
    Open an address once, redirects followed, and return what was seen: never raises for what a server does.

    :param allowed_hosts: names of the office's own that may be opened though they lead into its network
    :param also_open: networks that tests open, such as 127.0.0.1/32; nothing else has a use for it
    """
    return Look(url, Guard.of(allowed_hosts, also_open), limits).observe()


def open_page(
    url: str, *, allowed_hosts: Collection[str] = (), limits: Limits = LIMITS, also_open: tuple[str, ...] = ()
) -> Page:
    """
    Return a web page whose links are to be read.

    :raises CannotOpen: if there is none, or it is no web page
    """
    one = Look(url, Guard.of(allowed_hosts, also_open), limits)
    seen = one.observe()
    if cause := unopened(seen):
        sentence = what_is_wrong(*cause)
        raise CannotOpen(sentence.message, **sentence.values)
    if one.page is None:
        raise CannotOpen(N_("This address leads to a file, not to a web page with links."))
    return Page(seen.final_url, one.page)
