from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_organization, make_people, make_person, make_plan, make_task
from tracker.domain.permissions import Role
from tracker.models import Delivery, Message, Task
from tracker.services import appointments

ONE_DAY = timedelta(days=1)
MONDAY = date(2026, 2, 23)


@pytest.fixture
def head(db):
    return make_person(Role.HEAD, division=make_organization().divisions[0])


def test_people_of_other_divisions_and_other_roles_are_not_told(db, run, outbox):
    people = make_people()
    make_task(division=people.member.position.division)

    run()

    assert [mail.to for mail in outbox] == [people.member.user.email]


def test_everybody_who_reports_for_the_division_is_told(db, head, run, outbox):
    officer = make_person(Role.OFFICER, division=head.position.division)
    make_task()

    run()

    assert {mail.to for mail in outbox} == {head.user.email, officer.user.email}


def test_an_acting_cover_is_told_and_whoever_left_is_not(db, run, outbox):
    division = make_organization().divisions[0]
    left = make_person(division=division, ends_on=TODAY - ONE_DAY)
    cover = make_person(Role.OFFICER, organization=division.organization)
    appointments.appoint(user=cover.user, position=left.position, starts_on=TODAY, is_acting=True)
    make_task(division=division)

    run()

    assert [mail.to for mail in outbox] == [cover.user.email]


def test_while_the_holder_is_away_the_acting_cover_is_told_as_well(db, head, run, outbox):
    cover = make_person(Role.CLERK)
    appointments.appoint(user=cover.user, position=head.position, starts_on=TODAY, ends_on=TODAY, is_acting=True)
    make_task()

    run()

    assert {mail.to for mail in outbox} == {head.user.email, cover.user.email}


def test_a_position_handed_over_this_morning_reminds_the_successor_alone(db, head, run, outbox):
    administrator, successor = make_person(Role.ADMINISTRATOR), make_person(Role.CLERK)
    appointments.hand_over(
        position=head.position, user=successor.user, starts_on=TODAY, seen=head.id, by=administrator, now=at(TODAY, 8),
        today=TODAY,
    )  # fmt: skip
    make_task()

    run()

    assert [mail.to for mail in outbox] == [successor.user.email]


def test_a_cover_that_was_ended_early_is_told_no_more(db, head, run, outbox):
    administrator, cover = make_person(Role.ADMINISTRATOR), make_person(Role.CLERK)
    acting = appointments.appoint(
        user=cover.user, position=head.position, starts_on=TODAY - ONE_DAY, ends_on=MONDAY, is_acting=True
    )
    appointments.end_cover(cover=acting, by=administrator, now=at(TODAY, 8), today=TODAY)
    make_task()

    run()

    assert [mail.to for mail in outbox] == [head.user.email]


def test_whoever_takes_office_later_is_not_told_yet(db, run, outbox):
    division = make_organization().divisions[0]
    make_person(division=division, starts_on=MONDAY)
    make_task(division=division, due_on=TODAY)

    run(TODAY)
    assert len(outbox) == 0

    run(MONDAY)
    assert len(outbox) == 1


def test_a_head_of_two_divisions_gets_one_digest_of_both(db, head, run, outbox):
    first, second = head.user.organization.divisions
    vacant = make_person(division=second, ends_on=TODAY - ONE_DAY).position
    appointments.appoint(user=head.user, position=vacant, starts_on=TODAY, is_acting=True)
    for division in (first, second):
        make_task(division=division)

    run()

    (mail,) = outbox
    assert first.name in mail.text
    assert second.name in mail.text


def test_a_closed_account_is_not_told(head, run, outbox):
    make_task()
    head.user.active = False

    run()

    assert len(outbox) == 0


def test_a_person_without_an_address_is_told_in_the_system_and_never_mailed(db, run, outbox):
    person = make_person(division=make_organization().divisions[0], has_email=False)
    make_task()

    run()

    assert db.session.scalar(select(Message.user_id)) == person.user_id
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 0
    assert outbox.tried == []


def test_an_address_taken_away_before_sending_gets_no_mail(app, db, head, run, outbox, monkeypatch):
    make_task()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    head.user.email = None
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    run()

    assert outbox.tried == []


def test_each_organization_hears_of_its_own_tasks_only(db, run, outbox):
    ours, theirs = make_organization(), make_organization("เทศบาลตำบลข้างเคียง")
    people = {o: make_person(division=o.divisions[0]) for o in (ours, theirs)}
    for organization in (ours, theirs):
        measure = make_measure(plan=make_plan(organization=organization))
        make_task(measure=measure)

    run()

    titles = {o.name: db.session.scalar(select(Task).where(Task.organization_id == o.id)).measure.title for o in people}
    for mail in outbox:
        organization = next(o for o, person in people.items() if person.user.email == mail.to)
        assert [name for name, title in titles.items() if title in mail.text] == [organization.name]
    assert len(outbox) == 2
