from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY, at
from tests.factories import make_measure, make_organization, make_people, make_position, make_task
from tracker.domain.figures import Post
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.queries import task_list
from tracker.queries.task_list import Filter
from tracker.services import states, tasks

ONE_DAY = timedelta(days=1)


@pytest.fixture
def organization(db):
    return make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง"))


def page(plan, **narrowed):
    return task_list.page(plan.id, Filter(**narrowed), today=TODAY)


def listed(plan, **narrowed):
    return [row.id for row in page(plan, **narrowed).rows]


def test_the_list_as_of_a_day_shows_what_was_true_at_its_end(db, organization):
    first, second = organization.divisions
    people, yesterday = make_people(), TODAY - ONE_DAY
    task = make_task(division=first, due_on=TODAY - 2 * ONE_DAY)
    tasks.submit(task=task, by=people.member, now=at(TODAY, 0), today=TODAY)
    task.division, task.due_on, task.blocked_reason = second, TODAY + ONE_DAY, "รอเอกสาร"
    states.keep(tasks=[task], now=MORNING)

    (then,), (now,) = page(task.plan, as_of=yesterday).rows, page(task.plan, as_of=TODAY).rows

    assert (then.status, then.due_on, then.division_id) == (Status.NOT_STARTED, TODAY - 2 * ONE_DAY, first.id)
    assert (now.status, now.due_on, now.division_id) == (Status.SUBMITTED, TODAY + ONE_DAY, second.id)
    assert (then.slot, then.blocked_reason, now.blocked_reason) == (task.slot, "", "รอเอกสาร")


def test_as_of_a_day_late_is_what_was_late_then(db, organization):
    task = make_task(due_on=TODAY - 2 * ONE_DAY)

    assert listed(task.plan, as_of=TODAY - ONE_DAY, only_overdue=True) == [task.id]
    assert listed(task.plan, as_of=TODAY - 2 * ONE_DAY, only_overdue=True) == []


def test_a_retired_task_is_listed_as_of_the_days_before_it_was_retired(db, organization):
    task = make_task()
    task.placement = Placement.RETIRED
    states.keep(tasks=[task], now=MORNING)

    assert listed(task.plan, as_of=TODAY - ONE_DAY) == [task.id]
    assert listed(task.plan, as_of=TODAY) == []


def test_before_a_task_was_planned_it_is_not_listed(db, organization):
    task = make_task(since=MORNING)

    assert listed(task.plan, as_of=TODAY - ONE_DAY) == []
    assert listed(task.plan, as_of=TODAY) == [task.id]


def test_each_filter_narrows_the_list_as_of_a_day_to_what_it_says(db, organization):
    first, second = organization.divisions
    wanted = make_task(measure=make_measure(3), division=second, status=Status.IN_PROGRESS, due_on=TODAY - ONE_DAY)
    wanted.blocked_reason = "รอเอกสาร"
    states.keep(tasks=[wanted], now=MORNING)
    make_task(measure=make_measure(1), division=first, status=Status.NOT_APPLICABLE, due_on=TODAY)
    position = make_position(Role.OFFICER, division=second)
    wanted.status, wanted.due_on, wanted.division = Status.NOT_APPLICABLE, TODAY, first  # as it is now

    for narrowed in (
        {"measure_ids": (wanted.measure_id,)},
        {"measure_ids": (wanted.measure_id, 99)},
        {"division_ids": (second.id,)},
        {"division_ids": (second.id, 99)},
        {"given": Post(position.id, second.id)},
        {"status": Status.IN_PROGRESS},
        {"due_from": TODAY - ONE_DAY, "due_to": TODAY - ONE_DAY},
        {"only_overdue": True},
        {"only_open": True},
        {"only_blocked": True},
        {"only_counted": True},
    ):
        assert listed(wanted.plan, as_of=TODAY, **narrowed) == [wanted.id], narrowed
        assert page(wanted.plan, as_of=TODAY, **narrowed).count == 1, narrowed
