from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.clocks import TODAY, at
from tests.factories import YEAR, make_measure, make_organization, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.calendar import first_day
from tracker.domain.curves import past_days
from tracker.domain.permissions import Role
from tracker.domain.sentences import Refusal
from tracker.domain.statuses import Placement, Status
from tracker.queries import curves, progress
from tracker.services import states, tasks

OCTOBER, NOVEMBER, JANUARY = date(2025, 10, 31), date(2025, 11, 30), date(2026, 1, 31)


def as_of(plan, day=TODAY, **part):
    return curves.as_of(plan.id, fiscal_year=YEAR, day=day, **part)


def actual(plan, day=TODAY, **part):
    """Return the whole percentages that were done at the ends of the days that have come."""
    return {point.day: point.actual.percent for point in as_of(plan, day, **part)[1].reached}


def test_a_task_counts_as_done_from_the_end_of_the_day_on_which_it_was_done(db):
    plan = make_task(status=Status.DONE, since=at(OCTOBER, 23, 59)).plan
    make_task(status=Status.DONE, since=at(NOVEMBER + timedelta(days=1), 0, 0))

    found = actual(plan)

    assert (found[OCTOBER], found[NOVEMBER]) == (100, 100)
    assert [point.actual.whole for point in as_of(plan)[1].reached] == [1, 1, 2, 2, 2]


def test_what_was_opened_again_was_done_in_between(db):
    clerk, task = make_person(Role.CLERK), make_task(status=Status.DONE, since=at(OCTOBER))
    tasks.reopen(task=task, by=clerk, now=at(date(2025, 12, 15)), note="หลักฐานไม่ครบ")

    found = actual(task.plan)

    assert (found[NOVEMBER], found[JANUARY], found[TODAY]) == (100, 0, 0)


def test_a_retired_task_counts_until_it_was_retired(db):
    task = make_task(status=Status.DONE)
    make_task()
    task.placement = Placement.RETIRED
    states.keep(tasks=[task], now=at(date(2025, 12, 15)))

    found = actual(task.plan)

    assert (found[NOVEMBER], found[JANUARY]) == (50, 0)


def test_a_measures_weight_counts(db):
    plan = make_task(measure=make_measure(weight=3), status=Status.DONE).plan
    make_task()

    assert actual(plan)[TODAY] == 75


def test_before_the_plans_year_nothing_is_past_and_the_figures_are_the_same(db):
    plan = make_task().plan
    day = first_day(YEAR) - timedelta(days=1)

    figures, found = as_of(plan, day)

    assert found.reached == ()
    assert figures == progress.as_of(plan.id, day=day)


def test_after_the_plans_year_its_last_point_is_its_last_day(db):
    plan = make_task(status=Status.DONE).plan

    assert list(actual(plan, date(2027, 5, 1)))[-1] == date(2026, 9, 30)


def test_another_plans_tasks_are_not_counted(db):
    plan = make_task().plan
    make_task(measure=make_measure(plan=make_plan(2570)), status=Status.DONE)

    assert actual(plan)[TODAY] == 0


@pytest.mark.parametrize(
    ("part", "condition"),
    [
        ({"indicator": 2}, lambda cell: cell.indicator == 2),
        ({"division_id": 1}, lambda cell: cell.division.name == "กองคลัง"),
        ({"measure_id": 1}, lambda cell: cell.indicator == 1),
        ({"indicator": 2, "division_id": 1}, lambda cell: (cell.indicator, cell.division.name) == (2, "กองคลัง")),
    ],
)
def test_a_part_of_the_plan_has_its_own_figures_and_curve(db, part, condition):
    organization = make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง"))
    first, second = make_measure(1), make_measure(2)
    for number, measure in enumerate((first, second, second)):
        for place, division in enumerate(organization.divisions):
            status = [Status.DONE, Status.NOT_STARTED][(number + place) % 2]
            make_task(measure=measure, division=division, status=status, due_on=TODAY + timedelta(days=number))
    ids = {"division_id": organization.divisions[1].id, "measure_id": first.id}
    whole = progress.as_of(first.plan_id, day=TODAY)

    figures, found = as_of(first.plan, **{name: ids.get(name, value) for name, value in part.items()})

    assert figures == whole.part(condition)
    assert 0 < len(figures.cells) < len(whole.cells)
    assert found.reached[-1].actual == (figures.total.done_weight, figures.total.weight)


