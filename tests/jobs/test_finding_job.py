import pytest

from tests.clocks import MORNING
from tests.factories import kept, make_people
from tracker.channels.links import CannotOpen, Page
from tracker.domain.sentences import Sentence
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db as database
from tracker.jobs import finding, works
from tracker.models import FoundPage, LinkRules, Work
from tracker.services import found_pages

URL = "https://example.go.th/ita"


@pytest.fixture
def page(db):
    """A page that a clerk has asked for."""
    page = found_pages.ask(fiscal_year=2569, written=URL, by=make_people().clerk, now=MORNING)
    database.session.commit()
    return page


@pytest.fixture
def opened(monkeypatch):
    """Answer with a page instead of opening one, and keep what was asked for."""
    asked = []

    def answer_with(html):
        def open_page(url, *, allowed_hosts=()):
            asked.append((url, tuple(allowed_hosts)))
            if isinstance(html, Exception):
                raise html
            return Page("https://www.example.go.th/2569/", html)

        monkeypatch.setattr(finding, "open_page", open_page)
        return asked

    return answer_with


def outcome(page):
    database.session.expire_all()
    work = database.session.query(Work).one()
    return work.state, work.why_failed, database.session.get(FoundPage, page.id).links


def test_the_links_of_a_page_are_kept_as_seen_from_where_it_was_opened(page, opened):
    opened("<h2>O9 คู่มือ</h2><a href=o9.pdf>ดู</a>")

    works.run(works.OUTWARD)

    assert outcome(page) == (WorkState.DONE, None, [["ดู", "https://www.example.go.th/2569/o9.pdf", "O9 คู่มือ"]])


def test_a_page_that_cannot_be_opened_is_told_in_its_sentence(page, opened):
    opened(CannotOpen("There is no website of the name %(host)s.", host="example.go.th"))

    works.run(works.OUTWARD)

    why = Sentence("There is no website of the name %(host)s.", {"host": "example.go.th"})
    assert outcome(page) == (WorkState.FAILED, why, None)


def test_a_page_without_links_is_told(page, opened):
    opened("<p>ปิดปรับปรุง</p>")

    works.run(works.OUTWARD)

    state, why, links = outcome(page)
    assert (state, links) == (WorkState.FAILED, None)
    assert "no link" in str(why)


def test_only_what_the_office_allows_of_its_own_network_may_be_opened(page, opened):
    kept(LinkRules(organization_id=page.organization_id, intranet_names=["intranet.example.go.th"]))
    database.session.commit()
    asked = opened("<a href=x>x</a>")

    works.run(works.OUTWARD)

    assert asked == [(URL, ("intranet.example.go.th",))]


def test_finding_is_among_what_the_program_does():
    assert works.OUTWARD[WorkKind.FIND_LINKS] is finding.find
