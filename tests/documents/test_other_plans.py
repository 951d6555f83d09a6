"""Plans of other agencies: budgets, aims, schedules of marks, columns in any order, missing or more than ours."""

import pytest

from tracker.documents.reading.columns import Column, measure_columns
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import BLANK
from tracker.domain.timeframes import Kind, read_time_frame

TRAIN = "โครงการอบรมคุณธรรมและจริยธรรม"
QUARTERS = ("ไตรมาส 1", "ไตรมาส 2", "ไตรมาส 3", "ไตรมาส 4")
MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")


def measures_of(*rows):
    return draft_of(rows).measures


def scheduled(*headings, marks):
    """Return the time frame of a project with these marks under the headings, each of them a row."""
    first, *others = headings
    rows = [("ที่", "โครงการ/กิจกรรม", "งบประมาณ", *first, "ผู้รับผิดชอบ")]
    rows += [("", "", "", *other, "") for other in others]
    (measure,) = measures_of(*rows, ("1", TRAIN, "20,000", *marks, "สำนักปลัด"))
    return measure.time_frame


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("งบประมาณ", Column.BUDGET),
        ("งบประมาณ (บาท)", Column.BUDGET),
        ("งบประมาณที่ตั้งไว้", Column.BUDGET),
        ("วงเงินงบประมาณ", Column.BUDGET),
        ("จำนวนเงิน", Column.BUDGET),
        ("แหล่งที่มาของงบประมาณ", Column.BUDGET),
        ("ตัวชี้วัด", Column.INDICATOR),
        ("ตัวชี้วัด ITA", Column.INDICATOR),
        ("ตัวชี้วัดที่เกี่ยวข้อง", Column.INDICATOR),
        ("ปีงบประมาณ พ.ศ. 2569", Column.TIME_FRAME),
        ("ตัวชี้วัดความสำเร็จ", Column.SUCCESS),
        ("ตัวชี้วัดความสำเร็จของโครงการ", Column.SUCCESS),
        ("ตัวชี้วัด/ค่าเป้าหมาย", Column.SUCCESS),
        ("ตัวชี้วัด (KPI)", Column.SUCCESS),
        ("ตัวชี้วัดผลผลิต", Column.SUCCESS),
        ("ผลผลิต/ผลลัพธ์", Column.SUCCESS),
        ("ผลที่คาดว่าจะได้รับ", Column.SUCCESS),
        ("ค่าเป้าหมาย", Column.TARGET),
        ("เป้าหมาย", Column.TARGET),
        ("ลำดับ", Column.NUMBER),
        ("ลำดับที่", Column.NUMBER),
        ("ที่", Column.NUMBER),
        ("แนวทางการดำเนินงาน", Column.STEPS),
        ("กิจกรรมย่อย", Column.STEPS),
        ("ห้วงเวลาดำเนินการ", Column.TIME_FRAME),
        ("วัน/เดือน/ปี", Column.TIME_FRAME),
        ("หน่วยงานที่รับผิดชอบหลัก", Column.RESPONSIBLE),
        ("หน่วยงานเจ้าภาพ", Column.RESPONSIBLE),
        ("ผู้รับผิดชอบโครงการ", Column.RESPONSIBLE),
        ("หมายเหตุ", None),
        ("กลุ่มเป้าหมาย", None),
        ("วัตถุประสงค์", None),
        ("สถานที่", None),
        ("หน่วย", None),
        ("หน่วยนับ", None),
    ],
)
def test_a_heading_is_known_by_what_it_means(heading, column):
    columns = measure_columns(("โครงการ", heading, "ระยะเวลา", "ผู้รับผิดชอบ", "ขั้นตอน"))

    assert next((found for found, at in columns.items() if at == 1), None) == column


@pytest.mark.parametrize("heading", ["ห้วงเวลาดำเนินการ", "วัน/เดือน/ปี", "กำหนดแล้วเสร็จ", "ไตรมาส", "แผนการดำเนินงาน"])
def test_the_time_may_be_headed_otherwise(heading):
    (measure,) = measures_of(("โครงการ", heading, "หน่วยงานเจ้าภาพ"), (TRAIN, "มีนาคม 2569", "สำนักปลัด"))

    assert (measure.time_frame, measure.responsible) == ("มีนาคม 2569", "สำนักปลัด")


def test_the_budget_and_what_is_aimed_at_are_kept_in_the_plans_words():
    (measure,) = measures_of(
        ("ที่", "โครงการ", "งบประมาณ (บาท)", "ตัวชี้วัดความสำเร็จ", "ค่าเป้าหมาย", "ระยะเวลา", "ผู้รับผิดชอบ", "หมายเหตุ"),
        ("๑", TRAIN, "๒๐,๐๐๐", "ร้อยละของผู้ผ่านการอบรม", "ร้อยละ ๘๐", "มีนาคม ๒๕๖๙", "สำนักปลัด", "ข้อบัญญัติ"),
    )

    assert (measure.title, measure.budget) == (TRAIN, "๒๐,๐๐๐")
    assert measure.success == "ร้อยละของผู้ผ่านการอบรม / ร้อยละ ๘๐"
    assert (measure.time_frame, measure.responsible) == ("มีนาคม ๒๕๖๙", "สำนักปลัด")


