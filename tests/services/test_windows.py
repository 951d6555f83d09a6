"""Opening and closing the public's window, what it shows, and the name it is found under."""

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_organization, make_people, make_plan
from tracker.domain.changes import ChangeKind
from tracker.domain.history import EventKind
from tracker.domain.public_names import BadPublicName, PublicNameFixed, PublicNameTaken
from tracker.models import Change, Event, PublicWindow
from tracker.queries import windows as queries
from tracker.services import windows
from tracker.services.windows import GapsNotAccepted, Shows, SinceChanged


@pytest.fixture
def clerk(db):
    return make_people().clerk


@pytest.fixture
def plan(clerk):
    return make_plan()


@pytest.fixture
def open_(plan, clerk):
    def open_(*, seen=None, gaps=(), accepts_gaps=False):
        seen = seen or Shows()
        return windows.open_(plan=plan, seen=seen, gaps=gaps, accepts_gaps=accepts_gaps, by=clerk, now=MORNING)

    return open_


@pytest.fixture
def close(plan, clerk):
    return lambda: windows.close(plan=plan, by=clerk, now=MORNING)


@pytest.fixture
def told(db):
    return lambda: [(event.kind, event.before, event.after) for event in db.session.scalars(select(Event))]


def test_a_plan_nobody_opened_is_closed(plan):
    assert not queries.of_plan(plan).is_open


def test_an_opened_window_says_who_opened_it_when(plan, clerk, open_):
    assert open_()
    window = queries.of_plan(plan)
    assert (window.is_open, window.published_at, window.published_by_id) == (True, MORNING, clerk.id)


def test_a_second_click_opens_nothing_and_is_not_told(open_, told):
    open_()
    assert not open_()
    assert told() == [(EventKind.WINDOW_OPENED, "", "results")]


def test_a_window_is_not_opened_otherwise_than_it_was_looked_at(plan, clerk, open_):
    windows.change(plan=plan, shows=Shows(obstacles=True), by=clerk, now=MORNING)
    with pytest.raises(SinceChanged):
        open_(seen=Shows())


def test_what_is_missing_has_to_be_accepted(open_):
    with pytest.raises(GapsNotAccepted):
        open_(gaps=["ขาดขั้นตอน"])


def test_what_was_missing_when_it_was_opened_stays_in_the_history(db, open_):
    open_(gaps=["ขาดขั้นตอน", "ขาดระยะเวลา"], accepts_gaps=True)
    assert db.session.scalars(select(Event.note)).one() == "ขาดขั้นตอน\nขาดระยะเวลา"


def test_a_closed_window_is_closed_at_once_and_told_once(plan, open_, close, told):
    open_()
    assert (close(), close()) == (True, False)
    assert not queries.of_plan(plan).is_open
    assert [kind for kind, *_ in told()] == [EventKind.WINDOW_OPENED, EventKind.WINDOW_CLOSED]


def test_a_window_keeps_its_settings_when_it_is_opened_again(plan, clerk, open_, close):
    windows.change(plan=plan, shows=Shows(obstacles=True), by=clerk, now=MORNING)
    open_(seen=Shows(obstacles=True))
    close()
    assert Shows.of(queries.of_plan(plan)) == Shows(obstacles=True)


def test_a_change_of_what_is_shown_is_told_with_before_and_after(plan, clerk, told):
    assert windows.change(plan=plan, shows=Shows(results=False, feedback=True), by=clerk, now=MORNING)
    assert told() == [(EventKind.WINDOW_CHANGED, "results", "feedback")]


def test_the_same_settings_once_more_change_nothing(plan, clerk, told):
    assert not windows.change(plan=plan, shows=Shows(), by=clerk, now=MORNING)
    assert told() == []


def test_obstacles_and_feedback_are_off_unless_switched_on(plan):
    assert Shows.of(queries.of_plan(plan)) == Shows(results=True, obstacles=False, feedback=False)


def test_looking_at_a_window_makes_none(db, plan):
    queries.of_plan(plan)
    db.session.flush()
    assert db.session.scalars(select(PublicWindow)).all() == []


def test_the_name_in_public_addresses_is_recorded(db, plan, clerk):
    assert windows.name(organization=plan.organization, written="Bangsai", by=clerk, now=MORNING)
    assert plan.organization.public_name == "bangsai"
    change = db.session.scalars(select(Change)).one()
    assert (change.kind, change.before, change.after) == (ChangeKind.PUBLIC_NAME_CHANGED, "", "bangsai")


def test_the_same_name_once_more_changes_nothing(db, plan, clerk):
    for is_new in (True, False):
        assert windows.name(organization=plan.organization, written="bangsai", by=clerk, now=MORNING) == is_new


def test_a_name_is_not_changed_while_a_window_is_open(plan, clerk, open_):
    open_()
    with pytest.raises(PublicNameFixed):
        windows.name(organization=plan.organization, written="bangsai", by=clerk, now=MORNING)


def test_a_name_may_change_once_everything_is_closed(plan, clerk, open_, close):
    open_()
    close()
    assert windows.name(organization=plan.organization, written="bangsai", by=clerk, now=MORNING)


def test_no_two_organizations_have_one_name(plan, clerk):
    make_organization("เทศบาลอื่น").slug = "bangsai"
    with pytest.raises(PublicNameTaken):
        windows.name(organization=plan.organization, written="bangsai", by=clerk, now=MORNING)


def test_a_number_is_no_name_for_it_could_be_another_organizations(plan, clerk):
    with pytest.raises(BadPublicName):
        windows.name(organization=plan.organization, written="2", by=clerk, now=MORNING)
