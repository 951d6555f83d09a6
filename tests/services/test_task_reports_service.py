from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_person, make_task
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.models import TaskReport
from tracker.services import events, task_reports, tasks
from tracker.services.task_reports import ReportText, SavedSince
from tracker.services.tasks import NotOpen

TEXT = ReportText(result="ประกาศแล้ว", obstacles="ฝนตก", suggestions="เพิ่มช่องทาง", budget=Decimal("1500.50"))
LATER = MORNING + timedelta(minutes=3)


def save(task, by, text=TEXT, *, basis=0, now=MORNING, **ticks):
    return task_reports.save(task=task, text=text, basis=basis, by=by, now=now, **ticks)


def saved(db, task):
    return ReportText.of(db.session.get(TaskReport, task.id, populate_existing=True))


def test_what_is_saved_is_there_again(db, people):
    task = make_task()

    assert save(task, people.member)

    assert saved(db, task) == TEXT


def test_each_text_that_changed_is_told_with_its_new_words(people, told):
    task = make_task(status=Status.IN_PROGRESS)

    save(task, people.member)

    assert told(task) == [
        (EventKind.RESULT_WRITTEN, "", "", "ประกาศแล้ว"),
        (EventKind.OBSTACLES_WRITTEN, "", "", "ฝนตก"),
        (EventKind.SUGGESTIONS_WRITTEN, "", "", "เพิ่มช่องทาง"),
        (EventKind.BUDGET_STATED, "", "1500.50", ""),
    ]


def test_a_text_that_stays_is_not_told_again(people, told):
    task = make_task(status=Status.IN_PROGRESS)
    save(task, people.member)

    save(task, people.member, replace(TEXT, budget=Decimal(0)), basis=1)

    assert told(task)[4:] == [(EventKind.BUDGET_STATED, "1500.50", "0", "")]


def test_saving_the_same_again_changes_nothing_whatever_it_began_from(people, told):
    task = make_task(status=Status.IN_PROGRESS)
    save(task, people.member)

    assert not save(task, people.member, basis=0)

    assert len(told(task)) == 4


def test_no_budget_used_is_not_the_same_as_nothing_said(db, people):
    task = make_task()

    save(task, people.member, ReportText(budget=Decimal(0)))

    assert saved(db, task).budget == 0
    assert saved(db, make_task(measure=task.measure, due_on=TODAY + timedelta(days=1))).budget is None


def test_work_that_is_reported_on_has_begun(people, told):
    task = make_task()

    save(task, people.member, ReportText(result="เริ่มร่างประกาศ"))

    assert task.status == Status.IN_PROGRESS
    assert [kind for kind, *_ in told(task)] == [EventKind.RESULT_WRITTEN, EventKind.STARTED]


def test_a_ticked_step_begins_the_work_too(people):
    task = make_task(measure=make_measure(steps=["ประชุม"]))

    save(task, people.member, ReportText(), ticked=task.measure.steps)

    assert task.status == Status.IN_PROGRESS


def test_saving_nothing_begins_nothing(people):
    task = make_task()

    assert not save(task, people.member, ReportText())

    assert task.status == Status.NOT_STARTED


def test_whoever_began_from_an_older_text_is_told_and_the_saved_one_stays(db, people):
    task = make_task()
    colleague = make_person(Role.OFFICER, division=task.division)
    save(task, colleague, ReportText(result="ของเพื่อนร่วมงาน"))

    with pytest.raises(SavedSince):
        save(task, people.member, ReportText(result="ของฉัน"), basis=0, now=LATER)

    assert saved(db, task).result == "ของเพื่อนร่วมงาน"


def test_once_told_the_person_may_replace_it(db, people):
    task = make_task()
    save(task, people.member, ReportText(result="ข้อความแรก"))

    save(task, people.member, ReportText(result="ข้อความใหม่"), basis=1, now=LATER)

    assert saved(db, task).result == "ข้อความใหม่"


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE, Status.NOT_APPLICABLE])
def test_what_is_not_open_takes_no_report(db, people, status):
    task = make_task(status=status)

    with pytest.raises(NotOpen):
        save(task, people.member)

    assert saved(db, task) == ReportText()


def test_a_task_that_the_schedule_no_longer_asks_for_takes_no_report(people):
    task = make_task()
    task.placement = Placement.RETIRED

    with pytest.raises(NotOpen):
        save(task, people.member)


def test_the_report_stays_when_the_submission_is_taken_back(db, people):
    task = make_task()
    save(task, people.member)
    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)
    tasks.withdraw(task=task, by=people.member, now=LATER)

    assert saved(db, task) == TEXT
    assert events.first_break(task.plan) is None
