import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person
from tests.factories_public import make_division, make_item, make_link
from tracker.domain.changes import ChangeKind
from tracker.domain.disclosure_rows import ItemRow
from tracker.domain.permissions import Role
from tracker.domain.responsibles import Division
from tracker.models import Change
from tracker.queries import disclosures as queries
from tracker.services import disclosure_years, disclosures

URL, OTHER = "https://example.go.th/o17", "https://example.go.th/more"


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def by(organization):
    return make_person(Role.CLERK, organization=organization)


@pytest.fixture
def begin(organization, by):
    def begin(year):
        return disclosure_years.begin(organization_id=organization.id, fiscal_year=year, by=by, now=MORNING)

    return begin


@pytest.fixture
def take_in(organization, by):
    def take_in(*rows, year=2569):
        return disclosure_years.take_in(
            organization_id=organization.id, fiscal_year=year, rows=rows, by=by, now=MORNING
        )

    return take_in


@pytest.fixture
def listed(organization):
    """Return the items of a year by meaning."""
    return lambda year: {one.meaning: one for one in queries.of_year(organization.id, fiscal_year=year)}


@pytest.fixture
def show(organization):
    """Show an item of a year at an address."""

    def show(item, url=URL):
        make_person(Role.CLERK, organization=organization)
        link = make_link(url, organization=organization)
        disclosures.add_address(
            item=item,
            written=link.url,
            title="หน้าเว็บ",
            by=make_person(Role.CLERK, organization=organization),
            now=MORNING,
        )

    return show


def test_a_first_year_has_the_items_of_its_handbook_with_the_divisions_that_usually_keep_them(
    organization, begin, listed
):
    finance = organization.divisions[1]

    begin(2569)

    assert len(listed(2569)) == 26
    assert listed(2569)["procurement_result"].division == finance
    assert listed(2569)["service_manual"].division is None


def test_addresses_and_divisions_come_along_by_meaning_not_by_number(organization, begin, listed, show):
    division = make_division("กองช่าง", organization=organization)
    begin(2568)
    listed(2568)["complaint_procedure"].division = division  # O17 that year
    show(listed(2568)["complaint_procedure"])

    begin(2569)

    item = listed(2569)["complaint_procedure"]
    assert (item.code, item.division) == ("O16", division)
    assert [(address.link.url, address.title) for address in item.addresses] == [(URL, "หน้าเว็บ")]
    assert listed(2569)["complaint_channel"].addresses == []  # O17 now


def test_ones_own_items_come_along(organization, begin, listed, by):
    begin(2568)
    disclosures.add(
        organization_id=organization.id, fiscal_year=2568, number=40, title="ผังเมือง", division=None, by=by, now=MORNING
    )

    begin(2569)

    assert listed(2569)["own:40.1"].title == "ผังเมือง"


def test_what_a_clerk_took_out_does_not_come_back_with_a_year_that_is_not_known(begin, listed, by):
    begin(2569)
    disclosures.retire(item=listed(2569)["news"], by=by, now=MORNING)

    begin(2570)

    assert "news" not in listed(2570)
    assert len(listed(2570)) == 25


def test_beginning_twice_adds_nothing(begin, listed, show):
    begin(2568)
    show(listed(2568)["news"])
    begin(2569)

    again = begin(2569)

    assert (again.to_add, again.to_fill, again.addresses) == ([], (), 0)
    assert len(listed(2569)) == 26
    assert len(listed(2569)["news"].addresses) == 1


def test_what_the_clerk_made_of_an_item_is_left_alone(begin, listed, by):
    begin(2569)
    listed(2569)["news"].title = "ข่าวของเรา"
    disclosures.retire(item=listed(2569)["contact"], by=by, now=MORNING)

    begin(2569)

    assert (listed(2569)["news"].title, listed(2569)["contact"].is_retired) == ("ข่าวของเรา", True)


def test_a_list_begun_before_the_year_before_was_filled_in_still_gets_its_addresses(begin, listed, show):
    begin(2569)
    begin(2568)
    show(listed(2568)["news"])

    done = begin(2569)

    assert [item.meaning for item in done.to_fill] == ["news"]
    assert [address.link.url for address in listed(2569)["news"].addresses] == [URL]


def test_a_division_closed_since_gives_its_items_to_the_one_that_usually_keeps_them(organization, begin, listed):
    begin(2568)
    closed = make_division("กองเก่า", organization=organization)
    listed(2568)["procurement_result"].division = closed
    closed.closed_on = TODAY
    finance = organization.divisions[1]

    begin(2569)

    assert listed(2569)["procurement_result"].division == finance


def test_what_will_be_done_is_known_before_and_nothing_is_done_by_looking(organization, begin, listed, show):
    begin(2568)
    show(listed(2568)["news"])

    plan = disclosure_years.planned(organization_id=organization.id, fiscal_year=2569)

    assert (len(plan.to_add), plan.addresses, plan.year_before) == (26, 1, 2568)
    assert [entry.meaning for entry in plan.beginning.fallen] == ["service_statistics", "gift_report"]
    assert listed(2569) == {}


def test_another_organizations_years_are_not_taken_for_ones_own(begin):
    make_item(organization=make_organization("เทศบาลอื่น"), fiscal_year=2568, meaning="own:9.1")

    assert begin(2569).year_before is None


def test_rows_make_items_and_change_them(organization, take_in, listed):
    division = organization.divisions[1]
    make_item(4, organization=organization, meaning="news")

    taken = take_in(
        ItemRow(2, 5, "ข่าว", "news", Division("กองคลัง"), ((URL, "ข่าว"),), True, None),
        ItemRow(3, 40, "ผังเมือง", "", None, ((URL, ""),)),
        ItemRow(4, 40, "ผังเมือง", "", None, ((OTHER, ""),)),
    )

    assert (taken.added, taken.changed, taken.addresses) == (1, 1, 3)
    assert (listed(2569)["news"].code, listed(2569)["news"].division) == ("O5", division)
    assert [address.link.url for address in listed(2569)["own:40.1"].addresses] == [URL, OTHER]


def test_the_same_rows_a_second_time_change_nothing(take_in, listed):
    rows = [ItemRow(2, 40, "ผังเมือง", "own:40.1", None, ((URL, "ผัง"),), False, True)]
    take_in(*rows)

    again = take_in(*rows)

    assert (again.added, again.changed, again.addresses) == (0, 0, 0)
    assert listed(2569)["own:40.1"].is_retired


def test_what_rows_do_not_name_stays(organization, take_in, listed):
    item = make_item(4, organization=organization, meaning="news", links=(make_link(OTHER, organization=organization),))
    item.is_confirmed = False

    take_in(ItemRow(2, 4, "ข่าว", "news", None, ((URL, ""),)))

    assert {address.link.url for address in listed(2569)["news"].addresses} == {URL, OTHER}
    assert not listed(2569)["news"].is_confirmed


def test_beginning_a_list_and_taking_in_a_file_are_recorded_once(begin, take_in, db):
    for _ in range(2):
        begin(2569)
        take_in(ItemRow(2, 40, "ผังเมือง", "own:40.1", None, ((URL, ""),)))

    rows = [one for one in db.session.scalars(select(Change).order_by(Change.seq)) if one.kind.startswith("item_")]
    assert [(one.kind, one.after) for one in rows] == [
        (ChangeKind.ITEM_LIST_BEGUN, "2569/26/0"),
        (ChangeKind.ITEM_LIST_TAKEN_IN, "2569/1/1"),
    ]
