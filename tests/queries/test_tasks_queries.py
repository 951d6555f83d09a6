from datetime import date, timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Placement, Status
from tracker.queries import tasks as queries
from tracker.queries.tasks import Filter, Group
from tracker.services import schedules, tasks

ONE_DAY = timedelta(days=1)


@pytest.fixture
def organization(db):
    return make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง"))


def listed(plan, page=1, **narrowed):
    return queries.listed(plan.id, Filter(**narrowed), today=TODAY, page=page)


def test_tasks_are_listed_by_deadline_then_indicator_then_official_order(db, organization):
    first, second = organization.divisions
    one, two = make_measure(1), make_measure(2)
    later = make_task(measure=one, division=first, due_on=TODAY + ONE_DAY)
    of_second_indicator = make_task(measure=two, division=first)
    of_second_division = make_task(measure=one, division=second)
    of_first_division = make_task(measure=one, division=first)

    rows, count = listed(later.plan)

    assert rows == [of_first_division, of_second_division, of_second_indicator, later]
    assert count == 4


def test_each_filter_narrows_to_what_it_says(db, organization):
    first, second = organization.divisions
    wanted = make_task(measure=make_measure(3), division=second, status=Status.IN_PROGRESS, due_on=TODAY - ONE_DAY)
    make_task(measure=make_measure(1), division=first, status=Status.DONE, due_on=TODAY)

    for narrowed in (
        {"indicator": 3},
        {"measure_id": wanted.measure_id},
        {"division_ids": (second.id,)},
        {"status": Status.IN_PROGRESS},
        {"only_overdue": True},
        {"only_open": True},
        {"indicator": 3, "division_ids": (second.id,), "only_overdue": True},
    ):
        assert listed(wanted.plan, **narrowed) == ([wanted], 1), narrowed


def test_an_empty_filter_narrows_nothing(db, organization):
    assert not Filter().is_narrowed
    assert Filter(only_open=True).is_narrowed


def test_several_divisions_are_listed_together(db, organization):
    tasks = [make_task(division=division) for division in organization.divisions]

    rows, count = listed(tasks[0].plan, division_ids=tuple(division.id for division in organization.divisions))

    assert (rows, count) == (tasks, 2)


def test_a_list_behind_a_figure_leaves_out_what_does_not_apply(db, organization):
    counted = make_task()
    make_task(status=Status.NOT_APPLICABLE)

    assert listed(counted.plan, only_counted=True) == ([counted], 1)


def test_what_is_due_today_is_not_listed_as_overdue(db, organization):
    task = make_task(due_on=TODAY)

    assert listed(task.plan, only_overdue=True) == ([], 0)


def test_retired_tasks_are_not_listed_and_those_outside_the_schedule_are(db, organization):
    retired, outside = make_task(), make_task()
    retired.placement, outside.placement = Placement.RETIRED, Placement.OUTSIDE

    assert listed(outside.plan) == ([outside], 1)


def test_a_page_goes_on_where_the_last_one_ended(db, organization):
    measure = make_measure()
    for days in range(queries.PAGE + 1):
        make_task(measure=measure, due_on=TODAY + timedelta(days=days))

    first, count = listed(measure.plan)
    second, _ = listed(measure.plan, page=2)

    assert (len(first), len(second), count) == (queries.PAGE, 1, queries.PAGE + 1)
    assert second[0].due_on == TODAY + timedelta(days=queries.PAGE)


def test_tasks_of_another_plan_are_not_listed(db, organization):
    task = make_task()
    make_task(measure=make_measure(plan=make_plan(2570)))

    assert listed(task.plan) == ([task], 1)


def work(*divisions):
    return queries.work_of([division.id for division in divisions], today=TODAY)


