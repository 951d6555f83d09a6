from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_plan, make_position, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.selection import MOST
from tracker.domain.statuses import Placement, ReasonNeeded, Status
from tracker.extensions import db as database
from tracker.models import Event, Task, TaskState
from tracker.models.base import FOREVER
from tracker.services import assignments, events, schedules

LATER = date(2026, 5, 29)
MOVED = ("due_moved", "2026-02-20", "2026-05-29", "รอเอกสาร")


@pytest.fixture
def move(people):
    def move(*tasks, due_on=LATER, note="รอเอกสาร", now=MORNING):
        ids = [task.id for task in tasks]
        return assignments.move_deadlines(
            plan=tasks[0].plan, ids=ids, due_on=due_on, by=people.clerk, now=now, note=note
        )

    return move


@pytest.fixture
def give(people):
    def give(*tasks, division, position=None):
        ids = [task.id for task in tasks]
        return assignments.assign(
            plan=tasks[0].plan, ids=ids, division=division, position=position, by=people.clerk, now=MORNING
        )

    return give


@pytest.fixture
def set_aside(people):
    def set_aside(*tasks, note="ไม่มีโครงการ"):
        ids = [task.id for task in tasks]
        return assignments.set_not_applicable_many(plan=tasks[0].plan, ids=ids, by=people.clerk, now=MORNING, note=note)

    return set_aside


def present(task):
    """Return what is kept as true of a task now."""
    return task_state(task, TaskState.valid_to == FOREVER)


def task_state(task, condition):
    return database.session.scalars(select(TaskState).where(TaskState.task_id == task.id, condition)).one()


def test_many_deadlines_are_moved_each_with_an_event_and_a_state_of_its_own(db, people, move, told):
    tasks = [make_task() for _ in range(3)]

    seqs = move(*tasks)

    assert seqs == range(1, 4)
    for task in tasks:
        assert (task.due_on, task.last_event_at) == (LATER, MORNING)
        assert told(task) == [MOVED]
        assert present(task).due_on == LATER
        assert task_state(task, TaskState.valid_to == MORNING).due_on == TODAY
    assert events.first_break(tasks[0].plan) is None


def test_events_of_many_tasks_follow_what_was_told_before(db, people, move):
    first, second = make_task(), make_task()
    move(first)

    assert move(second, due_on=LATER + timedelta(days=1)) == range(2, 3)
    assert events.first_break(first.plan) is None


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_what_is_not_open_stays_as_it_is(people, move, give, set_aside, told, status):
    closed, still_open = make_task(status=status), make_task()

    assert len(move(closed, still_open)) == 1
    assert give(closed, division=people.neighbour.position.division) == range(0)
    assert set_aside(closed) == range(0)

    assert (closed.due_on, closed.status) == (TODAY, status)
    assert told(closed) == []


def test_what_the_schedule_no_longer_asks_for_stays_as_it_is(people, move, told):
    retired = make_task()
    retired.placement = Placement.RETIRED

    assert move(retired) == range(0)
    assert told(retired) == []


def test_doing_it_twice_changes_nothing_the_second_time(people, move, give, set_aside):
    task = make_task()

    assert [len(move(task)) for _ in range(2)] == [1, 0]
    assert [len(give(task, division=people.neighbour.position.division)) for _ in range(2)] == [1, 0]
    assert [len(set_aside(task)) for _ in range(2)] == [1, 0]


def test_tasks_of_another_plan_and_numbers_of_none_are_left_out(people, move):
    task, foreign = make_task(), make_task(measure=make_measure(plan=make_plan(2570)))

    seqs = assignments.move_deadlines(
        plan=task.plan, ids=[task.id, foreign.id, 987654], due_on=LATER, by=people.clerk, now=MORNING
    )

    assert len(seqs) == 1
    assert foreign.due_on == TODAY


@pytest.mark.parametrize("day", [date(2025, 9, 30), date(2027, 10, 1), date(1483, 2, 20), date(9999, 12, 31)])
def test_a_day_in_neither_year_is_refused(people, move, day):
    with pytest.raises(assignments.OutsideYear):
        move(make_task(), due_on=day)


@pytest.mark.parametrize("day", [date(2025, 10, 1), date(2027, 9, 30)])
def test_the_year_of_the_plan_and_the_next_are_taken_whole(people, move, day):
    assert len(move(make_task(), due_on=day)) == 1


