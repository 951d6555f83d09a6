"""What the public may know of a plan."""

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_closing, make_evidence, make_measure, make_person, make_plan, make_task
from tests.factories_public import make_public, make_window
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.extensions import db as database
from tracker.models import TaskReport
from tracker.queries import public_plans


@pytest.fixture
def plan(db):
    return make_plan()


def report_on(task, **written):
    by = make_person(division=task.division).id
    database.session.add(TaskReport(task_id=task.id, saved_at=MORNING, saved_by_id=by, **written))
    database.session.commit()


def read(plan, **shown):
    return public_plans.read(plan, make_window(plan, **shown), day=TODAY)


def only_task(shown):
    return shown.measures[0].tasks[0]


def test_all_ten_indicators_are_there_also_those_without_a_measure(plan):
    make_measure(2, plan=plan)
    assert [one.number for one in read(plan).indicators] == list(range(1, 11))


def test_measures_are_numbered_within_their_indicator(plan):
    make_measure(2, plan=plan), make_measure(2, plan=plan), make_measure(3, plan=plan)
    assert [measure.number for measure in read(plan).measures] == ["2.1", "2.2", "3.1"]


def test_the_result_of_a_task_that_is_done_is_shown(plan):
    report_on(make_task(measure=make_measure(2, plan=plan), status=Status.DONE), result="จัดประชุมแล้ว")
    assert only_task(read(plan)).result == "จัดประชุมแล้ว"


def test_what_is_written_before_a_task_is_done_is_not_shown(plan):
    report_on(make_task(measure=make_measure(2, plan=plan), status=Status.SUBMITTED), result="ร่าง")
    assert only_task(read(plan)).result == ""


def test_obstacles_are_not_shown_unless_switched_on(plan):
    report_on(make_task(measure=make_measure(2, plan=plan)), obstacles="ขาดบุคลากร")
    assert only_task(read(plan)).obstacles == ""


def test_obstacles_that_are_switched_on_are_shown(plan):
    report_on(make_task(measure=make_measure(2, plan=plan)), obstacles="ขาดบุคลากร")
    assert only_task(read(plan, shows_obstacles=True)).obstacles == "ขาดบุคลากร"


def test_evidence_that_nobody_marked_public_is_not_shown(plan):
    make_evidence(make_task(measure=make_measure(2, plan=plan)))
    assert only_task(read(plan)).evidence == ()


def test_evidence_marked_public_is_shown_by_its_key_alone(plan):
    evidence = make_public(make_evidence(make_task(measure=make_measure(2, plan=plan))), key="abc")
    (shown,) = only_task(read(plan)).evidence
    assert (shown.key, shown.title) == ("abc", evidence.title)


def test_withdrawn_evidence_is_not_shown_although_it_was_public(plan):
    make_public(make_evidence(make_task(measure=make_measure(2, plan=plan)), is_withdrawn=True))
    assert only_task(read(plan)).evidence == ()


def test_a_closed_round_tells_the_figures_that_were_frozen(plan):
    make_task(measure=make_measure(2, plan=plan), status=Status.DONE)
    closing = make_closing(plan)
    (told,) = read(plan).rounds
    assert (told.round_on, told.progress.done) == (closing.round_on, 1)


def test_a_window_is_found_by_the_number_of_an_organization_without_a_name(plan):
    make_window(plan)
    found = public_plans.open_window(str(plan.organization_id), plan.fiscal_year)
    assert found.plan.id == plan.id


def test_a_window_is_found_by_the_name_its_organization_chose(plan):
    plan.organization.slug = "bangpla"
    make_window(plan)
    assert public_plans.open_window("bangpla", plan.fiscal_year).plan.id == plan.id


def test_an_organization_with_a_name_is_not_found_by_its_number(plan):
    plan.organization.slug = "bangpla"
    make_window(plan)
    assert public_plans.open_window(str(plan.organization_id), plan.fiscal_year) is None


def test_a_window_that_is_not_open_is_not_found(plan):
    make_window(plan, is_open=False)
    assert public_plans.open_window(str(plan.organization_id), plan.fiscal_year) is None


@pytest.mark.parametrize("name", ["9" * 300, "-1", "", "๑", "a b"])
def test_a_name_that_is_none_finds_nothing(plan, name):
    assert public_plans.open_window(name, plan.fiscal_year) is None


def test_reading_takes_as_many_statements_for_many_measures_as_for_one(plan):
    window = make_window(plan)
    make_public(make_evidence(make_task(measure=make_measure(2, plan=plan))))
    with count_queries() as few:
        public_plans.read(plan, window, day=TODAY)
    for indicator in range(3, 9):
        make_public(make_evidence(make_task(measure=make_measure(indicator, plan=plan))))
    with count_queries() as many:
        public_plans.read(plan, window, day=TODAY)
    assert len(many) == len(few)
