import csv
from datetime import date, timedelta
from io import StringIO
from urllib.parse import unquote

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.queries import progress
from tracker.services import tasks

CHARTS = ("indicators", "divisions", "matrix", "months", "curve")
COUNTS = {
    "จำนวนงาน": "countable",
    "แล้วเสร็จ": "done",
    "เกินกำหนด": "overdue",
    "ครบกำหนดแล้ว": "due",
    "ส่งทันกำหนด": "done_on_time",
}
SHARES = {
    "แล้วเสร็จ (%)": "percent",
    "ควรได้ (%)": "expected_percent",
    "ส่งทันกำหนดจากที่แล้วเสร็จ (%)": "on_time_percent",
}


def rows(page):
    """Return the rows of a file by their headings, as a spreadsheet reads it."""
    assert page.response.mimetype == "text/csv"
    content = page.response.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def said(done):
    """Return what a row says of a progress."""
    values = {heading: getattr(done, name) for heading, name in (COUNTS | SHARES).items()}
    return {heading: "" if value is None else str(value) for heading, value in values.items()}


@pytest.fixture
def plan(people):
    """Two measures, two divisions, tasks of every kind; one moved out of the plan's year."""
    first, second = make_measure(2), make_measure(9, weight=3)
    for measure in (first, second):
        for number, status in enumerate(Status):
            due_on = TODAY + timedelta(days=25 * (number - 2))
            make_task(measure=measure, status=status, due_on=due_on, submitted_on=min(due_on, TODAY))
    neighbour = people.neighbour.position.division
    make_task(measure=second, division=neighbour, due_on=date(2026, 11, 30))
    make_task(measure=second, division=neighbour, due_on=TODAY, status=Status.DONE, submitted_on=TODAY + timedelta(1))
    return first.plan


@pytest.fixture
def figures(plan):
    return progress.as_of(plan.id, day=TODAY)


@pytest.mark.parametrize("chart", ["indicators", "divisions", "matrix", "months"])
def test_the_rows_of_a_file_add_up_to_the_figures_of_the_page(visit, people, figures, chart):
    found = rows(visit(people.auditor).get(f"/figures/{chart}.csv"))

    assert len(found) > 1
    for heading, name in COUNTS.items():
        assert sum(int(row[heading]) for row in found) == getattr(figures.total, name) > 0, heading


def test_every_indicator_has_a_row_even_one_without_tasks(visit, people, figures):
    found = rows(visit(people.auditor).get("/figures/indicators.csv"))

    assert [row["ที่"] for row in found] == [str(number) for number in range(1, 11)]
    assert said(figures.indicators[9]).items() <= found[8].items()
    assert (found[0]["จำนวนงาน"], found[0]["แล้วเสร็จ (%)"]) == ("0", "")


def test_a_division_is_a_row_with_all_its_counts(visit, people, figures):
    found = rows(visit(people.auditor).get("/figures/divisions.csv"))

    expected = [{"ส่วนราชการ": division.name} | said(done) for division, done in figures.divisions.items()]
    assert found == expected


def test_a_cell_of_the_matrix_is_a_row(visit, people, figures):
    found = rows(visit(people.auditor).get("/figures/matrix.csv"))

    cells = figures.indicators_of_divisions
    by_key = {(number, division.name): done for (number, division), done in cells.items()}
    assert len(found) == len(cells) == 3
    for row in found:
        assert said(by_key[int(row["ที่"]), row["ส่วนราชการ"]]).items() <= row.items()


def test_a_month_of_a_division_is_a_row_also_outside_the_year(visit, people, figures):
    found = rows(visit(people.auditor).get("/figures/months.csv"))

    assert len(found) == len(figures.months_of_divisions)
    assert [row["เดือน"] for row in found if row["ส่วนราชการ"] == "กองคลัง"] == ["กุมภาพันธ์ 2569", "พฤศจิกายน 2569"]


def test_a_point_of_the_curve_is_a_row(visit, people, figures):
    found = {row["ณ สิ้นวันที่"]: row for row in rows(visit(people.auditor).get("/figures/curve.csv"))}

    assert len(found) == 13
    total, today = figures.total, found["20 กุมภาพันธ์ 2569"]
    assert (today["แผน (%)"], today["แล้วเสร็จ (%)"]) == (str(total.expected_percent), str(total.percent))
    assert int(today["ต่าง (จุดร้อยละ)"]) == total.percent - total.expected_percent
    assert (today["น้ำหนักงานที่เสร็จ ณ วันนั้น"], today["น้ำหนักงานทั้งแผน"]) == (str(total.done_weight), str(total.weight))
    assert found["30 กันยายน 2569"]["แล้วเสร็จ (%)"] == ""


@pytest.mark.parametrize("chart", CHARTS)
def test_a_file_may_be_of_a_part_of_the_plan(visit, people, plan, chart):
    visitor = visit(people.auditor)
    division = people.neighbour.position.division_id
    whole, part = (rows(visitor.get(f"/figures/{chart}.csv{narrowed}")) for narrowed in ("", f"?division={division}"))
    none = rows(visitor.get(f"/figures/{chart}.csv?division=999999999"))

    heading = "น้ำหนักงานทั้งแผน" if chart == "curve" else "จำนวนงาน"
    assert sum(int(row[heading]) for row in whole) > sum(int(row[heading]) for row in part) > 0
    assert sum(int(row[heading]) for row in none) == 0


