import pytest

from tests.clocks import MORNING
from tests.factories import make_organization, make_person
from tests.factories_public import make_found_page, make_item
from tracker.domain.disclosure_matches import FoundLink
from tracker.domain.evidence import NotAnAddress
from tracker.domain.permissions import Role
from tracker.domain.works import WorkKind
from tracker.queries import works
from tracker.services import found_pages

LINK = FoundLink("คู่มือ", "https://example.go.th/o9", ("O9", "คู่มือประชาชน"))


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def by(organization):
    return make_person(Role.CLERK, organization=organization)


def test_a_page_that_is_asked_for_is_work_for_a_job(by):
    page = found_pages.ask(fiscal_year=2569, written="HTTPS://example.go.th", by=by, now=MORNING)

    assert (page.url, page.links) == ("https://example.go.th/", None)
    assert works.latest(kind=WorkKind.FIND_LINKS, subject_id=page.id) is not None


def test_only_an_address_is_asked_for(by):
    with pytest.raises(NotAnAddress):
        found_pages.ask(fiscal_year=2569, written="file:///etc/passwd", by=by, now=MORNING)


def test_what_was_read_comes_back_as_it_was(db):
    page = make_found_page()

    found_pages.keep(page_id=page.id, links=[LINK])
    db.session.expire_all()

    assert found_pages.links_of(page) == [LINK]


def test_a_page_without_links_says_so(db):
    with pytest.raises(found_pages.NoLinks):
        found_pages.keep(page_id=make_found_page().id, links=[])


def test_a_link_is_taken_once_however_often_it_is_ticked(organization, by):
    item = make_item(9, organization=organization)

    added = [found_pages.take(chosen=[(item, LINK)], by=by, now=MORNING) for _ in range(2)]

    assert added == [1, 0]
    assert [(address.link.url, address.title) for address in item.addresses] == [(LINK.address, "คู่มือ")]
