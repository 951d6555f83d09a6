from dataclasses import replace
from decimal import Decimal

import pytest
from pypdfium2 import PdfDocument

from tests.sample_papers import HASH, HEAD, MEASURE, UNANSWERED, history, plan_facts
from tracker.documents.composing import plan
from tracker.documents.composing.plan.words import listed, numbered
from tracker.documents.writing import pdf
from tracker.documents.writing.paper import (
    Chart,
    Code,
    Heading,
    Paragraph,
    Points,
    Row,
    Section,
    Signatures,
    Table,
)
from tracker.domain.findings import Finding
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.results import History, Result
from tracker.domain.statuses import Review


def composed(**changes):
    return plan.compose(plan_facts(**changes), thai_digits=False)


def blocks(kind, **changes):
    return [block for block in composed(**changes).blocks if isinstance(block, kind)]


def said(**changes):
    return "\n".join(block.text for block in blocks(Paragraph, **changes))


def table(title, **changes):
    return next(one for one in blocks(Table, **changes) if one.title == title)


def texts(row):
    return [row.text] if isinstance(row, Section) else [cell.text for cell in row.cells]


MEASURES, RESULTS = "มาตรการและแนวทางการดำเนินงาน", "ผลการประเมินรายตัวชี้วัด"


def test_the_paper_has_its_four_parts_in_order():
    assert [block.text for block in blocks(Heading) if block.level == 1] == [
        "ส่วนที่ 1 ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568",
        "ส่วนที่ 2 การวิเคราะห์ผลการประเมิน",
        "ส่วนที่ 3 มาตรการและแนวทางการดำเนินงาน",
        "ส่วนที่ 4 การกำกับติดตาม",
    ]


def test_the_cover_names_the_organization_and_both_fiscal_years():
    paper = composed()

    assert paper.title == "การนำผลการประเมิน ITA ไปสู่การพัฒนาองค์กร"
    assert paper.subtitle == ("ผลการประเมินประจำปีงบประมาณ พ.ศ. 2568", "มาตรการประจำปีงบประมาณ พ.ศ. 2569")
    assert paper.organization == "เทศบาลตำบลตัวอย่าง"


@pytest.mark.parametrize("thai_digits", [False, True])
def test_the_digits_are_the_reader_s_choice(thai_digits):
    assert plan.compose(plan_facts(), thai_digits=thai_digits).has_thai_digits is thai_digits


# Part 1


def test_scores_stand_beside_those_of_the_year_before_with_their_difference():
    rows = {row.cells[0].number: texts(row)[2:] for row in table(RESULTS).rows}

    assert rows[1] == ["98.28", "98.67", "+0.39"]
    assert rows[10] == ["100.00", "84.99", "−15.01"]
    assert list(rows) == [indicator.number for indicator in INDICATORS]


def test_scores_are_rounded_half_up_before_they_are_compared():
    overall = table("ผลการประเมินในภาพรวม").rows[0]

    assert texts(overall) == ["คะแนนภาพรวม", "97.02", "96.04", "−0.98"]
    assert [cell.number for cell in overall.cells[1:]] == [Decimal("97.02"), Decimal("96.04"), Decimal("-0.98")]


def test_instruments_stand_with_their_weights():
    assert [texts(row)[1:] for row in table("ผลการประเมินรายเครื่องมือ").rows] == [
        ["30", "96.26", "99.60", "+3.34"],
        ["15", "94.08", "99.43", "+5.35"],
        ["15", "93.50", "95.00", "+1.50"],
        ["40", "100.00", "92.50", "−7.50"],
    ]


