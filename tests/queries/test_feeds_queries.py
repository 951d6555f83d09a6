from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_people, make_plan, make_position, make_task
from tests.statements import count_queries
from tracker.domain.feeds import Share
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.models import Task, TaskState
from tracker.queries import feeds as queries
from tracker.services import assignments, states, tasks, undo

MONTH_AGO = MORNING - timedelta(days=30)
LONG_AGO = at(date(2025, 11, 1))


@pytest.fixture
def people(db):
    return make_people()


def shown(*shares, organization=None, due_from=date(2024, 10, 1), since=MONTH_AGO):
    organization_id = organization.id if organization else 1
    return queries.shown(shares, organization_id=organization_id, due_from=due_from, cancelled_from=since)


@pytest.fixture
def of_division(people):
    """Say what the calendar of a division shows: each task, and whether it is cancelled."""

    def of_division(division, **options):
        rows = shown(Share(division.id), organization=division.organization, **options)
        return [(row.task_id, row.is_cancelled) for row in rows]

    return of_division


def give(task, division, by, *, position=None, now=MORNING):
    assignments.assign(plan=task.plan, ids=[task.id], division=division, position=position, by=by, now=now)


def retire(task, now=MORNING):
    task.placement = Placement.RETIRED
    states.keep(tasks=[task], now=now)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NOT_APPLICABLE}))
def test_the_tasks_of_a_division_are_shown_wherever_they_stand(people, of_division, status):
    task = make_task(status=status)

    assert of_division(task.division) == [(task.id, False)]


def test_tasks_come_by_deadline(people, of_division):
    later, sooner = make_task(due_on=TODAY + timedelta(1)), make_task(due_on=TODAY)

    assert of_division(later.division) == [(sooner.id, False), (later.id, False)]


def test_a_task_of_the_neighbours_is_not_shown(people, of_division):
    task = make_task()

    assert of_division(people.neighbour.position.division) == []
    assert of_division(task.division) != []


def test_without_any_share_nothing_is_shown_and_nobody_is_asked(people):
    make_task()
    with count_queries() as heard:
        assert shown() == ()

    assert len(heard) == 0


def test_an_officer_sees_what_was_given_to_them_or_to_nobody(people):
    own, colleagues, nobodys = make_task(), make_task(), make_task()
    division = own.division
    mine, theirs = (make_position(Role.OFFICER, division=division) for _ in range(2))
    give(own, division, people.clerk, position=mine, now=LONG_AGO)
    give(colleagues, division, people.clerk, position=theirs, now=LONG_AGO)

    rows = shown(Share(division.id, mine.id), organization=division.organization)
    assert [row.task_id for row in rows] == [own.id, nobodys.id]
    assert [row.position_title for row in rows] == [mine.title, None]


def test_what_two_positions_share_is_shown_once(people):
    task = make_task()

    rows = shown(Share(task.division_id), Share(task.division_id, 1), organization=task.plan.organization)
    assert [row.task_id for row in rows] == [task.id]


def test_a_task_that_was_given_away_is_cancelled_here_and_stands_there(people, of_division):
    task = make_task()
    before, after = task.division, people.neighbour.position.division
    give(task, after, people.clerk)

    assert of_division(before) == [(task.id, True)]
    assert of_division(after) == [(task.id, False)]


def test_a_task_that_was_given_to_a_colleague_is_cancelled_for_whoever_had_it(people):
    task = make_task()
    mine, theirs = (make_position(Role.OFFICER, division=task.division) for _ in range(2))
    give(task, task.division, people.clerk, position=mine, now=LONG_AGO)
    give(task, task.division, people.clerk, position=theirs)

    def of(*share):
        return [row.is_cancelled for row in shown(Share(*share), organization=task.plan.organization)]

    assert (of(task.division_id, mine.id), of(task.division_id, theirs.id)) == ([True], [False])
    assert of(task.division_id) == [False]  # the head has it as before


def test_a_retired_task_is_cancelled(people, of_division):
    task = make_task()
    retire(task)

    assert of_division(task.division) == [(task.id, True)]