def test_a_plan_that_names_no_indicator_leaves_it_open():
    (measure,) = measures_of(("โครงการ", "ระยะเวลา", "ผู้รับผิดชอบ"), (TRAIN, "มีนาคม 2569", "สำนักปลัด"))

    assert measure.indicator is None


def test_beside_a_project_the_column_of_indicators_says_what_it_shall_reach():
    (measure,) = measures_of(
        ("โครงการ", "ตัวชี้วัด", "ระยะเวลา", "ผู้รับผิดชอบ"), (TRAIN, "ผู้เข้าอบรมร้อยละ 80", "มีนาคม 2569", "สำนักปลัด")
    )

    assert (measure.indicator, measure.success, measure.analysis) == (None, "ผู้เข้าอบรมร้อยละ 80", ())


def test_beside_a_project_the_column_of_indicators_may_name_one_that_was_assessed():
    (measure,) = measures_of(
        ("โครงการ", "ตัวชี้วัด", "ระยะเวลา", "ผู้รับผิดชอบ"),
        (TRAIN, "ตัวชี้วัดที่ 3 การใช้อำนาจ", "มีนาคม 2569", "สำนักปลัด"),
    )

    assert (measure.indicator, measure.success) == (3, "")


def test_a_measure_beside_its_activities_has_them_as_steps():
    (measure,) = measures_of(
        ("มาตรการ", "กิจกรรม", "ระยะเวลา", "ผู้รับผิดชอบ"), ("สร้างจิตสำนึก", "- อบรม - ประกาศ", "ทุกไตรมาส", "สำนักปลัด")
    )

    assert (measure.title, measure.steps) == ("สร้างจิตสำนึก", ("อบรม", "ประกาศ"))


def test_dimensions_and_sums_are_no_measures():
    measures = measures_of(
        ("ที่", "โครงการ", "งบประมาณ", "ผู้รับผิดชอบ"),
        ("มิติที่ 1 การสร้างสังคมที่ไม่ทนต่อการทุจริต", "", "", ""),
        ("1", TRAIN, "20,000", "สำนักปลัด"),
        ("รวมทั้งสิ้น", "1 โครงการ", "20,000", ""),
        ("มิติที่ 2 การบริหารราชการด้วยความโปร่งใส", "", "", ""),
        ("2", "เผยแพร่แผนจัดหาพัสดุ", "-", "กองคลัง"),
    )

    assert [(one.title, one.responsible) for one in measures] == [
        (TRAIN, "สำนักปลัด"),
        ("เผยแพร่แผนจัดหาพัสดุ", "กองคลัง"),
    ]


def test_a_numbered_row_at_the_head_of_a_page_is_a_measure_of_its_own():
    measures = measures_of(
        ("ที่", "โครงการ", "งบประมาณ", "ผู้รับผิดชอบ"),
        ("1", TRAIN, "20,000", "สำนักปลัด"),
        BLANK,
        ("2", "ประกาศเจตจำนง", "", ""),
    )

    assert [one.title for one in measures] == [TRAIN, "ประกาศเจตจำนง"]


def test_a_heading_may_take_two_rows():
    (measure,) = measures_of(
        ("การวิเคราะห์", "การพัฒนา", "", "", "ผู้รับผิดชอบ"),
        ("", "มาตรการ", "ขั้นตอน", "ระยะเวลา", ""),
        ("ไม่ทราบยอด", "เปิดเผยยอด", "- รวบรวม - ประกาศ", "ทุกเดือน", "กองคลัง"),
    )

    assert (measure.title, measure.steps, measure.time_frame) == ("เปิดเผยยอด", ("รวบรวม", "ประกาศ"), "ทุกเดือน")


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (("X", "", "", ""), "ไตรมาส 1"),
        (("✓", "✓", "", ""), "ไตรมาส 1 - 2"),
        (("", "/", "/", "/"), "ไตรมาส 2 - 4"),
        (("x", "x", "x", "x"), "ตลอดปีงบประมาณ"),
        (("●", "", "●", ""), "ไตรมาส 1 และ ไตรมาส 3"),
        (("●", "●", "-", "●"), "ไตรมาส 1, ไตรมาส 2 และ ไตรมาส 4"),
        (("\uf0fc", "", "", ""), "ไตรมาส 1"),
        (("", "←", "", "→"), "ไตรมาส 2 - 4"),
        (("", "10,000", "", ""), "ไตรมาส 2"),
        (("", "", "", ""), ""),
    ],
)
def test_marks_under_quarters_are_a_time_frame(marks, words):
    assert scheduled(QUARTERS, marks=marks) == words


