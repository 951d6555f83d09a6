import csv
from datetime import date, timedelta
from io import StringIO
from urllib.parse import quote

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_assessment, make_measure, make_organization, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.indicators import INDICATORS, Instrument
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.services import tasks

END_OF_2568, AFTER_2569 = date(2025, 9, 30), date(2026, 10, 1)
EVERY_KEY = ["overall", *Instrument, *(f"indicator:{one.number}" for one in INDICATORS)]


def all_of(value, **others):
    """Return a score for everything that is scored, some of them others: `indicator_6`."""
    return dict.fromkeys(EVERY_KEY, value) | {name.replace("_", ":"): other for name, other in others.items()}


def table(page, name):
    """Return the words of a table's rows by what their first cell says."""
    found = next(table for table in page.root.all("table") if table.get("aria-labelledby") == name)
    rows = [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")]
    return {row[0]: row[1:] for row in rows}


def opened(page):
    return [part.all("h3")[0].text for part in page.root.all("details") if "open" in part.attributes]


def verdict(page):
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))


def headings(page):
    return [heading.text for heading in page.root.all("h2")]


def file_rows(page):
    content = page.response.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def two_years(people):
    """Results of 2567 and 2568: indicator 6 fell, 7 stayed, 8 kept the full score, the others rose."""
    make_assessment(2567, all_of("95", overall="97.02", indicator_8="100"))
    make_assessment(
        2568,
        all_of("96", overall="96.04", indicator_6="93.75", indicator_7="95", indicator_8="100"),
        level="ผ่านดี",
    )


def test_before_there_is_a_result_the_clerk_is_shown_how_to_get_one(visit, people):
    page = visit(people.clerk).get("/scores")

    assert "ยังไม่มีผลการประเมิน" in page.main
    assert "/imports" in [link.get("href") for link in page.root.all("main")[0].all("a")]


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator"])
def test_before_there_is_a_result_the_others_are_told_who_brings_one(visit, people, who):
    make_plan()

    page = visit(getattr(people, who)).get("/scores")

    assert "เมื่อผู้ดูแลแผนนำเข้ารายงานผลการประเมิน ITA แล้ว" in page.main
    assert page.root.all("main")[0].all("a") == []


def test_of_one_year_only_the_scores_are_shown_and_why_nothing_is_compared(visit, people):
    make_assessment(2568, all_of("96.5"))

    page = visit(people.auditor).get("/scores")

    assert verdict(page) == "คะแนนภาพรวมปี 2568: 96.50 (ผ่านดีเยี่ยม)"
    assert table(page, "years")["1 การปฏิบัติหน้าที่"] == ["96.50"]
    assert "จะเทียบคะแนนได้เมื่อมีผลประเมินสองปีติดกัน" in page.main
    assert page.root.all("svg") == []


def test_in_english_a_level_that_the_report_printed_is_told_in_english(visit, people, two_years):
    visitor = visit(people.member)
    visitor.get("/scores")

    page = visitor.post("/locale/en", {"next": "/scores"})

    assert table(page, "years")["Level"][-1] == "passed well as printed"


def test_two_years_are_compared_overall_and_by_indicator(visit, people, two_years):
    page = visit(people.member).get("/scores")

    assert verdict(page) == "คะแนนภาพรวมปี 2568: 96.04 (ผ่านดี) – ลดลง 0.98 คะแนน จากปี 2567"
    assert "ปี 2567 → 2568 คะแนนเพิ่มขึ้น 7 ตัวชี้วัด ลดลง 1 คงเดิม 2" in headings(page)
    assert table(page, "years") == {
        "รายการ": ["2567", "2568"],
        "คะแนนภาพรวม": ["97.02", "96.04 ↓ ลดลง −0.98"],
        "ระดับผล": ["ผ่านดีเยี่ยม คำนวณตามเกณฑ์ปัจจุบัน", "ผ่านดี ตามรายงาน"],
        "IIT": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "EIT ส่วนที่ 1": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "EIT ส่วนที่ 2": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "OIT": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "1 การปฏิบัติหน้าที่": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "2 การใช้งบประมาณ": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "3 การใช้อำนาจ": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "4 การใช้ทรัพย์สินของราชการ": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "5 การแก้ไขปัญหาการทุจริต": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "6 คุณภาพการดำเนินงาน": ["95.00", "93.75 ↓ ลดลง −1.25"],
        "7 ประสิทธิภาพการสื่อสาร": ["95.00", "95.00 = คงเดิม 0.00"],
        "8 การปรับปรุงการทำงาน": ["100.00", "100.00 = คงเดิม 0.00"],
        "9 การเปิดเผยข้อมูล": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
        "10 การป้องกันการทุจริต": ["95.00", "96.00 ↑ ดีขึ้น +1.00"],
    }


