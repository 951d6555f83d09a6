"""Scores, questions, findings and claims are read from the report's other tables and sentences."""

from decimal import Decimal

import pytest

from tracker.documents.reading.refusals import ReportTooLong
from tracker.documents.reading.report import MOST_FIGURES, draft_of
from tracker.documents.reading.rows import BLANK
from tracker.domain.consistency import RankClaim, Scope, Source, Subject
from tracker.domain.indicators import Instrument

COVER = ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",)
PLAN = (
    BLANK,
    ("๔. มาตรการ",),
    ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ"),
    ("ล่าช้า", "เร่งรัด", "- ติดตาม", "ทุกเดือน", "กองคลัง"),
)
YEARS = ("แบบวัด", "ปีงบประมาณ 2567", "ปีงบประมาณ 2568")
ITEMS = ("เครื่องมือ", "ข้อคำถาม", "คะแนน", "ข้อบกพร่อง", "ข้อแก้ไข")


def read(*rows):
    return draft_of([COVER, *rows, *PLAN])


def codes(*rows):
    return [(item.instrument, item.code) for item in read(*rows).items]


def test_a_report_without_scores_has_none():
    draft = read()

    assert draft.figures == ()
    assert draft.items == ()
    assert draft.level == ""


def test_a_result_alone_is_read_without_measures():
    draft = draft_of([COVER, YEARS, ("IIT", "90", "91"), ("๑. การปฏิบัติหน้าที่", "88", "89")])

    assert draft.measures == ()
    assert draft.scores(Subject(indicator=1)) == {2567: Decimal(88), 2568: Decimal(89)}
    assert (draft.assessment_year, draft.plan_year) == (2568, 2569)


@pytest.mark.parametrize(
    ("label", "subject"),
    [
        ("IIT", Subject(Instrument.IIT)),
        ("EIT ส่วนที่ ๑", Subject(Instrument.EIT1)),
        ("EIT (ส่วนที่ 2)", Subject(Instrument.EIT2)),
        ("แบบวัด OIT", Subject(Instrument.OIT)),
        ("แบบวัดการเปิดเผยข้อมูลสาธารณะ", Subject(Instrument.OIT)),
        ("การเปิดเผยข้อมูล", Subject(indicator=9)),
        ("ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต", Subject(indicator=10)),
        ("ภาพรวม", Subject()),
        ("คะแนนรวม", Subject()),
    ],
)
def test_a_row_of_scores_is_of_what_its_label_says(label, subject):
    assert read(YEARS, (label, "๙๐.๒๕", "91")).scores(subject) == {2567: Decimal("90.25"), 2568: Decimal(91)}


def test_years_are_found_in_any_column():
    years = ("ปีงบประมาณ พ.ศ. ๒๕๖๘", "ตัวชี้วัด", "ปี 2567")

    assert read(years, ("91", "การใช้อำนาจ", "90")).scores(Subject(indicator=3)) == {
        2567: Decimal(90),
        2568: Decimal(91),
    }


def test_a_table_without_years_is_of_the_year_assessed():
    assert read(("ตัวชี้วัด", "คะแนน"), ("๓. การใช้อำนาจ", "๙๑")).scores(Subject(indicator=3)) == {2568: Decimal(91)}


def test_a_difference_keeps_its_sign():
    figures = read((*YEARS, "ผลต่าง"), ("OIT", "๑๐๐", "๙๒.๕", "- ๗.๕๐")).figures

    assert [(one.year, one.minus_year, one.printed) for one in figures if one.minus_year] == [
        (2568, 2567, Decimal("-7.50"))
    ]


@pytest.mark.parametrize(
    ("heading", "instrument", "question", "code"),
    [
        ("๓.๑ การปฏิบัติหน้าที่", "IIT", "ข้อ ๑๑", "i1"),
        ("๓.๑ การปฏิบัติหน้าที่", "IIT", "ข้อ ๑๒", "i2"),
        ("๓.๑ การปฏิบัติหน้าที่", "IIT", "ข้อ ๑", "i1"),
        ("๓.๑ การปฏิบัติหน้าที่", "IIT", "i3 ให้บริการเท่าเทียม", "i3"),
        ("๓.๒ การใช้งบประมาณ", "IIT", "ข้อ i๔", "i4"),
        ("๓.๔ การใช้ทรัพย์สินของราชการ", "IIT", "ข้อ ๑๑", "i11"),
        ("๓.๔ การใช้ทรัพย์สินของราชการ", "IIT", "ข้อ ๑๑๑", "i11"),
        ("๓.๕ การแก้ไขปัญหาการทุจริต", "IIT", "ข้อ ๑๔", "i14"),
        ("๓.๙ การเปิดเผยข้อมูล", "OIT", "ข้อ ๐๖", "o6"),
        ("๓.๙ การเปิดเผยข้อมูล", "OIT", "ข้อ ๐๑๐", "o10"),
        ("๓.๙ การเปิดเผยข้อมูล", "OIT", "O20", "o20"),
        ("๓.๙ การเปิดเผยข้อมูล", "OIT", "๑๒", "o12"),
    ],
)
def test_a_question_gets_its_code_however_it_was_scanned(heading, instrument, question, code):
    assert codes((heading,), ITEMS, (instrument, question, "๙๙", "", "")) == [(instrument, code)]


