"""A report whose year has its plan: what it changes, what it leaves alone, what stays of the work."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_organization, make_person
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.documents.reading.draft import MeasureDraft, ReportDraft
from tracker.domain.consistency import Figure, Subject
from tracker.domain.history import EventKind
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.domain.timeframes import Kind
from tracker.extensions import db as database
from tracker.models import Draft, Event, Measure, Plan, StepCheck, Task, TaskState
from tracker.models.base import FOREVER
from tracker.queries import scores
from tracker.queries.differences import Field
from tracker.services import drafts, events, measures, reimports, schedules, tasks
from tracker.services.drafts import NothingLeft, NoTitle
from tracker.services.imports import NoIndicator
from tracker.services.measures import MeasureChange, StepChange
from tracker.services.reimports import AlreadyTakenOver, Choices, NoPlanYet, Outcome

LATER = MORNING + timedelta(days=1)
LOAN = MeasureDraft(
    indicator=4,
    title="มาตรการให้ความรู้เรื่องการยืมทรัพย์สินของราชการ",
    analysis=("พนักงานบางคนไม่รู้วิธียืม",),
    steps=("แสดงวิธียืมไว้ในคู่มือ", "ตรวจทะเบียนทรัพย์สิน"),
    time_frame="ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙",
    responsible="ทุกส่วนราชการ",
    source=(("4", "มาตรการให้ความรู้"),),
    budget="๑๐,๐๐๐ บาท",
    success="ร้อยละ ๘๐",
)
GIFTS = replace(
    LOAN,
    indicator=10,
    title="มาตรการปลูกฝัง No Gift Policy",
    analysis=(),
    steps=("ประกาศนโยบายไม่รับของขวัญ",),
    time_frame="ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙",
    responsible="กองคลัง",
)
WEBSITE = replace(GIFTS, indicator=9, title="มาตรการดูแลลิงก์และความทันสมัยของเว็บไซต์", steps=("ตรวจลิงก์ทุกเดือน",))


def report_of(*measure_drafts):
    return ReportDraft("", 2568, 2569, "", (), (), (), measure_drafts)


@pytest.fixture
def clerk(db):
    return make_person(Role.CLERK, organization=make_organization())


@pytest.fixture
def uploaded(db, clerk):
    """Upload a report of these measures."""

    def uploaded(*measure_drafts, corrections=None):
        draft = Draft(
            organization_id=clerk.position.organization_id,
            uploaded_by_id=clerk.id,
            uploaded_at=MORNING,
            file_name="รายงาน.txt",
            content=b"",
            report=report_of(*measure_drafts).to_json(),
            corrections=corrections or {},
        )
        db.session.add(draft)
        db.session.flush()
        return draft

    return uploaded


@pytest.fixture
def plan(uploaded, clerk):
    """The plan made of the report of two measures."""
    return drafts.create_plan(draft=uploaded(LOAN, GIFTS), basis=0, by=clerk, now=MORNING, today=TODAY)


@pytest.fixture
def again(plan, uploaded, clerk):
    """Import a report of these measures into the year of the plan."""

    def again(*measure_drafts, corrections=None, **choices):
        draft = uploaded(*measure_drafts, corrections=corrections)
        return reimports.take_over(draft=draft, choices=Choices(**choices), by=clerk, now=LATER)

    return again


@pytest.fixture
def difference(plan, uploaded):
    def difference(*measure_drafts):
        return reimports.compare(draft=uploaded(*measure_drafts), pairs={})[2]

    return difference


@pytest.fixture
def rows(db):
    """Return everything that a second import could double or lose."""

    def rows():
        db.session.flush()
        db.session.expire_all()
        return [
            db.session.scalar(select(func.count()).select_from(table))
            for table in (Plan, Measure, Task, TaskState, StepCheck, Event)
        ]

    return rows


def loan_of(plan):
    return next(one for one in plan.measures if one.indicator == 4)


def tasks_of(db, measure, placement=Placement.SCHEDULED):
    found = select(Task).where(Task.measure_id == measure.id, Task.placement == placement).order_by(Task.id)
    return db.session.scalars(found).all()


def texts_of(plan):
    """Return every word that a report can change, by measure."""
    return [
        (
            one.indicator, one.title, one.analysis, one.time_frame_text, one.schedule_words, one.responsible_text,
            one.budget_text, one.success_text, one.schedule, [division.name for division in one.divisions],
            [(step.text, step.own_schedule, step.own_schedule_words) for step in one.current_steps],
        )
        for one in sorted(plan.measures, key=lambda one: (one.indicator, one.title))
    ]  # fmt: skip


def by_hand(measure, by, **changes):
    """Change a measure as the clerk does on its page."""
    as_it_is = {
        "title": measure.title,
        "schedule_words": measure.schedule_words or measure.time_frame_text,
        "weight": measure.weight,
        "division_ids": frozenset(division.id for division in measure.divisions),
        "basis": measures.basis_of(measure),
        "steps": [StepChange(step.id, step.text, step.own_schedule_words) for step in measure.current_steps],
    }
    measures.change(measure=measure, change=MeasureChange(**(as_it_is | changes)), by=by, now=MORNING)
    schedules.apply(plan=measure.plan, by=by, now=MORNING)


def test_the_same_report_again_changes_and_tells_nothing(plan, again, rows):
    before = rows()

    assert again(LOAN, GIFTS) == Outcome()
    assert rows() == before


def test_the_same_measures_in_another_order_change_nothing(again, plan, rows):
    before = rows()

    assert not again(GIFTS, LOAN)
    assert rows() == before


def test_a_report_in_other_cells_but_the_same_words_changes_nothing(again, plan):
    assert not again(replace(LOAN, source=(("ก", "ข", "ค"),)), GIFTS)


def test_pressing_twice_is_refused_and_changes_nothing_more(plan, uploaded, clerk, rows):
    draft = uploaded(replace(LOAN, budget=""), GIFTS)
    reimports.take_over(draft=draft, choices=Choices(), by=clerk, now=LATER)
    before = rows()

    with pytest.raises(AlreadyTakenOver):
        reimports.take_over(draft=draft, choices=Choices(), by=clerk, now=LATER)
    assert rows() == before


def test_another_copy_of_a_report_that_was_taken_over_changes_nothing_more(again, plan, rows):
    changed = replace(LOAN, title="มาตรการให้ความรู้ด้านการยืมทรัพย์สิน", steps=("แสดงวิธียืมไว้ในคู่มือ", "ประชุม"))
    again(changed, GIFTS, WEBSITE)
    before = rows()

    assert not again(changed, GIFTS, WEBSITE)
    assert rows() == before


def test_new_words_are_taken_over_and_the_measure_stays_the_same_row(again, plan):
    loan = loan_of(plan)

    outcome = again(
        replace(LOAN, title=f"{LOAN.title} ปี ๒๕๖๙", analysis=("ข้อสังเกตใหม่",), budget="ไม่ใช้งบประมาณ", success=""), GIFTS
    )

    assert (outcome.changed, outcome.added) == (1, 0)
    assert loan_of(plan) is loan
    assert (loan.title, loan.analysis, loan.budget_text, loan.success_text) == (
        f"{LOAN.title} ปี ๒๕๖๙", ["ข้อสังเกตใหม่"], "ไม่ใช้งบประมาณ", "",
    )  # fmt: skip


def test_the_history_tells_what_was_changed_and_by_whom(db, again, plan, clerk):
    again(replace(LOAN, budget="ไม่ใช้งบประมาณ"), GIFTS, WEBSITE)

    told = db.session.scalars(select(Event).where(Event.at == LATER).order_by(Event.seq)).all()
    assert [event.kind for event in told] == [
        EventKind.REPORT_TAKEN_OVER, EventKind.MEASURE_CHANGED, EventKind.MEASURE_ADDED, EventKind.TASKS_CHANGED,
    ]  # fmt: skip
    assert {event.by for event in told} == {clerk}
    assert (told[1].before, told[1].after) == (f"{LOAN.title}\n๑๐,๐๐๐ บาท", f"{LOAN.title}\nไม่ใช้งบประมาณ")
    assert events.first_break(plan) is None


def test_a_new_measure_gets_its_tasks(db, again, plan):
    outcome = again(LOAN, GIFTS, WEBSITE)

    (website,) = [one for one in plan.measures if one.indicator == 9]
    assert (outcome.added, outcome.tasks.added) == (1, 12)
    assert len(tasks_of(db, website)) == 12


def test_a_new_measure_without_an_indicator_is_refused(again):
    with pytest.raises(NoIndicator):
        again(LOAN, GIFTS, replace(WEBSITE, indicator=None))


def test_a_measure_without_a_title_is_refused(again):
    with pytest.raises(NoTitle):
        again(LOAN, GIFTS, replace(WEBSITE, title=""))


def test_a_known_measure_whose_indicator_is_not_printed_keeps_its_own(again, plan):
    assert not again(replace(LOAN, indicator=None), GIFTS)


def test_a_measure_under_another_indicator_takes_its_tasks_and_figures_along(db, again, plan):
    loan = loan_of(plan)
    before = {task.id for task in tasks_of(db, loan)}

    again(replace(LOAN, indicator=2), GIFTS)

    assert loan.indicator == 2
    assert {task.id for task in tasks_of(db, loan)} == before
    current = select(TaskState.indicator).where(TaskState.measure_id == loan.id, TaskState.valid_to == FOREVER)
    assert set(db.session.scalars(current)) == {2}


def test_work_done_is_kept_outside_the_schedule_and_untouched_tasks_retire(db, again, plan):
    loan = loan_of(plan)
    begun, *_ = tasks_of(db, loan)
    tasks.start(task=begun, by=make_person(division=begun.division), now=MORNING)

    outcome = again(replace(LOAN, time_frame="ภายในเดือนมิถุนายน ๒๕๖๙"), GIFTS)

    assert (outcome.tasks.added, outcome.tasks.retired, outcome.tasks.kept) == (2, 3, 1)
    assert outcome.tasks_of[loan.id] == outcome.tasks
    assert (begun.placement, begun.status) == (Placement.OUTSIDE, Status.IN_PROGRESS)


def test_a_division_that_is_no_longer_responsible_gets_nothing_new(db, again, plan):
    again(replace(LOAN, responsible="กองคลัง"), GIFTS)

    assert {task.division.name for task in tasks_of(db, loan_of(plan))} == {"กองคลัง"}


def test_a_division_that_is_now_responsible_gets_tasks(again, plan):
    outcome = again(LOAN, replace(GIFTS, responsible="สำนักปลัด / กองคลัง"))

    assert (outcome.tasks.added, outcome.tasks.retired) == (2, 0)


def test_ticks_stay_with_their_step(db, again, plan):
    task, *_ = tasks_of(db, loan_of(plan))
    handbook, register = task.measure.steps
    tasks.tick_steps(
        task=task, ticked=[handbook, register], unticked=[], by=make_person(division=task.division), now=MORNING
    )

    again(replace(LOAN, steps=("จัดประชุมชี้แจง", "ตรวจทะเบียนทรัพย์สินทุกกอง", "แสดงวิธียืมไว้ในคู่มือ")), GIFTS)

    steps = {step.id: step for step in task.measure.current_steps}
    assert [step.text for step in task.measure.current_steps] == [
        "จัดประชุมชี้แจง", "ตรวจทะเบียนทรัพย์สินทุกกอง", "แสดงวิธียืมไว้ในคู่มือ",
    ]  # fmt: skip
    ticked = db.session.scalars(select(StepCheck.step_id).where(StepCheck.task_id == task.id))
    assert {steps[id_].text for id_ in ticked} == {"แสดงวิธียืมไว้ในคู่มือ", "ตรวจทะเบียนทรัพย์สินทุกกอง"}


def test_a_step_that_left_the_report_is_out_and_comes_back_with_its_ticks(db, again, plan):
    loan = loan_of(plan)
    _, register = loan.steps

    again(replace(LOAN, steps=LOAN.steps[:1]), GIFTS)
    assert register.is_retired
    again(LOAN, GIFTS)

    assert (register.is_retired, len(loan.steps)) == (False, 2)


def test_a_measure_that_left_the_report_stays_unless_a_person_takes_it_out(again, plan, difference):
    assert not again(LOAN)
    assert [one.title for one in difference(LOAN).missing] == [GIFTS.title]
    assert len(plan.measures) == 2


def test_a_measure_taken_out_leaves_the_plan_but_not_the_work_on_it(db, again, plan):
    gifts = next(one for one in plan.measures if one.indicator == 10)
    begun, _ = tasks_of(db, gifts)
    tasks.start(task=begun, by=make_person(division=begun.division), now=MORNING)

    outcome = again(LOAN, taken_out=frozenset({gifts.id}))
    db.session.expire(plan, ["measures"])

    assert [one.indicator for one in plan.measures] == [4]
    assert (outcome.taken_out, outcome.tasks.retired, outcome.tasks.kept) == (1, 1, 1)
    assert begun.placement == Placement.OUTSIDE


def test_a_measure_taken_out_comes_back_with_its_tasks_when_the_report_has_it_again(db, again, plan, rows):
    gifts = next(one for one in plan.measures if one.indicator == 10)
    again(LOAN, taken_out=frozenset({gifts.id}))

    again(LOAN, GIFTS)
    db.session.expire(plan, ["measures"])

    assert {one.id for one in plan.measures} == {loan_of(plan).id, gifts.id}
    assert len(tasks_of(db, gifts)) == 2


def test_only_a_measure_that_the_report_lacks_can_be_taken_out(again, plan):
    assert not again(LOAN, GIFTS, taken_out=frozenset({loan_of(plan).id}))


@pytest.fixture
def corrected(plan, clerk):
    """The loan's measure, its title, time frame, divisions and steps corrected by the clerk."""
    loan = loan_of(plan)
    first, second = loan.steps
    by_hand(
        loan,
        clerk,
        title="ให้ความรู้เรื่องการยืมทรัพย์สิน",
        schedule_words="ทุกไตรมาส",
        division_ids=frozenset({loan.divisions[0].id}),
        steps=[
            StepChange(first.id, "", ""),
            StepChange(second.id, "ตรวจทะเบียนครุภัณฑ์", ""),
            StepChange(None, "สรุปผล", ""),
        ],
    )
    return loan