def test_a_level_that_no_report_printed_is_said_to_be_computed():
    assert texts(table("ผลการประเมินในภาพรวม").rows[1]) == ["ระดับผลการประเมิน", "ผ่านดี (คำนวณจากคะแนน)", "ผ่านดี", "–"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ได้คะแนนภาพรวม 96.04 คะแนน อยู่ในระดับ “ผ่านดี” ลดลง 0.98 คะแนนจากปีงบประมาณ พ.ศ. 2567 ซึ่งได้ 97.02 คะแนน",
        "เครื่องมือที่ได้คะแนนสูงสุด คือ IIT (99.60 คะแนน) และเครื่องมือที่ได้คะแนนต่ำสุด คือ OIT (92.50 คะแนน)",
        "คะแนนเพิ่มขึ้น 3 เครื่องมือ (IIT, EIT ส่วนที่ 1 และ EIT ส่วนที่ 2) ลดลง 1 เครื่องมือ (OIT)",
        "ไม่มีเครื่องมือใดที่มีคะแนนต่ำกว่า 85 คะแนน",
        "สูงสุด คือ ตัวชี้วัดที่ 3 การใช้อำนาจ และตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ (100.00 คะแนน)",
        "ต่ำสุด คือ ตัวชี้วัดที่ 10 การป้องกันการทุจริต (84.99 คะแนน)",
        "คะแนนเพิ่มขึ้น 8 ตัวชี้วัด (ตัวชี้วัดที่ 1–8) ลดลง 2 ตัวชี้วัด (ตัวชี้วัดที่ 9–10)",
        "ตัวชี้วัดที่ได้ต่ำกว่า 85 คะแนน คือ ตัวชี้วัดที่ 10 การป้องกันการทุจริต (84.99)",
    ],
)
def test_the_words_say_what_the_figures_say(sentence):
    assert sentence in said()


def test_the_three_score_charts_show_what_the_tables_hold():
    overall, instruments, indicators = blocks(Chart)

    assert overall.finding == "ลดลง 0.98 คะแนน จาก 97.02 เป็น 96.04 คะแนน"
    assert overall.series[0].values == [Decimal("97.02"), Decimal("96.04")]
    assert instruments.finding == "เพิ่มขึ้น 3 เครื่องมือ ลดลง 1 เครื่องมือ"
    assert [one.name for one in indicators.series] == ["ปีงบประมาณ พ.ศ. 2567", "ปีงบประมาณ พ.ศ. 2568"]
    rows = table(RESULTS).rows
    assert [list(one.values) for one in indicators.series] == [
        [row.cells[place].number for row in rows] for place in (2, 3)
    ]


def test_without_the_year_before_there_is_no_difference_and_the_paper_says_why():
    only = {"history": history(2568)}

    assert "ไม่มีผลการประเมินประจำปีงบประมาณ พ.ศ. 2567 ในระบบ" in said(**only)
    assert [column.title for column in table(RESULTS, **only).columns] == ["ตัวชี้วัดที่", "ตัวชี้วัด", "ปีงบประมาณ พ.ศ. 2568"]
    assert "เทียบ" not in said(**only, findings=())
    assert [len(one.series) for one in blocks(Chart, **only)] == [1, 1, 1]


@pytest.mark.parametrize("known", [History(), history(2567)])
def test_without_the_assessed_year_there_are_no_scores_and_the_paper_says_so(known):
    assert "ยังไม่มีผลการประเมินประจำปีงบประมาณ พ.ศ. 2568" in said(history=known)
    assert blocks(Chart, history=known) == []


def test_scores_that_a_year_lacks_are_dashes_and_named():
    partial = History({2568: Result(2568, {"indicator:1": Decimal(90)})})

    assert texts(table(RESULTS, history=partial).rows[1]) == ["2", "การใช้งบประมาณ", "–"]
    assert "ไม่ได้ระบุคะแนนภาพรวม" in said(history=partial)
    assert "ไม่ได้ระบุคะแนนรายเครื่องมือ" in said(history=partial)
    assert "ไม่มีคะแนนของ ตัวชี้วัดที่ 2 การใช้งบประมาณ" in said(history=partial)
    assert [one.title for one in blocks(Chart, history=partial)] == ["ภาพที่ 3 ผลการประเมินรายตัวชี้วัด"]


def test_equal_scores_have_no_highest_and_no_lowest():
    same = History({2568: Result(2568, {f"indicator:{one.number}": Decimal(90) for one in INDICATORS})})

    assert "ทุกตัวชี้วัดที่มีคะแนนได้เท่ากัน คือ 90.00 คะแนน" in said(history=same)


# Part 2


