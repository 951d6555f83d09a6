from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.clocks import BANGKOK, MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_people, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.calendar import end_of
from tracker.domain.figures import Post
from tracker.domain.lateness import is_overdue, was_on_time
from tracker.domain.progress import Progress
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement, Status
from tracker.models import Task
from tracker.models.task import overdue
from tracker.queries import progress
from tracker.services import states, tasks

ONE_DAY = timedelta(days=1)


def as_of(plan, day):
    return progress.as_of(plan.id, day=day)


def test_a_plan_without_tasks_has_nothing_to_show(db):
    plan = make_measure().plan

    assert as_of(plan, TODAY).cells == ()
    assert as_of(plan, TODAY).total.percent is None


@pytest.mark.parametrize(
    ("status", "due_on", "expected"),
    [
        (Status.NOT_STARTED, TODAY + ONE_DAY, Progress(not_started=1, weight=1)),
        (Status.NOT_STARTED, TODAY, Progress(not_started=1, due=1, weight=1, due_weight=1)),
        (Status.NOT_STARTED, TODAY - ONE_DAY, Progress(not_started=1, overdue=1, due=1, weight=1, due_weight=1)),
        (Status.IN_PROGRESS, TODAY - ONE_DAY, Progress(in_progress=1, overdue=1, due=1, weight=1, due_weight=1)),
        (Status.SUBMITTED, TODAY - ONE_DAY, Progress(submitted=1, due=1, weight=1, due_weight=1)),
        (Status.DONE, TODAY, Progress(done=1, due=1, done_on_time=1, weight=1, done_weight=1, due_weight=1)),
        (Status.NOT_APPLICABLE, TODAY - ONE_DAY, Progress(not_applicable=1)),
    ],
)
def test_a_task_is_counted_by_what_it_is(db, status, due_on, expected):
    task = make_task(status=status, due_on=due_on)

    assert as_of(task.plan, TODAY).total == expected


def test_a_late_submission_is_done_but_not_on_time(db):
    task = make_task(status=Status.DONE, due_on=TODAY - ONE_DAY, submitted_on=TODAY)

    total = as_of(task.plan, TODAY).total

    assert (total.done, total.done_on_time) == (1, 0)


def test_a_measures_weight_counts_in_the_percentages_only(db):
    done = make_task(measure=make_measure(weight=3), status=Status.DONE)
    make_task(measure=make_measure(), status=Status.NOT_STARTED)

    total = as_of(done.plan, TODAY).total

    assert (total.done, total.countable, total.percent) == (1, 2, 75)


def test_a_move_counts_from_the_end_of_its_day(db):
    people = make_people()
    task = make_task()
    tasks.submit(task=task, by=people.member, now=at(TODAY, 23, 59), today=TODAY)

    assert as_of(task.plan, TODAY).total.submitted == 1
    assert as_of(task.plan, TODAY - ONE_DAY).total.submitted == 0


def test_a_move_at_midnight_belongs_to_the_day_that_begins(db):
    people = make_people()
    task = make_task()
    tasks.start(task=task, by=people.member, now=at(TODAY, 0, 0))

    the_day_before = as_of(task.plan, TODAY - ONE_DAY).total
    assert (the_day_before.not_started, the_day_before.in_progress) == (1, 0)


def test_cells_come_by_official_order_of_divisions_then_by_indicator(db):
    organization = make_organization(divisions=("กองช่าง", "กองคลัง"))
    second, first = make_measure(2), make_measure(1)
    for measure in (second, first):
        for division in reversed(organization.divisions):
            make_task(measure=measure, division=division)

    figures = as_of(first.plan, TODAY)

    assert [(cell.division.name, cell.indicator) for cell in figures.cells] == [
        ("กองช่าง", 1),
        ("กองช่าง", 2),
        ("กองคลัง", 1),
        ("กองคลัง", 2),
    ]


def test_groups_add_up_to_the_total(db):
    for number in (1, 1, 2):
        make_task(measure=make_measure(number))
    figures = as_of(make_measure().plan, TODAY)

    assert {number: group.countable for number, group in figures.indicators.items()} == {1: 2, 2: 1}
    assert Progress.sum(figures.indicators.values()) == figures.total


