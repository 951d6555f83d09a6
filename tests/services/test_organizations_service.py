from datetime import date, timedelta

import pytest
from flask_security.utils import verify_password
from sqlalchemy.exc import IntegrityError

from tests.clocks import TODAY
from tests.factories import make_organization, make_person, make_position
from tracker.domain.permissions import Role
from tracker.domain.responsibles import Division as Named
from tracker.services import appointments, organizations, people

ONE_DAY = timedelta(days=1)


def test_divisions_keep_the_order_they_are_given_in(db):
    made = organizations.create(
        name="เทศบาลตำบลตัวอย่าง",
        divisions=[Named("หน่วยตรวจสอบภายใน"), Named("กองคลัง", short_names=("คลัง",), head="ผู้อำนวยการกองคลัง")],
    )
    db.session.expire_all()

    assert [(d.order, d.name) for d in made.divisions] == [(1, "หน่วยตรวจสอบภายใน"), (2, "กองคลัง")]
    assert made.divisions[1].as_named() == Named("กองคลัง", short_names=("คลัง",), head="ผู้อำนวยการกองคลัง")


def test_a_division_without_a_short_name_goes_by_its_name(db):
    assert [d.short_name for d in make_organization(divisions=("กองช่าง",)).divisions] == ["กองช่าง"]


def test_a_password_is_kept_so_that_only_its_owner_knows_it(db):
    user = people.open_account(organization=make_organization(), username="a", name="ก", password="open sesame 1")

    assert verify_password("open sesame 1", user.password)
    assert not verify_password("open sesame 2", user.password)


def test_new_passwords_differ_and_hold_no_letters_that_look_alike(db):
    passwords = {people.new_password() for _ in range(50)}

    assert len(passwords) == 50
    assert not set("".join(passwords)) & set("0oO1lI")


def test_two_people_cannot_share_a_user_name(db):
    organization = make_organization()
    people.open_account(organization=organization, username="clerk", name="ก", password="open sesame 1")

    with pytest.raises(IntegrityError):
        people.open_account(organization=organization, username="clerk", name="ข", password="open sesame 2")


@pytest.mark.parametrize(
    ("day", "is_in_force"),
    [(TODAY - ONE_DAY, False), (TODAY, True), (TODAY + ONE_DAY, True), (TODAY + 2 * ONE_DAY, False)],
)
def test_an_appointment_holds_on_its_first_and_its_last_day(db, day, is_in_force):
    appointment = make_person(starts_on=TODAY, ends_on=TODAY + ONE_DAY)

    assert appointment.is_in_force(day) is is_in_force
    assert appointment.user.appointments_on(day) == [appointment] * is_in_force


def test_an_appointment_without_an_end_holds_until_further_notice(db):
    assert make_person(starts_on=TODAY).is_in_force(date(2099, 1, 1))


def test_an_appointment_cannot_end_before_it_starts(db):
    with pytest.raises(IntegrityError):
        make_person(starts_on=TODAY, ends_on=TODAY - ONE_DAY)


def test_the_own_position_comes_before_an_acting_one(db):
    officer = make_person(Role.OFFICER)
    earlier = date(2020, 1, 1)
    cover = appointments.appoint(user=officer.user, position=make_position(), starts_on=earlier, is_acting=True)
    db.session.expire_all()

    assert officer.user.appointments_on(TODAY) == [officer, cover]