def test_more_than_anybody_looks_through_are_refused(people, move):
    task = make_task()

    with pytest.raises(assignments.TooMany):
        assignments.move_deadlines(plan=task.plan, ids=range(1, MOST + 2), due_on=LATER, by=people.clerk, now=MORNING)


def test_a_task_given_to_a_position_moves_to_its_division_and_stays_where_it_was_planned(people, give, told):
    task = make_task(division=people.member.position.division)
    position, division = people.neighbour.position, people.neighbour.position.division
    planned_for, before = task.scheduled_division_id, task.division.name

    give(task, division=division, position=position)

    assert (task.division_id, task.position_id, task.scheduled_division_id) == (division.id, position.id, planned_for)
    assert (task.division, task.position) == (division, position)
    assert told(task) == [("assigned", before, f"{division.name} · {position.title}", "")]
    assert (present(task).division_id, present(task).position_id) == (division.id, position.id)


def test_a_task_given_back_to_its_division_as_a_whole_is_nobodys_in_particular(people, give, told):
    position, division = people.member.position, people.member.position.division
    task = make_task(division=division)
    give(task, division=division, position=position)

    give(task, division=division)

    assert task.position_id is None
    assert told(task)[-1][1:3] == (f"{division.name} · {position.title}", division.name)


def test_two_tasks_of_one_slot_may_end_up_in_one_division(people, measure_of_two, give):
    first, second = measure_of_two

    give(first, division=second.division)

    assert (first.division_id, first.slot) == (second.division_id, second.slot)


@pytest.fixture
def measure_of_two(people):
    """The same task in two divisions."""
    measure = make_measure()
    return [make_task(measure=measure, division=division) for division in measure.plan.organization.divisions[:2]]


def test_the_schedule_leaves_tasks_where_a_person_put_them(db, people, move, give):
    measure = make_measure()
    schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)
    task = db.session.scalars(select(Task).where(Task.measure_id == measure.id).order_by(Task.id)).first()
    move(task)
    give(task, division=people.neighbour.position.division)

    assert not schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)
    assert (task.due_on, task.division_id) == (LATER, people.neighbour.position.division_id)


@pytest.mark.parametrize("role", [Role.CLERK, Role.EXECUTIVE, Role.AUDITOR])
def test_nothing_is_given_to_who_does_not_report(people, give, role):
    division = people.member.position.division

    with pytest.raises(assignments.NotReporting):
        give(make_task(), division=division, position=make_position(role, division=division))


def test_a_position_of_another_division_does_not_report_for_this_one(people, give):
    with pytest.raises(assignments.NotReporting):
        give(make_task(), division=people.member.position.division, position=people.neighbour.position)


def test_many_are_set_aside_with_the_reason_in_the_history_of_each(people, set_aside, told):
    started, blocked = make_task(status=Status.IN_PROGRESS), make_task()
    blocked.blocked_reason = "รอเอกสาร"

    set_aside(started, blocked)

    assert told(started) == [("not_applicable", "in_progress", "not_applicable", "ไม่มีโครงการ")]
    assert told(blocked) == [("not_applicable", "not_started", "not_applicable", "ไม่มีโครงการ")]
    assert (blocked.status, blocked.blocked_reason) == (Status.NOT_APPLICABLE, "")


@pytest.mark.parametrize("note", ["", "  \n "])
def test_setting_aside_needs_a_reason(people, set_aside, note):
    with pytest.raises(ReasonNeeded):
        set_aside(make_task(), note=note)


def test_the_number_of_tasks_does_not_change_the_number_of_statements(db, people, move, give, set_aside):
    tasks = [make_task() for _ in range(20)]
    division = people.neighbour.position.division
    counts = []
    for few in (tasks[:2], tasks[2:]):
        db.session.commit()
        with count_queries() as statements:
            move(*few)
            give(*few, division=division)
            set_aside(*few)
        counts.append(len(statements))

    # three times: the tasks held, their change, the plan's head, the events, their states closed, opened and
    # counted; once, the plan's head held and the division looked at
    assert max(counts) <= 25
    assert db.session.scalar(select(func.count()).select_from(Event)) == 60