def test_every_picture_says_its_scores_and_a_line_that_falls_is_dashed_and_named(visit, people, two_years):
    page = visit(people.executive).get("/scores")

    pictures = {picture.get("aria-label"): picture for picture in page.root.all("svg")}
    words = [item.text for item in page.root.all("li") if item.all("svg")]
    assert len(pictures) == len(words) == 1 + len(INDICATORS)
    falling = [
        label
        for label, picture in pictures.items()
        if [line.get("class") for line in picture.all("line")] == ["slope-falls"]
    ]
    assert falling == ["คะแนนภาพรวม: 2567 97.02, 2568 96.04", "6 คุณภาพการดำเนินงาน: 2567 95.00, 2568 93.75"]
    assert [text.partition(" ")[0] for text in words if text.endswith(("ลดลง −0.98", "ลดลง −1.25"))] == [
        "คะแนนภาพรวม",
        "6",
    ]


@pytest.mark.parametrize(("lowest", "is_said"), [("93.75", True), ("2", False)])
def test_a_scale_that_does_not_start_at_zero_says_so(visit, people, lowest, is_said):
    make_assessment(2567, all_of("95"))
    make_assessment(2568, all_of("96", indicator_6=lowest))

    page = visit(people.executive).get("/scores")

    assert ("ไม่ได้เริ่มที่ศูนย์" in page.main) is is_said


@pytest.mark.parametrize("words", ["AA", "<b>สูงมาก</b>"])
def test_an_old_level_keeps_its_words(visit, people, words):
    make_assessment(2561, all_of("60"), level=words)

    assert table(visit(people.executive).get("/scores"), "years")["ระดับผล"] == [f"{words} ตามรายงาน"]


def test_a_level_is_not_made_up_where_a_score_is_missing(visit, people):
    make_assessment(2568, {"overall": "96", "IIT": "96"})

    page = visit(people.executive).get("/scores")

    assert verdict(page) == "คะแนนภาพรวมปี 2568: 96.00"
    assert table(page, "years")["ระดับผล"] == ["–"]
    assert table(page, "years")["OIT"] == ["–"]


def test_a_year_that_is_missing_has_its_column_and_nothing_is_compared_across_it(visit, people):
    for year, value in ((2564, "90"), (2565, "91"), (2567, "95")):
        make_assessment(year, all_of(value))

    page = visit(people.executive).get("/scores")

    assert table(page, "years")["รายการ"] == ["2564", "2565", "2566", "2567"]
    assert table(page, "years")["คะแนนภาพรวม"] == ["90.00", "91.00 ↑ ดีขึ้น +1.00", "–", "95.00"]
    assert verdict(page) == "คะแนนภาพรวมปี 2567: 95.00 (ผ่านดีเยี่ยม)"
    assert "ปี 2564 → 2565 คะแนนเพิ่มขึ้น 10 ตัวชี้วัด ลดลง 0 คงเดิม 0" in headings(page)


def test_results_without_a_plan_are_shown_all_the_same(visit, people, two_years):
    assert "ยังไม่มีแผน" in visit(people.executive).get("/scores").main


def test_while_its_year_runs_a_plan_is_too_early_to_judge(visit, people, two_years):
    measure = make_measure(6)
    make_task(measure=measure, status=Status.DONE)
    make_task(measure=measure, due_on=TODAY + timedelta(days=1))

    page = visit(people.executive).get("/scores")

    assert "ยังไม่ถึงเวลา – ยังไม่มีผลประเมินปี 2569" in page.main
    assert "ผลการดำเนินการ ณ วันที่ 20 กุมภาพันธ์ 2569" in page.main
    row = table(page, "plan-2569")[f"6 คุณภาพการดำเนินงาน {measure.title}"]
    assert row == ["50%", "100%", "93.75 → – ยังไม่ถึงเวลา"]
    assert table(page, "plan-2569")["7 ประสิทธิภาพการสื่อสาร ไม่มีมาตรการ"] == ["–", "–", "95.00 → – ยังไม่ถึงเวลา"]
    assert table(page, "plan-2569")["ทั้งแผน และคะแนนภาพรวม"] == ["50%", "100%", "96.04 → – ยังไม่ถึงเวลา"]


