import pytest

from tracker.domain.findings import Finding, MeasureText, unanswered
from tracker.domain.indicators import Instrument

SLOW_SERVICE = "ผู้มาติดต่อบางส่วนเห็นว่าการบริการล่าช้ากว่าเวลาที่ประกาศไว้"
UNEQUAL_SERVICE = "ผู้มาติดต่อบางส่วนรู้สึกว่าได้รับบริการไม่เหมือนผู้อื่น"
PLAN_INCOMPLETE = "ข้อมูลความก้าวหน้าของแผนงานยังขาดบางหัวข้อ"


def service_finding(text: str = SLOW_SERVICE) -> Finding:
    return Finding(6, Instrument.EIT2, ("e1",), text)


def open_data_finding() -> Finding:
    return Finding(9, Instrument.OIT, ("o6",), PLAN_INCOMPLETE)


def measure(indicator: int, title: str = "มาตรการประจำปี", *, analysis: str = "", step: str = "") -> MeasureText:
    return MeasureText(indicator, title, (analysis,), (step,))


def test_a_measure_that_repeats_the_finding_answers_it():
    assert unanswered([service_finding()], [measure(6, analysis=f"- มี{SLOW_SERVICE}")]) == ()


def test_words_torn_apart_by_spaces_are_still_the_same_words():
    torn = "ผู้มาติด ต่อบางส่วน เห็นว่า การบริการ ล่าช้า กว่าเวลาที่ ประกาศไว้"

    assert unanswered([service_finding()], [measure(6, analysis=torn)]) == ()


@pytest.mark.parametrize("field", ["title", "analysis", "step"])
def test_the_finding_may_be_taken_up_in_any_part_of_the_measure(field):
    assert unanswered([service_finding()], [measure(6, **{field: SLOW_SERVICE})]) == ()


def test_a_measure_on_another_matter_answers_nothing():
    other = measure(9, "ปรับปรุงช่องทางสื่อสาร", step="ตรวจลิงก์ของเว็บไซต์ทุกเดือน")

    assert unanswered([open_data_finding()], [other]) == (open_data_finding(),)


def test_a_measure_of_another_indicator_does_not_count_for_its_wording():
    assert unanswered([service_finding()], [measure(7, analysis=SLOW_SERVICE)]) == (service_finding(),)


def test_without_measures_every_finding_is_unanswered():
    findings = [service_finding(), open_data_finding()]

    assert unanswered(findings, []) == tuple(findings)


@pytest.mark.parametrize(
    "text", [f"๑. {SLOW_SERVICE} ๒. {UNEQUAL_SERVICE}", f"<p>1) {SLOW_SERVICE}</p><p>{UNEQUAL_SERVICE}</p>"]
)
def test_one_point_of_several_is_enough(text):
    assert unanswered([service_finding(text)], [measure(6, analysis=UNEQUAL_SERVICE)]) == ()


@pytest.mark.parametrize("named", ["ข้อ ๐๖", "ข้อ ๐๐๖", "ข้อ 06", "O6", "o 6", "ข้อ O6", "O๖", "O06"])
def test_naming_the_item_answers_its_finding_under_any_indicator(named):
    assert unanswered([open_data_finding()], [measure(1, step=f"จัดทำข้อมูลตาม{named}ให้ครบ")]) == ()


@pytest.mark.parametrize("named", ["O60", "O16", "ข้อ ๐๖๐", "2606", "ข้อ ๖", "PRO6"])
def test_another_code_is_not_the_item(named):
    assert unanswered([open_data_finding()], [measure(1, step=f"จัดทำ {named} ให้ครบ")]) == (open_data_finding(),)


def test_items_of_a_survey_are_named_by_their_letter():
    assert unanswered([service_finding()], [measure(1, step="แก้ไขตามข้อ e๑")]) == ()


@pytest.mark.parametrize("text", ["", "-", " <p></p> ", "๑."])
def test_a_finding_without_words_is_none(text):
    assert unanswered([service_finding(text)], []) == ()


def test_findings_keep_their_order():
    findings = [open_data_finding(), service_finding(), service_finding(UNEQUAL_SERVICE)]

    assert unanswered(findings, [measure(6, analysis=SLOW_SERVICE)]) == (findings[0], findings[2])
