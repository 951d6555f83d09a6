from datetime import date

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_task
from tracker.domain.history import EventKind
from tracker.domain.links import LinkCheckUse
from tracker.domain.sentences import Refusal
from tracker.domain.timeframes import Kind
from tracker.models import Event, TaskState
from tracker.models.base import FOREVER
from tracker.services import measures
from tracker.services.measures import ChangedMeanwhile, MeasureChange, StepChange, UnclearTimeFrame

WORDS = "ตลอดปีงบประมาณ พ.ศ. ๒๕๖๙"


@pytest.fixture
def measure(db, people):
    return make_measure(words=WORDS, steps=("ประชุม", "ประกาศ"))


def change(measure, by, **changes):
    """Send the form of a measure with these changes."""
    as_it_is = {
        "title": measure.title,
        "schedule_words": measure.schedule_words or measure.time_frame_text,
        "weight": measure.weight,
        "division_ids": frozenset(division.id for division in measure.divisions),
        "basis": measures.basis_of(measure),
        "steps": [StepChange(step.id, step.text, step.own_schedule_words) for step in measure.current_steps],
    }
    measures.change(measure=measure, change=MeasureChange(**(as_it_is | changes)), by=by, now=MORNING)


def told(db):
    return db.session.scalars(select(Event).where(Event.kind == EventKind.MEASURE_CHANGED)).all()


def test_sending_the_form_unchanged_changes_and_tells_nothing(db, measure, people):
    change(measure, people.clerk)

    assert told(db) == []


def test_a_corrected_time_frame_is_read_and_the_reports_words_stay(db, measure, people):
    change(measure, people.clerk, schedule_words="ทุกเดือน")

    assert measure.schedule.kind == Kind.MONTHLY
    assert (measure.schedule_words, measure.time_frame_text) == ("ทุกเดือน", WORDS)


def test_the_reading_survives_the_way_through_the_database(db, measure, people):
    change(measure, people.clerk, schedule_words="ภายในเดือนกุมภาพันธ์ และเดือนสิงหาคม ๒๕๖๙")
    before = measure.schedule

    db.session.flush()
    db.session.expire_all()

    assert measure.schedule == before


def test_a_time_frame_nobody_can_read_is_refused_with_its_words(measure, people):
    with pytest.raises(UnclearTimeFrame) as refused:
        change(measure, people.clerk, schedule_words="ตลอดปีการศึกษา ๒๕๗๐")

    assert "ตลอดปีการศึกษา ๒๕๗๐" in str(refused.value)


def test_a_step_with_a_time_frame_nobody_can_read_is_refused(measure, people):
    steps = [StepChange(step.id, step.text, "ตลอดปีการศึกษา ๒๕๗๐") for step in measure.steps]

    with pytest.raises(UnclearTimeFrame):
        change(measure, people.clerk, steps=steps)


def test_divisions_can_be_taken_away_and_given(db, measure, people):
    first, second = measure.plan.organization.divisions

    change(measure, people.clerk, division_ids=frozenset({second.id}))

    assert measure.divisions == [second]


def test_a_division_of_another_organization_is_refused(measure, people):
    foreign = people.stranger.user.organization.divisions[0]

    with pytest.raises(Refusal):
        change(measure, people.clerk, division_ids=frozenset({foreign.id}))


def test_a_new_weight_counts_from_now_on(db, measure, people):
    make_task(measure=measure)

    change(measure, people.clerk, weight=3)

    spans = db.session.execute(select(TaskState.weight, TaskState.valid_to).order_by(TaskState.id)).all()
    assert spans == [(1, MORNING), (3, FOREVER)]


def test_a_new_weight_leaves_other_measures_alone(db, measure, people):
    make_task(measure=make_measure())

    change(measure, people.clerk, weight=3)

    assert db.session.scalars(select(TaskState.valid_to)).all() == [FOREVER]


def test_a_step_can_be_reworded_added_and_taken_out(db, measure, people):
    meeting, announcement = measure.steps

    change(
        measure,
        people.clerk,
        steps=[
            StepChange(meeting.id, "ประชุมทุกกอง", ""),
            StepChange(announcement.id, "", ""),
            StepChange(None, "รายงานผล", "ทุกไตรมาส"),
            StepChange(None, "", ""),
        ],
    )

    assert [(step.order, step.text) for step in measure.current_steps] == [(1, "ประชุมทุกกอง"), (3, "รายงานผล")]
    assert measure.current_steps[1].schedule.kind == Kind.QUARTERLY
    assert announcement.text == "ประกาศ"


def test_a_step_can_get_a_rhythm_of_its_own_and_lose_it(measure, people):
    meeting, announcement = measure.steps
    rest = StepChange(announcement.id, announcement.text, "")

    change(measure, people.clerk, steps=[StepChange(meeting.id, meeting.text, "ทุกเดือน"), rest])
    assert meeting.schedule.kind == Kind.MONTHLY

    change(measure, people.clerk, steps=[StepChange(meeting.id, meeting.text, ""), rest])
    assert meeting.schedule == measure.schedule


def test_a_step_of_another_measure_is_refused(measure, people):
    foreign = make_measure(steps=("อื่น",)).steps[0]

    with pytest.raises(Refusal):
        change(measure, people.clerk, steps=[StepChange(foreign.id, "แก้ไข", "")])

    assert foreign.text == "อื่น"


def test_the_history_tells_before_and_after_once(db, measure, people):
    change(measure, people.clerk, schedule_words="ทุกเดือน", weight=2)

    (event,) = told(db)
    assert WORDS in event.before
    assert "ทุกเดือน" in event.after
    assert "×2" in event.after
    assert event.by == people.clerk


def test_a_later_change_is_measured_against_the_persons_words(db, measure, people):
    change(measure, people.clerk, schedule_words="ทุกเดือน")
    change(measure, people.clerk, schedule_words=WORDS)

    assert measure.schedule.kind == Kind.SPAN
    assert len(told(db)) == 2


def test_of_two_changes_from_the_same_page_the_second_is_refused(db, measure, people):
    basis = measures.basis_of(measure)
    change(measure, people.clerk, schedule_words="ทุกเดือน", basis=basis)

    with pytest.raises(ChangedMeanwhile):
        change(measure, people.clerk, schedule_words="ทุกไตรมาส", basis=basis)

    assert len(told(db)) == 1


def test_what_the_months_check_does_is_chosen_from_a_day_on_and_told(db, measure, people):
    change(measure, people.clerk, link_check=LinkCheckUse.EVIDENCE)

    assert (measure.link_check, measure.link_check_from) == (LinkCheckUse.EVIDENCE, TODAY)
    (event,) = told(db)
    assert "แนบเป็นหลักฐาน" in event.after
    assert "ผลการตรวจสอบลิงก์" not in event.before


def test_another_choice_counts_from_its_own_day_and_none_has_no_day(measure, people):
    measure.link_check, measure.link_check_from = LinkCheckUse.EVIDENCE, date(2025, 12, 1)

    change(measure, people.clerk, link_check=LinkCheckUse.EVIDENCE)
    assert measure.link_check_from == date(2025, 12, 1)
    change(measure, people.clerk, link_check=LinkCheckUse.COMPLETION)
    assert measure.link_check_from == TODAY
    change(measure, people.clerk, link_check=LinkCheckUse.NONE)
    assert measure.link_check_from is None