def test_the_part_of_eit_is_the_one_last_named():
    question = ("EIT", "ข้อ e๔", "๙๙", "", "")

    assert codes(("๓.๔ ประสิทธิภาพการสื่อสาร",), ITEMS, ("", "", "ส่วนที่ ๑", "", ""), question) == [("EIT1", "e4")]
    assert codes(("ส่วนที่ ๒ (EIT Survey)",), ("๓.๗ ประสิทธิภาพการสื่อสาร",), ITEMS, question) == [("EIT2", "e4")]


@pytest.mark.parametrize("mean", [("คะแนนเฉลี่ย", "", "๙๘.๓๔", "", ""), ("", "คะแนนเฉลี่ย", "๙๘.๓๔", "", "")])
def test_a_mean_may_stand_in_the_first_or_second_column(mean):
    figures = read(("๓.๑ การปฏิบัติหน้าที่",), ITEMS, mean).figures

    assert [(one.subject, one.printed, one.source) for one in figures] == [
        (Subject(Instrument.IIT, 1), Decimal("98.34"), Source.DETAIL)
    ]


def test_a_finding_is_about_the_questions_in_its_span_that_lost_points():
    (finding,) = read(
        ("๓.๙ การเปิดเผยข้อมูล",),
        ITEMS,
        ("OIT", "ข้อ ๐๑", "๑๐๐", "แผนไม่ครบ", "เพิ่มให้ครบ"),
        ("", "ข้อ ๐๒", "๕๐", "", ""),
        ("", "ข้อ ๐๓", "๑๐๐", "", ""),
    ).findings

    assert (finding.indicator, finding.instrument, finding.items) == (9, "OIT", ("o2",))
    assert (finding.text, finding.recommendation) == ("แผนไม่ครบ", "เพิ่มให้ครบ")


def test_a_finding_where_none_lost_points_is_about_all_of_them():
    (finding,) = read(
        ("๓.๓ การใช้อำนาจ",), ITEMS, ("IIT", "ข้อ i๗", "๑๐๐", "ไม่มี", "รักษาไว้"), ("", "ข้อ i๘", "๑๐๐", "", "")
    ).findings

    assert finding.items == ("i7", "i8")


def test_each_defect_is_a_finding():
    findings = read(
        ("๓.๑ การปฏิบัติหน้าที่",), ITEMS, ("IIT", "ข้อ i๑", "๙๙", "ช้า", "เร่ง"), ("", "ข้อ i๒", "๙๘", "เลือกปฏิบัติ", "")
    ).findings

    assert [(finding.text, finding.items) for finding in findings] == [("ช้า", ("i1",)), ("เลือกปฏิบัติ", ("i2",))]


def test_a_narrower_table_without_heading_continues_the_recommendation_before_it():
    (finding,) = read(
        ("๓.๑ การปฏิบัติหน้าที่",),
        ITEMS,
        ("IIT", "ข้อ i๑", "๙๙", "ช้า", "๑. เร่ง"),
        ("", "คะแนนเฉลี่ย", "๙๙", "", ""),
        BLANK,
        ("", "", "", "๒. เพิ่มคน"),
        ("--", "--", "--", "--"),
    ).findings

    assert (finding.text, finding.recommendation) == ("ช้า", "๑. เร่ง ๒. เพิ่มคน")


def test_a_defect_goes_on_below_the_heading_repeated_on_the_next_page():
    (finding,) = read(
        ("๓.๑ การปฏิบัติหน้าที่",),
        ITEMS,
        ("IIT", "ข้อ i๑", "๙๙", "ช้า", "เร่ง"),
        BLANK,
        ITEMS,
        ("", "", "", "กว่าที่ประกาศ", "ทุกงาน"),
        ("", "ข้อ i๒", "๙๘", "", ""),
    ).findings

    assert (finding.text, finding.recommendation) == ("ช้า กว่าที่ประกาศ", "เร่ง ทุกงาน")
    assert finding.items == ("i1", "i2")


def test_more_scores_than_any_report_has_are_refused():
    with pytest.raises(ReportTooLong):
        read(YEARS, *[("IIT", "๙๐", "๙๑")] * MOST_FIGURES)


def test_the_indicators_listed_after_a_rank_are_claimed_in_that_order():
    text = "คะแนนสูงสุดได้แก่ ตัวชี้วัดที่ ๓ การใช้อำนาจ (๑๐๐ คะแนน) และตัวชี้วัดที่ ๒ (๙๙.๕ คะแนน) ตามลำดับ"

    draft = read((text,))

    assert draft.claims == (RankClaim(2568, (3, 2), highest=True, scope=Scope.ALL),)
    assert [(one.subject.indicator, one.printed) for one in draft.figures] == [(3, Decimal(100)), (2, Decimal("99.5"))]


def test_a_rank_within_an_instrument_is_claimed_of_the_indicator_before_it():
    draft = read(("การประเมินแบบวัด IIT",), ("ควรเร่ง ตัวชี้วัดที่ ๕ ที่ได้คะแนนต่ำสุด ๙๙ คะแนน เพราะเกณฑ์คือ ๘๕ คะแนนขึ้นไป",))

    assert draft.claims == (RankClaim(2568, (5,), highest=False, scope=Scope.IIT),)
    assert [one.printed for one in draft.figures] == [Decimal(99)]


@pytest.mark.parametrize("level", ["ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุงโดยด่วน", "ต้องปรับปรุง"])
def test_the_level_is_the_one_of_the_year_assessed(level):
    draft = read((f"ปีงบประมาณ พ.ศ. ๒๕๖๘ อยู่ในระดับ “{level}” ปีงบประมาณ พ.ศ. ๒๕๖๗ อยู่ในระดับ ผ่าน",))

    assert draft.level == level