def test_once_its_year_is_over_a_plan_waits_for_the_next_report(visit, people, two_years, clock):
    make_plan(2569)
    clock.set(AFTER_2569)

    page = visit(people.executive).get("/scores")

    assert "ผลจะเข้ามาพร้อมรายงานฉบับถัดไปที่นำเข้า" in page.main
    assert "ยังไม่ถึงเวลา" not in page.main


def test_after_its_year_a_plan_is_shown_as_it_stood_at_the_end_of_it(visit, people, two_years):
    measure = make_measure(6, plan=make_plan(2568, rounds=()))
    make_task(measure=measure, status=Status.DONE, due_on=END_OF_2568)
    late = make_task(measure=measure, due_on=END_OF_2568 - timedelta(days=1))
    tasks.submit(task=late, by=people.member, now=at(END_OF_2568 + timedelta(days=1)), today=AFTER_2569)
    tasks.accept(task=late, by=people.clerk, now=at(END_OF_2568 + timedelta(days=2)))
    visitor = visit(people.executive)

    page = visitor.get("/scores")

    assert "ผลการดำเนินการ ณ วันที่ 30 กันยายน 2568" in page.main
    assert table(page, "plan-2568")[f"6 คุณภาพการดำเนินงาน {measure.title}"] == [
        "50%",
        "100%",
        "95.00 → 93.75 ↓ ลดลง −1.25",
    ]
    tasks_of_then = "/tasks?year=2568&on=2025-09-30&counted=1"
    assert [link.get("href") for link in page.root.all("a") if link.text == "50%"] == [
        f"{tasks_of_then}&indicator=6",
        tasks_of_then,
    ]


def test_what_stayed_is_told_from_what_was_kept_at_the_full_score(visit, people, two_years):
    make_plan(2568, rounds=())

    rows = table(visit(people.executive).get("/scores"), "plan-2568")

    assert rows["7 ประสิทธิภาพการสื่อสาร ไม่มีมาตรการ"][-1] == "95.00 → 95.00 คงเดิม"
    assert rows["8 การปรับปรุงการทำงาน ไม่มีมาตรการ"][-1] == "100.00 → 100.00 คงคะแนนเต็มไว้"


def test_a_score_after_a_measure_that_was_hardly_carried_out_is_not_credited_to_it(visit, people, two_years):
    measure = make_measure(1, plan=make_plan(2568, rounds=()))
    make_task(measure=measure, due_on=END_OF_2568)

    page = visit(people.executive).get("/scores")

    (row,) = [cells for name, cells in table(page, "plan-2568").items() if name.endswith(measure.title)]
    assert row[-1] == "95.00 → 96.00 ↑ ดีขึ้น +1.00 ดำเนินการไม่ถึงครึ่ง คะแนนจึงบอกผลของมาตรการได้น้อย"
    assert "มิได้บอกว่าเปลี่ยนเพราะเหตุใด" in page.main


def test_a_measure_leads_to_its_page(visit, people, two_years):
    measure = make_measure(6)
    visitor = visit(people.executive)

    page = visitor.get(visitor.get("/scores").links[measure.title])

    assert page.h1 == measure.title


def test_the_newest_plan_with_a_result_is_open_unless_the_address_names_another(visit, people, two_years):
    for year in (2569, 2568, 2567):
        make_plan(year, rounds=())
    visitor = visit(people.executive)

    assert opened(visitor.get("/scores")) == ["แผนปี 2568: คะแนนปี 2567 → 2568"]
    assert opened(visitor.get("/scores?year=2569")) == ["แผนปี 2569: คะแนนปี 2568 → 2569"]
    visitor.get("/scores?year=2571", status=404)


def test_another_organizations_results_are_not_shown(visit, people, two_years):
    elsewhere = people.stranger.user.organization
    make_assessment(2569, all_of("12.34"), organization=elsewhere)
    visitor = visit(people.executive)

    assert "12.34" not in visitor.get("/scores").main
    assert "12.34" not in visitor.get("/scores.csv").html


def test_the_page_speaks_english_too(visit, people, two_years):
    make_plan(2569)
    visitor = visit(people.executive)
    visitor.get("/scores")
    visitor.post("/locale/en", {"next": "/scores"})

    page = visitor.get("/scores")

    assert verdict(page) == "Overall score of 2568: 96.04 (passed well) – 0.98 lower than in 2567"
    assert "Too early – there is no result of 2569 yet." in page.main


