from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Placement, Status
from tracker.models import Task
from tracker.queries import histories
from tracker.queries import tasks as queries
from tracker.queries.tasks import Group
from tracker.services import schedules, tasks

ONE_DAY = timedelta(days=1)


@pytest.fixture
def organization(db):
    return make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง"))


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
    tasks = db.session.scalars(select(Task).where(Task.division == organization.divisions[0]))
    by_slot = {task.slot: [step.text for step in queries.checklist(task)] for task in tasks}

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

    assert [told.event.kind for told in histories.of_task(task)] == ["submitted", "started"]
