from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_position, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Assessment, Division, Score
from tracker.services import appointments

YESTERDAY = TODAY - timedelta(days=1)
LAST_MONTH = date(2026, 1, 31)


def listed(page):
    """Return how many tasks a list shows, once it is clear that it says the same number."""
    shown = len([link for link in page.root.all("a") if link.get("class") == "row-link"])
    assert f"{shown} งาน" in page.main
    return shown


def cells(page, name="matrix"):
    """Return a matrix row by row, each cell as its words and where they lead."""
    table = next(table for table in page.root.all("table") if table.get("aria-labelledby") == name)
    rows = [[cell.all("a")[0] for cell in row.all("td") if cell.all("a")] for row in table.all("tr")]
    return [[(link.text, link.get("href")) for link in row] for row in rows if row]


def verdict(page):
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))


@pytest.fixture
def varied(people):
    """Two indicators: the first division has tasks of every kind, late and not; the second has fewer."""
    for measure in (make_measure(2), make_measure(9)):
        for number, status in enumerate((*list(Status)[:-1], Status.NOT_STARTED)):
            make_task(measure=measure, status=status, due_on=TODAY + timedelta(days=number - 2))
        for days in range(-1, 2):
            due_on = TODAY + timedelta(days=days)
            make_task(measure=measure, division=people.neighbour.position.division, due_on=due_on)


def test_before_there_is_a_plan_the_clerk_is_shown_how_to_make_one(visit, people):
    page = visit(people.clerk).get("/dashboard")

    assert "ยังไม่มีแผน" in page.main
    assert "/imports" in [link.get("href") for link in page.root.all("main")[0].all("a")]


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator"])
def test_before_there_is_a_plan_the_others_are_told_who_makes_one(visit, people, who):
    page = visit(getattr(people, who)).get("/dashboard")

    assert "แผนจะแสดงที่นี่เมื่อผู้ดูแลแผนนำเข้ารายงานแล้ว" in page.main
    assert page.root.all("main")[0].all("a") == []


def test_a_plan_without_tasks_is_no_failure(visit, people):
    make_plan()

    assert verdict(visit(people.executive).get("/dashboard")) == "ยังไม่มีการกำหนดงาน"


def test_a_plan_in_which_nothing_applies_is_no_failure(visit, people):
    make_task(status=Status.NOT_APPLICABLE)

    assert verdict(visit(people.executive).get("/dashboard")) == "ยังไม่มีการกำหนดงาน"


def test_one_sentence_says_whether_the_plan_is_on_course_and_who_is_late_most(visit, people):
    late = people.neighbour.position.division
    make_task(status=Status.DONE)
    make_task(due_on=YESTERDAY)
    for _ in range(2):
        make_task(due_on=YESTERDAY, division=late)

    page = visit(people.executive).get("/dashboard")

    expected = f"ดำเนินการแล้ว 25% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – {late.short_name} ค้าง 2 งาน"
    assert verdict(page) == expected


def test_who_is_on_time_is_not_named(visit, people):
    make_task(status=Status.DONE)

    page = visit(people.executive).get("/dashboard")

    assert verdict(page) == "ดำเนินการแล้ว 100% ควรได้ 100% ณ วันที่ 20 กุมภาพันธ์ 2569 – ครบทุกงานแล้ว"
    assert "ไม่มีส่วนราชการใดล่าช้า" in page.main


@pytest.mark.parametrize("matrix", ["matrix", "months"])
def test_every_number_of_a_matrix_is_the_length_of_the_list_it_leads_to(visit, people, varied, matrix):
    visitor = visit(people.executive)

    rows = cells(visitor.get("/dashboard"), matrix)

    assert len(rows) == 3  # two indicators or divisions, and the totals
    assert all(len(row) >= 2 for row in rows)
    for words, address in [cell for row in rows for cell in row]:
        done_of_all, _, overdue = words.partition(" ▲")
        done, _, countable = done_of_all.partition("/")
        assert listed(visitor.get(address)) == int(countable)
        assert listed(visitor.get(f"{address}&status=done")) == int(done)
        if overdue:
            assert listed(visitor.get(f"{address}&late=1")) == int(overdue)


