import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.clocks import BANGKOK, TODAY, at
from tests.factories import (
    make_holiday,
    make_measure,
    make_organization,
    make_person,
    make_plan,
    make_position,
    make_task,
)
from tests.statements import count_queries
from tracker.domain.calendar import Calendar
from tracker.domain.decisions import Matter
from tracker.domain.permissions import Role
from tracker.domain.reminders import Rules
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement, Status
from tracker.queries import calendars, decisions
from tracker.queries.decisions import OpenFinding
from tracker.services import tasks, undo

LATER = date(2026, 8, 31)
LONG_AGO = TODAY - timedelta(days=90)


@pytest.fixture
def head(db):
    return make_person(Role.HEAD)


def of(plan, day=TODAY, *, is_now=True, calendar=None, **more):
    return decisions.as_of(plan, day=day, calendar=calendar or Calendar(), is_now=is_now, **more)


def both(plan, day=TODAY):
    """Return what is to be decided today, once it is clear that looking back at today says the same."""
    now, then = of(plan, day), of(plan, day, is_now=False)
    assert now == then
    return now


def ids(found, matter):
    return [item.task_id for item in found.items.get(matter, ())]


def days_ago(days, hour=9):
    return at(TODAY - timedelta(days=days), hour)


def begun(head, days, **more):
    task = make_task(due_on=LATER, **more)
    tasks.start(task=task, by=head, now=days_ago(days))
    return task


def blocked(head, days):
    task = make_task(due_on=LATER)
    tasks.block(task=task, by=head, now=days_ago(days), note="รอระเบียบ")
    return task


def handed_in(head, days):
    task = make_task(due_on=LATER)
    day = TODAY - timedelta(days=days)
    tasks.submit(task=task, by=head, now=at(day), today=day)
    return task


def test_nothing_is_to_be_decided_of_a_plan_that_goes_as_it_should(db):
    plan = make_task(due_on=TODAY).plan
    make_task(status=Status.DONE, due_on=TODAY - timedelta(days=99))

    assert both(plan).is_empty


@pytest.mark.parametrize(
    ("due_on", "matter"),
    [
        (date(2026, 2, 18), None),  # two working days late
        (date(2026, 2, 17), Matter.LATE_1),
        (date(2026, 2, 9), Matter.LATE_1),
        (date(2026, 2, 8), Matter.LATE_2),
        (date(2025, 10, 31), Matter.LATE_2),
    ],
)
def test_what_is_late_comes_to_one_level_of_leadership(db, due_on, matter):
    task = make_task(due_on=due_on)

    found = both(task.plan)

    assert dict(found.counts) == ({matter: 1} if matter else {})
    assert [item.since for item in found.items.get(matter, ())] == ([due_on] if matter else [])


def test_holidays_are_no_working_days(db):
    task = make_task(due_on=date(2026, 2, 17))
    make_holiday(TODAY)

    assert of(task.plan, calendar=calendars.working_days(task.organization_id)).is_empty


def test_where_nobody_is_on_the_first_level_everything_so_late_comes_to_the_second(db):
    plan = make_plan(rules=Rules(escalations=(0, 3)))
    task = make_task(measure=make_measure(plan=plan), due_on=date(2026, 2, 17))

    assert dict(both(task.plan).counts) == {Matter.LATE_2: 1}


@pytest.mark.parametrize("make", [blocked, handed_in])
def test_an_obstacle_and_a_hand_in_ask_for_a_decision_after_seven_days(head, make):
    task, _fresh = make(head, 7), make(head, 6)

    found = both(task.plan)

    assert [(item.task_id, item.since) for items in found.items.values() for item in items] == [
        (task.id, TODAY - timedelta(days=7))
    ]


def test_the_reason_of_an_obstacle_comes_with_it(head):
    task = blocked(head, 9)

    assert both(task.plan).items[Matter.BLOCKED][0].reason == "รอระเบียบ"


def test_an_obstacle_that_is_gone_asks_for_nothing(head):
    task = blocked(head, 9)
    tasks.unblock(task=task, by=head, now=days_ago(1))

    assert both(task.plan).is_empty


