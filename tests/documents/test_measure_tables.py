"""Tables of measures are read in every form that municipalities give them."""

import pytest

from tracker.documents.reading.measure_tables import MOST_MEASURES
from tracker.documents.reading.refusals import NoMeasures, ReportTooLong
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import BLANK
from tracker.documents.reading.text import read_text_report

HEADINGS = ("ผลการวิเคราะห์", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")
BUDGET = ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ (๙๙.๗๘ คะแนน)", "", "", "", "")
AUTHORITY = ("ตัวชี้วัดที่ ๓ การใช้อำนาจ", "", "", "", "")
PUBLISH = ("ไม่ทราบยอด", "เปิดเผยยอด", "- รวบรวม - ประกาศ", "ทุกเดือน", "กองคลัง")
TRAIN = ("ไม่เข้าใจ", "อบรมพนักงาน", "- จัดอบรม", "ทุกไตรมาส", "สำนักปลัด")


def measures_of(*rows):
    return draft_of(rows).measures


def titles(*rows):
    return [(measure.indicator, measure.title) for measure in measures_of(*rows)]


def test_a_measure_keeps_the_words_of_each_cell():
    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH)

    assert measure.indicator == 2
    assert measure.title == "เปิดเผยยอด"
    assert measure.analysis == ("ไม่ทราบยอด",)
    assert measure.steps == ("รวบรวม", "ประกาศ")
    assert (measure.time_frame, measure.responsible) == ("ทุกเดือน", "กองคลัง")


def test_the_raw_cells_are_kept_as_the_source():
    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH)

    assert measure.source == (PUBLISH,)


def test_columns_are_found_in_any_order():
    order = (4, 2, 0, 3, 1)
    shuffled = [tuple(row[at] for at in order) for row in (HEADINGS, PUBLISH)]

    (measure,) = measures_of(shuffled[0], ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "", "", "", ""), shuffled[1])

    assert (measure.indicator, measure.title, measure.responsible) == (2, "เปิดเผยยอด", "กองคลัง")
    assert measure.steps == ("รวบรวม", "ประกาศ")


@pytest.mark.parametrize(
    "headings",
    [
        ("ผลการวิเคราะห์ตัวชี้วัดที่สอดคล้องกับมาตรการ", "มาตรการ/โครงการ/กิจกรรม", "วิธีดำเนินการ", "เวลา", "หน่วยงานรับผิดชอบ"),
        ("ประเด็นที่ต้องพัฒนา", "โครงการ", "แนวทางการดำเนินการ", "กำหนดแล้วเสร็จ", "ผู้รับผิดชอบหลัก"),
        ("ปัญหา", "กิจกรรม", "ขั้นตอน/วิธีการ", "ช่วงระยะเวลา การดำเนินการ", "ส่วนราชการที่รับผิดชอบ"),
    ],
)
def test_headings_may_be_worded_otherwise(headings):
    assert titles(headings, BUDGET, PUBLISH) == [(2, "เปิดเผยยอด")]


def test_several_measures_may_stand_under_one_indicator():
    assert titles(HEADINGS, BUDGET, PUBLISH, TRAIN) == [(2, "เปิดเผยยอด"), (2, "อบรมพนักงาน")]


def test_a_repeated_heading_is_no_measure():
    assert titles(HEADINGS, BUDGET, PUBLISH, BLANK, HEADINGS, AUTHORITY, TRAIN) == [
        (2, "เปิดเผยยอด"),
        (3, "อบรมพนักงาน"),
    ]


@pytest.mark.parametrize(
    "naming",
    [
        "ตัวชี้วัดที่ 2 การใช้งบประมาณ",
        "ตัวชี้วัดที่ ๒",
        "ตัวชี้วัด ๒ : การใช้งบประมาณ (๙๙.๗๘)",
        "**ตัวชี้วัดที่ ๒ การใช้งบประมาณ**",
        "๒. การใช้งบประมาณ (๙๙.๗๘ คะแนน)",
    ],
)
def test_the_indicators_row_may_be_written_otherwise(naming):
    assert titles(HEADINGS, (naming, "", "", "", ""), PUBLISH) == [(2, "เปิดเผยยอด")]


