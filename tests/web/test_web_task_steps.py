import pytest
from sqlalchemy import select

from tests.factories import ALL_YEAR, make_measure, make_task
from tracker.domain.statuses import Status
from tracker.models import StepCheck


@pytest.fixture
def with_steps(people):
    """A task of the first division with two steps."""
    return make_task(measure=make_measure(words=ALL_YEAR, steps=["ประชุม", "รายงาน"]))


def ticked(db, task):
    rows = select(StepCheck).where(StepCheck.task_id == task.id).join(StepCheck.task)
    return {check.step_id for check in db.session.scalars(rows)}


def test_ticked_steps_stay_ticked(visit, people, db, with_steps):
    first, second = with_steps.measure.steps
    steps = f"/tasks/{with_steps.id}/report"
    visitor = visit(people.member)
    visitor.get(f"/tasks/{with_steps.id}")

    page = visitor.post(steps, {"step": [first.id, second.id]})

    assert page.values(steps)["step"] == [str(first.id), str(second.id)]
    assert ticked(db, with_steps) == {first.id, second.id}


def test_a_tick_can_be_taken_back(visit, people, db, with_steps):
    first, second = with_steps.measure.steps
    visitor = visit(people.member)
    visitor.get(f"/tasks/{with_steps.id}")
    visitor.post(f"/tasks/{with_steps.id}/report", {"step": [first.id, second.id]})

    visitor.post(f"/tasks/{with_steps.id}/report", {"shown": [first.id, second.id], "step": second.id})

    assert ticked(db, with_steps) == {second.id}


def test_what_somebody_else_ticked_meanwhile_stays_ticked(visit, people, db, with_steps):
    first, second = with_steps.measure.steps
    visitor = visit(people.member)
    visitor.get(f"/tasks/{with_steps.id}")
    visitor.post(f"/tasks/{with_steps.id}/report", {"step": second.id})

    visitor.post(f"/tasks/{with_steps.id}/report", {"step": first.id})  # from a page that showed no tick

    assert ticked(db, with_steps) == {first.id, second.id}


@pytest.mark.parametrize("step", ["x", "", "-1", "99999999999999999999", "{foreign}"])
def test_a_step_of_another_measure_is_never_ticked(visit, people, db, with_steps, step):
    foreign = make_measure(2, steps=["ของมาตรการอื่น"]).steps[0]
    visitor = visit(people.member)
    visitor.get(f"/tasks/{with_steps.id}")

    visitor.post(f"/tasks/{with_steps.id}/report", {"step": step.format(foreign=foreign.id)})

    assert ticked(db, with_steps) == set()


@pytest.mark.parametrize("who", ["neighbour", "clerk", "executive", "auditor", "administrator"])
def test_only_the_division_ticks_its_steps(visit, people, db, with_steps, who):
    visitor = visit(getattr(people, who))

    page = visitor.get(f"/tasks/{with_steps.id}")
    visitor.post(f"/tasks/{with_steps.id}/report", {"step": with_steps.measure.steps[0].id}, status=403)

    assert not page.offers(f"/tasks/{with_steps.id}/report")
    assert ticked(db, with_steps) == set()


def test_steps_of_a_task_that_was_handed_in_can_be_read_but_not_ticked(visit, people, db):
    task = make_task(measure=make_measure(steps=["ประชุม"]), status=Status.SUBMITTED)
    visitor = visit(people.member)

    page = visitor.get(f"/tasks/{task.id}")
    refused = visitor.post(f"/tasks/{task.id}/report", {"step": task.measure.steps[0].id}, status=422)

    assert "☐ ประชุม" in page.main
    assert not page.offers(f"/tasks/{task.id}/report")
    assert refused.alerts
    assert ticked(db, task) == set()