def test_what_a_person_corrected_survives_the_same_report(corrected, again, plan, rows):
    before = rows(), texts_of(plan)

    assert not again(LOAN, GIFTS)
    assert (rows(), texts_of(plan)) == before


ALL_NEW = replace(
    LOAN,
    title="มาตรการให้ความรู้เรื่องการยืมและคืนทรัพย์สินของราชการ",
    time_frame="ทุกเดือน",
    responsible="กองคลัง",
    steps=("แสดงวิธียืมและคืนไว้ในคู่มือ", "ตรวจทะเบียนทรัพย์สินทุกกอง"),
)


def test_what_both_changed_is_a_conflict(corrected, difference):
    (changed,) = difference(ALL_NEW, GIFTS).changed

    assert {(change.field, change.is_conflict) for change in changed.changes} == {
        (Field.TITLE, True), (Field.TIME_FRAME, True), (Field.DIVISIONS, True), (Field.STEP, True),
        (Field.RESPONSIBLE, False),
    }  # fmt: skip


def test_in_a_conflict_the_plan_stays_as_the_person_made_it_and_is_not_asked_about_again(corrected, again, plan):
    before = texts_of(plan)[0]

    again(ALL_NEW, GIFTS)
    kept = texts_of(plan)[0]

    assert (kept[1], kept[4], kept[8:]) == (before[1], before[4], before[8:])
    assert (corrected.time_frame_text, corrected.responsible_text) == ("ทุกเดือน", "กองคลัง")
    assert not again(ALL_NEW, GIFTS)


