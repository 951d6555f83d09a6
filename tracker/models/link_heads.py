"""
Counting what happens to an organization's addresses, whichever service does it: what pages that show them depend on.

The count changes in the same transaction as an address's verdict, or as an item and its addresses. A look that finds an
address as it was changes nothing that pages show, and does not count.
"""

from typing import Any

from sqlalchemy import Connection, ScalarSelect, event, inspect, select, update
from sqlalchemy.orm import Mapper

from tracker.models.disclosure import DisclosureAddress, DisclosureItem
from tracker.models.link import Link
from tracker.models.organization import Organization

SHOWN = ("verdict", "cause", "details", "failing_since", "url")
_organization, _item = Organization.__table__.c, DisclosureItem.__table__.c


def _count(connection: Connection, organization_id: int | ScalarSelect[int]) -> None:
    moved = update(Organization.__table__).where(_organization.id == organization_id)
    connection.execute(moved.values(links_seq=_organization.links_seq + 1))


@event.listens_for(Link, "after_update")
def _link_changed(_mapper: Mapper[Any], connection: Connection, link: Link) -> None:
    attributes: Any = inspect(link, raiseerr=True).attrs
    if any(attributes[name].history.has_changes() for name in SHOWN):
        _count(connection, link.organization_id)


@event.listens_for(DisclosureItem, "after_insert")
@event.listens_for(DisclosureItem, "after_update")
@event.listens_for(DisclosureItem, "after_delete")
def _item_changed(_mapper: Mapper[Any], connection: Connection, item: DisclosureItem) -> None:
    _count(connection, item.organization_id)


@event.listens_for(DisclosureAddress, "after_insert")
@event.listens_for(DisclosureAddress, "after_update")
@event.listens_for(DisclosureAddress, "after_delete")
def _address_changed(_mapper: Mapper[Any], connection: Connection, address: DisclosureAddress) -> None:
    _count(connection, select(_item.organization_id).where(_item.id == address.item_id).scalar_subquery())