@pytest.mark.parametrize(
    "row",
    [
        ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "๙๙.๗๘ คะแนน", "", "", ""),
        ("๒", "ตัวชี้วัดที่ ๒ การใช้งบประมาณ (๙๙.๗๘ คะแนน)", "", "", ""),
    ],
)
def test_numbers_may_stand_beside_the_indicators_name(row):
    draft = draft_of([HEADINGS, row, PUBLISH])

    assert [(one.indicator, one.title) for one in draft.measures] == [(2, "เปิดเผยยอด")]
    assert [str(figure.printed) for figure in draft.figures] == ["99.78"]


def test_columns_that_say_nothing_about_measures_are_passed_over():
    headings = ("ที่", "ตัวชี้วัด", *HEADINGS[:3], "งบประมาณ", *HEADINGS[3:], "หมายเหตุ")
    row = ("๑", "ตัวชี้วัดที่ ๒ การใช้งบประมาณ", *PUBLISH[:3], "-", *PUBLISH[3:], "")
    second = ("๒", "", *TRAIN[:3], "๕,๐๐๐", *TRAIN[3:], "")

    assert titles(headings, row, second) == [(2, "เปิดเผยยอด"), (2, "อบรมพนักงาน")]
    assert measures_of(headings, row)[0].analysis == ("ไม่ทราบยอด",)


def test_an_indicator_may_be_named_in_front_of_the_analysis():
    (measure,) = measures_of(HEADINGS, ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ (๙๙.๗๘ คะแนน) ไม่ทราบยอด", *PUBLISH[1:]))

    assert (measure.indicator, measure.analysis) == (2, ("ไม่ทราบยอด",))


def test_an_indicator_may_have_a_column_of_its_own():
    headings = ("ตัวชี้วัด", "มาตรการ", "ขั้นตอน", "ระยะเวลา", "ผู้รับผิดชอบ")

    rows = [(naming, *PUBLISH[1:]) for naming in ("๑", "๒. การใช้งบประมาณ", "ตัวชี้วัดที่ ๓ การใช้อำนาจ")]

    assert [(measure.indicator, measure.analysis) for measure in measures_of(headings, *rows)] == [
        (1, ()),
        (2, ()),
        (3, ()),
    ]


def test_an_indicator_may_be_named_by_the_heading_above_its_table():
    assert titles(("๔.๒ การใช้งบประมาณ",), HEADINGS, PUBLISH, ("๔.๓ การใช้อำนาจ",), HEADINGS, TRAIN) == [
        (2, "เปิดเผยยอด"),
        (3, "อบรมพนักงาน"),
    ]


def test_a_sentence_that_begins_with_its_indicator_keeps_all_its_words():
    sentence = "ตัวชี้วัดที่ ๓ ได้คะแนนเต็ม"

    (measure,) = measures_of(HEADINGS, AUTHORITY, (sentence, *TRAIN[1:]))

    assert measure.analysis == (sentence,)


def test_an_analysis_that_begins_with_the_words_of_a_name_keeps_them():
    (measure,) = measures_of(HEADINGS, BUDGET, ("การใช้งบประมาณล่าช้า", *PUBLISH[1:]))

    assert measure.analysis == ("การใช้งบประมาณล่าช้า",)


def test_a_measure_without_any_indicator_is_kept_and_none_is_guessed():
    assert titles(HEADINGS, PUBLISH) == [(None, "เปิดเผยยอด")]


def test_the_rest_of_a_row_on_the_next_page_continues_its_cells():
    rest = ("ในบางเดือน", "", "ให้ประชาชนทราบ - เก็บเข้าแฟ้ม", "", "")

    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH, BLANK, HEADINGS, rest)

    assert measure.analysis == ("ไม่ทราบยอด ในบางเดือน",)
    assert measure.steps == ("รวบรวม", "ประกาศ ให้ประชาชนทราบ", "เก็บเข้าแฟ้ม")
    assert measure.source == (PUBLISH, rest)


def test_the_rest_of_a_title_on_the_next_page_is_no_measure():
    rest = ("", "ให้ครบทุกโครงการ", "และติดป้าย", "", "")

    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH, BLANK, HEADINGS, rest)

    assert measure.title == "เปิดเผยยอด ให้ครบทุกโครงการ"


