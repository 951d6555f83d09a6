"""A fiscal year's list of items: begun from the handbook or from the year before, and taken in from a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.domain.changes import ChangeKind
from tracker.domain.disclosure_lists import Entry
from tracker.domain.disclosure_rows import ItemRow
from tracker.domain.disclosures import Beginning, beginning, own_meaning, usual_keeper
from tracker.extensions import db
from tracker.models import Appointment, DisclosureAddress, DisclosureItem, Division, Organization
from tracker.queries import disclosures as queries
from tracker.services import changes, disclosures, organizations


@dataclass(frozen=True)
class Plan:
    """What beginning a year's list would do: nothing of it is done twice."""

    fiscal_year: int
    year_before: int | None
    beginning: Beginning
    was: dict[str, DisclosureItem] = field(default_factory=dict)  # the items of the year before, by meaning
    there: dict[str, DisclosureItem] = field(default_factory=dict)  # the year's own, by meaning
    to_fill: tuple[DisclosureItem, ...] = ()  # items without an address, while the year before had one

    @property
    def to_add(self) -> list[Entry]:
        """What the list lacks."""
        return [entry for entry in self.beginning.entries if entry.meaning not in self.there]

    @property
    def new(self) -> list[Entry]:
        """What of it was not asked for the year before."""
        return [entry for entry in self.beginning.new if entry.meaning not in self.there]

    @property
    def going_on(self) -> list[tuple[Entry, Entry]]:
        """What of it goes on, as it will be and as it was."""
        return [(now, was) for now, was in self.beginning.kept if now.meaning not in self.there]

    @property
    def addresses(self) -> int:
        """How many addresses come along."""
        meanings = [entry.meaning for entry in self.to_add] + [item.meaning for item in self.to_fill]
        return sum(len(self.was[meaning].addresses) for meaning in meanings if meaning in self.was)


def planned(*, organization_id: int, fiscal_year: int) -> Plan:
    """Return what beginning the list of a fiscal year (พ.ศ.) would do."""
    before = queries.year_before(organization_id, fiscal_year=fiscal_year)
    kept = [one for one in queries.of_year(organization_id, fiscal_year=before or 0) if not one.is_retired]
    found = beginning(
        [queries.entry_of(item) for item in kept], year_before=before or fiscal_year, fiscal_year=fiscal_year
    )
    there = {item.meaning: item for item in queries.of_year(organization_id, fiscal_year=fiscal_year)}
    was = {item.meaning: item for item in kept}
    shown = {meaning for meaning, item in was.items() if item.addresses}
    to_fill = tuple(item for item in there.values() if not item.addresses and item.meaning in shown)
    return Plan(fiscal_year, before, found, was, there, to_fill)


def begin(*, organization_id: int, fiscal_year: int, by: Appointment, now: datetime) -> Plan:
    """Begin, or complete, the list of a fiscal year (พ.ศ.), and return what was done. A second time adds nothing."""
    organization = organizations.lock(organization_id)
    plan = planned(organization_id=organization_id, fiscal_year=fiscal_year)
    for entry in plan.to_add:
        was = plan.was.get(entry.meaning)
        item = _added(organization, fiscal_year, entry, keeper=was.division if was else None)
        if was is not None:
            _carry_addresses(was, item, by=by, now=now)
    for item in plan.to_fill:
        _carry_addresses(plan.was[item.meaning], item, by=by, now=now)
    db.session.flush()
    if plan.to_add or plan.to_fill:
        told = f"{fiscal_year}/{len(plan.to_add)}/{plan.addresses}"
        changes.record(organization_id=organization.id, kind=ChangeKind.ITEM_LIST_BEGUN, by=by, now=now, after=told)
    return plan


def _added(organization: Organization, fiscal_year: int, entry: Entry, *, keeper: Division | None) -> DisclosureItem:
    if keeper is None or keeper.closed_on is not None:
        divisions = organization.open_divisions
        place = usual_keeper(entry.meaning, [one.name for one in divisions])
        keeper = divisions[place] if place is not None else None
    item = DisclosureItem(
        organization_id=organization.id,
        fiscal_year=fiscal_year,
        meaning=entry.meaning,
        number=entry.number,
        title=entry.title,
        is_confirmed=entry.is_confirmed,
        division_id=keeper.id if keeper else None,
    )
    db.session.add(item)
    db.session.flush()
    return item


def _carry_addresses(was: DisclosureItem, item: DisclosureItem, *, by: Appointment, now: datetime) -> None:
    for address in was.addresses:
        carried = DisclosureAddress(link=address.link, title=address.title, added_at=now, added_by_id=by.id)
        item.addresses.append(carried)


@dataclass
class TakenIn:
    """What a workbook changed."""

    added: int = 0
    changed: int = 0
    addresses: int = 0


def take_in(
    *,
    organization_id: int,
    fiscal_year: int,
    rows: Sequence[ItemRow],
    by: Appointment,
    now: datetime,
) -> TakenIn:
    """
    Take the rows of a workbook into the list of a fiscal year (พ.ศ.): all of them.

    What the file does not name stays, and so does every address; the same file a second time changes nothing.

    :raises TooManyAddresses: if an item would have more than anybody opens
    """
    organization = organizations.lock(organization_id)
    items = {item.meaning: item for item in queries.of_year(organization_id, fiscal_year=fiscal_year)}
    divisions = {one.name: one for one in organization.divisions}
    taken, before = TakenIn(), {meaning: _facts(item) for meaning, item in items.items()}
    new: dict[str, DisclosureItem] = {}
    for row in rows:
        item = items.get(row.meaning) or new.get(row.key)
        if item is None:
            item = _new(row, organization_id, fiscal_year, taken=[*items, *(one.meaning for one in new.values())])
            new[row.key] = item
        _apply(row, item, divisions)
        taken.addresses += _add_addresses(row, item, by=by, now=now)
    db.session.flush()
    taken.added = len(new)
    taken.changed = sum(_facts(item) != before[meaning] for meaning, item in items.items())
    if taken != TakenIn():
        told = f"{fiscal_year}/{taken.added + taken.changed}/{taken.addresses}"
        changes.record(organization_id=organization_id, kind=ChangeKind.ITEM_LIST_TAKEN_IN, by=by, now=now, after=told)
    return taken


def _new(row: ItemRow, organization_id: int, fiscal_year: int, *, taken: list[str]) -> DisclosureItem:
    item = DisclosureItem(
        organization_id=organization_id,
        fiscal_year=fiscal_year,
        meaning=row.meaning or own_meaning(row.number, taken),
        number=row.number,
        title=row.title,
    )
    db.session.add(item)
    return item


def _apply(row: ItemRow, item: DisclosureItem, divisions: dict[str, Division]) -> None:
    item.number, item.title = row.number, row.title
    if row.division is not None:
        item.division = divisions[row.division.name]
    if row.is_confirmed is not None:
        item.is_confirmed = row.is_confirmed
    if row.is_retired is not None:
        item.is_retired = row.is_retired
    db.session.flush()


def _facts(item: DisclosureItem) -> tuple[object, ...]:
    return item.number, item.title, item.division_id, item.is_confirmed, item.is_retired


def _add_addresses(row: ItemRow, item: DisclosureItem, *, by: Appointment, now: datetime) -> int:
    """Add the addresses that the item lacks, and return how many."""
    there, added = {address.link.url: address for address in item.addresses}, 0
    for url, title in row.addresses:
        if url not in there:
            there[url] = disclosures.show_at(item=item, written=url, title=title, by=by, now=now)
            added += 1
        elif title:
            there[url].title = title
    return added
