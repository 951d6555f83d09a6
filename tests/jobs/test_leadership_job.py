from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tracker.domain.permissions import Role
from tracker.domain.reminders import Rules
from tracker.domain.statuses import Review, Status
from tracker.models import Message, Notice
from tracker.services import tasks, undo

FRIDAY, MONDAY = TODAY, date(2026, 2, 23)
LONG = date(2026, 8, 31)
ONLY_BEHIND = Rules(leads=(), on_the_day=False, first_follow_up=0, follow_ups=0)


@pytest.fixture
def division(db):
    return make_organization().divisions[0]


@pytest.fixture
def head(division):
    return make_person(Role.HEAD, division=division)


def leader(division, level):
    person = make_person(Role.EXECUTIVE, organization=division.organization)
    person.position.leads_at = level
    return person


@pytest.fixture
def told(db):
    """Say what a person was told: on which day, which step."""

    def told(person):
        rows = db.session.execute(
            select(Message.digest_on, Notice.step)
            .join(Notice.message)
            .where(Message.user_id == person.user_id)
            .order_by(Message.digest_on, Notice.id)
        )
        return [tuple(row) for row in rows]

    return told


def days(start, count):
    return [start + timedelta(days=number) for number in range(count)]


def test_at_three_working_days_late_the_secretary_is_told_and_at_ten_the_mayor(division, head, run, told):
    secretary, mayor = leader(division, 1), leader(division, 2)
    make_task(due_on=FRIDAY)

    for day in days(FRIDAY, 21):
        run(day)

    assert told(secretary) == [(date(2026, 2, 25), "escalated_1")]
    assert told(mayor) == [(date(2026, 3, 6), "escalated_2")]


def test_a_manager_gets_one_mail_of_many_late_tasks(division, head, run, outbox):
    secretary = leader(division, 1)
    for _ in range(5):
        make_task(due_on=FRIDAY)

    run(date(2026, 2, 25))

    (mail,) = [mail for mail in outbox if mail.to == secretary.user.email]
    assert mail.text.count("/tasks/") == 5
    assert "งานล่าช้าที่รายงานถึงท่าน (5 งาน)" in mail.text


def test_what_is_handed_in_in_time_is_brought_to_nobody(division, head, run, told):
    secretary = leader(division, 1)
    task = make_task(due_on=FRIDAY)
    run(MONDAY)
    tasks.submit(task=task, by=head, now=at(MONDAY, 10), today=MONDAY)

    for day in days(MONDAY, 7):
        run(day)

    assert "escalated_1" not in [step for _, step in told(secretary)]