def test_findings_stand_by_indicator_with_advice_and_whether_a_measure_answers_them():
    assert [texts(row) for row in table("ข้อบกพร่องและข้อเสนอแนะ").rows] == [
        ["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่"],
        [["IIT ข้อ i1, i2"], ["บริการช้ากว่าที่ประกาศ"], ["ประกาศขั้นตอนให้ชัด"], ["มีแล้ว"]],
        ["ตัวชี้วัดที่ 10 การป้องกันการทุจริต"],
        [["OIT ข้อ O27"], ["เอกสารขาดองค์ประกอบ"], ["–"], ["ยังไม่มี"]],
    ]
    assert "ตัวชี้วัดที่ 2–9 ไม่มีข้อบกพร่องที่บันทึกไว้" in said()


def test_findings_without_a_measure_are_listed_by_themselves():
    lists = blocks(Points)

    assert lists[0].items == ["ตัวชี้วัดที่ 10 การป้องกันการทุจริต OIT ข้อ O27: เอกสารขาดองค์ประกอบ"]
    assert "ข้อบกพร่องทุกข้อมีมาตรการรองรับ" in said(unanswered=())
    assert "ไม่มีข้อบกพร่องที่บันทึกไว้จากผลการประเมิน" in said(findings=(), unanswered=())


def test_both_parts_of_eit_are_told_apart():
    both = [Finding(6, one, ("e1",), "ช้า") for one in (Instrument.EIT1, Instrument.EIT2)]
    rows = table("ข้อบกพร่องและข้อเสนอแนะ", findings=both, unanswered=both[1:]).rows

    assert [texts(row)[0] for row in rows[1:]] == [["EIT ส่วนที่ 1 ข้อ e1"], ["EIT ส่วนที่ 2 ข้อ e1"]]
    assert [texts(row)[3] for row in rows[1:]] == [["มีแล้ว"], ["ยังไม่มี"]]


# Part 3


def test_the_table_has_the_five_required_columns_over_all_ten_indicators():
    made = table(MEASURES)

    assert [column.title for column in made.columns] == [
        "มาตรการ/โครงการ/กิจกรรม",
        "ผลการวิเคราะห์ตามตัวชี้วัด",
        "ขั้นตอน/วิธีการ",
        "ระยะเวลา",
        "ผู้รับผิดชอบ",
    ]
    sections = [row.text for row in made.rows if isinstance(row, Section)]
    assert len(sections) == 10
    assert sections[0] == "ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ · คะแนนปี 2568: 98.67 (ปี 2567: 98.28 ผลต่าง +0.39)"


def test_a_measure_stands_in_its_own_words_and_its_steps_are_counted():
    assert texts(table(MEASURES).rows[1]) == [
        ["มาตรการบริการตรงเวลา"],
        ["ประชาชนรอนานกว่าที่ประกาศ"],
        ["1. ปรับปรุงคู่มือ", "2. แจ้งเวลาให้ผู้มาติดต่อทราบ"],
        ["ตลอดปีงบประมาณ พ.ศ. 2569"],
        ["ทุกส่วนราชการ"],
    ]


@pytest.mark.parametrize("steps", [("๑. หนึ่ง", "๒. สอง"), ("- หนึ่ง", "- สอง"), ("(1) หนึ่ง", "(2) สอง"), ("หนึ่ง",)])
def test_steps_with_marks_of_their_own_keep_them_and_one_alone_needs_none(steps):
    made = table(MEASURES, measures=[replace(MEASURE, steps=steps)])

    assert texts(made.rows[1])[2] == list(steps)


def test_an_indicator_without_a_measure_says_so():
    second = table(MEASURES).rows[3]

    assert isinstance(second, Row)
    assert texts(second) == ["ยังไม่ได้กำหนดมาตรการสำหรับตัวชี้วัดนี้", "–", "–", "–", "–"]


def test_budget_and_signs_of_success_are_columns_only_where_a_measure_has_them():
    planned = [MEASURE, replace(MEASURE, indicator=2, budget="5,000 บาท"), replace(MEASURE, indicator=3)]

    made = table(MEASURES, measures=planned)
    assert [column.title for column in made.columns][5:] == ["งบประมาณ"]
    assert [texts(row)[5] for row in made.rows if len(texts(row)) == 6][:2] == [["–"], ["5,000 บาท"]]
    both = table(MEASURES, measures=[replace(MEASURE, budget="0", success="ร้อยละ 90")])
    assert [column.title for column in both.columns][5:] == ["งบประมาณ", "ตัวชี้วัดความสำเร็จ"]
    assert {len(texts(row)) for row in both.rows} == {1, 7}


