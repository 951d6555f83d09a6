from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_people, make_person, make_plan, make_task
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Delivery, Message, Notice, Task
from tracker.services import appointments, assignments, tasks, undo

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


@pytest.fixture
def clerk(head):
    return make_person(Role.CLERK, division=head.position.division)


def give(task, clerk, position=None, *, division=None, now=MORNING):
    """Give a task to a position, or to a division as a whole."""
    whom = division or position.division
    assignments.assign(plan=task.plan, ids=[task.id], division=whom, position=position, by=clerk, now=now)


def steps(db):
    rows = db.session.execute(select(Message.user_id, Notice.step).join(Notice.message).order_by(Notice.id))
    return [tuple(row) for row in rows]


def test_a_task_given_to_a_position_is_told_to_whoever_holds_it_and_to_the_head(db, head, clerk, run, outbox):
    division = head.position.division
    meant, colleague = (make_person(Role.OFFICER, division=division) for _ in range(2))
    make_task(division=division).position_id = meant.position_id

    run()

    assert {mail.to for mail in outbox} == {head.user.email, meant.user.email}
    assert colleague.user.email not in {mail.to for mail in outbox}


def test_whoever_is_newly_given_a_task_is_told_at_once_and_once(db, head, clerk, run, outbox):
    officer = make_person(Role.OFFICER, division=head.position.division)
    task = make_task(due_on=TODAY + 200 * ONE_DAY)
    give(task, clerk, officer.position)

    run()
    run(MONDAY)

    assert sorted(steps(db)) == [(head.user_id, "assigned"), (officer.user_id, "assigned")]
    assert "งานที่ได้รับมอบหมายใหม่" in outbox.sent[0].text
    assert outbox.sent[0].html.count(task.measure.title) == 1


def test_a_task_given_a_second_time_is_told_a_second_time(db, head, clerk, run):
    first, second = head.user.organization.divisions
    neighbour = make_person(Role.HEAD, division=second)
    task = make_task(due_on=TODAY + 200 * ONE_DAY)
    give(task, clerk, division=second)
    run()
    give(task, clerk, division=first, now=at(MONDAY, 8))

    run(MONDAY)

    assert steps(db) == [(neighbour.user_id, "assigned"), (head.user_id, "assigned")]


def test_a_task_of_both_kinds_is_told_in_one_section(head, clerk, run, outbox):
    officer = make_person(Role.OFFICER, division=head.position.division)
    task = make_task(due_on=TODAY + ONE_DAY)
    give(task, clerk, officer.position)

    run()

    assert [mail.text.count(task.measure.title) for mail in outbox] == [1, 1]


def test_what_was_taken_back_since_is_not_told(db, head, clerk, run):
    officer = make_person(Role.OFFICER, division=head.position.division)
    task = make_task(due_on=TODAY + 200 * ONE_DAY)
    give(task, clerk, officer.position)
    undo.take_back(plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=clerk, now=MORNING)

    run()

    assert steps(db) == []


def test_what_came_back_is_told_to_the_division_with_the_event_that_sent_it_back(db, head, clerk, run):
    task = make_task(due_on=TODAY + 200 * ONE_DAY, status=Status.SUBMITTED, submitted_by=head)
    tasks.return_to_division(task=task, by=clerk, now=MORNING, note="ขอให้แนบลิงก์")

    run()

    assert steps(db) == [(head.user_id, "returned")]
    assert db.session.scalars(select(Notice.occasion)).one() == str(task.plan.last_seq)


def test_a_return_that_was_taken_back_is_not_told(db, head, clerk, run):
    task = make_task(due_on=TODAY + 200 * ONE_DAY, status=Status.SUBMITTED, submitted_by=head)
    tasks.return_to_division(task=task, by=clerk, now=MORNING, note="ผิดงาน")
    undo.take_back(plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=clerk, now=MORNING)

    run()

    assert steps(db) == []


def test_a_second_return_speaks_again(db, head, clerk, run):
    task = make_task(due_on=TODAY + 200 * ONE_DAY, status=Status.SUBMITTED, submitted_by=head)
    tasks.return_to_division(task=task, by=clerk, now=MORNING, note="ขอให้แนบลิงก์")
    run()
    tasks.submit(task=task, by=head, now=MORNING, today=TODAY)
    tasks.return_to_division(task=task, by=clerk, now=MORNING, note="ลิงก์ยังเปิดไม่ได้")

    run(MONDAY)

    assert steps(db) == [(head.user_id, "returned")] * 2


def test_what_was_given_long_ago_is_no_news_to_a_successor(db, head, clerk, run):
    task = make_task(due_on=TODAY + 200 * ONE_DAY)
    give(task, clerk, head.position, now=at(TODAY - 31 * ONE_DAY))

    run()

    assert steps(db) == []


def test_what_was_given_away_before_the_mail_left_is_not_in_it(app, db, head, clerk, run, outbox, monkeypatch):
    other = head.user.organization.divisions[1]
    task = make_task()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    give(task, clerk, division=other)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    run()

    assert outbox.tried == []