def test_an_obstacle_told_of_anew_counts_from_then_as_reminders_do(head):
    task = blocked(head, 20)
    tasks.unblock(task=task, by=head, now=days_ago(12))
    tasks.block(task=task, by=head, now=days_ago(8), note="ยังรอ")

    assert both(task.plan).items[Matter.BLOCKED][0].since == TODAY - timedelta(days=8)


def test_telling_of_an_obstacle_in_other_words_and_taking_that_back_leaves_the_day_it_was_first_told(head):
    task = blocked(head, 20)
    tasks.block(task=task, by=head, now=days_ago(2), note="คำอื่น")
    undo.take_back(plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=head, now=days_ago(2))

    assert both(task.plan).items[Matter.BLOCKED][0].since == TODAY - timedelta(days=20)


def test_a_task_in_progress_without_a_word_for_thirty_days_asks_for_a_decision(head):
    task, _fresh = begun(head, 30), begun(head, 29)

    found = both(task.plan)

    assert ids(found, Matter.STALLED) == [task.id]
    assert found.items[Matter.STALLED][0].since == TODAY - timedelta(days=30)


def test_what_was_never_begun_is_not_without_a_word(head):
    assert both(make_task(due_on=LATER).plan).is_empty


def test_a_rule_that_is_switched_off_asks_for_nothing(head):
    plan = make_plan(rules=Rules(escalations=(0, 0), blocked_after=0, stalled_after=0))
    begun(head, 99, measure=make_measure(plan=plan))
    blocked(head, 99)
    make_task(due_on=LONG_AGO)

    assert both(plan).is_empty


def test_what_the_schedule_no_longer_asks_for_is_not_decided_on(head):
    task = make_task(due_on=LONG_AGO)
    task.placement = Placement.OUTSIDE

    assert both(task.plan).is_empty


def test_what_was_handed_in_waits_for_an_answer_even_if_the_schedule_no_longer_asks_for_it(head):
    task = handed_in(head, 9)
    task.placement = Placement.OUTSIDE

    assert ids(both(task.plan), Matter.REVIEW) == [task.id]


def test_another_plans_tasks_are_not_counted(head):
    make_task(due_on=LONG_AGO, measure=make_measure(plan=make_plan(2570)))

    assert both(make_plan(2568)).is_empty


def test_what_has_waited_longest_comes_first_and_is_counted_beyond_what_is_told(db):
    plan = make_plan()
    made = [make_task(due_on=LONG_AGO - timedelta(days=days)) for days in (1, 3, 2)]

    found = of(plan, most=2)

    assert found.counts[Matter.LATE_2] == 3
    assert ids(found, Matter.LATE_2) == [made[1].id, made[2].id]


def test_a_task_is_named_by_division_measure_and_whom_it_was_given_to(db):
    task = make_task(due_on=LONG_AGO)
    task.position = make_position(Role.OFFICER, division=task.division)
    task.division.short_names = ["สป."]

    item = of(task.plan).items[Matter.LATE_2][0]

    assert (item.division.name, item.division_name) == ("สป.", "สำนักปลัดเทศบาล")
    assert (item.title, item.indicator, item.responsible) == (task.measure.title, 1, task.position.title)


def test_what_was_given_to_nobody_is_the_heads(db):
    task = make_task(due_on=LONG_AGO)
    task.division.head_title = "หัวหน้าสำนักปลัด"

    assert of(task.plan).items[Matter.LATE_2][0].responsible == "หัวหน้าสำนักปลัด"


def test_findings_without_a_measure_are_the_last_matter(db):
    plan = make_task(due_on=LONG_AGO).plan

    found = of(plan, findings=[OpenFinding(9, "ไม่มีช่องทาง")])

    assert list(found.counts.items()) == [(Matter.LATE_2, 1), (Matter.FINDING, 1)]


def test_a_day_of_the_past_asks_for_what_it_asked_for_then(head):
    task = blocked(head, 20)
    tasks.unblock(task=task, by=head, now=days_ago(5))
    the_day_before = TODAY - timedelta(days=6)

    assert of(task.plan).is_empty
    assert ids(of(task.plan, the_day_before, is_now=False), Matter.BLOCKED) == [task.id]
    assert of(task.plan, TODAY - timedelta(days=14), is_now=False).is_empty


