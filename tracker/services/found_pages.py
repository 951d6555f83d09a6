"""A web page whose links are to be offered for the items: asked for, read by a job, taken as the clerk ticks."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tracker.domain.disclosure_matches import FoundLink
from tracker.domain.evidence import web_address
from tracker.domain.sentences import N_, Refusal
from tracker.domain.works import WorkKind
from tracker.extensions import db
from tracker.models import Appointment, DisclosureItem, FoundPage
from tracker.services import disclosures, works


class NoLinks(Refusal):
    """The page is made by scripts, or is no list."""

    def __init__(self) -> None:
        super().__init__(
            N_("There is no link on this page that could be read. Open the page that lists the items and paste that.")
        )


def ask(*, fiscal_year: int, written: str, by: Appointment, now: datetime) -> FoundPage:
    """
    Ask for the links of a page, for the items of a fiscal year (พ.ศ.); a job reads them.

    :raises NotAnAddress: if it is none that everybody can open
    """
    page = FoundPage(
        organization_id=by.position.organization_id,
        fiscal_year=fiscal_year,
        url=web_address(written),
        asked_at=now,
        asked_by_id=by.id,
    )
    db.session.add(page)
    db.session.flush()
    works.ask(kind=WorkKind.FIND_LINKS, subject_id=page.id, by=by, now=now)
    return page


def keep(*, page_id: int, links: Sequence[FoundLink]) -> None:
    """
    Keep what was read of a page.

    :raises NoLinks: if there was nothing to keep
    """
    if not links:
        raise NoLinks()
    db.session.get_one(FoundPage, page_id).links = [[one.title, one.address, *one.nearby] for one in links]
    db.session.flush()


def links_of(page: FoundPage) -> list[FoundLink]:
    """Return the links of a page that was read."""
    return [FoundLink(title, address, tuple(nearby)) for title, address, *nearby in page.links or []]


def take(*, chosen: Iterable[tuple[DisclosureItem, FoundLink]], by: Appointment, now: datetime) -> int:
    """
    Add the links that the clerk ticked to their items, and return how many were not there yet.

    :raises TooManyAddresses: if an item would have more than anybody opens
    """
    added = 0
    for item, link in chosen:
        if all(address.link.url != link.address for address in item.addresses):
            disclosures.add_address(item=item, written=link.address, title=link.title, by=by, now=now)
            added += 1
    return added
