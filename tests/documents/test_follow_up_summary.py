"""The follow-up report as a paper: what it says of the whole plan, and what lets others check it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.follow_ups import DAY, DIVISIONS, DUE, MEASURE, done, facts, figures_of, open_task, paper, rows, table, words
from tracker.documents.composing.follow_up import Closed, Concern, Concerns, Earlier, Promise, Proof, Signers, compose
from tracker.documents.composing.follow_up.comparison import matter_words
from tracker.documents.writing.paper import Chart, ChartKind, Code, Section, Signatures, Table
from tracker.domain.calendar import last_day
from tracker.domain.decisions import Matter
from tracker.domain.reminders import USUAL, Rules
from tracker.domain.results import Cycle, History, Result
from tracker.domain.statuses import Status

ROUND = date(2026, 1, 31)
LATER = date(2026, 9, 30)
CLOSED = Closed(ROUND, 2, date(2026, 2, 7), date(2026, 2, 8), "ผู้ดูแลแผน", "นับใหม่", "cd" * 32)
FIRST, SECOND = DIVISIONS[:2]
EVERYTHING = (
    done(FIRST, result="ทำแล้ว", budget=Decimal(100), evidence=(Proof("ลิงก์", "https://example.org/1"),)),
    done(SECOND, submitted_on=DUE + timedelta(days=3), budget=Decimal(0), own_acceptance="คนเดียว"),
    open_task(FIRST, blocked="รอข้อมูล", obstacles="คนน้อย", suggestions="เพิ่มคน"),
    open_task(SECOND, due_on=LATER),
    open_task(SECOND, status=Status.NOT_APPLICABLE, reason="ไม่มีภารกิจ"),
    open_task(FIRST, status=Status.SUBMITTED, submitted_on=DUE, is_outside=True),
)


def test_a_report_of_a_round_says_which_and_that_it_is_not_closed():
    found = paper(done(), round_on=ROUND, rounds=(ROUND, LATER))

    assert "รอบการติดตามที่ 1 วันที่ 31 มกราคม 2569" in found.subtitle
    assert "รอบการติดตามนี้ยังไม่ได้ปิด ตัวเลขในรายงานนี้เป็นข้อมูล ณ สิ้นวันที่ 20 กุมภาพันธ์ 2569" in words(found)


def test_a_report_of_a_closed_round_quotes_its_closing_and_seal():
    found = paper(done(), round_on=ROUND, rounds=(ROUND,), closed=CLOSED, closings=[CLOSED])

    assert "ปิดรอบฉบับที่ 2 เมื่อวันที่ 8 กุมภาพันธ์ 2569 ตัวเลข ณ สิ้นวันที่ 7 กุมภาพันธ์ 2569" in words(found)
    assert "ได้ตัวเลขตรงกัน" in words(found)
    assert CLOSED.seal in [block.text for block in found.blocks if isinstance(block, Code)]


def test_frozen_figures_that_a_recount_does_not_give_are_told_before_anybody_signs():
    found = paper(done(), round_on=ROUND, closed=CLOSED, differs=3)

    assert "ต่างจากที่ตรึงไว้ 3 ช่อง โปรดตรวจสอบก่อนลงนาม" in words(found)


def test_a_round_that_the_plan_no_longer_has_is_named_by_its_day():
    assert "รอบการติดตามวันที่ 31 มกราคม 2569" in paper(round_on=ROUND, rounds=(LATER,)).subtitle


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (DAY, "ผลการดำเนินการตั้งแต่วันที่ 1 ตุลาคม 2568 ถึงวันที่ 20 กุมภาพันธ์ 2569"),
        (last_day(2569), "ผลการดำเนินการทั้งปีงบประมาณ"),
    ],
)
def test_a_report_of_the_year_says_whether_the_year_is_over(day, period):
    assert period in paper(done(), day=day).subtitle


def test_the_head_of_the_history_is_printed_as_it_is():
    codes = {block.label: block.text for block in paper().blocks if isinstance(block, Code)}

    assert codes == {"รหัสตรวจสอบของประวัติ รายการที่ 12": "ab" * 32}


def test_the_tables_of_figures_hold_what_was_counted():
    found = paper(*EVERYTHING)
    total = [cell.number for cell in table(found, "รายตัวชี้วัด").rows[-1].cells]

    # done 2 of 5 is 40 %; due by the day 4 of 5 is 80 %; one waits, one is late, one of two was on time
    assert total[2:] == [5, 2, 40, 80, 1, 1, 50]
    assert [cell.number for cell in table(found, "รายส่วนราชการ").rows[-1].cells][1:] == total[2:]


def test_the_bars_show_the_indicators_that_have_tasks():
    chart, *_ = (block for block in paper(*EVERYTHING).blocks if isinstance(block, Chart))

    assert (chart.kind, chart.categories) == (ChartKind.BULLETS, ["1 การปฏิบัติหน้าที่"])
    assert [series.values for series in chart.series] == [[40], [80]]
    assert chart.finding == "ตัวชี้วัดที่ต่ำกว่าแผน ได้แก่ ตัวชี้วัดที่ 1"


def test_every_chart_has_a_table_of_its_numbers():
    found = paper(*EVERYTHING)
    curve = next(block for block in found.blocks if isinstance(block, Chart) and block.kind == ChartKind.LINES)
    planned, actual = [series.values for series in curve.series]

    shown = [[cell.number for cell in row.cells[1:3]] for row in table(found, "แผนเทียบผลจริง").rows]
    assert shown == [list(pair) for pair in zip(planned, actual, strict=True)]


def test_one_point_is_no_curve():
    found = paper(done(), day=date(2025, 10, 5))

    assert "จึงยังไม่แสดงเส้นแผนเทียบผลจริง" in words(found)


def test_divisions_are_named_in_full():
    found = paper(done(replace_name(FIRST, "สป.")), division_names={FIRST.id: FIRST.name})

    assert rows(found, "รายส่วนราชการ")[0][0] == FIRST.name


def replace_name(division, name):
    return division._replace(name=name)


def test_money_is_summed_to_the_satang():
    used = [done(FIRST, budget=Decimal("0.10")) for _ in range(10)]

    assert "งบประมาณที่ใช้รวม 1 บาท จากงานที่ระบุงบประมาณ 10 งาน (ในจำนวนนี้ไม่ใช้งบประมาณ 0 งาน)" in words(paper(*used))


def test_what_changed_since_the_round_before_is_told():
    before = Earlier(ROUND, figures_of([open_task()], [MEASURE], ROUND))
    found = words(paper(done(), earlier=before, rounds=(ROUND,)))

    assert "แล้วเสร็จจากร้อยละ 0 เป็นร้อยละ 100 งานที่แล้วเสร็จเพิ่มขึ้น 1 งาน" in found
    assert "รอบนั้นไม่ได้ปิด จึงนับตัวเลขจากประวัติ" in found


def test_without_a_round_before_nothing_is_compared():
    assert "ไม่มีรอบการติดตามก่อนหน้าในปีงบประมาณนี้ให้เปรียบเทียบ" in words(paper(done()))


def test_what_is_to_be_decided_is_named_with_what_is_left_out():
    concern = Concern(1, "มาตรการบริการ", "กองคลัง", "ผู้อำนวยการกองคลัง", DUE, DUE)
    found = paper(concerns=[Concerns(Matter.LATE_2, 3, (concern,))], findings=[(9, "ข้อมูลไม่ครบ")])

    section, named, left, finding, told = rows(found, "เรื่องที่ต้องพิจารณาสั่งการ")
    assert section == ["งานที่ล่าช้า 10 วันทำการขึ้นไป 3 งาน"]
    assert named[1:3] == ["มาตรการบริการ", "กองคลัง (ผู้อำนวยการกองคลัง)"]
    assert left[1] == "และอีก 2 งาน"
    assert (finding, told[:2]) == (["ข้อบกพร่องจากผลการประเมินที่ยังไม่มีมาตรการ 1 เรื่อง"], ["9", "ข้อมูลไม่ครบ"])


def test_every_matter_has_its_words():
    for rules in (USUAL, Rules(escalations=(3, 4)), Rules(escalations=(3, 0))):
        assert all(matter_words(matter, rules) for matter in set(Matter) - {Matter.FINDING})


def test_the_scores_stand_in_the_report_of_a_year_only():
    history = History(
        {2568: Result(2568, {"indicator:1": Decimal(90)}), 2569: Result(2569, {"indicator:1": Decimal(95)})}
    )
    known = facts(done(), day=last_day(2569))
    known = replace(known, cycle=Cycle(2569, history, known.figures, known.day))

    of_year, of_round = (compose(one, thai_digits=False) for one in (known, replace(known, round_on=ROUND)))

    assert rows(of_year, "คะแนนก่อนและหลัง")[0] == ["1", "การปฏิบัติหน้าที่", "90.00", "95.00", "+5.00", "สูงขึ้น", "100"]
    assert "ส่วนที่ 4" not in words(of_round)


def test_before_the_result_is_known_nothing_is_compared():
    history = History({2568: Result(2568, {"indicator:1": Decimal(90)})})
    known = facts(done())
    found = compose(replace(known, cycle=Cycle(2569, history, known.figures, DAY)), thai_digits=False)

    assert "ยังไม่ถึงเวลาเปรียบเทียบ" in words(found)
    assert rows(found, "คะแนนก่อนและหลัง")[0][3:6] == ["–", "–", "ยังไม่ถึงเวลา"]


def test_positions_sign():
    places = next(
        block for block in paper(signers=Signers("ผู้ดูแลแผน", "ปลัดเทศบาล", "")).blocks if isinstance(block, Signatures)
    )

    assert [(place.position, place.name) for place in places.places] == [("ผู้ดูแลแผน", ""), ("ปลัดเทศบาล", ""), ("", "")]


def test_figures_are_explained():
    found = words(paper())

    assert all(term in found for term in ("งานที่ครบกำหนดในวันที่รายงานยังไม่ถือว่าเกินกำหนด", "ส่งผลครั้งที่ได้รับความเห็นชอบ"))


def test_links_are_listed_with_their_addresses():
    assert rows(paper(*EVERYTHING), "หลักฐานที่เป็นลิงก์") == [
        ["1.1", FIRST.name, "31 ม.ค. 2569", "ลิงก์", "https://example.org/1"]
    ]


def test_the_digits_are_left_to_who_writes_the_paper():
    found = compose(facts(done()), thai_digits=True)

    assert found.has_thai_digits
    assert replace(found, has_thai_digits=False) == compose(facts(done()), thai_digits=False)


@pytest.mark.parametrize(
    "works",
    [(), (open_task(due_on=LATER),), (open_task(),), (done(),), EVERYTHING],
    ids=["none", "ahead", "late", "done", "all"],
)
@pytest.mark.parametrize("round_on", [ROUND, None])
def test_every_row_has_a_cell_for_each_column(works, round_on):
    for block in paper(*works, round_on=round_on).blocks:
        if isinstance(block, Table):
            assert block.rows
            assert {len(row.cells) for row in block.rows if not isinstance(row, Section)} <= {len(block.columns)}


@pytest.mark.parametrize(
    ("works", "said"),
    [
        ((), "ยังไม่มีการกำหนดงาน ณ วันที่ 20 กุมภาพันธ์ 2569"),
        ((done(),), "ดำเนินการแล้วร้อยละ 100 ควรได้ร้อยละ 100 ณ วันที่ 20 กุมภาพันธ์ 2569 ครบทุกงานแล้ว"),
        ((open_task(),), "สำนักปลัดเทศบาลมีงานเกินกำหนดมากที่สุด 1 งาน"),
        ((open_task(FIRST), open_task(SECOND)), "สำนักปลัดเทศบาล และกองคลังมีงานเกินกำหนดมากที่สุด ส่วนราชการละ 1 งาน"),
        ([open_task(one) for one in DIVISIONS], "ส่วนราชการ 4 แห่ง มีงานเกินกำหนดมากที่สุด ส่วนราชการละ 1 งาน"),
        ((open_task(due_on=LATER), done(SECOND)), "เป็นไปตามแผน"),
        ((open_task(due_on=LATER), done(due_on=LATER)), "เร็วกว่าแผน"),
        ((open_task(due_on=DAY),), "ต่ำกว่าแผน แต่ไม่มีงานเกินกำหนด"),
    ],
)
def test_the_verdict_is_one_sentence(works, said):
    assert said in words(paper(*works))


def test_a_plan_before_its_year_says_so():
    found = words(paper(open_task(due_on=LATER), day=date(2025, 9, 1)))

    assert "ยังไม่เริ่มปีงบประมาณ กำหนดงานไว้แล้ว 1 งาน" in found


def test_many_measures_of_many_divisions_fit_a_paper():
    measures = [Promise(number, number % 10 + 1, f"{number % 10 + 1}.{number}", "มาตรการ") for number in range(200)]
    divisions = [FIRST._replace(id=number, name=f"กองที่ {number}") for number in range(10)]
    works = [
        done(division, measure_id=measure.id, result=f"ผลของ{division.name}")
        for measure in measures
        for division in divisions
    ]

    found = paper(*works, measures=measures)

    told = sum(len(table(found, f"ตัวชี้วัดที่ {number}").rows) for number in range(1, 11))
    assert told == 200 * (1 + 10 + 1)  # a section, a row for each division, a sum