def test_in_a_conflict_the_report_counts_where_a_person_says_so(corrected, again, difference, plan):
    conflicts = [change.key for change in difference(ALL_NEW, GIFTS).changed[0].changes if change.is_conflict]

    again(ALL_NEW, GIFTS, theirs=frozenset(conflicts))

    assert (corrected.title, corrected.schedule.kind, corrected.schedule_words) == (ALL_NEW.title, Kind.MONTHLY, "")
    assert [division.name for division in corrected.divisions] == ["กองคลัง"]
    assert [step.text for step in corrected.current_steps] == [*ALL_NEW.steps, "สรุปผล"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"time_frame": "ตลอดปีการศึกษา ๒๕๗๐"}, Field.TIME_FRAME), ({"responsible": "คณะทำงาน"}, Field.DIVISIONS)],
)
def test_words_that_cannot_be_read_replace_nothing_unasked(again, difference, plan, change, field):
    doubtful = replace(LOAN, **change)
    (asked,) = [one for one in difference(doubtful, GIFTS).changed[0].changes if one.is_conflict]
    assert asked.field == field

    outcome = again(doubtful, GIFTS)

    assert not outcome.tasks
    assert not again(doubtful, GIFTS)


def corrections(place, **decided):
    return Corrections(measures={str(place): MeasureCorrection(**decided)}).to_json()