def test_a_new_measure_may_begin_a_page_below_a_merged_analysis():
    assert titles(HEADINGS, BUDGET, PUBLISH, BLANK, HEADINGS, ("", *TRAIN[1:])) == [
        (2, "เปิดเผยยอด"),
        (2, "อบรมพนักงาน"),
    ]


def test_a_table_without_heading_that_follows_a_page_break_is_aligned_at_its_end():
    rest = ("และติดป้าย", "", "")

    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH, BLANK, rest, ("--", "--", "--"))

    assert measure.steps == ("รวบรวม", "ประกาศ และติดป้าย")


def test_steps_in_rows_of_their_own_are_steps_of_the_measure_above():
    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH, ("", "", "เก็บเข้าแฟ้ม", "", ""))

    assert measure.steps == ("รวบรวม", "ประกาศ", "เก็บเข้าแฟ้ม")


def test_a_row_with_its_own_time_and_people_is_another_measure_of_the_merged_title():
    first, second = measures_of(HEADINGS, BUDGET, PUBLISH, ("", "", "สรุปผล", "ปีละครั้ง", "กองช่าง"))

    assert first.time_frame == "ทุกเดือน"
    assert (second.title, second.time_frame, second.responsible) == ("เปิดเผยยอด", "ปีละครั้ง", "กองช่าง")


def test_merged_cells_repeated_in_each_row_are_not_doubled():
    repeated = ("", "", "สรุปผล", "ทุกเดือน", "กองคลัง")

    (measure,) = measures_of(HEADINGS, BUDGET, PUBLISH, repeated)

    assert (measure.time_frame, measure.responsible) == ("ทุกเดือน", "กองคลัง")


def test_line_breaks_inside_cells_do_not_tear_a_row():
    text = "\n".join(
        [
            "\t".join(HEADINGS),
            "\t".join(BUDGET),
            "ไม่ทราบยอด\tเปิดเผยยอด\t- รวบรวม",
            "- ประกาศ",
            "- เก็บเข้าแฟ้ม\tทุกเดือน\tกองคลัง",
            "\t".join(TRAIN),
        ]
    )

    first, second = read_text_report(text.encode()).measures

    assert first.steps == ("รวบรวม", "ประกาศ", "เก็บเข้าแฟ้ม")
    assert (first.time_frame, first.responsible) == ("ทุกเดือน", "กองคลัง")
    assert second.title == "อบรมพนักงาน"


def test_rows_whose_empty_last_cells_were_cut_off_stay_two_measures():
    assert titles(HEADINGS, BUDGET, PUBLISH[:3], TRAIN[:3]) == [(2, "เปิดเผยยอด"), (2, "อบรมพนักงาน")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_tables_may_be_drawn_with_pipes(newline):
    lines = [f"| {' | '.join(row)} |" for row in (HEADINGS, ("--",) * 5, BUDGET, PUBLISH, TRAIN)]

    draft = read_text_report(newline.join(lines).encode())

    assert [(one.indicator, one.title) for one in draft.measures] == [(2, "เปิดเผยยอด"), (2, "อบรมพนักงาน")]


def test_a_form_feed_within_a_cell_is_a_space():
    text = "\t".join(HEADINGS) + "\n" + "\t".join(PUBLISH).replace("รวบ", "รวบ\f")

    assert read_text_report(text.encode()).measures[0].steps == ("รวบ รวม", "ประกาศ")


def test_a_section_after_the_measures_ends_them():
    other_table = ("ลำดับ", "เอกสาร", "ผู้จัดทำ", "วันที่", "หมายเหตุ")

    assert titles(HEADINGS, BUDGET, PUBLISH, BLANK, ("๕. เอกสารแนบ",), other_table) == [(2, "เปิดเผยยอด")]


def test_rows_without_a_table_of_measures_are_refused():
    with pytest.raises(NoMeasures):
        draft_of([("เทศบาลตำบลตัวอย่าง",), PUBLISH])


def test_headings_without_measures_are_refused():
    with pytest.raises(NoMeasures):
        draft_of([HEADINGS, BUDGET])


def test_more_measures_than_any_plan_has_are_refused():
    with pytest.raises(ReportTooLong):
        draft_of([HEADINGS, BUDGET, *[PUBLISH] * (MOST_MEASURES + 1)])
