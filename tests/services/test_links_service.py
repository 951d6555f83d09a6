import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.changes import ChangeKind
from tracker.domain.intranet import NoHostName
from tracker.domain.link_schedules import JUST_NOW
from tracker.domain.links import Frequency, Judgement, Observation, Verdict
from tracker.domain.works import WorkKind, WorkState
from tracker.extensions import db as database
from tracker.models import Change, Link, LinkCheck, LinkRules, Work
from tracker.services import link_rules, links

LATER = MORNING + timedelta(days=9)


@pytest.fixture
def office(people):
    return people.clerk.position.division.organization


@pytest.fixture
def link(office):
    """An address of an item that need not be looked at for days."""
    link = make_link(organization=office)
    make_item(organization=office, links=(link,))
    link.next_check_at = LATER
    return link


def next_at(link):
    return database.session.scalar(select(Link.next_check_at).where(Link.id == link.id))


def test_an_address_is_looked_at_at_once_because_somebody_asks(people, link):
    work = links.ask_check(link=link, by=people.clerk, now=MORNING)

    assert (work.kind, work.subject_id, next_at(link)) == (WorkKind.CHECK_LINK, link.id, MORNING)


def test_pressing_twice_asks_once(people, link):
    first = links.ask_check(link=link, by=people.clerk, now=MORNING)
    second = links.ask_check(link=link, by=people.clerk, now=MORNING)

    assert first is second
    assert database.session.scalar(select(func.count()).select_from(Work)) == 1


def test_what_was_just_looked_at_is_left_alone(people, link):
    link.checked_at = MORNING - JUST_NOW + timedelta(seconds=1)

    links.ask_check(link=link, by=people.clerk, now=MORNING)

    assert next_at(link) == LATER


def test_all_addresses_join_the_work_that_is_under_way(people, office, link):
    links.hand_over(organization_id=office.id, now=MORNING)

    work = links.ask_checks(link_ids=[link.id], by=people.clerk, now=MORNING)

    assert (work.asked_by_id, next_at(link)) == (None, MORNING)
    assert database.session.scalar(select(func.count()).select_from(Work)) == 1


@pytest.mark.parametrize("ended", [WorkState.DONE, WorkState.FAILED])
def test_what_nobody_asked_for_leaves_no_trail_of_rows(office, ended):
    links.hand_over(organization_id=office.id, now=MORNING)
    work = database.session.scalars(select(Work)).one()
    work.state, work.refusal = ended, {"text": "it went wrong", "values": {}} if ended == WorkState.FAILED else None
    links.hand_over(organization_id=office.id, now=MORNING)

    assert [work.state for work in database.session.scalars(select(Work))] == [WorkState.WAITING]


def test_a_look_is_kept_with_what_it_means_in_one_step(link):
    observation = Observation(link.url, status=200, final_url=link.url, took_ms=140)

    links.record(link_id=link.id, observation=observation, judgement=Judgement(Verdict.OK), now=MORNING)

    (check,) = database.session.scalars(select(LinkCheck).where(LinkCheck.link_id == link.id))
    assert (check.at, check.verdict, check.status, check.took_ms) == (MORNING, Verdict.OK, 200, 140)
    assert (link.verdict, link.last_ok_at) == (Verdict.OK, MORNING)
    assert link.next_check_at > MORNING


def test_where_nobody_said_how_often_it_is_looked_at_again_the_next_night(link):
    observation = Observation(link.url, status=200, final_url=link.url, took_ms=140)

    links.record(link_id=link.id, observation=observation, judgement=Judgement(Verdict.OK), now=MORNING)

    assert next_at(link) - MORNING < timedelta(hours=36)


def test_the_organization_is_held_before_the_address_as_by_whoever_asks_for_a_look(people, link):
    observation = Observation(link.url, status=404, final_url=link.url, took_ms=140)
    database.session.flush()

    with count_queries() as keeping:
        links.record(link_id=link.id, observation=observation, judgement=Judgement(Verdict.BROKEN), now=MORNING)
    with count_queries() as asking:
        links.ask_check(link=link, by=people.clerk, now=MORNING)

    assert [_tables(heard)[:2] for heard in (keeping, asking)] == [["organization", "link"]] * 2


def _tables(heard):
    """The tables that statements read or change, each once, in their order."""
    names = (re.search(r"\b(?:FROM|UPDATE|INTO) (\w+)", statement)[1] for statement in heard.all)
    return list(dict.fromkeys(names))


def test_a_quicker_rhythm_brings_the_next_look_forward(people, office, link):
    link_rules.of(office.id).every = Frequency.MONTHLY

    change_frequency(office, people.clerk, Frequency.DAILY)

    assert MORNING < next_at(link) < MORNING + timedelta(days=2)


def test_a_slower_rhythm_does_not_put_off_the_look_that_comes(people, office, link):
    link.next_check_at = MORNING + timedelta(hours=15)

    change_frequency(office, people.clerk, Frequency.MONTHLY)

    assert next_at(link) == MORNING + timedelta(hours=15)


def test_a_change_of_the_rhythm_is_recorded_once(people, office):
    change_frequency(office, people.clerk, Frequency.WEEKLY)
    change_frequency(office, people.clerk, Frequency.WEEKLY)

    rows = database.session.execute(select(Change.kind, Change.before, Change.after)).all()
    assert rows == [(ChangeKind.LINK_RULES_CHANGED, "daily", "weekly")]


def change_frequency(office, by, every):
    link_rules.change_frequency(organization_id=office.id, every=every, by=by, now=MORNING, today=TODAY)


def test_names_of_the_office_are_allowed_and_recorded(people, office):
    names = ["Files.local", "intranet"]

    link_rules.change_intranet_names(organization_id=office.id, names=names, by=people.administrator, now=MORNING)

    assert database.session.get_one(LinkRules, office.id).intranet_names == ["files.local", "intranet"]
    assert database.session.scalars(select(Change.after)).all() == ["files.local intranet"]


def test_one_name_that_can_never_be_allowed_refuses_all(people, office):
    with pytest.raises(NoHostName):
        link_rules.change_intranet_names(
            organization_id=office.id, names=["intranet", "127.0.0.1"], by=people.administrator, now=MORNING
        )

    assert database.session.get(LinkRules, office.id) is None
