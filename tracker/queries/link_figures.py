"""
How the addresses of items stand: what indicator 9 is measured by.

A plan begins in October and its year's list months later: until then the list before is the one in force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload

from tracker.domain.calendar import last_day
from tracker.domain.links import Reach, Verdict
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, Link
from tracker.queries.link_keepers import is_in_force

INDICATOR = 9  # of open data
MOST_SHOWN = 10
ATTENTION = (Verdict.BROKEN, Verdict.CAUTION)


@dataclass(frozen=True)
class ListReach(Reach):
    """How many addresses of a list of items stand how; `fiscal_year` (พ.ศ.) is the list's, 0 where there is none."""

    fiscal_year: int = 0

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int, int]]) -> "ListReach":
        """Return the figures of rows as `counted` has them: a verdict, how many addresses have it, the list's year."""
        found = list(rows)
        counts = cls.counted((verdict, count) for verdict, count, _ in found)
        return replace(counts, fiscal_year=found[0][2]) if found else counts


def counted(organization_id: int, *, fiscal_year: int) -> Select[Verdict, int, int]:
    """
    Return the statement that counts the addresses of the list in force in a year by their verdict.

    One of several items counts once.
    """
    year = DisclosureItem.fiscal_year
    return (
        select(Link.verdict, func.count(Link.id.distinct()).label("count"), year.label("fiscal_year"))
        .join(DisclosureAddress, DisclosureAddress.link_id == Link.id)
        .join(DisclosureItem, DisclosureItem.id == DisclosureAddress.item_id)
        .where(*_in_force(organization_id, fiscal_year))
        .group_by(Link.verdict, year)
    )


def reach(organization_id: int, *, fiscal_year: int) -> ListReach:
    """Return how the addresses of the list in force in a year stand, in one statement."""
    rows = db.session.execute(counted(organization_id, fiscal_year=fiscal_year))
    return ListReach.of((row[0], row[1], row[2]) for row in rows)


def attention(organization_id: int, *, fiscal_year: int) -> Sequence[tuple[DisclosureItem, Link]]:
    """Return the first items of that list whose address is broken or should be looked at, the broken ones first."""
    place = case({verdict: number for number, verdict in enumerate(ATTENTION)}, value=Link.verdict)
    rows = db.session.execute(
        select(DisclosureItem, Link)
        .join(DisclosureAddress, DisclosureAddress.item_id == DisclosureItem.id)
        .join(Link, Link.id == DisclosureAddress.link_id)
        .where(*_in_force(organization_id, fiscal_year), Link.verdict.in_(ATTENTION))
        .options(joinedload(DisclosureItem.division))
        .order_by(place, DisclosureItem.number, DisclosureItem.id, Link.id)
        .limit(MOST_SHOWN)
    ).all()
    return [(item, link) for item, link in rows]


def _in_force(organization_id: int, fiscal_year: int) -> tuple[ColumnElement[bool], ...]:
    return DisclosureItem.organization_id == organization_id, is_in_force(last_day(fiscal_year))