@pytest.mark.parametrize("days", [-1, 0, 30])
def test_a_measure_has_the_same_figures_alone_as_added_up_from_cells(db, crowd, days):
    plan, day = crowd[0].plan, TODAY + timedelta(days=days)

    assert progress.by_measure(plan.id, day=day) == as_of(plan, day).measures


def test_a_task_that_was_taken_out_is_counted_no_more(db):
    retired, kept = make_task(due_on=TODAY + ONE_DAY), make_task(due_on=TODAY)
    retired.placement = Placement.RETIRED
    states.keep(tasks=[retired], now=MORNING)

    assert list(as_of(kept.plan, TODAY).deadlines) == [TODAY]
    assert list(as_of(kept.plan, TODAY - ONE_DAY).deadlines) == [TODAY, TODAY + ONE_DAY]


def test_another_plans_tasks_are_not_counted(db):
    task = make_task()
    make_task(measure=make_measure(plan=make_plan(2570)))

    assert as_of(task.plan, TODAY).total.countable == 1


def deadlines(plan, day=TODAY, **limit):
    return as_of(plan, day).next_deadlines(**limit)


def test_the_next_deadlines_are_those_of_open_tasks_from_the_day_on(db):
    plan = make_task(due_on=TODAY).plan
    make_task(due_on=TODAY)
    make_task(due_on=TODAY - ONE_DAY)
    make_task(due_on=TODAY + ONE_DAY, status=Status.DONE)
    make_task(due_on=TODAY + 2 * ONE_DAY)

    assert deadlines(plan) == [(TODAY, 2), (TODAY + 2 * ONE_DAY, 1)]
    assert deadlines(plan, limit=1) == [(TODAY, 2)]


def test_the_next_deadlines_of_a_past_day_are_those_of_that_day(db):
    people = make_people()
    task = make_task(due_on=TODAY + ONE_DAY)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    assert deadlines(task.plan, TODAY - ONE_DAY) == [(TODAY + ONE_DAY, 1)]
    assert deadlines(task.plan, TODAY) == []


def test_the_figures_of_a_plan_take_one_statement(db):
    plan = make_task().plan
    with count_queries() as statements:
        as_of(plan, TODAY)

    assert len(statements) == 1


def of_division(division, plan, day=TODAY):
    return progress.of_divisions(plan.id, day=day, division_ids=[division.id])


def test_some_divisions_are_counted_as_they_are_in_the_whole(db):
    first, second = make_organization().divisions
    for division in (first, first, second):
        make_task(division=division, due_on=TODAY - ONE_DAY)
    plan = make_measure().plan

    figures = of_division(first, plan)

    assert figures.total == as_of(plan, TODAY).part(lambda cell: cell.division.id == first.id).total
    assert [named.id for named in figures.divisions] == [first.id]


def test_a_position_has_to_do_what_it_was_given_and_what_nobody_was(db):
    division = make_organization().divisions[0]
    mine, colleague = make_person(division=division).position_id, make_person(division=division).position_id
    plan = make_plan()
    for position_id in (mine, colleague, colleague, None):
        task = make_task()
        task.position_id = position_id
        states.keep(tasks=[task], now=MORNING)

    figures = of_division(division, plan)

    assert figures.of_positions(Post(mine, division.id)).total.countable == 2
    assert figures.of_positions(Post(colleague, division.id)).total.countable == 3
    assert figures.total.countable == 4
    assert figures.of_positions(Post(mine, division.id + 1)).total.countable == 0


def test_who_was_given_a_task_is_asked_as_of_the_day(db):
    division = make_organization().divisions[0]
    mine, later = make_person(division=division).position_id, make_person(division=division).position_id
    task = make_task()
    for position_id, moment in ((mine, MORNING), (later, MORNING + 2 * ONE_DAY)):
        task.position_id = position_id
        states.keep(tasks=[task], now=moment)

    counts = [
        of_division(division, task.plan, day).of_positions(Post(mine, division.id)).total.countable
        for day in (TODAY, TODAY + 3 * ONE_DAY)
    ]

    assert counts == [1, 0]


