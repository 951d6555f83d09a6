from decimal import Decimal

import pytest

from tests.factories import ALL_YEAR, make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.indicators import Instrument
from tracker.models import Assessment, Finding, Score

UNCLEAR = "ตลอดปีการศึกษา ๒๕๗๐"
MONTHLY = "ทุกเดือน"
FEBRUARY_AND_AUGUST = "28 ก.พ. 69 และ 31 ส.ค. 69"


def test_before_there_is_a_plan_the_page_says_what_to_do(visit, people):
    assert "ยังไม่มีแผน" in visit(people.clerk).get("/measures").main


def test_all_ten_indicators_are_shown_with_their_measures_or_the_lack_of_one(visit, people, measure):
    page = visit(people.auditor).get("/measures")

    sections = {section.get("id"): section.text for section in page.root.all("section")}
    assert list(sections) == [f"indicator-{number}" for number in range(1, 11)]
    assert measure.title in sections["indicator-2"]
    assert "2 ส่วนราชการ · 2 ขั้นตอน" in sections["indicator-2"]
    assert all("ยังไม่มีมาตรการ" in text for name, text in sections.items() if name != "indicator-2")


def test_scores_of_both_years_stand_at_their_indicator(visit, people, measure, db):
    for year, value in ((2567, "88.5"), (2568, "100")):
        scores = [Score(key="indicator:2", value=Decimal(value))]
        db.session.add(Assessment(organization_id=measure.organization_id, fiscal_year=year, scores=scores))

    assert "คะแนน 2567: 88.50 · 2568: 100.00" in visit(people.auditor).get("/measures").main


def test_a_finding_that_no_measure_answers_stands_on_top(visit, people, measure, db):
    findings = [
        Finding(indicator=9, instrument=Instrument.OIT, items=["o6"], text="ไม่พบข้อมูล", is_answered=False),
        Finding(indicator=10, instrument=Instrument.OIT, items=["o27"], text="ตอบแล้ว", is_answered=True),
    ]
    db.session.add(Assessment(organization_id=measure.organization_id, fiscal_year=2568, findings=findings))

    page = visit(people.auditor).get("/measures")

    assert "ตัวชี้วัดที่ 9 (O6): ไม่พบข้อมูล" in page.main
    assert "ตอบแล้ว" not in page.main


def test_the_list_asks_the_database_the_same_number_of_times_however_long_it_is(visit, people):
    visitor = visit(people.clerk)
    counts = []
    for indicators in ((1,), range(2, 11)):
        for indicator in indicators:
            make_task(measure=make_measure(indicator, steps=["ประชุม", "รายงาน"]))
        with count_queries() as heard:
            visitor.get("/measures")
        counts.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, every figure, measures with what they count,
    # closed rounds, scores of both years, findings, unread notices and last tick
    assert counts == [8, 8]


def test_a_measure_shows_the_reports_own_words_beside_what_was_read_of_them(visit, people, measure):
    measure.responsible_text = "ทุกสำนัก/กอง"
    measure.analysis = ["คะแนนลดลง"]

    page = visit(people.auditor).get(f"/measures/{measure.id}")

    assert page.h1 == measure.title
    assert f"“{ALL_YEAR}” ระบบอ่านเป็น: ตลอดช่วงเวลา รายงานตามรอบการติดตาม" in page.main
    assert "“ทุกสำนัก/กอง” ระบบอ่านเป็น: สำนักปลัดเทศบาล, กองคลัง" in page.main
    assert "คะแนนลดลง" in page.main
    assert "31 มี.ค. 69 (2), 30 ก.ย. 69 (2)" in page.main
    assert [item.text for item in page.root.all("ol")[0].all("li")] == ["ประชุม", "รายงาน"]


def test_a_division_of_the_measure_leads_to_its_tasks(visit, people, measure):
    visitor = visit(people.auditor)
    page = visitor.get(f"/measures/{measure.id}")

    tasks = visitor.get(page.links["กองคลัง"])

    assert "2 งาน" in tasks.main
    assert measure.title in tasks.main


def test_a_measure_without_tasks_says_how_to_get_some(visit, people):
    measure = make_measure(words=UNCLEAR)

    assert "มาตรการนี้ยังไม่มีงาน" in visit(people.clerk).get(f"/measures/{measure.id}").main


@pytest.mark.parametrize(
    ("who", "may"),
    [("clerk", True), ("member", False), ("executive", False), ("auditor", False), ("administrator", False)],
)
def test_only_the_clerk_is_offered_to_change_a_measure(visit, people, measure, who, may):
    page = visit(getattr(people, who)).get(f"/measures/{measure.id}")

    assert (f"/measures/{measure.id}/edit" in page.links.values()) is may


def test_another_year_shows_the_measures_of_that_year(visit, people, measure):
    then = make_measure(3, plan=make_plan(2568, rounds=()))
    visitor = visit(people.auditor)

    page = visitor.get(visitor.get("/measures").links["2568"])

    assert then.title in page.main
    assert measure.title not in page.main
