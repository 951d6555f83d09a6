from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.calendar import Calendar
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.models import Delivery, Event, Holiday, Message, Notice, TaskState
from tracker.queries import forecasts
from tracker.queries import reminders as queries
from tracker.services import tasks

ONE_DAY = timedelta(days=1)
FRIDAY = TODAY
MONDAY = date(2026, 2, 23)


@pytest.fixture
def head(db):
    return make_person(Role.HEAD, division=make_organization().divisions[0])


@pytest.fixture
def told(db):
    """Say which steps of the ladder were told, and on which day."""

    def told():
        rows = db.session.execute(
            select(Message.digest_on, Notice.step).join(Notice.message).order_by(Message.digest_on, Notice.id)
        )
        return [tuple(row) for row in rows]

    return told


def count(db, kind):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_a_task_climbs_the_ladder_around_its_deadline_on_working_days(head, run, told, outbox):
    due_on = date(2026, 3, 25)  # a Wednesday
    make_task(due_on=due_on)

    for days in range(-32, 24):
        run(due_on + timedelta(days=days))

    assert told() == [
        (date(2026, 2, 23), "lead_30"),
        (date(2026, 3, 18), "lead_7"),
        (date(2026, 3, 24), "lead_1"),
        (date(2026, 3, 25), "due"),
        (date(2026, 3, 26), "late_1"),
        (date(2026, 4, 2), "late_8"),
        (date(2026, 4, 9), "late_15"),
        (date(2026, 4, 16), "late_22"),
    ]
    assert len(outbox) == 8


def test_leads_fall_back_to_the_working_day_before_and_follow_ups_move_on(head, run, told):
    make_task(due_on=MONDAY)  # its lead of one day falls on a Sunday
    make_task(due_on=FRIDAY)  # its first day of being late is a Saturday

    for days in range(5):
        run(FRIDAY + timedelta(days=days))

    assert (FRIDAY, "lead_1") in told()
    assert (MONDAY, "late_1") in told()


def test_everything_of_a_day_is_one_digest(db, head, run, outbox):
    for days in (-20, 0, 1, 7):
        make_task(due_on=TODAY + timedelta(days=days))

    run()

    assert len(outbox) == 1
    assert count(db, Notice) == 4


def test_a_second_run_sends_nothing(db, head, run, outbox):
    make_task()
    run()
    run()

    assert len(outbox) == 1
    assert count(db, Message) == 1


def test_what_comes_up_after_the_digest_of_the_day_waits_for_the_next_working_day(head, run, outbox):
    make_task()
    run()
    make_task()
    run(FRIDAY, 15)
    assert len(outbox) == 1

    run(MONDAY)

    assert len(outbox) == 2


@pytest.mark.parametrize(
    ("day", "hour", "minute"),
    [
        (FRIDAY + ONE_DAY, 9, 0),
        (FRIDAY + 2 * ONE_DAY, 9, 0),
        (FRIDAY, 8, 29),
        (FRIDAY, 18, 1),
    ],
    ids=["saturday", "sunday", "before the hour", "after the office has closed"],
)
def test_nobody_is_told_outside_working_hours(db, head, run, day, hour, minute):
    make_task(due_on=FRIDAY)

    run(day, hour, minute)

    assert count(db, Message) == 0


@pytest.mark.parametrize(("hour", "minute"), [(8, 30), (18, 0)])
def test_the_sending_hours_include_their_bounds(head, run, outbox, hour, minute):
    make_task()

    run(FRIDAY, hour, minute)

    assert len(outbox) == 1


def test_nobody_is_told_on_a_holiday_but_before_it(db, head, run, told):
    db.session.add(Holiday(organization_id=head.user.organization_id, on_day=MONDAY, name="วันหยุดพิเศษ"))
    make_task(due_on=MONDAY)

    for days in range(4):
        run(FRIDAY + timedelta(days=days))

    assert told() == [(FRIDAY, "due")]


def test_another_organizations_holiday_keeps_nobody_here_from_being_told(db, head, run, outbox):
    other = make_organization("เทศบาลตำบลข้างเคียง")
    db.session.add(Holiday(organization_id=other.id, on_day=FRIDAY, name="วันหยุดของที่อื่น"))
    make_task(measure=make_measure(plan=make_plan(organization=head.user.organization)))

    run(FRIDAY)

    assert len(outbox) == 1


def test_after_a_month_without_the_machine_there_is_one_digest_that_tells_how_things_stand(head, run, told, outbox):
    make_task(due_on=FRIDAY)
    run(date(2026, 1, 20))

    run(date(2026, 3, 20))
    run(date(2026, 3, 20), 15)

    assert told() == [(date(2026, 3, 20), "late_22")]
    assert len(outbox) == 1


