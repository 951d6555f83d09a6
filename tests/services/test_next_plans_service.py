from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_assessment, make_measure, make_plan, make_task
from tracker.domain.history import EventKind
from tracker.domain.indicators import Instrument
from tracker.domain.links import LinkCheckUse
from tracker.domain.reminders import Rules
from tracker.domain.statuses import Review, Status
from tracker.domain.timeframes import Kind
from tracker.models import Event, Festival, Finding, Measure, Plan, Task
from tracker.queries import carried
from tracker.services import events, measures, next_plans, schedules
from tracker.services.imports import PlanExists
from tracker.services.next_plans import NothingChosen

FEBRUARY_AND_AUGUST = "ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙"


@pytest.fixture
def plan(db, people):
    return make_plan(2569)


@pytest.fixture
def begin(plan, people):
    def begin(*chosen):
        ids = {one.id for one in chosen or plan.measures}
        return next_plans.begin(after=plan, measure_ids=ids, by=people.clerk, now=MORNING, today=TODAY)

    return begin


def test_measures_come_along_with_their_words_a_year_later(plan, begin):
    before = make_measure(4, words=FEBRUARY_AND_AUGUST, steps=("ประชุม", ("รายงานผลทุกเดือน", "ทุกเดือน")), weight=3)
    before.analysis, before.needs_evidence = ["ของปีก่อน"], True

    following = begin()

    (after,) = following.measures
    assert (following.fiscal_year, after.title, after.weight, after.needs_evidence) == (2570, before.title, 3, True)
    assert after.time_frame_text == "ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๗๐"
    assert after.analysis == []
    assert [(step.text, step.own_schedule_words) for step in after.steps] == [
        ("ประชุม", ""), ("รายงานผลทุกเดือน", "ทุกเดือน"),
    ]  # fmt: skip


def test_what_the_months_check_of_links_does_comes_along_from_today_on(plan, begin):
    before = make_measure(9, words="ทุกเดือน")
    before.link_check, before.link_check_from = LinkCheckUse.COMPLETION, date(2025, 11, 3)

    (after,) = begin().measures

    assert (after.link_check, after.link_check_from) == (LinkCheckUse.COMPLETION, TODAY)


def test_every_division_gets_its_tasks_of_the_new_year(db, plan, begin):
    make_measure(4, words=FEBRUARY_AND_AUGUST)

    following = begin()

    days = db.session.scalars(select(Task.due_on).where(Task.plan_id == following.id))
    assert sorted(days) == [date(2027, 2, 28)] * 2 + [date(2027, 8, 31)] * 2
    assert not schedules.pending_changes(following)


def test_what_was_foreseen_is_what_is_made(db, plan, begin):
    make_measure(4, words=FEBRUARY_AND_AUGUST, steps=("ประชุม", ("ตรวจทุกเดือน", "ทุกเดือน")))
    make_measure(9, words="ทุกเทศกาล")
    foreseen = sum(one.tasks for one in carried.of(plan))

    following = begin()

    assert db.session.scalar(select(func.count()).where(Task.plan_id == following.id)) == foreseen > 0


def test_only_the_chosen_measures_come_along(plan, begin):
    chosen, _ = make_measure(1), make_measure(2)

    assert [one.indicator for one in begin(chosen).measures] == [1]


def test_rounds_rules_and_review_come_along(plan, begin):
    make_measure(1)
    plan.reminder_rules, plan.review = replace(Rules(), behind_by=7), Review.OFF

    following = begin()

    assert following.round_dates == (date(2027, 3, 31), date(2027, 9, 30))
    assert (following.reminder_rules, following.review) == (plan.reminder_rules, Review.OFF)
    assert following.reminders_from == TODAY


def test_the_festivals_of_the_new_year_are_there(db, plan, begin):
    make_measure(1)

    begin()

    assert db.session.scalar(select(func.count()).where(Festival.fiscal_year == 2570)) == 3


def test_a_division_closed_since_is_left_out_and_named(plan, begin):
    measure = make_measure(1)
    closed = measure.divisions[0]
    closed.closed_on = TODAY

    (foreseen,) = carried.of(plan)
    (after,) = begin().measures

    assert foreseen.closed == (closed,)
    assert after.divisions == [one for one in measure.divisions if one is not closed]


def test_a_measure_taken_out_of_the_plan_does_not_come_along(plan, begin):
    make_measure(1)
    make_measure(2).is_retired = True

    assert [one.indicator for one in begin().measures] == [1]


def test_a_time_frame_that_cannot_be_read_a_year_later_is_said(plan):
    make_measure(1, words="ตลอดปีการศึกษา ๒๕๖๙")

    (foreseen,) = carried.of(plan)

    assert (foreseen.is_unclear, foreseen.tasks) == (True, 0)


def test_what_a_person_wrote_instead_comes_along_as_that(plan, begin):
    measure = make_measure(1)
    measure.schedule_words = "ต.ค. 68 - มี.ค. 69"

    (after,) = begin().measures

    assert (after.schedule_words, after.schedule.kind) == ("ต.ค. 69 - มี.ค. 70", Kind.SPAN)


def test_a_year_that_has_its_plan_is_refused_and_nothing_is_made(db, plan, begin):
    make_measure(1)
    begin()

    with pytest.raises(PlanExists, match="2570"):
        begin()
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Plan, Measure)] == [2, 2]


def test_a_plan_of_nothing_is_refused(plan, begin):
    make_measure(1)
    other = make_measure(1, plan=make_plan(2571))

    with pytest.raises(NothingChosen):
        begin(other)


def test_the_new_history_begins_with_where_the_plan_came_from(db, plan, begin, people):
    make_measure(1)

    following = begin()

    first = db.session.scalars(select(Event).where(Event.plan_id == following.id).order_by(Event.seq)).first()
    assert (first.kind, first.before, first.after, first.by) == (
        EventKind.PLAN_CREATED, "2569", "2570", people.clerk,
    )  # fmt: skip
    assert events.first_break(following) is None


def test_the_plan_it_came_from_stays_as_it_is(db, plan, begin, people):
    measure = make_measure(1, steps=("ประชุม",))
    schedules.apply(plan=plan, by=people.clerk, now=MORNING)
    before = measures.described(measure), plan.last_seq

    begin()

    assert (measures.described(measure), plan.last_seq) == before


def test_findings_of_the_result_before_are_answered_by_what_comes_along(db, plan, begin):
    make_measure(10, steps=("เผยแพร่รายงานตามข้อ O27",))
    assessment = make_assessment(2569, {"indicator:10": "90"})
    assessment.findings = [
        Finding(indicator=10, instrument=Instrument.OIT, items=[item], text="ไม่พบรายงาน", is_answered=False)
        for item in ("o27", "o6")
    ]
    db.session.flush()

    begin()

    assert [finding.is_answered for finding in assessment.findings] == [True, False]


def test_unfinished_tasks_are_counted_by_division_and_measure(plan):
    measure = make_measure(1)
    first, second = measure.divisions
    make_task(measure=measure, division=first)
    make_task(measure=measure, division=first, due_on=date(2026, 3, 31), status=Status.IN_PROGRESS)
    make_task(measure=measure, division=second, status=Status.DONE)

    left = carried.unfinished(plan)

    assert (left.divisions, left.measures) == (((first, 2),), {measure.id: 2})