def test_a_task_that_does_not_apply_is_cancelled_until_it_counts_again(people, of_division):
    task = make_task()
    tasks.set_not_applicable(task=task, by=people.clerk, now=MORNING, note="ไม่มีกรณี")
    assert of_division(task.division) == [(task.id, True)]

    tasks.set_applicable(task=task, by=people.clerk, now=MORNING + timedelta(hours=1))
    assert of_division(task.division) == [(task.id, False)]


def test_a_move_that_was_taken_back_leaves_the_task_where_it_was(people, of_division):
    task = make_task()
    before, after = task.division, people.neighbour.position.division
    give(task, after, people.clerk)
    undo.take_back(
        plan=task.plan, first=task.plan.last_seq, last=task.plan.last_seq, by=people.clerk,
        now=MORNING + timedelta(minutes=5),
    )  # fmt: skip

    assert of_division(before) == [(task.id, False)]
    assert of_division(after) == [(task.id, True)]


def test_a_cancellation_is_told_from_a_moment_on(people, of_division):
    task = make_task()
    retire(task, now=MONTH_AGO)

    assert of_division(task.division, since=MONTH_AGO) == [(task.id, True)]
    assert of_division(task.division, since=MONTH_AGO + timedelta(seconds=1)) == []


def test_what_nobody_could_have_seen_is_not_cancelled(people, of_division):
    task = make_task(since=MORNING)
    give(task, people.neighbour.position.division, people.clerk, now=MORNING)

    assert of_division(people.member.position.division) == []


def test_tasks_of_long_ago_are_left_out(people, of_division):
    task = make_task(due_on=TODAY)

    assert of_division(task.division, due_from=TODAY) == [(task.id, False)]
    assert of_division(task.division, due_from=TODAY + timedelta(1)) == []


def test_every_change_is_counted_and_the_last_is_dated(people):
    task = make_task(due_on=TODAY + timedelta(7), since=LONG_AGO)
    row = shown(Share(task.division_id), organization=task.plan.organization)[0]
    assert (row.states, row.ended, row.changed_at) == (1, 0, LONG_AGO)

    assignments.move_deadlines(plan=task.plan, ids=[task.id], due_on=TODAY + timedelta(9), by=people.clerk, now=MORNING)
    row = shown(Share(task.division_id), organization=task.plan.organization)[0]
    assert (row.states, row.ended, row.changed_at) == (2, 1, MORNING)
    assert row.due_on == TODAY + timedelta(9)

    retire(task, now=MORNING + timedelta(hours=1))
    row = shown(Share(task.division_id), organization=task.plan.organization)[0]
    assert (row.states, row.ended, row.changed_at) == (2, 2, MORNING + timedelta(hours=1))


def test_what_another_organization_owns_is_never_shown(people):
    foreign = people.stranger.user.organization
    theirs = make_task(measure=make_measure(plan=make_plan(organization=foreign)))

    assert shown(Share(theirs.division_id), organization=people.member.user.organization) == []
    assert len(shown(Share(theirs.division_id), organization=foreign)) == 1


def test_ten_thousand_tasks_are_asked_for_in_one_statement(db):
    organization = make_organization()
    measure = make_measure(plan=make_plan(organization=organization))
    division = organization.divisions[0]
    first = make_task(measure=measure, division=division)
    common = {
        "organization_id": organization.id, "plan_id": measure.plan_id, "measure_id": measure.id,
        "division_id": division.id,
    }  # fmt: skip
    ids = range(first.id + 1, first.id + 10_000)
    days = [date(2025, 10, 1) + timedelta(number % 365) for number in range(len(ids))]
    rows = [
        {"id": id_, "slot": f"n:{id_}", "due_on": day, "scheduled_on": day, "scheduled_division_id": division.id}
        for id_, day in zip(ids, days, strict=True)
    ]
    db.session.execute(insert(Task), [row | common for row in rows])
    kept = {"indicator": 1, "weight": 1, "status": Status.NOT_STARTED, "valid_from": LONG_AGO}
    del common["organization_id"]
    db.session.execute(insert(TaskState), [kept | common | {"task_id": r["id"], "due_on": r["due_on"]} for r in rows])

    with count_queries() as heard:
        found = shown(Share(division.id), organization=organization)
        names = {row.division.name for row in found}

    assert len(heard) == 1
    assert len(found) == queries.MOST
    assert names == {division.name}
    assert found[-1].due_on == date(2026, 9, 30)  # what comes is never left out for what is over
