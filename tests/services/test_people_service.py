import pytest
from flask_security.utils import verify_password
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person
from tracker.domain.appointments import LastAdministrator
from tracker.domain.changes import ChangeKind
from tracker.domain.people import UsernameTaken
from tracker.domain.permissions import Role
from tracker.domain.sign_in import Visit
from tracker.models import Change, UserSession
from tracker.services import people, sessions
from tracker.services.people import AddressTaken, Details, UnusableAddress


@pytest.fixture
def admin(db):
    return make_person(Role.ADMINISTRATOR, organization=make_organization())


@pytest.fixture
def add(admin):
    def add(username="somchai", name="ชื่อ นามสกุล", email=""):
        details = Details(name=name, username=username, email=email)
        return people.add(organization_id=admin.user.organization_id, details=details, by=admin, now=MORNING)

    return add


@pytest.fixture
def change(admin):
    return lambda user, **details: people.change(user=user, details=Details(**details), by=admin, now=MORNING)


def recorded(db):
    return [(c.kind, c.person, c.before, c.after) for c in db.session.scalars(select(Change).order_by(Change.seq))]


def test_a_new_person_has_an_account_and_no_position(add):
    user = add(email="somchai@example.org")

    assert user.active
    assert (user.username, user.email, user.appointments) == ("somchai", "somchai@example.org", [])


def test_nobody_knows_the_password_of_a_new_person(add):
    assert not verify_password("", add("one").password)
    assert add("two").password != add("three").password


def test_adding_a_person_is_recorded(db, add):
    user = add(email="somchai@example.org")

    assert recorded(db) == [(ChangeKind.PERSON_ADDED, user, "", "ชื่อ นามสกุล · somchai · somchai@example.org")]


def test_a_user_name_is_unique_in_the_installation_whatever_its_case(db, add):
    elsewhere = make_person(organization=make_organization("เทศบาลตำบลข้างเคียง"))
    elsewhere.user.username = "Somchai"
    db.session.flush()

    with pytest.raises(UsernameTaken):
        add("somchai")


def test_a_user_name_that_another_organization_takes_at_this_very_moment_is_refused(add, monkeypatch):
    add("somchai")
    monkeypatch.setattr(people, "_check_username", lambda *_: None)

    with pytest.raises(UsernameTaken):
        add("somchai")


def test_two_people_may_be_called_the_same(add):
    assert add("one").name == add("two").name


def test_an_address_is_one_persons_whatever_its_case(add):
    add("one", email="A.B@example.org")

    with pytest.raises(AddressTaken):
        add("two", email="a.b@EXAMPLE.org")


def test_what_is_no_address_is_refused(add):
    with pytest.raises(UnusableAddress):
        add(email="ไม่ใช่อีเมล")


def test_a_change_of_names_is_recorded_with_what_was_before(db, add, change):
    user = add()

    change(user, name="ชื่อ ใหม่", username="somchai2", email="")

    assert user.name == "ชื่อ ใหม่"
    assert recorded(db)[1] == (ChangeKind.PERSON_CHANGED, user, "ชื่อ นามสกุล · somchai", "ชื่อ ใหม่ · somchai2")


def test_saving_an_account_as_it_is_records_nothing(db, add, change):
    user = add()

    change(user, name=user.name, username=user.username)

    assert len(recorded(db)) == 1


def test_nobody_takes_over_the_user_name_of_another(add, change):
    add("one")

    with pytest.raises(UsernameTaken):
        change(add("two"), name="ข", username="one")


def test_closing_an_account_is_recorded_once_and_ends_its_sessions(db, add, admin):
    user = add()
    sessions.begin(user=user, visit=Visit(), now=MORNING, machine_now=MORNING)

    for _ in range(2):
        people.close_account(user=user, by=admin, now=MORNING, today=TODAY)

    assert not user.active
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 0
    assert [kind for kind, *_ in recorded(db)] == [ChangeKind.PERSON_ADDED, ChangeKind.ACCOUNT_CLOSED]


def test_a_reopened_account_lets_in_again(db, add, admin):
    user = add()
    people.close_account(user=user, by=admin, now=MORNING, today=TODAY)

    for _ in range(2):
        people.reopen_account(user=user, by=admin, now=MORNING)

    assert user.active
    assert [kind for kind, *_ in recorded(db)][2:] == [ChangeKind.ACCOUNT_REOPENED]


def test_the_account_of_the_last_administrator_stays_open(db, admin):
    with pytest.raises(LastAdministrator):
        people.close_account(user=admin.user, by=admin, now=MORNING, today=TODAY)


def test_one_of_two_administrators_may_go(admin):
    make_person(Role.ADMINISTRATOR)

    people.close_account(user=admin.user, by=admin, now=MORNING, today=TODAY)

    assert not admin.user.active


def test_an_administrator_for_a_while_only_does_not_hold_up_what_concerns_others(db, admin):
    admin.ends_on = TODAY
    clerk = make_person(Role.CLERK)

    people.close_account(user=clerk.user, by=admin, now=MORNING, today=TODAY)

    assert not clerk.user.active


@pytest.mark.parametrize("role", [Role.CLERK, Role.EXECUTIVE])
def test_others_are_no_substitute_for_an_administrator(admin, role):
    make_person(role)

    with pytest.raises(LastAdministrator):
        people.close_account(user=admin.user, by=admin, now=MORNING, today=TODAY)


def test_the_administrator_of_another_organization_is_no_substitute(admin):
    make_person(Role.ADMINISTRATOR, organization=make_organization("เทศบาลตำบลข้างเคียง"))

    with pytest.raises(LastAdministrator):
        people.close_account(user=admin.user, by=admin, now=MORNING, today=TODAY)