def test_the_file_has_the_numbers_of_the_page(visit, people, two_years):
    measure = make_measure(6)
    make_task(measure=measure, status=Status.DONE)
    make_task(measure=measure, due_on=TODAY + timedelta(days=1))
    visitor = visit(people.auditor)

    page = visitor.get(visitor.get("/scores").links["ดาวน์โหลด CSV"])

    assert page.response.mimetype == "text/csv"
    assert f"filename*=UTF-8''{quote('คะแนน ITA รายปี.csv')}" in page.response.headers["Content-Disposition"]
    rows = {(row["ปีงบประมาณ"], row["รายการ"]): [*row.values()][2:] for row in file_rows(page)}
    assert len(rows) == 3 * len(EVERY_KEY)
    assert rows["2568", "คะแนนภาพรวม"] == ["96.04", "-0.98", "ผ่านดี", "ตามรายงาน", *[""] * 5]
    assert rows["2567", "6 คุณภาพการดำเนินงาน"] == ["95.00", *[""] * 8]
    day = "20 กุมภาพันธ์ 2569"
    assert rows["2569", "6 คุณภาพการดำเนินงาน"] == [
        *[""] * 4,
        *(measure.title, "50", "100", day, "ยังไม่ถึงเวลา"),
    ]
    assert rows["2569", "คะแนนภาพรวม"] == [*[""] * 5, "50", "100", day, "ยังไม่ถึงเวลา"]
    assert rows["2569", "IIT"] == [""] * 9


def test_nothing_that_was_imported_becomes_a_formula_in_the_file(visit, people):
    make_assessment(2568, all_of("96"), level="=1+1")
    make_measure(6).title = "@SUM(A1)"

    rows = file_rows(visit(people.auditor).get("/scores.csv"))

    assert {row["ระดับผล"] for row in rows} == {"", "'=1+1"}
    assert {row["มาตรการในแผนของปี"] for row in rows} == {"", "'@SUM(A1)"}


def test_a_file_of_nothing_has_its_headings(visit, people):
    page = visit(people.auditor).get("/scores.csv")

    assert file_rows(page) == []
    assert page.html.removeprefix("\ufeff").startswith("ปีงบประมาณ,รายการ,คะแนน,")


def test_the_page_and_its_file_ask_the_database_as_often_whatever_the_years(visit, db):
    small, large = (make_organization(f"เทศบาล {n}", [f"กอง {i}" for i in range(n)]) for n in (2, 6))
    counts = []
    for organization in (small, large):
        for year in range(2570 - len(organization.divisions), 2570):
            make_assessment(year - 1, all_of("90"), organization=organization)
            plan = make_plan(year, rounds=(), organization=organization)
            for number in range(1, len(organization.divisions)):
                make_task(measure=make_measure(number, plan=plan))
        visitor = visit(make_person(Role.EXECUTIVE, organization=organization))
        for address in ("/scores", "/scores.csv"):
            with count_queries() as heard:
                visitor.get(address)
            counts.append(len(heard))

    # who is signed in with every appointment, years with a plan, every result, every figure, every measure,
    # and for the page unread notices and last tick
    assert counts == [6, 5, 6, 5]


def test_the_overview_shows_the_change_and_leads_here(visit, people, two_years):
    make_task(measure=make_measure(6, plan=make_plan(2569)))
    visitor = visit(people.executive)

    page = visitor.get("/dashboard?year=2569&on=2026-02-19")

    assert "6 คุณภาพการดำเนินงาน 95.00 93.75 ↓ ลดลง −1.25" in page.main
    line = "ผล ITA 2567 97.02 ผ่านดีเยี่ยม → 2568 96.04 ผ่านดี ↓ ลดลง −0.98"
    assert page.links[line] == "/scores?year=2569&on=2026-02-19"
    assert visitor.get(page.links[line]).links["ภาพรวม"] == "/dashboard?year=2569&on=2026-02-19"


def test_without_a_result_the_overview_has_no_line_of_results(visit, people):
    make_plan(2569)

    assert "ผล ITA" not in visit(people.executive).get("/dashboard").main


def test_an_indicator_of_the_measures_leads_to_its_scores_of_every_year(visit, people, two_years):
    make_measure(6)
    visitor = visit(people.member)

    page = visitor.get("/measures")

    assert page.links["คะแนนทุกปี – ตัวชี้วัดที่ 6"] == "/scores?year=2569#indicator-6"
    ids = [element.get("id") for element in visitor.get("/scores?year=2569").root.descendants]
    assert "indicator-6" in ids
    assert page.links["คะแนน ITA รายปี"] == "/scores?year=2569"
