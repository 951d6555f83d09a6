from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_plan, make_task
from tracker.domain.history import EventKind
from tracker.domain.statuses import ReasonNeeded, Review, Status
from tracker.services import reviews, tasks
from tracker.services.tasks import OwnSubmission


def handed_in(measure, *, by=None, days=0, status=Status.SUBMITTED):
    return make_task(measure=measure, due_on=TODAY + timedelta(days=days), status=status, submitted_by=by)


def accept(people, *rows, plan=None):
    plan = plan or rows[0].plan
    return reviews.accept_many(plan=plan, task_ids=[row.id for row in rows], by=people.clerk, now=MORNING)


def test_several_are_accepted_in_one_act(people):
    measure = make_measure()
    rows = [handed_in(measure, days=days) for days in range(3)]

    done = accept(people, *rows)

    assert {row.status for row in rows} == {Status.DONE}
    assert (list(done.tasks), list(done.refused)) == (rows, [])


def test_one_that_cannot_be_accepted_holds_none_of_the_others_back(people):
    measure = make_measure()
    fine, own = handed_in(measure), handed_in(measure, days=1, by=people.clerk)
    open_one = handed_in(measure, days=2, status=Status.IN_PROGRESS)

    done = accept(people, fine, own, open_one)

    assert [row.status for row in (fine, own, open_one)] == [Status.DONE, Status.SUBMITTED, Status.IN_PROGRESS]
    assert [task for task, _ in done.refused] == [own, open_one]


def test_a_task_of_another_plan_is_not_touched(people):
    here = handed_in(make_measure())
    elsewhere = handed_in(make_measure(plan=make_plan(organization=make_organization("เทศบาลตำบลไกล"))))

    done = accept(people, here, elsewhere, plan=here.plan)

    assert list(done.tasks) == [here]
    assert elsewhere.status == Status.SUBMITTED


def test_nobody_accepts_what_they_submitted_unless_the_plan_allows_it_with_a_reason(people, told):
    task = handed_in(make_measure(), by=people.clerk)
    with pytest.raises(OwnSubmission):
        tasks.accept(task=task, by=people.clerk, now=MORNING, note="ไม่มีผู้อื่น")

    reviews.set_review(plan=task.plan, review=Review.SELF, by=people.clerk, now=MORNING, note="มีเจ้าหน้าที่คนเดียว")
    with pytest.raises(ReasonNeeded):
        tasks.accept(task=task, by=people.clerk, now=MORNING)
    tasks.accept(task=task, by=people.clerk, now=MORNING, note="ไม่มีผู้อื่น")

    assert task.status == Status.DONE
    assert told(task)[-1] == (EventKind.ACCEPTED, "submitted", "done", "ไม่มีผู้อื่น")


def test_where_review_is_off_what_is_handed_in_is_done(people, told):
    task = make_task()
    reviews.set_review(plan=task.plan, review=Review.OFF, by=people.clerk, now=MORNING, note="ทดลองใช้")

    tasks.submit(task=task, by=people.member, now=MORNING, today=TODAY)

    assert (task.status, task.submitted_on) == (Status.DONE, TODAY)
    assert told(task) == [(EventKind.SUBMITTED, "not_started", "done", "")]


@pytest.mark.parametrize("review", [Review.SELF, Review.OFF])
def test_fewer_eyes_need_a_reason(people, review):
    plan = make_measure().plan

    with pytest.raises(ReasonNeeded):
        reviews.set_review(plan=plan, review=review, by=people.clerk, now=MORNING, note=" ")

    assert plan.review == Review.REQUIRED


def test_more_eyes_need_none(people):
    plan = make_measure().plan
    reviews.set_review(plan=plan, review=Review.OFF, by=people.clerk, now=MORNING, note="ทดลองใช้")

    reviews.set_review(plan=plan, review=Review.REQUIRED, by=people.clerk, now=MORNING)

    assert plan.review == Review.REQUIRED


def test_what_waits_for_review_goes_on_waiting(people):
    task = handed_in(make_measure())

    reviews.set_review(plan=task.plan, review=Review.OFF, by=people.clerk, now=MORNING, note="ทดลองใช้")

    assert task.status == Status.SUBMITTED
