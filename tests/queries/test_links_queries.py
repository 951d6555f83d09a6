from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_measure, make_organization, make_person, make_plan, make_task
from tests.factories_public import make_item, make_link, make_link_check
from tests.statements import count_queries
from tracker.domain.link_histories import Look
from tracker.domain.links import Verdict
from tracker.domain.statuses import Placement
from tracker.extensions import db as database
from tracker.queries import dead_evidence, link_keepers, link_uses
from tracker.queries import links as queries
from tracker.queries.links import Narrowing, Seen


@pytest.fixture
def office(db):
    return make_organization()


@pytest.fixture
def by(office):
    return make_person(organization=office)


@pytest.fixture
def address(office):
    """Make an address."""
    return lambda name, **kinds: make_link(f"https://example.go.th/{name}", organization=office, **kinds)


@pytest.fixture
def proof(office, by):
    """Make an address that is evidence on a task."""

    def proof(link, *, fiscal_year=2569, division=None, **kinds):
        measure = make_measure(plan=make_plan(fiscal_year, organization=office))
        task = make_task(measure=measure, division=division or office.divisions[0])
        return make_evidence(task, url=link.url, by=by, **kinds)

    return proof


def watched(office, division_ids=None, **narrowing):
    seen = Seen(office.id, TODAY, division_ids)
    return [link.url.rpartition("/")[2] for link in queries.listed(seen, Narrowing(**narrowing))]


def test_addresses_of_items_of_this_list_and_the_one_before_are_watched(office, address):
    for year in (2567, 2568, 2569):
        make_item(organization=office, fiscal_year=year, links=(address(year),))

    assert watched(office) == ["2568", "2569"]


def test_an_item_that_is_not_asked_for_any_more_is_not_watched(office, address):
    make_item(organization=office, links=(address("retired"),)).is_retired = True

    assert watched(office) == []


def test_links_that_stand_as_evidence_of_running_plans_are_watched(office, address, proof):
    old, stands, withdrawn = address("old"), address("stands"), address("withdrawn")
    proof(old, fiscal_year=2567)
    proof(stands)
    proof(withdrawn, fiscal_year=2568, is_withdrawn=True)

    assert watched(office) == ["stands"]


def test_a_link_that_a_later_version_replaced_is_not_watched(office, address, proof, by):
    before, after = address("before"), address("after")
    first = proof(before)
    make_evidence(first.task, url=after.url, replaces=first, by=by)

    assert watched(office) == ["after"]


def test_an_address_used_twice_is_listed_once(office, address, proof):
    link = address("both")
    make_item(organization=office, links=(link,))
    proof(link)

    assert watched(office) == ["both"]


def test_another_organization_has_addresses_of_its_own(office, address):
    make_item(organization=office, links=(address("ours"),))

    assert watched(make_organization("เทศบาลอื่น")) == []


def test_evidence_of_a_division_that_one_does_not_see_is_not_listed(office, address, proof):
    first, second = office.divisions[:2]
    proof(address("first"), division=first)
    other = proof(address("second"), division=second, fiscal_year=2568)
    make_item(organization=office, links=(address("item"),))

    assert watched(office, division_ids=[first.id]) == ["item", "first"]
    assert watched(office, division_ids=[]) == ["item"]
    assert other.task.division_id == second.id


def test_the_worst_comes_first(office, address):
    for verdict in Verdict:
        make_item(len(verdict), organization=office, links=(address(verdict, verdict=verdict),))

    assert watched(office) == ["broken", "caution", "unchecked", "ok"]


def test_a_list_is_narrowed(office, address, proof):
    first, second = office.divisions[:2]
    make_item(1, organization=office, division=first, links=(address("item", verdict=Verdict.OK),))
    make_item(2, organization=office, division=second, links=(address("other"),))
    proof(address("evidence"), division=first)

    assert watched(office, division_id=first.id) == ["evidence", "item"]
    assert watched(office, is_of_items=True) == ["other", "item"]
    assert watched(office, is_of_items=False) == ["evidence"]
    assert watched(office, verdict=Verdict.OK) == ["item"]
    assert queries.counts(Seen(office.id, TODAY))[Verdict.UNCHECKED] == 2


def test_where_addresses_are_used_is_told_in_two_statements(office, address, proof):
    links = [address(number) for number in range(5)]
    for number, link in enumerate(links, start=1):
        make_item(number, organization=office, division=office.divisions[0], links=(link,))
    proof(links[0], division=office.divisions[1])
    database.session.flush()

    with count_queries() as statements:
        uses = link_uses.of(links, organization_id=office.id, division_ids=[d.id for d in office.divisions])

    assert len(statements) == 2  # items with their divisions; evidence with task, measure and division
    assert uses[links[0].id].divisions == [division.name for division in office.divisions[:2]]
    assert uses[links[4].id].items[0].code == "O5"


def test_looks_since_a_moment_come_with_the_one_before_it(office, address):
    link = address("a")
    for days in (9, 5, 1):
        make_link_check(link, at=MORNING - timedelta(days=days))

    found = queries.looks([link.id], since=MORNING - timedelta(days=3))

    assert found == {link.id: [Look(MORNING - timedelta(days=days), Verdict.OK) for days in (5, 1)]}


def test_the_list_in_force_is_watched_however_early_the_next_ones_are_begun(office, address):
    for year in (2567, 2568, 2569, 2570, 2571):
        make_item(organization=office, fiscal_year=year, links=(address(year),))

    assert watched(office) == ["2568", "2569", "2570", "2571"]


def test_a_list_that_has_not_begun_is_watched_where_it_is_the_only_one(office, address):
    make_item(organization=office, fiscal_year=2571, links=(address("early"),))

    assert watched(office) == ["early"]


@pytest.mark.parametrize("left", ["an old plan", "a task given up"])
def test_evidence_that_is_not_watched_is_not_called_dead_either(office, by, address, proof, left):
    link = address("left")
    link.verdict, link.failures, link.failing_since = Verdict.BROKEN, 2, MORNING
    piece = proof(link, fiscal_year=2567 if left == "an old plan" else 2569, division=by.position.division)
    if left == "a task given up":
        piece.task.placement = Placement.RETIRED
    database.session.flush()

    assert watched(office) == []
    assert dead_evidence.task_ids(office.id, today=TODAY) == frozenset()
    assert dead_evidence.of_task(piece.task_id, today=TODAY) == {}
    assert link_keepers.uses_of([link.id], today=TODAY) == []


def test_of_cautions_those_that_may_turn_out_broken_come_first_on_every_database(office, address):
    opens, fails = address("a"), address("b")
    opens.verdict = fails.verdict = Verdict.CAUTION
    fails.failures, fails.failing_since = 1, MORNING
    make_item(organization=office, links=(opens, fails))

    assert watched(office) == ["b", "a"]
