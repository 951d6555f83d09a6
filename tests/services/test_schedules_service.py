from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import ALL_YEAR, make_measure, make_plan
from tracker.domain.history import EventKind
from tracker.domain.statuses import Placement, Status
from tracker.domain.timeframes import read_time_frame
from tracker.extensions import db
from tracker.models import Event, Task, TaskState
from tracker.models.base import FOREVER
from tracker.services import assignments, calendars, plans, schedules, tasks

LATER = MORNING + timedelta(hours=1)
FIRST_ROUND, LAST_ROUND = date(2026, 3, 31), date(2026, 9, 30)
END_OF_FEBRUARY = date(2026, 2, 28)


def apply(plan, now=MORNING):
    return schedules.apply(plan=plan, by=None, now=now)


def rows(db, plan, placement=Placement.SCHEDULED):
    return db.session.scalars(
        select(Task).where(Task.plan_id == plan.id, Task.placement == placement).order_by(Task.division_id, Task.due_on)
    ).all()


def slots(db, plan, placement=Placement.SCHEDULED):
    """Return the slots and days of the first division."""
    first = plan.organization.divisions[0].id
    return {task.slot: task.due_on for task in rows(db, plan, placement) if task.division_id == first}


def reread(measure, words):
    measure.schedule = read_time_frame(words, fiscal_year=measure.plan.fiscal_year)


@pytest.fixture
def measure(db, people):
    """A measure that runs all year, with a task for each of two rounds in each of two divisions."""
    measure = make_measure()
    apply(measure.plan)
    return measure


def test_every_division_gets_a_task_for_every_deadline(db, measure):
    assert slots(db, measure.plan) == {"round:1": FIRST_ROUND, "round:2": LAST_ROUND}
    assert len(rows(db, measure.plan)) == 4


def test_a_step_with_a_rhythm_of_its_own_has_tasks_of_its_own(db, people):
    measure = make_measure(steps=("ประชุม", "ประกาศ", ("ตรวจสอบทุกเดือน", "ทุกเดือน")))

    apply(measure.plan)

    found = slots(db, measure.plan)
    assert {"round:1", "round:2"} < set(found)
    assert sum(slot.startswith("month:") for slot in found) == 12
    assert found["month:2026-02"] == END_OF_FEBRUARY


def test_a_step_that_was_taken_out_asks_for_nothing(db, people):
    measure = make_measure(steps=("ประชุม", ("ตรวจสอบทุกเดือน", "ทุกเดือน")))
    measure.steps[1].is_retired = True

    apply(measure.plan)

    assert set(slots(db, measure.plan)) == {"round:1", "round:2"}


def test_festivals_fall_due_on_the_working_day_before(db, people):
    measure = make_measure(words="ทุกเทศกาล")
    calendars.seed(organization=measure.plan.organization, fiscal_year=measure.plan.fiscal_year)

    apply(measure.plan)

    assert slots(db, measure.plan) == {
        "festival:new_year": date(2025, 12, 30),  # the 31st is a holiday
        "festival:chinese_new_year": date(2026, 2, 16),
        "festival:songkran": date(2026, 4, 10),
    }


def test_a_measure_of_one_division_asks_nothing_of_the_others(db, people):
    second = people.neighbour.position.division
    measure = make_measure(divisions=[second])

    apply(measure.plan)

    assert {task.division_id for task in rows(db, measure.plan)} == {second.id}


def test_a_measure_nobody_can_date_has_no_tasks(db, people):
    measure = make_measure(words="ตลอดปีการศึกษา ๒๕๗๐")

    assert not apply(measure.plan)
    assert rows(db, measure.plan) == []


def test_applying_twice_changes_nothing(db, measure):
    def everything():
        states = db.session.execute(select(TaskState.id, TaskState.valid_to).order_by(TaskState.id)).all()
        return states, db.session.scalar(select(func.count()).select_from(Event))

    before = everything()

    assert not apply(measure.plan, LATER)
    assert everything() == before