@pytest.mark.parametrize(
    "quarters",
    [
        ("ไตรมาสที่ ๑", "ไตรมาสที่ ๒", "ไตรมาสที่ ๓", "ไตรมาสที่ ๔"),
        ("ไตรมาส 1 (ต.ค.-ธ.ค.68)", "ไตรมาส 2 (ม.ค.-มี.ค.69)", "ไตรมาส 3 (เม.ย.-มิ.ย.69)", "ไตรมาส 4 (ก.ค.-ก.ย.69)"),
        ("Q1", "Q2", "Q3", "Q4"),
    ],
)
def test_quarters_may_be_headed_otherwise(quarters):
    assert scheduled(quarters, marks=("", "X", "X", "")) == "ไตรมาส 2 - 3"


def test_quarters_under_their_year_are_those_of_the_year():
    headings = (("ปีงบประมาณ พ.ศ. 2569", "", "", ""), QUARTERS)

    assert scheduled(*headings, marks=("X", "X", "", "")) == "ไตรมาส 1 - 2 ปีงบประมาณ พ.ศ. 2569"
    assert scheduled(*headings, marks="XXXX") == "ตลอดปีงบประมาณ พ.ศ. 2569"


def test_numbers_under_the_word_are_quarters():
    headings = (("ระยะเวลา (ไตรมาส)", "", "", ""), ("1", "2", "3", "4"))

    assert scheduled(*headings, marks=("", "X", "", "")) == "ไตรมาส 2"


def test_months_under_two_years_belong_to_the_fiscal_year_they_make():
    headings = (("ระยะเวลาดำเนินการ", *[""] * 11), ("พ.ศ. 2568", "", "", "พ.ศ. 2569", *[""] * 8), MONTHS)

    assert scheduled(*headings, marks=("", "", "X", "X", *[""] * 8)) == "ธ.ค. - ม.ค. ปีงบประมาณ พ.ศ. 2569"


def test_months_that_carry_their_year_say_the_fiscal_year():
    months = [f"{month} {'68' if at < 3 else '69'}" for at, month in enumerate(MONTHS)]

    assert scheduled(months, marks=("X", *[""] * 10, "X")) == "ต.ค. และ ก.ย. ปีงบประมาณ พ.ศ. 2569"


def test_half_years_are_periods_too():
    assert scheduled(("6 เดือนแรก", "6 เดือนหลัง"), marks=("", "X")) == "6 เดือนหลัง"


@pytest.mark.parametrize("arrow", ["↔", "<--->", "←→", "⟷"])
def test_an_arrow_in_one_cell_leaves_a_person_to_say_how_far_it_reaches(arrow):
    words = scheduled(QUARTERS, marks=(arrow, "", "", ""))

    assert words == "ตั้งแต่ ไตรมาส 1"
    assert read_time_frame(words, fiscal_year=2569).kind == Kind.UNCLEAR


@pytest.mark.parametrize(
    "marks",
    [("X", "", "", ""), ("X", "X", "", ""), ("X", "", "X", ""), ("X", "X", "", "X"), ("X", "X", "X", "X")],
)
def test_the_words_made_of_marks_are_read_as_a_time_frame(marks):
    for headings in [(QUARTERS,), (("ปีงบประมาณ พ.ศ. 2569", "", "", ""), QUARTERS), (MONTHS[:4],)]:
        words = scheduled(*headings, marks=marks)

        assert read_time_frame(words, fiscal_year=2569).kind != Kind.UNCLEAR, words


def test_marks_of_all_rows_of_a_measure_count():
    (measure,) = measures_of(
        ("โครงการ", "ขั้นตอน", *QUARTERS, "ผู้รับผิดชอบ"),
        (TRAIN, "เตรียมการ", "X", "", "", "", "สำนักปลัด"),
        ("", "อบรม", "", "X", "", "", ""),
    )

    assert (measure.steps, measure.time_frame) == (("เตรียมการ", "อบรม"), "ไตรมาส 1 - 2")


def test_words_about_the_time_count_more_than_marks():
    (measure,) = measures_of(
        ("โครงการ", "ระยะเวลา", *QUARTERS, "ผู้รับผิดชอบ"), (TRAIN, "ทุกเดือน", "X", "X", "X", "X", "สำนักปลัด")
    )

    assert measure.time_frame == "ทุกเดือน"


def test_the_schedule_goes_on_where_only_the_first_heading_row_is_repeated():
    heading = ("โครงการ", "ระยะเวลาดำเนินการ", "", "", "", "ผู้รับผิดชอบ")
    measures = measures_of(
        heading,
        ("", *QUARTERS, ""),
        (TRAIN, "X", "", "", "", "สำนักปลัด"),
        BLANK,
        heading,
        ("มาตรการป้องกันการรับสินบน", "", "X", "", "", "กองคลัง"),
    )

    assert [one.time_frame for one in measures] == ["ไตรมาส 1", "ไตรมาส 2"]


def test_the_cells_with_the_marks_are_kept_as_the_source():
    row = (TRAIN, "X", "", "", "X", "สำนักปลัด")

    (measure,) = measures_of(("โครงการ", *QUARTERS, "ผู้รับผิดชอบ"), row)

    assert measure.source == (row,)