@pytest.mark.parametrize("day", [date.min, date(1900, 1, 1), date(2025, 9, 30)])
def test_before_there_was_a_plan_there_was_nothing_to_decide(db, day):
    plan = make_task(due_on=date(2020, 1, 1)).plan

    assert of(plan, day, is_now=False, findings=[OpenFinding(9, "ไม่มีช่องทาง")]).is_empty


def test_a_word_spoken_later_was_none_on_the_day(head):
    task = begun(head, 60)
    tasks.block(task=task, by=head, now=days_ago(2), note="รอ")

    found = of(task.plan, TODAY - timedelta(days=3), is_now=False)

    assert [(item.matter, item.since) for item in found.items[Matter.STALLED]] == [
        (Matter.STALLED, TODAY - timedelta(days=60))
    ]


def test_an_act_taken_back_later_stood_on_the_day(head):
    task = blocked(head, 20)
    tasks.block(task=task, by=head, now=days_ago(9, 23), note="คำอื่น")
    moment = days_ago(9, 23) + timedelta(minutes=9)
    undo.take_back(plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=head, now=moment)

    assert of(task.plan, is_now=False).items[Matter.BLOCKED][0].since == TODAY - timedelta(days=20)


@pytest.mark.parametrize("is_now", [True, False])
def test_it_takes_one_statement_whatever_the_size(head, is_now):
    plan = blocked(head, 9).plan
    for number in range(9):
        make_task(due_on=LONG_AGO - timedelta(days=number))

    with count_queries() as statements:
        of(plan, is_now=is_now)

    assert len(statements) == 1


# A random history: what happens to which task, and how many days after the last thing that happened.
VERBS = ("start", "submit", "accept", "return_to_division", "block", "block", "unblock", "set_not_applicable", "undo")
DEEDS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 9)), max_size=16)


def happen(verb, task, actors, moment):
    head, clerk = actors
    by = head if verb in {"start", "submit", "block", "unblock", "undo"} else clerk
    dated = {"today": moment.astimezone(BANGKOK).date()} if verb == "submit" else {}
    try:
        if verb == "undo":
            seq = task.plan.last_seq
            undo.take_back(plan=task.plan, first=seq, last=seq, by=by, now=moment)
        else:
            getattr(tasks, verb)(task=task, by=by, now=moment, note="เหตุผล", **dated)
    except Refusal:
        pass


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_looking_back_at_today_says_what_the_tasks_say_today(db, head, crowd, deeds):
    actors = head, make_person(Role.CLERK)
    with db.session.begin_nested() as example:
        moment = at(date(2026, 1, 5))
        for verb, place, days in deeds:
            moment += timedelta(days=days, minutes=0 if verb == "undo" else 30)
            happen(verb, crowd[place], actors, moment)
        for days in (0, 7, 40):
            both(crowd[0].plan, moment.astimezone(BANGKOK).date() + timedelta(days=days))
        example.rollback()


@pytest.fixture
def crowd(db, head):
    """Four tasks, late and not."""
    make_organization("เทศบาลข้างเคียง")
    return [make_task(due_on=day) for day in (date(2026, 1, 2), date(2026, 1, 20), date(2026, 3, 1), LATER)]


@pytest.fixture
def steps(db, head):
    """How the database would find what is to be decided today, step by step."""
    plan, heard = blocked(head, 9).plan, []

    def listen(_connection, _cursor, statement, parameters, *_):
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        of(plan)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    ((text, values),) = heard
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a handful of rows is read at once otherwise
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text}", values)]


def test_today_no_table_of_tasks_states_or_events_is_read_as_a_whole(steps):
    assert [step for step in steps if re.search(r"(SCAN|Seq Scan on) (task|task_state|event)\b", step)] == []


def test_each_matter_is_found_by_the_index_of_the_few_that_it_can_be(db, steps):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("with a handful of rows PostgreSQL may take another index")
    on_tasks = {re.findall(r"ix_\w+", step)[0] for step in steps if re.match(r"SEARCH task\b", step)}

    # The first is read in the order of deadlines, passing over what is done without looking it up.
    assert on_tasks == {"ix_task_plan_due", "ix_task_status_due", "ix_task_blocked", "ix_task_idle"}