def test_a_task_set_aside_is_neither_in_the_matrix_nor_in_the_list_behind_it(visit, people):
    measure = make_measure()
    make_task(measure=measure)
    make_task(measure=measure, status=Status.NOT_APPLICABLE, due_on=YESTERDAY)
    visitor = visit(people.executive)

    words, address = cells(visitor.get("/dashboard"))[0][0]

    assert words == "0/1"
    assert listed(visitor.get(address)) == 1


def test_whoever_is_late_leads_to_what_is_late(visit, people, varied):
    visitor = visit(people.executive)
    page = visitor.get("/dashboard")

    late = [link for link in page.root.all("a") if link.text.endswith("งาน") and "late=1" in link.get("href")]

    assert [listed(visitor.get(link.get("href"))) for link in late] == [4, 2]
    assert [link.text.rpartition("▲ ")[2] for link in late] == ["4 งาน", "2 งาน"]


def test_dashboard_list_and_ones_own_work_agree_on_what_is_late(visit, people, varied):
    own = visit(people.member).get("/")
    division = people.member.position.division_id

    by_list = listed(visit(people.member).get(f"/tasks?late=1&division={division}"))

    assert f"▲ เกินกำหนด {by_list}" in own.main
    assert cells(visit(people.member).get("/dashboard"))[0][0][0].endswith(f"▲{by_list // 2}")


def test_the_next_deadlines_are_listed_with_how_many_tasks_are_open(visit, people):
    for days in (1, 1, 5, -1):
        make_task(due_on=TODAY + timedelta(days=days))

    page = visit(people.executive).get("/dashboard")

    assert "21 กุมภาพันธ์ 2569 2 งาน" in page.main
    assert "25 กุมภาพันธ์ 2569 1 งาน" in page.main
    assert "19 กุมภาพันธ์ 2569 1 งาน" not in page.main


def test_scores_of_both_years_stand_beside_the_completion(visit, people, db):
    plan = make_plan()
    make_task(measure=make_measure(2))
    for year, value in ((2567, "96.5"), (2568, "99")):
        scores = [Score(key="indicator:2", value=Decimal(value))]
        db.session.add(Assessment(organization_id=plan.organization_id, fiscal_year=year, scores=scores))

    page = visit(people.executive).get("/dashboard")

    assert "2 การใช้งบประมาณ 96.50 99.00 ↑ ดีขึ้น +2.50" in page.main


def own_section(page):
    """Return the words of what shows one's own division first, nothing where it is not there."""
    found = [one.text for one in page.root.all("section") if one.get("aria-labelledby") == "own"]
    return found[0] if found else ""


def divisions_of(page, name):
    """Return the divisions of a matrix in the order in which they stand."""
    table = next(table for table in page.root.all("table") if table.get("aria-labelledby") == name)
    links = [heading.all("a")[0] for heading in table.all("th") if heading.all("a")]
    return [link.text for link in links if link.get("href").startswith("/progress/divisions/")]


def test_whoever_reports_for_a_division_sees_it_first(visit, people, varied):
    page = visit(people.neighbour).get("/dashboard")

    assert "กองของฉัน กองคลัง ดำเนินการแล้ว 0%" in own_section(page)
    assert page.links["กองคลัง"] == f"/progress/divisions/{people.neighbour.position.division_id}?year=2569"
    for matrix in ("matrix", "months"):
        assert divisions_of(page, matrix) == ["กองคลัง", "สำนักปลัดเทศบาล"]