@pytest.mark.parametrize("value", ["x", "-1", "0", "9" * 40, "\x00", "'"])
def test_a_part_that_cannot_be_there_narrows_nothing(visit, people, plan, value):
    address = "/figures/divisions.csv"

    found = visit(people.auditor).get(address, query_string={"division": value, "indicator": value, "measure": value})

    assert rows(found) == rows(visit(people.auditor).get(address))


def test_as_of_a_day_of_the_past_the_file_says_what_was_true_then(visit, people):
    task = make_task(status=Status.SUBMITTED)
    tasks.accept(task=task, by=people.clerk, now=at(TODAY))
    visitor = visit(people.auditor)

    (then, *_), (now, *_) = (rows(visitor.get(f"/figures/divisions.csv{on}")) for on in ("?on=19+ก.พ.+69", ""))

    assert (then["แล้วเสร็จ"], now["แล้วเสร็จ"]) == ("0", "1")


def test_another_year_is_another_file(visit, people):
    make_task(measure=make_measure(plan=make_plan(2568)))
    make_task(measure=make_measure(plan=make_plan(2569)), status=Status.DONE)
    visitor = visit(people.auditor)

    assert rows(visitor.get("/figures/divisions.csv?year=2568"))[0]["แล้วเสร็จ"] == "0"
    visitor.get("/figures/divisions.csv?year=2599", status=404)


def test_the_file_is_named_in_thai_with_its_day_and_kept_by_nobody(visit, people, plan):
    headers = visit(people.auditor).get("/figures/matrix.csv?on=2026-01-31").response.headers

    assert headers["Content-Disposition"].startswith("attachment; filename=matrix-2026-01-31.csv;")
    assert unquote(headers["Content-Disposition"]).endswith("''ตัวชี้วัดจำแนกตามส่วนราชการ ณ 31 ม.ค. 69.csv")
    assert headers["Cache-Control"] == "no-store"


def test_the_headings_are_in_the_language_of_the_page(visit, people, plan):
    visitor = visit(people.auditor)
    visitor.get("/dashboard")
    visitor.post("/locale/en", {"next": "/dashboard"})

    assert list(rows(visitor.get("/figures/divisions.csv"))[0])[:4] == ["Division", "Tasks", "Done", "Complete (%)"]


def test_a_name_that_a_spreadsheet_would_run_is_text(visit, people, plan):
    people.neighbour.position.division.name = '=HYPERLINK("http://example.org")'

    names = [row["ส่วนราชการ"] for row in rows(visit(people.auditor).get("/figures/divisions.csv"))]

    assert names[1] == '\'=HYPERLINK("http://example.org")'


@pytest.mark.parametrize("chart", ["nothing", "", "curve.csv", "..", "INDICATORS"])
def test_an_unknown_chart_is_not_there(visit, people, plan, chart):
    visit(people.auditor).get(f"/figures/{chart}.csv", status=404)


@pytest.mark.parametrize("chart", CHARTS)
def test_who_is_not_signed_in_gets_no_figures(visit, plan, chart):
    assert "/sign-in" in visit().get(f"/figures/{chart}.csv", status=302).response.location


@pytest.mark.parametrize("chart", CHARTS)
def test_before_there_is_a_plan_a_file_is_its_headings(visit, people, chart):
    page = visit(people.member).get(f"/figures/{chart}.csv")

    assert rows(page) == []
    assert len(page.response.get_data(as_text=True).splitlines()) == 1


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_of_another_organization_is_in_a_file(visit, people, chart):
    make_plan()
    foreign = make_measure(plan=make_plan(organization=people.stranger.user.organization))
    make_task(measure=foreign, status=Status.DONE)
    address = f"/figures/{chart}.csv?division={foreign.plan.organization.divisions[0].id}"

    for row in rows(visit(people.clerk).get(address)):
        assert {row.get("จำนวนงาน", "0"), row.get("น้ำหนักงานทั้งแผน", "0")} == {"0"}


@pytest.mark.parametrize("chart", CHARTS)
def test_a_file_asks_the_database_three_times(visit, people, plan, chart):
    visitor = visit(people.auditor)
    with count_queries() as statements:
        visitor.get(f"/figures/{chart}.csv")

    # who is signed in, plans with their rounds, the figures and the past
    assert len(statements) == 3


def test_every_chart_of_the_overview_has_its_file_of_the_same_plan_and_day(visit, people, plan):
    visitor = visit(people.executive)
    page = visitor.get("/dashboard?on=2026-01-31")

    links = [link.get("href") for link in page.root.all("a") if link.text == "CSV"]

    assert sorted(links) == sorted(f"/figures/{chart}.csv?year=2569&on=2026-01-31" for chart in CHARTS)
    for link in links:
        assert rows(visitor.get(link))