def test_figures_and_curve_take_one_statement_however_many_tasks_there_are(db):
    plan, counts = make_task().plan, []
    for many in (1, 30):
        for number in range(many):
            make_task(due_on=TODAY + timedelta(days=number))
        with count_queries() as statements:
            as_of(plan)
        counts.append(len(statements))

    assert counts == [1, 1]


def test_the_curve_is_read_off_the_index_of_figures_alone(db):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    plan, heard = make_task().plan, []

    def listen(_connection, _cursor, statement, parameters, *_):
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        as_of(plan, indicator=1, division_id=1, measure_id=1)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    (statement, parameters) = heard[-1]
    steps = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    index = "SEARCH task_state USING COVERING INDEX ix_task_state_figures (plan_id=? AND valid_to>?)"
    assert [step for step in steps if "task_state" in step] == [index, index]


# What happens to which task, and how many days and hours after the last thing that happened.
VERBS = (
    *("start", "submit", "accept", "return_to_division", "reopen"),
    *("set_not_applicable", "set_applicable", "move", "retire"),
)
DEEDS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 3), st.integers(0, 40), st.integers(0, 23)), max_size=25
)


@pytest.fixture
def crowd(db):
    """Four tasks of two measures, one of them heavy; one comes later."""
    light, heavy = make_measure(1), make_measure(2, weight=4)
    return [
        make_task(measure=light, due_on=OCTOBER),
        make_task(measure=light, due_on=JANUARY, status=Status.SUBMITTED),
        make_task(measure=heavy, due_on=TODAY, status=Status.DONE),
        make_task(measure=heavy, due_on=JANUARY, since=at(date(2025, 11, 20))),
    ]


def live(deeds, actors, crowd):
    """Let the deeds happen that the life of a task allows."""
    moment = at(date(2025, 11, 25))
    for verb, place, days, hours in deeds:
        moment += timedelta(days=days, hours=hours)
        happen(verb, crowd[place], actors, moment)


def happen(verb, task, actors, moment):
    if task.placement == Placement.RETIRED:
        return
    if verb in {"move", "retire"}:
        task.due_on += timedelta(days=20) if verb == "move" else timedelta()
        task.placement = Placement.RETIRED if verb == "retire" else task.placement
        states.keep(tasks=[task], now=moment)
        return
    head, clerk = actors
    dated = {"today": moment.date()} if verb == "submit" else {}
    try:
        getattr(tasks, verb)(task=task, by=head if dated else clerk, now=moment, note="เหตุผล", **dated)
    except Refusal:
        return


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS, day=st.dates(OCTOBER, date(2026, 11, 30)))
def test_every_point_equals_the_figures_as_of_its_day_whatever_happened(db, crowd, actors, deeds, day):
    plan = crowd[0].plan
    with db.session.begin_nested() as example:
        live(deeds, actors, crowd)
        figures, found = as_of(plan, day)

        assert figures == progress.as_of(plan.id, day=day)
        there = {point.day: point.actual for point in found.points}
        for one in past_days(YEAR, day=day):
            total = progress.as_of(plan.id, day=one).total
            assert there[one] == ((total.done_weight, total.weight) if total.weight else None)
            assert (there[one].percent if there[one] else None) == total.percent
        example.rollback()


def test_a_plan_is_compared_with_an_earlier_day_as_that_day_itself_shows_it(db):
    plan = make_task(status=Status.DONE, since=at(OCTOBER, 23, 59)).plan
    make_task(status=Status.DONE, since=at(JANUARY, 9))

    figures, curve, before = curves.compared(plan.id, fiscal_year=YEAR, day=TODAY, since=NOVEMBER)

    assert before == progress.as_of(plan.id, day=NOVEMBER)
    assert (figures, curve) == as_of(plan)