@pytest.mark.parametrize(
    ("days", "status", "group"),
    [
        (-1, Status.NOT_STARTED, "overdue"),
        (-1, Status.SUBMITTED, "submitted"),
        (0, Status.IN_PROGRESS, "soon"),
        (7, Status.NOT_STARTED, "soon"),
        (8, Status.NOT_STARTED, "later"),
        (-1, Status.DONE, None),
        (1, Status.NOT_APPLICABLE, None),
    ],
)
def test_a_task_stands_in_the_group_of_its_urgency(db, organization, days, status, group):
    task = make_task(due_on=TODAY + timedelta(days=days), status=status)

    found = work(task.division)

    for name in ("overdue", "soon", "later", "submitted"):
        assert getattr(found, name) == (Group(1, [task]) if name == group else Group(0, [])), name


def test_work_of_a_division_is_not_the_neighbours(db, organization):
    first, second = organization.divisions
    mine = make_task(division=first)
    make_task(division=second)

    assert work(first).soon.tasks == [mine]


def test_a_person_in_two_divisions_sees_the_work_of_both_by_deadline(db, organization):
    first, second = organization.divisions
    later = make_task(division=first, due_on=TODAY + ONE_DAY)
    sooner = make_task(division=second, due_on=TODAY)

    assert work(first, second).soon.tasks == [sooner, later]


def test_a_long_group_is_counted_whole_and_shown_in_part(db, organization):
    measure, shown = make_measure(), queries.FIRST["overdue"]
    for days in range(1, shown + 3):
        make_task(measure=measure, due_on=TODAY - timedelta(days=days))

    found = work(organization.divisions[0])

    assert (len(found.overdue.tasks), found.overdue.count) == (shown, shown + 2)
    assert found.open_count == shown + 2


def test_retired_work_is_nobodys(db, organization):
    make_task().placement = Placement.RETIRED

    assert work(*organization.divisions).open_count == 0


def test_the_size_of_the_work_does_not_change_the_number_of_statements(db, organization):
    for _ in range(20):
        make_task()
    division_ids = [division.id for division in organization.divisions]
    db.session.commit()
    db.session.expunge_all()

    with count_queries() as statements:
        found = queries.work_of(division_ids, today=TODAY)
        assert [task.measure.title + task.division.name for task in found.soon.tasks]

    assert len(statements) == 2  # the counts, and the first rows with their measures and divisions


def test_what_waits_longest_for_review_comes_first(db, organization):
    recent = make_task(status=Status.SUBMITTED, submitted_on=TODAY)
    old = make_task(status=Status.SUBMITTED, submitted_on=TODAY - ONE_DAY)
    make_task(status=Status.DONE)

    assert queries.waiting_for_review(organization.id).tasks == [old, recent]


def test_what_waits_in_another_organization_is_not_shown(db, organization):
    task = make_task(status=Status.SUBMITTED)
    other = make_organization("เทศบาลตำบลข้างเคียง")

    assert queries.waiting_for_review(other.id).tasks == []
    assert queries.waiting_for_review(organization.id).tasks == [task]


def test_a_task_has_the_steps_of_its_slot_to_tick(db, organization):
    measure = make_measure(steps=("ประชุม", "ประกาศ", ("ตรวจสอบทุกเดือน", "ทุกเดือน")))
    schedules.apply(plan=measure.plan, by=None, now=MORNING)
    rows, _ = listed(measure.plan, division_ids=(organization.divisions[0].id,))
    by_slot = {task.slot: [step.text for step in queries.checklist(task)] for task in rows}

    assert by_slot["round:1"] == ["ประชุม", "ประกาศ"]
    assert by_slot["month:2026-02"] == ["ตรวจสอบทุกเดือน"]


def test_a_task_outside_the_schedule_offers_every_step(db, organization):
    measure = make_measure(steps=("ประชุม", "ประกาศ"))
    task = make_task(measure=measure, due_on=date(2026, 5, 5))

    assert queries.checklist(task) == measure.steps


def test_the_history_of_a_task_comes_newest_first(db, organization):
    task = make_task()
    person = make_person(division=task.division)
    tasks.start(task=task, by=person, now=MORNING)
    tasks.submit(task=task, by=person, now=MORNING + timedelta(hours=1), today=TODAY)

    assert [event.kind for event in queries.history(task)] == ["submitted", "started"]
