"""A report on its way in: what was decided is kept, never replaced unseen, and becomes a plan once."""

import pytest
from sqlalchemy import func, select

from tests.clocks import MORNING, TODAY
from tests.factories import make_people
from tracker.documents.reading.corrections import Corrections, MeasureCorrection
from tracker.domain.timeframes import Kind
from tracker.models import Assessment, Measure, Plan
from tracker.sample import report_bytes
from tracker.services import drafts
from tracker.services.drafts import AlreadyCreated, CorrectedSince, CorrectedSinceChecked, NothingLeft, NoTitle
from tracker.services.measures import UnclearTimeFrame

ALL_OUT = {str(place): MeasureCorrection(is_out=True) for place in range(10)}
FIRST = Corrections(measures={"0": MeasureCorrection(title="ชื่อใหม่")})
SECOND = Corrections(measures={"1": MeasureCorrection(title="อีกชื่อ")})


@pytest.fixture
def clerk(db):
    return make_people().clerk


@pytest.fixture
def draft(clerk):
    return drafts.keep(content=report_bytes(), file_name="รายงาน.txt", by=clerk, now=MORNING)


@pytest.fixture
def create(draft, clerk):
    def create(basis=None, **measures):
        if measures:
            corrections = Corrections(measures={key.removeprefix("m"): one for key, one in measures.items()})
            drafts.correct(draft=draft, corrections=corrections, basis=draft.revision)
        revision = draft.revision if basis is None else basis
        return drafts.create_plan(draft=draft, basis=revision, by=clerk, now=MORNING, today=TODAY)

    return create


def test_each_correction_is_a_new_revision(draft):
    assert drafts.correct(draft=draft, corrections=FIRST, basis=0)
    assert drafts.correct(draft=draft, corrections=SECOND, basis=1)

    assert (draft.revision, Corrections.from_json(draft.corrections)) == (2, SECOND)


def test_keeping_the_same_again_is_nothing_new(draft):
    drafts.correct(draft=draft, corrections=FIRST, basis=0)

    assert not drafts.correct(draft=draft, corrections=FIRST, basis=0)
    assert draft.revision == 1


def test_what_somebody_kept_since_is_not_replaced(draft):
    drafts.correct(draft=draft, corrections=FIRST, basis=0)

    with pytest.raises(CorrectedSince):
        drafts.correct(draft=draft, corrections=SECOND, basis=0)
    assert Corrections.from_json(draft.corrections) == FIRST


def test_nothing_is_corrected_once_the_plan_is_made(draft, create):
    create()

    with pytest.raises(AlreadyCreated):
        drafts.correct(draft=draft, corrections=FIRST, basis=0)


def test_a_plan_is_made_of_what_was_looked_at_and_of_nothing_else(draft, create):
    drafts.correct(draft=draft, corrections=FIRST, basis=0)

    with pytest.raises(CorrectedSinceChecked):
        create(basis=0)


def test_what_a_person_corrects_counts_instead_of_what_was_read(draft, create):
    correction = MeasureCorrection(
        indicator=3,
        title="ชื่อใหม่",
        analysis=("ประเด็น",),
        steps=("หนึ่ง", "สอง"),
        schedule_words="ทุกไตรมาส",
        division_names=("กองคลัง",),
        budget="๕,๐๐๐ บาท",
        success="ร้อยละ ๘๐",
    )
    (corrected,) = [measure for measure in create(m0=correction).measures if measure.schedule_words]

    assert (corrected.indicator, corrected.title, corrected.analysis) == (3, "ชื่อใหม่", ["ประเด็น"])
    assert [step.text for step in corrected.steps] == ["หนึ่ง", "สอง"]
    assert (corrected.schedule.kind, corrected.schedule_words) == (Kind.QUARTERLY, "ทุกไตรมาส")
    assert [division.name for division in corrected.divisions] == ["กองคลัง"]
    assert (corrected.budget_text, corrected.success_text) == ("๕,๐๐๐ บาท", "ร้อยละ ๘๐")


def test_a_plan_has_neither_what_was_left_out_nor_what_was_joined(create):
    plan = create(m3=MeasureCorrection(is_out=True), m5=MeasureCorrection(joined_to="4"))

    assert len(plan.measures) == 8


def test_scores_are_kept_as_corrected(db, draft, create):
    place, printed = next(
        (place, one) for place, one in enumerate(drafts.report_of(draft).figures)
        if one.subject.indicator == 9 and one.year == 2568 and one.minus_year is None and str(one.source) == "table"
    )  # fmt: skip
    drafts.correct(draft=draft, corrections=Corrections(scores={str(place): "12.34"}), basis=0)

    create()

    kept = db.session.scalars(select(Assessment).where(Assessment.fiscal_year == 2568)).one()
    assert str(printed.printed) != "12.34"
    assert [str(score.value) for score in kept.scores if score.key == "indicator:9"] == ["12.34"]


@pytest.mark.parametrize(
    ("measures", "refusal"),
    [
        ({"m0": MeasureCorrection(schedule_words="ตลอดปีการศึกษา ๒๕๗๐")}, UnclearTimeFrame),
        ({"m0": MeasureCorrection(title="")}, NoTitle),
        ({f"m{key}": one for key, one in ALL_OUT.items()}, NothingLeft),
    ],
    ids=["unclear words", "no title", "no measures"],
)
def test_what_must_be_corrected_first_makes_no_plan(db, create, measures, refusal):
    with pytest.raises(refusal):
        create(**measures)
    assert db.session.scalar(select(func.count()).select_from(Plan)) == 0


def test_an_unreadable_time_frame_that_nobody_corrected_comes_along_and_makes_no_task(db, draft, create):
    first, *others = draft.report["measures"]
    draft.report = draft.report | {"measures": [first | {"time_frame": "ตลอดปีการศึกษา"}, *others]}

    create()

    unclear = [one for one in db.session.scalars(select(Measure)) if one.schedule.kind == Kind.UNCLEAR]
    assert [one.time_frame_text for one in unclear] == ["ตลอดปีการศึกษา"]


def test_a_files_name_holds_no_marks_that_turn_the_direction_of_reading(db, clerk):
    draft = drafts.keep(content=report_bytes(), file_name="แผน\u202exslx.txt", by=clerk, now=MORNING)

    assert draft.file_name == "แผนxslx.txt"