def test_what_will_change_can_be_asked_without_changing_it(db, measure):
    reread(measure, "ทุกไตรมาส")

    summary = schedules.summary(schedules.pending_changes(measure.plan))

    assert (summary.added, summary.retired, summary.kept, summary.moved) == (8, 4, 0, 0)
    assert set(slots(db, measure.plan)) == {"round:1", "round:2"}


def test_what_was_asked_is_what_then_happens(measure):
    reread(measure, "ทุกไตรมาส")
    asked = schedules.summary(schedules.pending_changes(measure.plan))

    assert apply(measure.plan) == asked


def test_moving_a_round_moves_its_tasks_and_keeps_them_the_same_tasks(db, measure):
    before = {task.id for task in rows(db, measure.plan)}
    plans.set_rounds(plan=measure.plan, days=[END_OF_FEBRUARY, LAST_ROUND], by=None, now=LATER)

    summary = apply(measure.plan, LATER)

    assert (summary.moved, summary.added, summary.retired) == (2, 0, 0)
    assert slots(db, measure.plan) == {"round:1": END_OF_FEBRUARY, "round:2": LAST_ROUND}
    assert {task.id for task in rows(db, measure.plan)} == before


def test_a_deadline_that_a_person_moved_stays_where_it_was_put(db, measure):
    put = date(2026, 4, 15)
    task = next(task for task in rows(db, measure.plan) if task.slot == "round:1")
    task.due_on = put
    plans.set_rounds(plan=measure.plan, days=[END_OF_FEBRUARY, LAST_ROUND], by=None, now=LATER)

    apply(measure.plan, LATER)

    assert (task.due_on, task.scheduled_on) == (put, END_OF_FEBRUARY)


def test_a_moved_deadline_was_where_it_was_when_asked_about_an_earlier_day(db, measure):
    plans.set_rounds(plan=measure.plan, days=[END_OF_FEBRUARY, LAST_ROUND], by=None, now=LATER)
    apply(measure.plan, LATER)

    def due_days(moment):
        return set(
            db.session.scalars(
                select(TaskState.due_on).where(TaskState.valid_from < moment, TaskState.valid_to >= moment)
            )
        )

    assert due_days(LATER) == {FIRST_ROUND, LAST_ROUND}
    assert due_days(LATER + timedelta(seconds=1)) == {END_OF_FEBRUARY, LAST_ROUND}


@pytest.fixture
def touched(db, measure, people):
    """The first division's first task, on which work has begun."""
    task = rows(db, measure.plan)[0]
    tasks.start(task=task, by=people.member, now=MORNING)
    return task


def test_a_changed_schedule_retires_what_nobody_touched_and_keeps_the_rest_outside(db, measure, touched):
    reread(measure, "ทุกไตรมาส")

    apply(measure.plan, LATER)

    assert rows(db, measure.plan, Placement.OUTSIDE) == [touched]
    assert len(rows(db, measure.plan, Placement.RETIRED)) == 3
    assert set(slots(db, measure.plan)) == {"quarter:1", "quarter:2", "quarter:3", "quarter:4"}


def test_retired_tasks_leave_every_figure_and_those_outside_stay(db, measure, touched):
    reread(measure, "ทุกไตรมาส")
    apply(measure.plan, LATER)

    counted = set(db.session.scalars(select(TaskState.task_id).where(TaskState.valid_to == FOREVER)))

    assert counted == {touched.id, *(task.id for task in rows(db, measure.plan))}


def test_nothing_is_ever_deleted(db, measure):
    before = set(db.session.scalars(select(Task.id)))
    reread(measure, "ทุกไตรมาส")
    measure.divisions.pop()

    apply(measure.plan, LATER)

    assert before <= set(db.session.scalars(select(Task.id)))


