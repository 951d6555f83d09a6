"""What a person decided about a report: kept as JSON, read again, and what comes of it."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tracker.documents.plan_layout import AT, Field
from tracker.documents.reading.corrections import Corrections, MeasureCorrection, renamed
from tracker.documents.reading.draft import MeasureDraft
from tracker.documents.reading.entries import corrected_report, entries, reading_of_entries
from tracker.documents.reading.preview import read_draft, read_steps
from tracker.documents.reading.report import draft_of
from tracker.domain.consistency import Figure, Subject
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.domain.timeframes import Kind

HEADINGS = ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")
INDICATOR = ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "", "", "", "")
ROWS = [
    ("ไม่ทราบยอด", "เปิดเผยยอด", "- ประกาศ", "ทุกเดือน", "กองคลัง"),
    ("ไม่มีแผน", "จัดทำแผน", "- ประชุม - รายงาน", "ทุกเดือน", "คณะกรรมการ ITA"),
]
FULL = Corrections(
    year=2570,
    assessment_year=2569,
    level="ผ่าน",
    measures={
        "0": MeasureCorrection(
            indicator=3,
            title="ชื่อใหม่",
            analysis=(),
            steps=("หนึ่ง", "สอง"),
            schedule_words="ทุกไตรมาส",
            division_names=(),
            budget="",
            success="ร้อยละ ๘๐",
            meanings={"คณะกรรมการita": ("กองช่าง",)},
            is_out=True,
            before_join=MeasureCorrection(title="ก่อนรวม"),
        ),
        "1": MeasureCorrection(joined_to="0"),
    },
    added=("n1",),
    scores={"4": "95.00"},
    seen=frozenset({"m0-title:abc"}),
)


@pytest.fixture(scope="module")
def report():
    return replace(draft_of([HEADINGS, INDICATOR, *ROWS]), plan_year=2569)


@pytest.fixture
def entries_with(report):
    def entries_with(corrections=None, **measures):
        corrections = corrections or Corrections(measures={key.removeprefix("m"): one for key, one in measures.items()})
        return entries(report, corrections, divisions=USUAL_DIVISIONS, year=2569)

    return entries_with


def names(entry):
    return [division.name for division in entry.reading.responsible.divisions]


def test_what_was_decided_is_the_same_after_being_kept():
    assert Corrections.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


def test_what_was_left_as_read_is_not_kept():
    assert Corrections(measures={"0": MeasureCorrection()}).to_json() == {}


def test_what_was_kept_when_three_fields_could_be_corrected_is_still_read():
    kept = {
        "year": 2569,
        "measures": [
            {"schedule_words": "ทุกไตรมาส", "division_names": ["กองคลัง"], "indicator": None},
            {"schedule_words": "", "division_names": [], "indicator": 3},
        ],
    }

    corrections = Corrections.from_json(kept)

    assert corrections.year == 2569
    assert corrections.of("0") == MeasureCorrection(schedule_words="ทุกไตรมาส", division_names=("กองคลัง",))
    assert corrections.of("1") == MeasureCorrection(division_names=(), indicator=3)


def test_words_kept_as_they_were_printed_correct_nothing(entries_with):
    (first, _) = entries_with(m0=MeasureCorrection(schedule_words="ทุกเดือน"))

    assert first.reading.words == ""


def test_a_division_goes_by_its_new_name_wherever_it_was_chosen():
    kept = Corrections(
        measures={
            "0": MeasureCorrection(
                division_names=("กองช่าง", "กองคลัง"),
                meanings={"ita": ("กองช่าง",)},
                before_join=MeasureCorrection(division_names=("กองช่าง",)),
            )
        }
    ).to_json()

    decided = Corrections.from_json(renamed(kept, before="กองช่าง", after="กองโยธา")).of("0")

    assert decided.division_names == ("กองโยธา", "กองคลัง")
    assert decided.meanings == {"ita": ("กองโยธา",)}
    assert decided.before_join.division_names == ("กองโยธา",)


def test_without_corrections_the_measures_are_what_was_read(report, entries_with):
    read = read_draft(report, divisions=USUAL_DIVISIONS)

    found = reading_of_entries(report, entries_with(), year=2569)

    assert replace(found, measures=tuple(replace(one, printed=None) for one in found.measures)) == read
    assert [one.as_printed for one in found.measures] == [one.measure for one in read.measures]


def test_every_field_reads_as_it_was_corrected(entries_with):
    correction = MeasureCorrection(
        indicator=3,
        title="ชื่อใหม่",
        analysis=("ประเด็น",),
        steps=("ตรวจทุกเดือน", "รายงาน"),
        schedule_words="ทุกไตรมาส",
        division_names=("กองช่าง",),
        budget="๕,๐๐๐ บาท",
        success="ร้อยละ ๘๐",
    )
    (first, _) = entries_with(m0=correction)

    measure = first.reading.measure
    assert (measure.indicator, measure.title, measure.analysis) == (3, "ชื่อใหม่", ("ประเด็น",))
    assert (measure.budget, measure.success) == ("๕,๐๐๐ บาท", "ร้อยละ ๘๐")
    assert [step.own_time_frame and step.own_time_frame.kind for step in first.reading.steps] == [Kind.MONTHLY, None]
    assert (first.reading.time_frame.kind, first.reading.words) == (Kind.QUARTERLY, "ทุกไตรมาส")
    assert names(first) == ["กองช่าง"]


def test_the_printed_words_and_cells_stay_whatever_is_corrected(report, entries_with):
    (first, _) = entries_with(m0=MeasureCorrection(title="ชื่อใหม่", schedule_words="ทุกไตรมาส"))

    assert first.reading.measure.time_frame == "ทุกเดือน"
    assert first.reading.measure.source == report.measures[0].source


def test_a_body_means_what_a_person_said_it_means(entries_with):
    (_, second) = entries_with(m1=MeasureCorrection(meanings={"คณะกรรมการita": ("กองคลัง", "กองช่าง")}))

    assert names(second) == ["กองคลัง", "กองช่าง"]
    assert second.unmatched == ()


def test_a_body_may_mean_nobody(entries_with):
    (_, second) = entries_with(m1=MeasureCorrection(meanings={"คณะกรรมการita": ()}))

    assert (names(second), second.unmatched) == ([], ())


def test_the_measures_that_stand_are_counted_without_those_left_out(entries_with):
    first, second = entries_with(m0=MeasureCorrection(is_out=True))

    assert (first.number, second.number) == (0, 1)


def test_a_joined_measure_gives_its_cells_to_the_one_it_continues(report, entries_with):
    first, second = entries_with(m1=MeasureCorrection(joined_to="0"))

    assert not second.is_standing
    assert first.reading.measure.source == report.measures[0].source + report.measures[1].source


@pytest.mark.parametrize("whole", ["1", "7", "x"])
def test_what_continues_nothing_that_is_there_stands_for_itself(entries_with, whole):
    (_, second) = entries_with(m1=MeasureCorrection(joined_to=whole))

    assert second.is_standing


def test_an_added_measure_stands_last_and_has_nothing_printed(entries_with):
    *_, added = entries_with(Corrections(added=("n1",), measures={"n1": MeasureCorrection(title="ตกหล่น")}))

    assert (added.key, added.number, added.reading.measure.title) == ("n1", 3, "ตกหล่น")
    assert added.reading.measure.source == ()


def test_a_score_is_as_printed_until_somebody_corrects_it(report):
    printed = Figure(Subject(indicator=9), 2568, Decimal("95.00"))
    report = replace(report, figures=(printed,))

    assert corrected_report(report, Corrections()).figures == (printed,)
    assert corrected_report(report, Corrections(scores={"0": "96.00"})).scores(Subject(indicator=9)) == {
        2568: Decimal("96.00")
    }


def test_steps_corrected_in_the_preview_keep_the_rhythms_of_a_workbook_beside_their_own_words():
    rows = [("ก", "ทุกเดือน"), ("ข", "ทุกไตรมาส"), ("ค", "")]
    cells = [("",) * AT[Field.STEP] + (step, "", words) + ("",) * 7 for step, words in rows]
    sheet = MeasureDraft(
        9, "ดูแลเว็บไซต์", (), ("ก", "ข", "ค"), "ทุกเดือน", "", tuple(cells), step_words=("ทุกเดือน", "ทุกไตรมาส", "")
    )

    found = read_steps(replace(sheet, steps=("ข", "ค", "ง")), 2569)

    assert [step.words for step in found] == ["ทุกไตรมาส", "", ""]
    assert found[1].own_time_frame is None