def test_what_the_clerk_corrected_in_the_preview_counts(again, plan):
    given = corrections(0, schedule_words="ทุกไตรมาส", division_names=("กองคลัง",))

    again(LOAN, GIFTS, corrections=given)

    loan = loan_of(plan)
    assert (loan.schedule_words, loan.schedule.kind) == ("ทุกไตรมาส", Kind.QUARTERLY)
    assert [division.name for division in loan.divisions] == ["กองคลัง"]


def test_what_the_clerk_corrected_before_the_plan_was_made_survives_the_same_report(uploaded, clerk):
    given = corrections(
        0, title="การยืมทรัพย์สิน", indicator=3, analysis=("สรุปแล้ว",), steps=("แสดงวิธียืมในคู่มือ", "ประชุม", "สรุปผล"),
        schedule_words="ทุกไตรมาส", division_names=("กองคลัง",), budget="", success="ครบทุกกอง",
    )  # fmt: skip
    made = drafts.create_plan(
        draft=uploaded(LOAN, GIFTS, corrections=given), basis=0, by=clerk, now=MORNING, today=TODAY
    )
    before = texts_of(made)

    assert not reimports.take_over(draft=uploaded(LOAN, GIFTS), choices=Choices(), by=clerk, now=LATER)
    assert texts_of(made) == before