def test_a_schedule_that_is_changed_back_brings_the_same_tasks_back(db, measure, touched):
    before = {task.id for task in rows(db, measure.plan)}
    reread(measure, "ทุกไตรมาส")
    apply(measure.plan, MORNING + timedelta(minutes=1))
    reread(measure, "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙")

    apply(measure.plan, LATER)

    assert {task.id for task in rows(db, measure.plan)} == before
    assert (touched.status, touched.placement) == (Status.IN_PROGRESS, Placement.SCHEDULED)


def test_a_task_that_is_brought_back_falls_due_when_the_schedule_says_now(db, measure):
    reread(measure, "ทุกไตรมาส")
    apply(measure.plan, MORNING + timedelta(minutes=1))
    reread(measure, "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙")
    plans.set_rounds(plan=measure.plan, days=[END_OF_FEBRUARY, LAST_ROUND], by=None, now=LATER)

    apply(measure.plan, LATER)

    assert slots(db, measure.plan)["round:1"] == END_OF_FEBRUARY


def test_a_division_that_is_no_longer_responsible_loses_its_untouched_tasks(db, measure):
    measure.divisions.remove(measure.plan.organization.divisions[1])

    apply(measure.plan, LATER)

    assert {task.division_id for task in rows(db, measure.plan)} == {measure.plan.organization.divisions[0].id}


def test_a_change_is_told_once_in_the_history(db, measure):
    told = db.session.scalars(select(Event.kind)).all()

    assert told == [EventKind.TASKS_CHANGED]


def test_a_submission_outside_the_schedule_can_still_be_accepted(db, measure, touched, people):
    reread(measure, "ทุกไตรมาส")
    apply(measure.plan, LATER)
    tasks.submit(task=touched, by=people.member, now=LATER, today=TODAY)

    tasks.accept(task=touched, by=people.clerk, now=LATER)

    assert touched.status == Status.DONE


def test_two_plans_do_not_touch_each_other(db, people):
    this_year, next_year = make_plan(), make_plan(2570, rounds=[date(2027, 3, 31)])
    make_measure(plan=this_year)
    make_measure(plan=next_year, words="ตลอดปีงบประมาณ พ.ศ. ๒๕๗๐")

    apply(this_year)

    assert rows(db, next_year) == []


def test_what_was_handed_in_keeps_the_day_it_was_handed_in_for(db, measure, people):
    task = rows(db, measure.plan)[0]
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    plans.set_rounds(plan=measure.plan, days=[date(2026, 1, 31), LAST_ROUND], by=None, now=LATER)
    apply(measure.plan, LATER)

    assert task.due_on == FIRST_ROUND


@pytest.fixture
def given_away(people):
    """A plan whose first division's work was given to the second, and the divisions."""
    measure = make_measure(words=ALL_YEAR)
    schedules.apply(plan=measure.plan, by=None, now=MORNING)
    first, second = measure.plan.organization.divisions[:2]
    theirs = [task for task in all_tasks() if task.division_id == first.id]
    assignments.assign(plan=measure.plan, ids=[task.id for task in theirs], division=second, by=people.clerk, now=LATER)
    return measure.plan, theirs, first, second


def all_tasks():
    return db.session.scalars(select(Task).order_by(Task.id)).all()


def test_what_was_given_away_stays_where_it_was_put_when_the_schedule_is_applied_again(given_away, people):
    plan, theirs, _, second = given_away

    assert not schedules.apply(plan=plan, by=people.clerk, now=LATER)

    assert {task.division_id for task in theirs} == {second.id}


def test_work_of_a_closed_division_that_another_took_over_stays_in_the_schedule(given_away, people):
    plan, theirs, first, _ = given_away
    first.closed_on = TODAY

    schedules.apply(plan=plan, by=people.clerk, now=LATER)

    assert {task.placement for task in theirs} == {Placement.SCHEDULED}


def test_closing_the_division_that_took_work_over_does_not_ask_for_that_work_again(given_away, people):
    plan, _, _, second = given_away
    before = len(all_tasks())
    second.closed_on = TODAY

    schedules.apply(plan=plan, by=people.clerk, now=LATER)

    assert len(all_tasks()) == before
