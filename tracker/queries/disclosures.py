"""Items that must be open to the public, with where they are and how their addresses stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.domain.disclosure_lists import Entry, known_list
from tracker.domain.disclosure_rows import Known
from tracker.domain.disclosures import Standing, standing
from tracker.extensions import db
from tracker.models import DisclosureAddress, DisclosureItem, FoundPage, Link


@dataclass(frozen=True)
class Row:
    """An item with how it stands as a whole."""

    item: DisclosureItem
    standing: Standing

    @property
    def worst(self) -> Link | None:
        """The address that most needs a look, the first of several."""
        links = [address.link for address in self.item.addresses]
        return next((link for link in links if link.verdict.value == self.standing.value), None)


def listed(organization_id: int, *, fiscal_year: int) -> list[Row]:
    """Return the items of a fiscal year (พ.ศ.) by number, retired ones among them, in three statements."""
    found = select(DisclosureItem).where(
        DisclosureItem.organization_id == organization_id, DisclosureItem.fiscal_year == fiscal_year
    )
    items = db.session.scalars(
        found.options(
            joinedload(DisclosureItem.division),
            selectinload(DisclosureItem.addresses).joinedload(DisclosureAddress.link),
        ).order_by(DisclosureItem.number, DisclosureItem.id)
    )
    return [Row(item, standing(address.link.verdict for address in item.addresses)) for item in items]


def one(item_id: int) -> DisclosureItem | None:
    """Return an item with what its page shows."""
    return db.session.get(
        DisclosureItem,
        item_id,
        options=[
            joinedload(DisclosureItem.division),
            selectinload(DisclosureItem.addresses).joinedload(DisclosureAddress.link),
        ],
    )


def years(organization_id: int) -> list[int]:
    """Return the fiscal years (พ.ศ.) that have a list, the newest first."""
    kept = select(DisclosureItem.fiscal_year).where(DisclosureItem.organization_id == organization_id).distinct()
    return list(db.session.scalars(kept.order_by(DisclosureItem.fiscal_year.desc())))


def year_before(organization_id: int, *, fiscal_year: int) -> int | None:
    """Return the last fiscal year (พ.ศ.) before this one that has a list."""
    return next((year for year in years(organization_id) if year < fiscal_year), None)


def of_year(organization_id: int, *, fiscal_year: int) -> Sequence[DisclosureItem]:
    """Return the items of a fiscal year (พ.ศ.) with their addresses, by number."""
    return [row.item for row in listed(organization_id, fiscal_year=fiscal_year)]


def entry_of(item: DisclosureItem) -> Entry:
    """Return an item as the rules know it."""
    return Entry(item.meaning, item.number, item.title, item.is_confirmed)


def known(organization_id: int, *, fiscal_year: int) -> list[Known]:
    """Return what a row of a workbook may mean: the year's items, and what the handbook has besides."""
    kept = [Known(entry_of(item), item.is_retired) for item in of_year(organization_id, fiscal_year=fiscal_year)]
    if kept:
        return kept
    return [Known(entry, is_retired=True) for entry in known_list(fiscal_year)]


def page(page_id: int) -> FoundPage | None:
    """Return a page whose links were asked for."""
    return db.session.get(FoundPage, page_id)


def other_years(item: DisclosureItem) -> Sequence[DisclosureItem]:
    """Return the same item, by its meaning, in other years, the newest first."""
    same = (DisclosureItem.organization_id == item.organization_id, DisclosureItem.meaning == item.meaning)
    found = select(DisclosureItem).where(*same, DisclosureItem.id != item.id)
    return db.session.scalars(found.order_by(DisclosureItem.fiscal_year.desc())).all()
