"""Items that must be open to the public: adding, changing, retiring them, and saying where they are."""

from datetime import datetime

from sqlalchemy import select

from tracker.domain.changes import ChangeKind
from tracker.domain.disclosures import MOST_ADDRESSES, NumberTaken, TooManyAddresses, own_meaning
from tracker.domain.evidence import LONGEST_TITLE, web_address
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import clean
from tracker.extensions import db
from tracker.models import Appointment, DisclosureAddress, DisclosureItem, Division
from tracker.services import changes, links, organizations


class AddressThere(Refusal):
    """It would be checked and shown twice."""

    def __init__(self) -> None:
        super().__init__(N_("This address is there already."))


class DivisionClosed(Refusal):
    """Nothing new is given to it."""

    def __init__(self, name: str) -> None:
        super().__init__(N_("%(name)s is closed. Choose another division."), name=name)


def add(
    *,
    organization_id: int,
    fiscal_year: int,
    number: int,
    title: str,
    division: Division | None,
    by: Appointment,
    now: datetime,
) -> DisclosureItem:
    """
    Add an item of the organization's own to a fiscal year's list (พ.ศ.).

    :raises NumberTaken: if another item of the year has the number
    :raises DivisionClosed: if the division is
    """
    organizations.lock(organization_id)
    _check_number(organization_id, fiscal_year, number)
    _check_division(division)
    taken = _items(organization_id, fiscal_year)
    item = DisclosureItem(
        organization_id=organization_id,
        fiscal_year=fiscal_year,
        meaning=own_meaning(number, [one.meaning for one in taken]),
        number=number,
        title=title,
        division_id=division.id if division else None,
    )
    db.session.add(item)
    db.session.flush()
    _record(item, ChangeKind.ITEM_ADDED, by=by, now=now, after=_told(item))
    return item


def change(
    *,
    item: DisclosureItem,
    number: int,
    title: str,
    division: Division | None,
    is_confirmed: bool,
    by: Appointment,
    now: datetime,
) -> None:
    """
    Give an item another number, title or keeper; its meaning stays, and with it its way into other years.

    :raises NumberTaken: if another item of the year has the number
    :raises DivisionClosed: if the division is, and was not the keeper
    """
    organizations.lock(item.organization_id)
    if not item.is_retired:
        _check_number(item.organization_id, item.fiscal_year, number, but=item.id)
    if division is None or division.id != item.division_id:
        _check_division(division)
    before = _told(item)
    item.number, item.title, item.is_confirmed = number, title, is_confirmed
    item.division_id = division.id if division else None
    db.session.flush()
    db.session.refresh(item, ["division"])
    if before != (after := _told(item)):
        _record(item, ChangeKind.ITEM_CHANGED, by=by, now=now, before=before, after=after)


def retire(*, item: DisclosureItem, by: Appointment, now: datetime) -> None:
    """Note that an item is asked for no more; its addresses stay. Retiring it again changes nothing."""
    organizations.lock(item.organization_id)
    db.session.refresh(item, ["is_retired"])
    if item.is_retired:
        return
    item.is_retired = True
    _record(item, ChangeKind.ITEM_RETIRED, by=by, now=now, before=_told(item))


def bring_back(*, item: DisclosureItem, by: Appointment, now: datetime) -> None:
    """
    Note that a retired item is asked for after all.

    :raises NumberTaken: if another item of the year has its number by now
    """
    organizations.lock(item.organization_id)
    _check_number(item.organization_id, item.fiscal_year, item.number, but=item.id)
    db.session.refresh(item, ["is_retired"])
    if not item.is_retired:
        return
    item.is_retired = False
    _record(item, ChangeKind.ITEM_RESTORED, by=by, now=now, after=_told(item))


def add_address(
    *, item: DisclosureItem, written: str, title: str = "", by: Appointment, now: datetime
) -> DisclosureAddress:
    """
    Say where an item is shown to the public, and keep who said so.

    :raises Refusal: as `show_at` does
    """
    address = show_at(item=item, written=written, title=title, by=by, now=now)
    _record(item, ChangeKind.ITEM_ADDRESS_ADDED, by=by, now=now, after=f"{_code(item)} · {address.link.url}")
    return address


def show_at(
    *, item: DisclosureItem, written: str, title: str = "", by: Appointment, now: datetime
) -> DisclosureAddress:
    """
    Say where an item is shown to the public; the address is watched from then on.

    :raises NotAnAddress: if it is none that everybody can open
    :raises AddressThere: if the item has it already
    :raises TooManyAddresses: if it has more than anybody opens
    """
    url = web_address(written)
    organizations.lock(item.organization_id)
    db.session.refresh(item, ["addresses"])
    if any(address.link.url == url for address in item.addresses):
        raise AddressThere()
    if len(item.addresses) >= MOST_ADDRESSES:
        raise TooManyAddresses()
    address = DisclosureAddress(
        link=links.watch(organization_id=item.organization_id, url=url, now=now),
        title=clean(title)[:LONGEST_TITLE],
        added_at=now,
        added_by_id=by.id,
    )
    item.addresses.append(address)
    db.session.flush()
    return address


def remove_address(*, address: DisclosureAddress, by: Appointment, now: datetime) -> None:
    """Note that an item is no longer shown there; what the checks found of the address is kept."""
    item, url = address.item, address.link.url
    organizations.lock(item.organization_id)
    item.addresses.remove(address)
    _record(item, ChangeKind.ITEM_ADDRESS_REMOVED, by=by, now=now, before=f"{_code(item)} · {url}")


def _told(item: DisclosureItem) -> str:
    """Return an item as the record of changes keeps it: the same words in every language."""
    title = item.title if item.is_confirmed else f"{item.title} (?)"
    return " · ".join([_code(item), title, *([item.division.name] if item.division else [])])


def _code(item: DisclosureItem) -> str:
    return f"{item.fiscal_year} {item.code}"


def _record(
    item: DisclosureItem, kind: ChangeKind, *, by: Appointment, now: datetime, before: str = "", after: str = ""
) -> None:
    changes.record(organization_id=item.organization_id, kind=kind, by=by, now=now, before=before, after=after)


def _items(organization_id: int, fiscal_year: int) -> list[DisclosureItem]:
    rows = select(DisclosureItem).where(
        DisclosureItem.organization_id == organization_id, DisclosureItem.fiscal_year == fiscal_year
    )
    return list(db.session.scalars(rows.order_by(DisclosureItem.id)))


def _check_number(organization_id: int, fiscal_year: int, number: int, *, but: int | None = None) -> None:
    for one in _items(organization_id, fiscal_year):
        if one.number == number and not one.is_retired and one.id != but:
            raise NumberTaken(number)


def _check_division(division: Division | None) -> None:
    if division is not None and division.closed_on is not None:
        raise DivisionClosed(division.name)