def test_after_the_eighth_follow_up_there_is_silence(head, run, outbox):
    make_task(due_on=date(2025, 10, 15))
    for days in range(75):
        run(date(2025, 10, 16) + timedelta(days=days))

    assert len(outbox) == 9  # one day late, then every seven days, eight times at most


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_nobody_is_told_of_what_is_no_longer_theirs_to_do(head, run, outbox, status):
    make_task(status=status, submitted_by=head)

    run()

    assert len(outbox) == 0


@pytest.mark.parametrize("placement", [Placement.RETIRED, Placement.OUTSIDE])
def test_nobody_is_told_of_what_the_schedule_no_longer_asks_for(head, run, outbox, placement):
    make_task().placement = placement

    run()

    assert len(outbox) == 0


def test_what_was_done_before_sending_is_dropped(app, db, head, run, outbox, monkeypatch):
    task = make_task()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    tasks.submit(task=task, by=head, now=MORNING, today=TODAY)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    run()

    assert outbox.tried == []
    assert db.session.scalar(select(Delivery.state)) == "dropped"


def test_only_what_is_still_open_is_in_the_mail(app, db, head, run, outbox, monkeypatch):
    done, still_open = make_task(), make_task()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()
    tasks.submit(task=done, by=head, now=MORNING, today=TODAY)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    run()

    (mail,) = outbox
    assert still_open.measure.title in mail.text
    assert done.measure.title not in mail.text + mail.html


def test_a_moved_deadline_speaks_again(head, run, told):
    task = make_task(due_on=TODAY)
    run(TODAY)
    task.due_on = MONDAY

    run(MONDAY)

    assert told() == [(TODAY, "due"), (MONDAY, "due")]


def test_a_past_plan_that_is_imported_reminds_nobody(head, run, outbox):
    make_plan(reminders_from=TODAY)
    make_task(due_on=TODAY - timedelta(days=3))

    run(TODAY)

    assert len(outbox) == 0


def test_what_a_past_plan_still_owes_later_is_told_from_the_day_it_was_imported(head, run, told):
    make_plan(reminders_from=TODAY)
    make_task(due_on=TODAY - 7 * ONE_DAY)  # late_8 is on the 21st, a Saturday

    for days in range(4):
        run(TODAY + days * ONE_DAY)

    assert told() == [(MONDAY, "late_8")]


def test_the_mail_says_whom_it_is_for_what_is_late_and_where_to_report(head, run, outbox):
    late, coming = make_task(due_on=TODAY - 3 * ONE_DAY), make_task(due_on=TODAY + ONE_DAY)

    run()

    (mail,) = outbox
    assert mail.to == head.user.email
    for body in (mail.text, mail.html):
        assert body.index(late.measure.title) < body.index(coming.measure.title)
        assert f"http://127.0.0.1:8000/tasks/{late.id}" in body
        assert "17 กุมภาพันธ์ 2569" in body
        assert head.user.organization.name in body


def statements_of(db, organization):
    db.session.commit()
    db.session.expunge_all()
    with count_queries() as statements:
        owed = queries.owed(organization.id, today=TODAY, calendar=Calendar())
    return len(owed), len(statements)


def test_the_number_of_people_and_tasks_does_not_change_the_number_of_statements(db, head):
    organization = head.user.organization
    make_task()
    few = statements_of(db, organization)
    for _ in range(5):
        make_person(division=organization.divisions[0])
        make_task()

    many = statements_of(db, organization)

    assert (few[0], many[0]) == (1, 36)
    # Who may be told, the plans, one for each kind of step, what addresses are broken, what citizens wrote.
    assert few[1] == many[1] <= 13


def test_nobody_to_tell_costs_one_statement(db, head, run):
    make_task()
    run()

    assert statements_of(db, head.user.organization) == (0, 1)


def test_reminding_changes_no_task_and_tells_no_history(db, head, run):
    task = make_task()
    states = count(db, TaskState)

    run()

    assert (task.status, task.last_event_at, count(db, Event), count(db, TaskState)) == ("not_started", None, 0, states)


def test_a_look_ahead_keeps_nothing(db, head):
    task = make_task()

    assert ahead(head, TODAY) == [(head.user, ["due"], [task])]
    assert count(db, Message) == 0


def ahead(head, on):
    """Return who would be told what on a day: the person, the steps, the tasks."""
    organization_id = head.user.organization_id
    found = forecasts.of_day(organization_id, on=on, today=TODAY, calendar=Calendar())
    return [(one.user, [item.step for item in one.items], [item.task for item in one.items]) for one in found]


def test_a_look_ahead_at_a_weekend_is_empty(head):
    make_task()

    assert ahead(head, TODAY + ONE_DAY) == []


def test_a_look_ahead_leaves_out_what_is_told_before(head):
    make_task(due_on=TODAY)  # told today, and as late on Monday
    make_task(due_on=MONDAY + timedelta(days=7))  # told on Monday
    make_task(due_on=TODAY + timedelta(days=7))  # told today only

    ((_, steps, _),) = ahead(head, MONDAY)

    assert steps == ["late_1", "lead_7"]