def test_ones_own_division_is_marked_in_words(visit, people, varied):
    page = visit(people.neighbour).get("/dashboard")

    marked = [heading.text for heading in page.root.all("th") if "กองของฉัน" in heading.text]
    assert marked == ["กองคลัง (กองของฉัน)"] * 2  # a column of one matrix, a row of the other


def test_all_of_several_own_divisions_come_first(visit, people, varied, db):
    third = Division(organization_id=people.auditor.user.organization_id, name="กองช่าง", order=3)
    db.session.add(third)
    db.session.flush()
    make_task(measure=make_measure(2), division=third)
    for division in (third, people.neighbour.position.division):
        appointments.appoint(
            user=people.auditor.user, position=make_position(division=division), starts_on=TODAY, ends_on=TODAY
        )

    page = visit(people.auditor).get("/dashboard")

    assert divisions_of(page, "matrix") == ["กองคลัง", "กองช่าง", "สำนักปลัดเทศบาล"]
    assert "กองคลัง" in own_section(page)
    assert "กองช่าง" in own_section(page)


@pytest.mark.parametrize("who", ["executive", "clerk", "auditor", "administrator"])
def test_the_others_see_the_official_order(visit, people, varied, who):
    page = visit(getattr(people, who)).get("/dashboard")

    assert own_section(page) == ""
    assert divisions_of(page, "matrix") == ["สำนักปลัดเทศบาล", "กองคลัง"]


def test_ones_own_division_without_tasks_says_so(visit, people):
    make_task()

    assert "กองคลัง ยังไม่มีการกำหนดงาน" in own_section(visit(people.neighbour).get("/dashboard"))


def test_ones_own_division_costs_no_further_statement(visit, people, varied):
    counts = []
    for visitor in (visit(people.executive), visit(people.neighbour)):
        with count_queries() as heard:
            visitor.get("/dashboard")
        counts.append(len(heard))

    assert counts == [6, 6]


def test_another_year_shows_the_plan_of_that_year(visit, people):
    then = make_measure(plan=make_plan(2568, rounds=()))
    make_task(measure=then, status=Status.DONE, due_on=date(2025, 3, 31))
    make_task(measure=make_measure(plan=make_plan(2569)))
    visitor = visit(people.executive)

    page = visitor.get(visitor.get("/dashboard").links["2568"])

    assert "ดำเนินการแล้ว 100%" in verdict(page)
    assert "แผนปีงบประมาณ พ.ศ. 2568" in page.h1


@pytest.mark.parametrize("year", ["2571", "x", "", "-1"])
def test_a_year_without_a_plan_is_not_there(visit, people, year):
    make_plan()

    visit(people.executive).get(f"/dashboard?year={year}", status=404)


def test_the_page_asks_the_database_six_times_whatever_the_size(visit, db):
    small, large = (make_organization(f"เทศบาล {n}", [f"กอง {i}" for i in range(n)]) for n in (2, 12))
    counts = []
    for organization in (small, large):
        plan = make_plan(organization=organization)
        measures = [make_measure(number, plan=plan) for number in range(1, len(organization.divisions) // 2)]
        for measure in [make_measure(10, plan=plan), *measures]:
            for number, division in enumerate(organization.divisions * 2):
                make_task(measure=measure, division=division, due_on=TODAY + timedelta(days=number))
        visitor = visit(make_person(Role.EXECUTIVE, organization=organization))
        with count_queries() as heard:
            visitor.get("/dashboard")
        counts.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, every figure, scores of both years with findings
    # and days off, what is to be decided, unread notices and last tick
    assert counts == [6, 6]


def test_the_page_counts_the_tasks_of_its_own_organization_only(visit, people):
    make_task()
    foreign = make_measure(plan=make_plan(organization=people.stranger.user.organization))
    make_task(measure=foreign, status=Status.DONE)

    assert "ดำเนินการแล้ว 0%" in verdict(visit(people.executive).get("/dashboard"))
    assert "ดำเนินการแล้ว 100%" in verdict(visit(people.stranger).get("/dashboard"))