def test_a_step_left_out_in_the_preview_does_not_come_back_with_the_same_report(again, plan):
    again(LOAN, GIFTS, corrections=corrections(0, steps=LOAN.steps[:1]))

    assert not again(LOAN, GIFTS)


def test_a_person_may_say_that_a_measure_is_another_one(again, plan):
    outcome = again(LOAN, replace(GIFTS, title="มาตรการไม่รับของขวัญ"), pairs={1: None})

    assert (outcome.added, len(plan.measures)) == (1, 3)


def test_a_person_may_say_that_measures_are_the_same(again, plan):
    loan = loan_of(plan)

    outcome = again(replace(WEBSITE, indicator=4), GIFTS, pairs={0: loan.id})

    assert (outcome.added, loan.title) == (0, WEBSITE.title)


def test_a_year_without_a_plan_has_nothing_to_compare(uploaded, clerk):
    with pytest.raises(NoPlanYet, match="2569"):
        reimports.take_over(draft=uploaded(LOAN), choices=Choices(), by=clerk, now=LATER)


WORDS = st.sampled_from(["จัดประชุม", "ประกาศผลบนเว็บไซต์", "รายงานผู้บริหารทุกไตรมาส", "ตรวจทะเบียน", *LOAN.steps])
EDITED = st.builds(
    replace,
    st.sampled_from([LOAN, GIFTS]),
    title=st.sampled_from([LOAN.title, GIFTS.title, "มาตรการให้ความรู้ด้านการยืมทรัพย์สิน", "มาตรการอื่น"]),
    indicator=st.sampled_from([4, 10, 2]),
    analysis=st.lists(WORDS, max_size=2).map(tuple),
    steps=st.lists(WORDS, max_size=4).map(tuple),
    time_frame=st.sampled_from([LOAN.time_frame, GIFTS.time_frame, "ทุกเดือน", "ภายในเดือนมิถุนายน ๒๕๖๙"]),
    responsible=st.sampled_from(["ทุกส่วนราชการ", "กองคลัง", "สำนักปลัด"]),
    budget=st.sampled_from(["", "๑๐,๐๐๐ บาท"]),
    success=st.sampled_from(["", "ร้อยละ ๘๐"]),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edited=st.lists(EDITED, min_size=1, max_size=3))
def test_any_report_twice_changes_nothing_more_and_the_first_one_brings_its_words_back(
    again, difference, plan, rows, edited
):
    with database.session.begin_nested() as nested:
        before = texts_of(plan)

        again(*edited)
        once = rows()
        assert not again(*edited)
        assert rows() == once
        again(LOAN, GIFTS)
        again(LOAN, GIFTS, taken_out=frozenset(one.measure_id for one in difference(LOAN, GIFTS).missing))

        database.session.expire_all()
        assert texts_of(plan) == before
        nested.rollback()


def test_two_measures_of_one_title_are_known_again_when_their_old_steps_are_gone(again):
    bare = replace(GIFTS, steps=(), success="")
    twins = bare, replace(bare, success="ร้อยละ ๘๐")
    again(*twins)

    assert not again(*twins)


SCORES = tuple(Figure(Subject(indicator=number), 2568, Decimal(90 + number)) for number in (1, 2, 3))


def test_a_result_without_measures_is_kept_where_there_is_no_plan(uploaded, clerk):
    draft = uploaded()
    draft.report = replace(report_of(), figures=SCORES).to_json()

    outcome = reimports.take_over(draft=draft, choices=Choices(), by=clerk, now=LATER)

    assert outcome.has_scores
    assert scores.history(draft.organization_id).score("indicator:2", 2568) == Decimal(92)
    assert draft.plan_id is None


