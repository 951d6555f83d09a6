"""Broken addresses in the digest: told once a break, weekly while it lasts, to whoever keeps them."""

from datetime import timedelta

import pytest

from tests import factories_public
from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_organization, make_person, make_plan, make_task
from tests.factories_public import make_link
from tracker.domain.links import Cause, Verdict
from tracker.domain.permissions import Role
from tracker.extensions import db as database
from tracker.jobs import reminders
from tracker.models import DisclosureItem, Notice, Organization

URL = "https://town.example/plan"
SINCE = MORNING - timedelta(days=1)
LONG = TODAY + timedelta(days=200)


@pytest.fixture
def division(db):
    return make_organization().divisions[0]


@pytest.fixture
def head(division):
    make_plan()
    return make_person(Role.HEAD, division=division)


def breaks(link, since=SINCE):
    link.verdict, link.cause, link.failing_since, link.failures = Verdict.BROKEN, Cause.GONE, since, 2


def mends(link):
    link.verdict, link.cause, link.failing_since, link.failures = Verdict.OK, None, None, 0


def town():
    return database.session.scalars(database.select(Organization)).one()


def broken_link(url=URL):
    link = make_link(url, organization=town(), verdict=Verdict.BROKEN, cause=Cause.GONE, failing_since=SINCE)
    link.checked_at = MORNING
    return link


def make_item(number=9, **facts):
    return factories_public.make_item(number, organization=town(), **facts)


@pytest.fixture
def link(division, head):
    """An address that cannot be opened, of an item that the division keeps."""
    link = broken_link()
    make_item(9, division=division, links=(link,))
    return link


@pytest.fixture
def collect(app, db, monkeypatch):
    """Write the digests that are due, and send none."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    def collect():
        db.session.commit()
        db.session.expire_all()
        with app.app_context():
            reminders.run_collecting()

    return collect


def days_told(run, outbox, count):
    """Run on so many days from today on and return on which of them mails left."""
    told = []
    for number in range(count):
        before = len(outbox)
        run(TODAY + timedelta(days=number))
        told += [number] * (len(outbox) - before)
    return told


def test_the_division_is_told_of_the_item_its_address_and_since_when(link, run, outbox):
    item = database.session.scalars(database.select(DisclosureItem)).one()

    run()

    (mail,) = outbox
    for part in (mail.text, mail.html):
        assert "O9 ข้อมูลเปิดเผยที่ 9" in part
        assert URL in part
        assert "/links?verdict=broken" in part
        assert f"/disclosures/{item.id}" in part
        assert "19 กุมภาพันธ์ 2569" in part
    assert mail.subject == "มาตรการ ITA: ลิงก์เปิดไม่ได้ 1 ลิงก์"


@pytest.mark.parametrize("verdict", [Verdict.OK, Verdict.UNCHECKED, Verdict.CAUTION])
def test_nobody_is_told_of_an_address_that_is_not_broken(link, run, outbox, verdict):
    link.verdict = verdict

    run()

    assert len(outbox) == 0


def test_a_break_is_told_once_and_then_once_a_week(link, run, outbox):
    # From a Friday on: a week later is a Friday again.
    assert days_told(run, outbox, 16) == [0, 7, 14]


def test_two_runs_at_once_tell_it_once(link, run, outbox):
    run()
    run()

    assert len(outbox) == 1
    assert database.session.query(Notice).count() == 1


def test_an_address_that_recovered_and_broke_anew_is_told_at_once(link, run, outbox):
    run(TODAY)
    mends(link)
    run(TODAY + timedelta(days=3))
    assert len(outbox) == 1

    breaks(link, since=MORNING + timedelta(days=3))
    run(TODAY + timedelta(days=4))

    assert len(outbox) == 2


def test_what_is_mended_before_the_digest_leaves_is_not_told(link, collect, run, outbox):
    collect()
    mends(link)

    run()

    assert database.session.query(Notice).count() == 1
    assert len(outbox) == 0


def test_a_digest_that_never_arrived_leaves_what_it_said_to_the_next(link, division, collect, run, outbox):
    collect()
    make_task(division=division, due_on=TODAY + timedelta(days=3))

    run(TODAY + timedelta(days=3))

    assert URL in list(outbox)[-1].text


def test_officers_are_told_as_their_head_is_and_other_divisions_are_not(link, division, head, run, outbox):
    officer = make_person(Role.OFFICER, division=division)
    make_person(Role.HEAD, division=division.organization.divisions[1])
    make_person(Role.CLERK, division=division)

    run()

    assert {mail.to for mail in outbox} == {head.user.email, officer.user.email}


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_clerk_is_told_of_items_that_no_open_division_keeps(division, head, run, outbox, is_closed):
    clerk = make_person(Role.CLERK, division=division)
    other = division.organization.divisions[1]
    other.closed_on = TODAY if is_closed else None
    make_item(9, division=other if is_closed else None, links=(broken_link(),))

    run()

    assert clerk.user.email in {mail.to for mail in outbox}
    assert head.user.email not in {mail.to for mail in outbox}


def test_items_of_an_earlier_year_and_items_not_asked_for_are_left_out(division, head, run, outbox):
    make_item(9, fiscal_year=2568, division=division, links=(broken_link(),))
    make_item(10, division=division, links=(broken_link("https://town.example/old"),)).is_retired = True

    run()

    assert len(outbox) == 0


def test_last_years_items_count_until_this_year_has_its_own(division, head, run, outbox):
    make_item(9, fiscal_year=2568, division=division, links=(broken_link(),))

    run()

    assert len(outbox) == 1


def test_dead_evidence_is_told_to_who_reports_on_its_task(division, head, run, outbox):
    task = make_task(due_on=LONG, division=division)
    make_evidence(task, url=URL, by=head)
    broken_link()

    run()

    (mail,) = outbox
    assert mail.to == head.user.email
    assert f"/tasks/{task.id}#evidence" in mail.text
    assert task.measure.title in mail.text


def test_evidence_that_was_replaced_or_withdrawn_is_not_told(division, head, run, outbox):
    task = make_task(due_on=LONG, division=division)
    first = make_evidence(task, url=URL, by=head)
    make_evidence(task, url="https://town.example/new", replaces=first)
    make_evidence(task, url=f"{URL}/2", is_withdrawn=True)
    for url in (URL, f"{URL}/2"):
        broken_link(url)

    run()

    assert len(outbox) == 0


def test_an_address_that_is_item_and_evidence_is_one_notice(link, division, head, run, outbox):
    make_evidence(make_task(due_on=LONG, division=division), url=URL, by=head)

    run()

    (mail,) = outbox
    assert mail.text.count(URL) == 2
    assert database.session.query(Notice).count() == 1


def test_with_tasks_to_report_the_digest_asks_for_these_first(link, division, run, outbox):
    make_task(due_on=TODAY, division=division)

    run()

    (mail,) = outbox
    assert mail.subject == "มาตรการ ITA: ลิงก์เปิดไม่ได้ 1 ลิงก์ ใกล้ครบกำหนด 1 งาน"
    assert URL in mail.text
