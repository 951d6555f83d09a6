from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_measure, make_task
from tracker.domain.history import EventKind
from tracker.domain.statuses import Placement, Status
from tracker.models import StepCheck
from tracker.services import tasks
from tracker.services.tasks import NotOpen

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def checklist(db):
    task = make_task(measure=make_measure(steps=("ประชุม", "ประกาศ", "รายงาน")))
    return task, task.measure.steps


def ticked(db, task):
    return set(db.session.scalars(select(StepCheck.step_id).where(StepCheck.task_id == task.id)))


def tick(task, *steps, take_back=(), by, now=MORNING):
    tasks.tick_steps(task=task, ticked=steps, unticked=take_back, by=by, now=now)


def test_ticking_steps_keeps_them_ticked_and_tells_which(db, people, checklist, told):
    task, (meeting, announcement, report) = checklist

    tick(task, meeting, report, by=people.member)

    assert ticked(db, task) == {meeting.id, report.id}
    assert [(kind, after) for kind, _, after, _ in told(task)] == [
        (EventKind.STEP_CHECKED, "1"),
        (EventKind.STEP_CHECKED, "3"),
    ]


def test_a_tick_can_be_taken_back(db, people, checklist, told):
    task, (meeting, announcement, report) = checklist
    tick(task, meeting, report, by=people.member)

    tick(task, take_back=[meeting], by=people.member, now=LATER)

    assert ticked(db, task) == {report.id}
    assert told(task)[-1] == (EventKind.STEP_UNCHECKED, "1", "", "")


def test_a_step_that_is_not_named_keeps_its_tick(db, people, checklist):
    task, (meeting, announcement, report) = checklist
    tick(task, meeting, by=people.member)

    tick(task, report, take_back=[announcement], by=people.member, now=LATER)

    assert ticked(db, task) == {meeting.id, report.id}


def test_sending_the_same_ticks_again_tells_nothing(people, checklist, told):
    task, (meeting, announcement, report) = checklist
    for moment in (MORNING, LATER):
        tick(task, meeting, by=people.member, now=moment)

    assert len(told(task)) == 1


def test_the_steps_of_a_submitted_task_stay_as_they_are(db, people):
    measure = make_measure(steps=("ประชุม",))
    task = make_task(measure=measure, status=Status.SUBMITTED)

    with pytest.raises(NotOpen):
        tick(task, *measure.steps, by=people.member)

    assert ticked(db, task) == set()


def test_a_retired_task_takes_no_ticks(db, people):
    measure = make_measure(steps=("ประชุม",))
    task = make_task(measure=measure)
    task.placement = Placement.RETIRED
    db.session.flush()

    with pytest.raises(NotOpen):
        tick(task, *measure.steps, by=people.member)
