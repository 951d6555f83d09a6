"""The Atom feed of a plan: an entry a day, what is public alone, identifiers that stay."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_measure, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.documents.writing.atom import ATOM, XHTML
from tracker.domain.statuses import Status
from tracker.services import tasks

NAMES = {"a": ATOM, "h": XHTML}


@pytest.fixture
def plan(people):
    plan = make_plan()
    make_window(plan)
    return plan


@pytest.fixture
def address(plan):
    return f"/public/{plan.organization.public_name}/{plan.fiscal_year}/feed.atom"


@pytest.fixture
def accepted(plan, people):
    """Accept a task of a new measure at a moment."""

    def accepted(*, now=MORNING):
        task = make_task(measure=make_measure(2, plan=plan), status=Status.SUBMITTED, submitted_by=people.member)
        tasks.accept(task=task, by=people.clerk, now=now)
        return task

    return accepted


@pytest.fixture
def entries(visit, address):
    return lambda query="": ElementTree.fromstring(visit().get(address + query).response.get_data()).findall(
        "a:entry", NAMES
    )


def words(entry):
    return " ".join(entry.find("a:content", NAMES).itertext())


def test_all_that_became_done_on_a_day_is_one_entry(entries, accepted):
    found = [accepted(), accepted(now=MORNING + timedelta(hours=2))]
    (entry,) = entries()
    assert entry.find("a:title", NAMES).text == "20 กุมภาพันธ์ 2569: แล้วเสร็จ 2 งาน"
    assert [task.measure.title in words(entry) for task in found] == [True, True]


def test_an_entry_keeps_its_identifier_when_more_comes_about_on_its_day(entries, accepted):
    accepted()
    (before,) = entries()
    accepted(now=MORNING + timedelta(hours=2))
    (after,) = entries()
    assert after.find("a:id", NAMES).text == before.find("a:id", NAMES).text
    assert after.find("a:updated", NAMES).text > before.find("a:updated", NAMES).text


def test_identifiers_do_not_depend_on_the_name_in_the_address(visit, plan, entries, accepted):
    accepted()
    (before,) = entries()
    plan.organization.slug = "bangpla"
    root = ElementTree.fromstring(visit().get("/public/bangpla/2569/feed.atom").response.get_data())
    assert root.find("a:entry/a:id", NAMES).text == before.find("a:id", NAMES).text


def test_identifiers_are_tags_and_all_different(entries, accepted, visit, address):
    accepted(), accepted(now=MORNING - timedelta(days=1))
    root = ElementTree.fromstring(visit().get(address).response.get_data())
    names = [one.text for one in root.iter(f"{{{ATOM}}}id")]
    assert len(set(names)) == 3
    assert all(name.startswith("tag:127.0.0.1,2025-10-01:plan:") for name in names)


def test_the_feed_is_as_new_as_its_newest_entry(visit, address, accepted, entries):
    accepted()
    root = ElementTree.fromstring(visit().get(address).response.get_data())
    assert root.find("a:updated", NAMES).text == entries()[0].find("a:updated", NAMES).text


def test_evidence_that_was_made_public_is_told_with_its_name(entries, plan):
    evidence = make_public(make_evidence(make_task(measure=make_measure(2, plan=plan)), title="ประกาศ.pdf"))
    (entry,) = entries()
    assert evidence.title in words(entry)


def test_evidence_that_is_not_public_is_no_news(entries, plan):
    make_evidence(make_task(measure=make_measure(2, plan=plan)))
    assert entries() == []


def test_nobody_is_named(entries, accepted, people):
    accepted()
    text = "".join(ElementTree.tostring(entry, encoding="unicode") for entry in entries())
    assert people.member.user.name not in text
    assert people.clerk.user.name not in text


def test_the_feed_can_be_read_in_english(entries, accepted):
    accepted()
    assert entries("?lang=en")[0].find("a:title", NAMES).text == "20 February 2569: 1 task done"


def test_a_feed_without_news_is_whole(visit, address):
    root = ElementTree.fromstring(visit().get(address).response.get_data())
    assert root.find("a:updated", NAMES).text


def test_a_long_day_is_shortened(entries, plan, people):
    for _ in range(23):
        make_public(make_evidence(make_task(measure=make_measure(3, plan=plan))))
    (entry,) = entries()
    assert len(list(entry.iter(f"{{{XHTML}}}li"))) == 21


def test_it_takes_as_many_statements_for_much_as_for_little(visit, address, accepted):
    accepted()
    with count_queries() as few:
        visit().get(address)
    for _ in range(4):
        accepted()
    with count_queries() as many:
        visit().get(address)
    assert len(many) == len(few)


def test_the_feed_sets_no_cookie_and_is_kept_by_its_mark(visit, address):
    first = visit().get(address).response
    assert first.content_type == "application/atom+xml; charset=utf-8"
    assert "Set-Cookie" not in first.headers
    visit().get(address, status=304, headers={"If-None-Match": first.headers["ETag"]})


def test_there_is_none_while_the_window_is_closed(visit, db):
    plan = make_plan()
    make_window(plan, is_open=False)
    page = visit().get(f"/public/{plan.organization.public_name}/{TODAY.year + 543}/feed.atom", status=404)
    assert page.response.mimetype == "application/problem+json"