def test_a_result_without_measures_leaves_the_plans_measures_alone(plan, uploaded, clerk):
    draft = uploaded()
    draft.report = replace(report_of(), figures=SCORES).to_json()
    before = texts_of(plan)

    outcome = reimports.take_over(draft=draft, choices=Choices(), by=clerk, now=LATER)

    assert (outcome.has_scores, outcome.changed, texts_of(plan)) == (True, 0, before)


def test_a_result_without_measures_makes_no_plan(uploaded, clerk):
    draft = uploaded()

    with pytest.raises(NothingLeft):
        drafts.create_plan(draft=draft, basis=0, by=clerk, now=MORNING, today=TODAY)


# As a plan's own workbook says it: weight, evidence and the rhythm of each step besides the words of reports.
SHEET = replace(LOAN, source=(), step_words=("", "ทุกไตรมาส"))


@pytest.fixture
def of_workbook(uploaded, clerk):
    """The measure of a plan that was made of its workbook."""
    plan = drafts.create_plan(draft=uploaded(SHEET, GIFTS), basis=0, by=clerk, now=MORNING, today=TODAY)
    return loan_of(plan)


def taken(draft, *, by, **choices):
    return reimports.take_over(draft=draft, choices=Choices(**choices), by=by, now=LATER)


def test_a_workbooks_weight_and_wish_for_evidence_are_taken_over_and_counted(db, of_workbook, uploaded, clerk):
    outcome = taken(uploaded(replace(SHEET, weight=7, needs_evidence=True), GIFTS), by=clerk)

    assert outcome.changed == 1
    assert (of_workbook.weight, of_workbook.needs_evidence) == (7, True)
    current = select(TaskState.weight).where(TaskState.measure_id == of_workbook.id, TaskState.valid_to == FOREVER)
    assert set(db.session.scalars(current)) == {7}


def test_a_workbooks_rhythm_of_a_step_is_shown_and_taken_over_with_its_tasks(of_workbook, uploaded, clerk):
    draft = uploaded(replace(SHEET, step_words=("", "ทุกเดือน")), GIFTS)
    (change,) = reimports.compare(draft=draft, pairs={})[2].changed[0].changes

    outcome = taken(draft, by=clerk)

    assert (change.field, change.before, change.after) == (
        Field.STEP_TIME_FRAME, "ตรวจทะเบียนทรัพย์สิน (ทุกไตรมาส)", "ตรวจทะเบียนทรัพย์สิน (ทุกเดือน)",
    )  # fmt: skip
    assert of_workbook.steps[1].own_schedule_words == "ทุกเดือน"
    assert outcome.tasks.added > 0


def test_a_step_of_a_workbook_that_follows_its_measure_again_has_no_rhythm_left(of_workbook, uploaded, clerk):
    taken(uploaded(replace(SHEET, step_words=("", "")), GIFTS), by=clerk)

    assert (of_workbook.steps[1].own_schedule, of_workbook.steps[1].own_schedule_words) == (None, "")


def test_what_a_person_decided_otherwise_than_the_workbook_is_asked(of_workbook, uploaded, clerk):
    first, second = of_workbook.steps
    steps = [StepChange(first.id, first.text, ""), StepChange(second.id, second.text, "ทุกสัปดาห์")]
    by_hand(of_workbook, clerk, weight=3, steps=steps)
    changed = replace(SHEET, weight=7, step_words=("", "ทุกเดือน"))

    kept = taken(uploaded(SHEET, GIFTS), by=clerk)
    asked = reimports.compare(draft=uploaded(changed, GIFTS), pairs={})[2].changed[0].changes

    assert not kept
    assert {change.field for change in asked if change.is_conflict} == {Field.WEIGHT, Field.STEP_TIME_FRAME}
    taken(uploaded(changed, GIFTS), by=clerk)
    assert (of_workbook.weight, second.own_schedule_words) == (3, "ทุกสัปดาห์")
    taken(uploaded(replace(changed, weight=8), GIFTS), by=clerk, theirs={f"{of_workbook.id}-weight"})
    assert of_workbook.weight == 8


def test_a_report_that_knows_nothing_of_weights_and_rhythms_leaves_them(of_workbook, uploaded, clerk):
    by_hand(of_workbook, clerk, weight=3, needs_evidence=True)
    rhythm = of_workbook.steps[1].own_schedule

    assert not taken(uploaded(LOAN, GIFTS), by=clerk)
    assert (of_workbook.weight, of_workbook.needs_evidence) == (3, True)
    assert of_workbook.steps[1].own_schedule == rhythm
