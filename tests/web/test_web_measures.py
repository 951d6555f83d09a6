from datetime import timedelta
from decimal import Decimal

import pytest

from tests.clocks import TODAY, at
from tests.factories import ALL_YEAR, make_measure, make_organization, make_person, make_plan, make_task
from tests.figures_on_pages import counts, lies, row, table
from tests.statements import count_queries
from tracker.domain.indicators import Instrument
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Assessment, Finding, Score
from tracker.services import tasks

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
    # closed rounds, the public's window, scores of both years, findings, unread notices and last tick
    assert counts == [9, 9]


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


def test_every_number_of_a_measure_is_the_length_of_the_list_it_leads_to(visit, people, every_kind):
    visitor = visit(people.auditor)
    for measure in every_kind.measures:
        assert lies(visitor, visitor.get(f"/measures/{measure.id}")) == []


def test_a_division_of_the_measure_leads_to_its_page_and_its_count_to_its_tasks(visit, people, measure):
    visitor = visit(people.auditor)
    page = visitor.get(f"/measures/{measure.id}?on=2026-02-20")

    division, tasks = (visitor.get(one.get("href")) for one in table(page, "by-division")["กองคลัง"].all("a"))

    assert division.h1.startswith("กองคลัง")
    assert "2 งาน" in tasks.main
    assert measure.title in tasks.main


def test_a_measure_says_where_each_division_stands_towards_each_deadline(visit, people, every_kind):
    measure = every_kind.measures[0]

    page = visit(people.auditor).get(f"/measures/{measure.id}")

    nothing = "–"
    assert row(page, "deadlines", people.neighbour.position.division.name)[-1] == "ยังไม่เริ่ม"
    first = row(page, "deadlines", people.member.position.division.name)
    assert [cell for cell in first if cell != nothing] == [
        "✓ แล้วเสร็จ",
        "▲ เกินกำหนด",
        "▲ เกินกำหนด",
        "● รอตรวจ",
        "✓ แล้วเสร็จ",
        "ไม่เกี่ยวข้อง",
        "ยังไม่เริ่ม",
        "กำลังดำเนินการ",
    ]


def test_of_several_tasks_on_one_day_a_measure_says_how_many_are_done(visit, people):
    measure = make_measure()
    for slot, status in (("month:2026-02", Status.DONE), ("round:1", Status.NOT_STARTED)):
        task = make_task(measure=measure, status=status)
        task.slot = slot

    page = visit(people.auditor).get(f"/measures/{measure.id}")

    assert row(page, "deadlines", people.member.position.division.name) == ["1/2"]


def test_a_measure_on_an_earlier_day_is_as_it_was_then(visit, people):
    task = make_task()
    tasks.submit(task=task, by=people.member, now=at(TODAY, 8, 0), today=TODAY)
    visitor = visit(people.auditor)

    now, then = (visitor.get(f"/measures/{task.measure_id}{query}") for query in ("", "?on=2026-02-19"))

    assert (counts(now)["รอตรวจ"], counts(then)["รอตรวจ"]) == (1, 0)
    assert then.links["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่"] == "/indicators/1?year=2569&on=2026-02-19"


def test_the_page_of_a_measure_asks_the_database_six_times_whatever_the_size(visit, db):
    heard_of = []
    for size in (2, 8):
        organization = make_organization(f"เทศบาล {size}", [f"กอง {number}" for number in range(size)])
        measure = make_measure(plan=make_plan(organization=organization), steps=["ประชุม"] * size)
        for number, division in enumerate(organization.divisions):
            make_task(measure=measure, division=division, due_on=TODAY + timedelta(days=number))
        visitor = visit(make_person(Role.EXECUTIVE, organization=organization))
        where = f"/measures/{measure.id}"
        with count_queries() as heard:
            visitor.get(where)
        heard_of.append(len(heard))

    # who is signed in with every appointment, the measure with its steps, plan and rounds, every figure, divisions
    # as read, for who reads them what citizens said, unread notices and last tick
    assert heard_of == [6, 6]


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
