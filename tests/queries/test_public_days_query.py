"""When what the public may know came about, and where things that are named by ids are found."""

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_closing, make_evidence, make_measure, make_people, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.domain.statuses import Placement, Review, Status
from tracker.queries import public_days, public_ids
from tracker.queries.public_ids import Named
from tracker.services import tasks


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture
def measure(people):
    return make_measure(2, plan=make_plan())


def accept(measure, people, *, slot="date:2026-02-20"):
    task = make_task(measure=measure, slot=slot, status=Status.SUBMITTED, submitted_by=people.member)
    tasks.accept(task=task, by=people.clerk, now=MORNING)
    return task


def test_a_task_became_done_when_it_was_accepted(measure, people):
    task = accept(measure, people)
    assert public_days.moments(measure.plan_id).done == {task.id: MORNING}


def test_where_nobody_reviews_a_task_became_done_when_it_was_handed_in(measure, people):
    measure.plan.review = Review.OFF
    task = make_task(measure=measure)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)
    assert public_days.moments(measure.plan_id).done == {task.id: MORNING}


def test_a_task_that_was_opened_again_is_not_told(measure, people):
    tasks.reopen(task=accept(measure, people), by=people.clerk, now=MORNING, note="ไม่ครบ")
    assert public_days.moments(measure.plan_id).done == {}


def test_evidence_that_nobody_marked_public_is_not_told(measure):
    task = make_task(measure=measure)
    make_evidence(task)
    shown = make_public(make_evidence(task))
    assert public_days.moments(measure.plan_id).shown == {shown.public_key: MORNING}


def test_a_round_is_told_with_when_it_was_closed(measure):
    make_task(measure=measure)
    closing = make_closing(measure.plan)
    assert public_days.moments(measure.plan_id).closed == {closing.round_on: closing.closed_at}


def test_it_takes_three_statements_however_much_came_about(measure, people):
    for number in (1, 2, 3):
        make_public(make_evidence(accept(measure, people, slot=f"round:{number}")))
    with count_queries() as statements:
        public_days.moments(measure.plan_id)
    assert len(statements) == 3


def test_things_of_an_open_plan_are_found_by_their_ids(measure):
    make_window(measure.plan)
    task = make_task(measure=measure)
    name, year = measure.plan.organization.public_name, measure.plan.fiscal_year
    assert public_ids.find(plan_id=measure.plan_id) == Named(name, year)
    assert public_ids.find(measure_id=measure.id) == Named(name, year, measure.id)
    assert public_ids.find(task_id=task.id) == Named(name, year, measure.id)


def test_nothing_of_a_plan_that_is_closed_is_found(measure):
    make_window(measure.plan, is_open=False)
    task = make_task(measure=measure)
    found = [public_ids.find(plan_id=measure.plan_id), public_ids.find(measure_id=measure.id)]
    assert [*found, public_ids.find(task_id=task.id)] == [None, None, None]


def test_what_was_taken_out_of_a_plan_is_not_found(measure):
    make_window(measure.plan)
    task = make_task(measure=measure)
    task.placement, measure.is_retired = Placement.RETIRED, True
    assert [public_ids.find(measure_id=measure.id), public_ids.find(task_id=task.id)] == [None, None]
