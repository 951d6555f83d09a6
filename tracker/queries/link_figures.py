"""How the addresses of a year's items stand: what indicator 9 is measured by."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from tracker.domain.links import Reach, Verdict
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Link

INDICATOR = 9  # of open data
MOST_SHOWN = 10
ATTENTION = (Verdict.BROKEN, Verdict.CAUTION)


def counted(organization_id: int, *, fiscal_year: int) -> Select[Verdict, int]:
    """Return the statement that counts the addresses of a year's items by their verdict; one of several counts once."""
    return (
        select(Link.verdict, func.count(Link.id.distinct()).label("count"))
        .join(DisclosureAddress, DisclosureAddress.link_id == Link.id)
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .where(*_of_year(organization_id, fiscal_year))
        .group_by(Link.verdict)
    )


def reach(organization_id: int, *, fiscal_year: int) -> Reach:
    """Return how the addresses of a year's items stand, in one statement."""
    rows = db.session.execute(counted(organization_id, fiscal_year=fiscal_year))
    return Reach.counted((row[0], row[1]) for row in rows)


def attention(organization_id: int, *, fiscal_year: int) -> Sequence[tuple[DisclosureItem, Link]]:
    """Return the first items of a year whose address is broken or should be looked at, the broken ones first."""
    place = case({verdict: number for number, verdict in enumerate(ATTENTION)}, value=Link.verdict)
    rows = db.session.execute(
        select(DisclosureItem, Link)
        .join(DisclosureAddress, DisclosureAddress.item_id == DisclosureItem.id)
        .join(Link, Link.id == DisclosureAddress.link_id)
        .where(*_of_year(organization_id, fiscal_year), Link.verdict.in_(ATTENTION))
        .options(joinedload(DisclosureItem.division))
        .order_by(place, DisclosureItem.number, DisclosureItem.id, Link.id)
        .limit(MOST_SHOWN)
    ).all()
    return [(item, link) for item, link in rows]


def _of_year(organization_id: int, fiscal_year: int) -> tuple[ColumnElement[bool], ...]:
    return (
        DisclosureItem.organization_id == organization_id,
        DisclosureItem.fiscal_year == fiscal_year,
        DisclosureItem.is_retired.is_(False),
    )
