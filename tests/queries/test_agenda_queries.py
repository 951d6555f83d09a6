from datetime import date

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import (
    make_festival,
    make_holiday,
    make_measure,
    make_organization,
    make_people,
    make_plan,
    make_task,
)
from tests.statements import count_queries
from tracker.domain.agenda import Mark
from tracker.domain.statuses import Placement, Status
from tracker.queries.agenda import occasions
from tracker.queries.calendars import marks_between
from tracker.services import schedules


def test_a_measure_of_rounds_with_a_monthly_step_has_both_on_one_day(db):
    measure = make_measure(9, steps=["รายงาน", ("ตรวจลิงก์", "ทุกเดือน")])
    schedules.apply(plan=measure.plan, by=make_people().clerk, now=MORNING)

    found = occasions(measure.plan_id)

    assert found.slots[measure.id, date(2026, 3, 31)] == ("month:2026-03", "round:1")
    assert found.slots[measure.id, date(2026, 4, 30)] == ("month:2026-04",)


def test_a_measure_without_tasks_is_named_all_the_same(db):
    measure = make_measure()

    found = occasions(measure.plan_id)

    assert found.measures[measure.id].title == measure.title
    assert found.slots == {}


def test_measures_come_by_indicator(db):
    ninth, first = make_measure(9), make_measure(1)

    assert list(occasions(first.plan_id).measures) == [first.id, ninth.id]


@pytest.mark.parametrize("change", [{"placement": Placement.RETIRED}, {"status": Status.NOT_APPLICABLE}])
def test_what_is_no_longer_asked_for_is_no_occasion(db, change):
    task = make_task()
    for name, value in change.items():
        setattr(task, name, value)
    db.session.flush()

    assert occasions(task.plan_id).slots == {}


def test_only_the_divisions_asked_for_have_their_occasions_shown(db):
    measure = make_measure()
    first, second = measure.plan.organization.divisions
    make_task(measure=measure, division=first)

    assert occasions(measure.plan_id, division_ids=[first.id]).slots == {(measure.id, TODAY): ("date:2026-02-20",)}
    assert occasions(measure.plan_id, division_ids=[second.id]).slots == {}


def test_another_plan_is_not_looked_at(db):
    then = make_measure(plan=make_plan(2568, rounds=()))
    make_task(measure=then)
    now = make_plan()

    assert occasions(now.id).measures == {}


def test_occasions_are_one_statement_whatever_there_is(db):
    for days in range(1, 5):
        task = make_task(due_on=date(2026, 3, days))

    with count_queries() as heard:
        occasions(task.plan_id)

    assert len(heard) == 1


def test_days_off_and_festivals_of_a_span_come_by_day_in_one_statement(db):
    organization = make_organization()
    make_holiday(date(2026, 4, 13), name="วันสงกรานต์")
    make_festival(date(2026, 4, 13))
    make_holiday(date(2026, 4, 1), name="ก่อน")
    for outside in (date(2026, 3, 31), date(2026, 5, 1)):
        make_holiday(outside)

    with count_queries() as heard:
        marks = marks_between(organization.id, first=date(2026, 4, 1), last=date(2026, 4, 30))

    assert set(marks) == {
        Mark(date(2026, 4, 1), "ก่อน"),
        Mark(date(2026, 4, 13), "วันสงกรานต์"),
        Mark(date(2026, 4, 13), "สงกรานต์", "songkran"),
    }
    assert [mark.on for mark in marks] == sorted(mark.on for mark in marks)
    assert len(heard) == 1


def test_days_off_of_another_organization_are_not_shown(db):
    own, other = make_organization("หนึ่ง"), make_organization("สอง")
    make_holiday(date(2026, 4, 1), organization=other)
    make_festival(date(2026, 4, 13), organization=other)

    assert marks_between(own.id, first=date(2026, 4, 1), last=date(2026, 4, 30)) == []
