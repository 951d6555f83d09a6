import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.changes import ChangeKind
from tracker.domain.disclosures import MOST_ADDRESSES, NumberTaken, TooManyAddresses
from tracker.domain.evidence import NotAnAddress
from tracker.domain.permissions import Role
from tracker.models import Change, DisclosureItem, Link
from tracker.services import disclosures

URL = "https://example.go.th/o9"


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def by(organization):
    return make_person(Role.CLERK, organization=organization)


@pytest.fixture
def add(organization, by):
    def add(number=40, **values):
        values = {"title": "ผังเมือง", "division": None, "fiscal_year": 2569} | values
        return disclosures.add(organization_id=organization.id, number=number, by=by, now=MORNING, **values)

    return add


@pytest.fixture
def change(by):
    def change(item, **values):
        known = {"number": item.number, "title": item.title, "division": item.division, "is_confirmed": True}
        disclosures.change(item=item, by=by, now=MORNING, **known | values)

    return change


def test_an_item_of_ones_own_has_a_meaning_that_no_handbook_has(add):
    assert add(40).meaning == "own:40.1"


def test_the_same_number_in_another_year_is_another_item(add):
    assert add(40).id != add(40, fiscal_year=2570).id


def test_a_number_stands_once_in_a_year(add):
    add(40)

    with pytest.raises(NumberTaken):
        add(40)


def test_the_number_of_a_retired_item_is_free(add, by):
    disclosures.retire(item=add(40), by=by, now=MORNING)

    assert add(40).meaning == "own:40.2"


def test_a_retired_item_does_not_come_back_to_a_number_that_was_given_away(add, by):
    retired = add(40)
    disclosures.retire(item=retired, by=by, now=MORNING)
    add(40)

    with pytest.raises(NumberTaken):
        disclosures.bring_back(item=retired, by=by, now=MORNING)


def test_what_is_brought_back_is_as_it_was(add, by):
    item = add(40)
    disclosures.retire(item=item, by=by, now=MORNING)

    disclosures.bring_back(item=item, by=by, now=MORNING)

    assert (item.is_retired, item.title) == (False, "ผังเมือง")


def test_another_number_and_title_leave_the_meaning(organization, change):
    item = make_item(9, organization=organization, meaning="service_manual")

    change(item, number=10, title="คู่มือประชาชน", is_confirmed=False)

    assert (item.meaning, item.code, item.title, item.is_confirmed) == ("service_manual", "O10", "คู่มือประชาชน", False)


def test_a_change_takes_no_number_of_another_item(add, change):
    add(40)

    with pytest.raises(NumberTaken):
        change(add(41), number=40)


def test_a_closed_division_is_given_nothing_but_keeps_what_it_has(organization, change):
    division = organization.divisions[0]
    item = make_item(9, organization=organization, division=division)
    division.closed_on = TODAY

    change(item, title="คู่มือ")
    with pytest.raises(disclosures.DivisionClosed):
        change(make_item(10, organization=organization), division=division)

    assert item.division == division


def test_an_address_is_kept_in_one_spelling_and_watched_from_now(organization, by, db):
    item = make_item(9, organization=organization)

    address = disclosures.add_address(
        item=item, written=" HTTPS://Example.go.th:443/o9 ", title=" คู่มือ ", by=by, now=MORNING
    )

    assert (address.link.url, address.title) == (URL, "คู่มือ")
    assert address.link.next_check_at == MORNING


def test_two_items_shown_at_one_address_have_it_watched_once(organization, by, db):
    for number in (9, 10):
        item = make_item(number, organization=organization)
        disclosures.add_address(item=item, written=URL, by=by, now=MORNING)

    assert db.session.query(Link).count() == 1


def test_an_item_has_an_address_once(organization, by):
    item = make_item(9, organization=organization, links=(make_link(URL, organization=organization),))

    with pytest.raises(disclosures.AddressThere):
        disclosures.add_address(item=item, written="https://EXAMPLE.go.th/o9", by=by, now=MORNING)


def test_what_is_no_address_is_refused(organization, by):
    with pytest.raises(NotAnAddress):
        disclosures.add_address(item=make_item(9, organization=organization), written="o9.pdf", by=by, now=MORNING)


def test_an_item_has_no_more_addresses_than_anybody_opens(organization, by):
    links = tuple(make_link(f"{URL}/{number}", organization=organization) for number in range(MOST_ADDRESSES))
    item = make_item(9, organization=organization, links=links)

    with pytest.raises(TooManyAddresses):
        disclosures.add_address(item=item, written=URL, by=by, now=MORNING)


def test_a_removed_address_is_still_known_with_what_was_found_of_it(organization, by, db):
    item = make_item(9, organization=organization, links=(make_link(URL, organization=organization),))

    disclosures.remove_address(address=item.addresses[0], by=by, now=MORNING)

    assert db.session.get(DisclosureItem, item.id).addresses == []
    assert db.session.query(Link).count() == 1


@pytest.mark.parametrize("verb", ["retire", "remove_address"])
def test_the_organization_is_held_before_its_items_change(organization, by, verb):
    item = make_item(organization=organization, links=(make_link(URL, organization=organization),))

    with count_queries() as heard:
        if verb == "retire":
            disclosures.retire(item=item, by=by, now=MORNING)
        else:
            disclosures.remove_address(address=item.addresses[0], by=by, now=MORNING)

    held = next(place for place, one in enumerate(heard.all) if "FROM organization" in one)
    changed = next(place for place, one in enumerate(heard.all) if one in heard.writes)
    assert held < changed


def test_who_changed_an_item_and_where_it_is_shown_is_recorded(add, change, by, db):
    item = add(40)
    change(item, number=41)
    change(item)
    address = disclosures.add_address(item=item, written=URL, by=by, now=MORNING)
    disclosures.remove_address(address=address, by=by, now=MORNING)
    for _ in range(2):
        disclosures.retire(item=item, by=by, now=MORNING)
    for _ in range(2):
        disclosures.bring_back(item=item, by=by, now=MORNING)

    rows = [row for row in db.session.scalars(select(Change).order_by(Change.seq)) if row.kind.startswith("item_")]
    assert {row.appointment_id for row in rows} == {by.id}
    assert [(row.kind, row.before, row.after) for row in rows] == [
        (ChangeKind.ITEM_ADDED, "", "2569 O40 · ผังเมือง"),
        (ChangeKind.ITEM_CHANGED, "2569 O40 · ผังเมือง", "2569 O41 · ผังเมือง"),
        (ChangeKind.ITEM_ADDRESS_ADDED, "", f"2569 O41 · {URL}"),
        (ChangeKind.ITEM_ADDRESS_REMOVED, f"2569 O41 · {URL}", ""),
        (ChangeKind.ITEM_RETIRED, "2569 O41 · ผังเมือง", ""),
        (ChangeKind.ITEM_RESTORED, "", "2569 O41 · ผังเมือง"),
    ]