def test_the_figures_of_divisions_take_one_statement(db):
    task = make_task()
    with count_queries() as statements:
        of_division(task.division, task.plan)

    assert len(statements) == 1


# A random history: what happens to which task, and how many hours after the last thing that happened.
VERBS = (
    "start",
    "submit",
    "accept",
    "return_to_division",
    "reopen",
    "set_not_applicable",
    "set_applicable",
    "move_day",
)
DEEDS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 60)),
    max_size=20,
)


@dataclass(frozen=True)
class Snapshot:
    """What a task was from a moment on, kept in Python."""

    since: datetime
    task_id: int
    status: Status
    due_on: date
    submitted_on: date | None
    weight: int


def snapshot(task, moment):
    return Snapshot(moment, task.id, task.status, task.due_on, task.submitted_on, task.measure.weight)


def live(deeds, actors, crowd):
    """Let the deeds happen that the life of a task allows, and return what was true when."""
    moment = MORNING
    kept = [snapshot(task, task.plan.created_at) for task in crowd]
    for verb, place, hours in deeds:
        moment += timedelta(hours=hours)
        task = crowd[place]
        if happen(verb, task, actors, moment):
            kept.append(snapshot(task, moment))
    return kept


def happen(verb, task, actors, moment):
    if verb == "move_day":
        task.due_on += timedelta(days=3)
        states.keep(tasks=[task], now=moment)
        return True
    head, clerk = actors
    dated = {"today": moment.astimezone(BANGKOK).date()} if verb == "submit" else {}
    try:
        getattr(tasks, verb)(task=task, by=head if dated else clerk, now=moment, note="เหตุผล", **dated)
    except Refusal:
        return False
    return True


def counted(snapshots, day):
    """Count by hand what was true at the end of a day."""
    before = [s for s in snapshots if s.since < end_of(day)]
    last = {s.task_id: s for s in before}  # in order: the later one replaces the earlier
    return Progress.sum(one(s, day) for s in last.values())


def one(state, day):
    is_countable = state.status != Status.NOT_APPLICABLE
    is_done, is_due = state.status == Status.DONE, is_countable and state.due_on <= day
    return Progress(
        **{state.status: 1},
        overdue=is_overdue(status=state.status, due_on=state.due_on, today=day),
        due=is_due,
        done_on_time=is_done and was_on_time(submitted_on=state.submitted_on, due_on=state.due_on),
        weight=state.weight * is_countable,
        done_weight=state.weight * is_done,
        due_weight=state.weight * is_due,
    )


@pytest.fixture
def crowd(db):
    """Four tasks of two measures, one of them heavy."""
    light, heavy = make_measure(1), make_measure(2, weight=4)
    return [
        make_task(measure=measure, due_on=TODAY + timedelta(days=days))
        for measure, days in ((light, -2), (light, 5), (heavy, 0), (heavy, 20))
    ]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_the_figures_of_any_day_equal_a_count_by_hand(db, crowd, actors, deeds):
    with db.session.begin_nested() as example:
        snapshots = live(deeds, actors, crowd)
        for days in (-1, 0, 1, 3, 10, 40):
            day = TODAY + timedelta(days=days)
            assert as_of(crowd[0].plan, day).total == counted(snapshots, day)
        example.rollback()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.sampled_from(Status), st.integers(-3, 3)), min_size=4, max_size=4))
def test_late_means_the_same_to_the_database_as_to_the_rule(db, crowd, actors, rows):
    for task, (status, days) in zip(crowd, rows, strict=True):
        task.status, task.due_on = status, TODAY + timedelta(days=days)
        task.submitted_on, task.submitted_by_id = TODAY, actors[0].user_id

    found = set(db.session.scalars(select(Task.id).where(overdue(Task, TODAY))))

    assert found == {task.id for task in crowd if task.is_overdue(TODAY)}