def test_what_a_measure_lacks_is_a_dash():
    bare = table(MEASURES, measures=[plan.Measure(1, "ชื่อ")])

    assert texts(bare.rows[1])[1:] == [["–"]] * 4


def test_the_measures_are_counted():
    assert "กำหนดมาตรการ 1 มาตรการ ครอบคลุมตัวชี้วัดที่ 1" in said()
    every = [replace(MEASURE, indicator=one.number) for one in INDICATORS]
    assert "กำหนดมาตรการ 10 มาตรการ ครอบคลุมทั้ง 10 ตัวชี้วัด" in said(measures=every)


# Part 4


def test_the_rounds_are_listed_in_words():
    assert blocks(Points)[-1].items == [
        "รอบการติดตามที่ 1 ภายในวันที่ 31 มีนาคม 2569",
        "รอบการติดตามที่ 2 ภายในวันที่ 30 กันยายน 2569",
    ]
    assert "ยังไม่ได้กำหนดรอบการติดตาม" in said(rounds=())


@pytest.mark.parametrize("review", Review)
def test_how_reports_are_looked_at_is_said(review):
    assert len({said(review=one) for one in Review}) == len(Review)
    assert "แล้วเสร็จ" in said(review=review)


def test_positions_sign_and_no_names():
    (places,) = blocks(Signatures)

    assert [(one.role, one.position, one.name) for one in places.places] == [
        ("ผู้จัดทำ", "เจ้าพนักงานธุรการ", ""),
        ("ผู้ตรวจสอบ", "ปลัดเทศบาล", ""),
        ("ผู้อนุมัติ", "นายกเทศมนตรี", ""),
    ]


def test_the_head_of_the_history_is_printed_with_its_moment_in_thailand():
    (code,) = blocks(Code)

    assert code == Code("รหัสตรวจสอบของประวัติ รายการที่ 278", HASH)
    assert "รายการที่ 278 ซึ่งบันทึกเมื่อวันที่ 21 กุมภาพันธ์ 2569 เวลา 00:30 น." in said()
    assert "1,234" in said(head=replace(HEAD, number=1234))
    assert "แผนยังไม่มีประวัติการเปลี่ยนแปลง" in said(head=None)


# Words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([3], "ตัวชี้วัดที่ 3"),
        ([1, 2, 3], "ตัวชี้วัดที่ 1–3"),
        ([1, 3, 4, 10], "ตัวชี้วัดที่ 1, 3–4, 10"),
        (list(range(1, 11)), "ทั้ง 10 ตัวชี้วัด"),
    ],
)
def test_indicators_are_listed_in_runs(numbers, words):
    assert numbered(numbers) == words


def test_names_are_listed_as_a_sentence_does():
    assert [listed(names) for names in ([], ["ก"], ["ก", "ข"], ["ก", "ข", "OIT"])] == [
        "",
        "ก",
        "ก และข",
        "ก, ข และ OIT",
    ]


def test_a_plan_with_nothing_is_still_a_paper():
    empty = plan.compose(plan.Facts("เทศบาลตำบลตัวอย่าง", 2569), thai_digits=True)

    assert [block.text for block in empty.blocks if isinstance(block, Heading)][-1] == "การตรวจสอบเอกสาร"
    assert UNANSWERED.text not in str(empty)


@pytest.mark.parametrize("has_findings", [False, True])
def test_a_plan_of_many_measures_loses_none(has_findings):
    many = [replace(MEASURE, indicator=1 + number % 10, title=f"มาตรการลำดับ {number} จบ") for number in range(60)]
    found = [Finding(1 + number % 10, Instrument.IIT, ("i1",), f"ข้อค้นพบ {number} จบ") for number in range(60)]
    paper = composed(measures=many, findings=found if has_findings else (), unanswered=())

    texts_in = "".join(
        "".join(page.get_textpage().get_text_bounded().split()) for page in PdfDocument(pdf.write(paper))
    )
    wanted = [one.title for one in many] + [one.text for one in found] * has_findings
    assert [text for text in wanted if text.replace(" ", "") not in texts_in] == []