def test_a_submission_is_told_to_the_clerk_once(division, head, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    task = make_task(due_on=LONG)
    tasks.submit(task=task, by=head, now=MORNING, today=TODAY)

    run(FRIDAY)
    run(MONDAY)

    assert told(clerk) == [(FRIDAY, "review")]


def test_what_the_only_clerk_handed_in_is_told_to_the_secretary(division, run, told):
    clerk, secretary = make_person(Role.CLERK, organization=division.organization), leader(division, 1)
    cover = make_person(Role.HEAD, division=division)
    cover.user_id = clerk.user_id  # the clerk also acts as head
    task = make_task(due_on=LONG)
    tasks.submit(task=task, by=cover, now=MORNING, today=TODAY)

    run(FRIDAY)

    assert (told(clerk), told(secretary)) == ([], [(FRIDAY, "review")])


def test_where_the_plan_lets_people_accept_their_own_the_clerk_is_told_of_it(division, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    cover = make_person(Role.HEAD, division=division)
    cover.user_id = clerk.user_id
    task = make_task(due_on=LONG)
    task.plan.review = Review.SELF
    tasks.submit(task=task, by=cover, now=MORNING, today=TODAY)

    run(FRIDAY)

    assert told(clerk) == [(FRIDAY, "review")]


def test_what_was_handed_in_while_the_machine_was_off_for_two_months_is_still_told(division, head, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    task = make_task(due_on=LONG)
    tasks.submit(task=task, by=head, now=MORNING, today=TODAY)

    run(date(2026, 4, 22))

    assert told(clerk) == [(date(2026, 4, 22), "review")]


def test_an_obstacle_that_stands_for_a_week_is_told_to_clerk_and_secretary_not_to_the_mayor(division, head, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    secretary, mayor = leader(division, 1), leader(division, 2)
    task = make_task(due_on=LONG)
    tasks.block(task=task, by=head, now=MORNING, note="รอระเบียบ")

    for day in days(FRIDAY, 11):
        run(day)

    assert told(clerk) == told(secretary) == [(date(2026, 2, 27), "blocked")]
    assert told(mayor) == []


def test_an_obstacle_that_is_gone_is_told_to_nobody(division, head, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    task = make_task(due_on=LONG)
    tasks.block(task=task, by=head, now=MORNING, note="รอระเบียบ")
    tasks.unblock(task=task, by=head, now=at(MONDAY))

    for day in days(MONDAY, 9):
        run(day)

    assert told(clerk) == []


def test_an_obstacle_told_in_other_words_and_that_taken_back_counts_from_the_day_it_was_told(division, head, run, told):
    clerk = make_person(Role.CLERK, organization=division.organization)
    task = make_task(due_on=LONG)
    tasks.block(task=task, by=head, now=MORNING, note="รอระเบียบ")
    tasks.block(task=task, by=head, now=at(MONDAY), note="คำอื่น")
    undo.take_back(plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=head, now=at(MONDAY))

    for day in days(MONDAY, 9):
        run(day)

    assert told(clerk) == [(date(2026, 2, 27), "blocked")]


def test_a_task_in_work_without_a_word_for_a_month_is_asked_about_once_until_somebody_speaks(head, run, told):
    task = make_task(due_on=LONG)
    tasks.start(task=task, by=head, now=MORNING)

    for day in days(FRIDAY, 40):
        run(day)

    assert told(head) == [(MONDAY + timedelta(days=28), "stalled")]  # the 30th day is a Sunday


def test_a_word_on_it_begins_the_month_anew(db, head, run, told):
    task = make_task(due_on=LONG)
    tasks.start(task=task, by=head, now=MORNING)
    run(date(2026, 3, 23))
    task.last_event_at = at(date(2026, 3, 24))

    for day in days(date(2026, 3, 24), 32):
        run(day)

    assert [step for _, step in told(head)] == ["stalled", "stalled"]


def test_leadership_and_the_clerk_get_a_summary_on_the_first_working_day_of_a_week(division, head, run, told, outbox):
    clerk, mayor = make_person(Role.CLERK, organization=division.organization), leader(division, 2)
    plan = make_plan(rules=Rules(), organization=division.organization)
    make_task(due_on=date(2026, 2, 27), measure=make_measure(plan=plan), status=Status.DONE)

    for day in days(MONDAY, 7):
        run(day)

    assert told(clerk) == told(mayor) == [(MONDAY, "weekly")]
    assert "สรุปประจำสัปดาห์" in outbox.sent[0].subject
    assert "ดำเนินการแล้ว" in outbox.sent[0].text


@pytest.fixture
def busy(division, head):
    """A plan of which there is something to decide, and a mayor who is told on Mondays."""
    plan = make_plan(rules=Rules(), organization=division.organization)
    make_task(due_on=date(2025, 12, 31), measure=make_measure(plan=plan))
    make_task(due_on=date(2026, 2, 9), measure=make_measure(plan=plan), status=Status.DONE)
    blocked = make_task(due_on=LONG, measure=make_measure(plan=plan))
    tasks.block(task=blocked, by=head, now=at(date(2026, 2, 9)), note="รอระเบียบ")
    return plan, leader(division, 2)


def test_the_summary_says_the_verdict_as_the_overview_does(busy, run, outbox, visit):
    plan, mayor = busy
    run(MONDAY)
    page = visit(mayor).get(f"/dashboard?on={MONDAY}")
    verdict = next(one.text for one in page.root.all("p") if "verdict" in (one.get("class") or ""))

    (mail,) = [mail for mail in outbox if mail.to == mayor.user.email]
    assert verdict == "ดำเนินการแล้ว 33% ควรได้ 67% ณ วันที่ 23 กุมภาพันธ์ 2569 – สำนักปลัดเทศบาล ค้าง 1 งาน"
    assert verdict in mail.text
    assert verdict in mail.html


def test_the_summary_counts_what_is_to_be_decided_and_leads_to_it(busy, run, outbox):
    run(MONDAY)

    (mail,) = [mail for mail in outbox if mail.to == busy[1].user.email]
    assert "- ล่าช้า 10 วันทำการขึ้นไป: 1 งาน\n- ติดอุปสรรค 7 วันขึ้นไป: 1 งาน" in mail.text
    assert "/decisions?year=2569" in mail.text
    assert "■ ติดอุปสรรค 7 วันขึ้นไป" in mail.html
    assert "รอระเบียบ" not in mail.text.partition("เรื่องที่ต้องพิจารณาสั่งการ")[2]


def test_the_summary_of_a_plan_of_which_nothing_is_to_be_decided_says_nothing_of_it(division, run, outbox):
    leader(division, 2)
    make_plan(rules=Rules(), organization=division.organization)

    run(MONDAY)

    assert "/decisions" not in outbox.sent[0].text


def test_after_a_monday_without_the_machine_the_summary_comes_on_tuesday(division, run, told):
    mayor = leader(division, 2)
    make_plan(rules=Rules(), organization=division.organization)

    run(MONDAY + timedelta(days=1))

    assert told(mayor) == [(MONDAY + timedelta(days=1), "weekly")]


def test_a_plan_may_do_without_the_summary(division, run, told):
    mayor = leader(division, 2)
    make_plan(rules=Rules(weekly=False), organization=division.organization)

    run(MONDAY)

    assert told(mayor) == []


def test_the_head_of_a_division_that_is_behind_is_told_early_in_the_month_once(division, head, run, told, outbox):
    plan = make_plan(rules=ONLY_BEHIND, organization=division.organization)
    make_task(due_on=date(2026, 2, 20), measure=make_measure(plan=plan))
    make_task(due_on=LONG, measure=make_measure(plan=plan))

    for day in days(date(2026, 2, 27), 14):
        run(day)

    assert told(head) == [(date(2026, 3, 2), "behind")]
    assert "ต่ำกว่าแผน" in outbox.sent[0].text


def test_a_division_that_keeps_up_hears_nothing_of_it(division, head, run, told):
    plan = make_plan(rules=ONLY_BEHIND, organization=division.organization)
    make_task(due_on=LONG, measure=make_measure(plan=plan))

    run(date(2026, 3, 2))

    assert told(head) == []
