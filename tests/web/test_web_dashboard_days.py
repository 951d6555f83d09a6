from datetime import date, timedelta

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_plan, make_task
from tracker.domain.statuses import Status
from tracker.services import assignments, tasks

YESTERDAY = TODAY - timedelta(days=1)
LAST_MONTH = date(2026, 1, 31)


def verdict(page):
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31",
        "31 ม.ค. 69",
        "31 มกราคม 2569",
        "๓๑ ม.ค. ๖๙",
        "๓๑/๑/๒๕๖๙",
        "31/1/2569",
        " 31-1-2569 ",
    ],
)
def test_the_day_to_look_back_at_is_read_as_people_write_it(visit, people, written):
    make_task()

    page = visit(people.executive).get("/dashboard", query_string={"on": written})

    assert page.alerts == []
    assert "ณ วันที่ 31 มกราคม 2569" in verdict(page)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("31/1/2026", "น่าจะเป็น ค.ศ."),
        ("พรุ่งนี้", "ไม่ใช่วันที่"),
        ("2026-02-30", "น่าจะเป็น ค.ศ."),
        ("31/2/2569", "ไม่มีวันที่"),
        ("2026-02-21", "ยังไม่ถึงวันที่ระบุ"),
        ("9999-12-31", "ยังไม่ถึงวันที่ระบุ"),
        ("<script>", "ไม่ใช่วันที่"),
        ("9" * 5000, "ไม่ใช่วันที่"),
        ("\x00", "ไม่ใช่วันที่"),
    ],
)
def test_a_day_that_cannot_be_shown_warns_and_shows_today(visit, people, written, says):
    make_task()

    page = visit(people.executive).get("/dashboard", query_string={"on": written})

    assert says in "".join(page.alerts)
    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in verdict(page)


@pytest.mark.parametrize("written", ["0001-01-01", "1900-01-01", "2025-09-30"])
def test_a_day_before_the_plan_shows_that_nothing_was_set(visit, people, written):
    make_task()

    assert verdict(visit(people.executive).get(f"/dashboard?on={written}")) == "ยังไม่มีการกำหนดงาน"


def test_a_day_of_the_past_shows_the_plan_as_it_stood_at_its_end(visit, people, clock):
    task = make_task(status=Status.SUBMITTED, due_on=TODAY)
    clock.set(TODAY, 16)
    tasks.accept(task=task, by=people.clerk, now=at(TODAY, 16))
    visitor = visit(people.executive)

    assert "ดำเนินการแล้ว 0% ควรได้ 0%" in verdict(visitor.get(f"/dashboard?on={YESTERDAY}"))
    assert "ดำเนินการแล้ว 100% ควรได้ 100%" in verdict(visitor.get(f"/dashboard?on={TODAY}"))


def test_from_a_day_of_the_past_a_link_leads_back_to_today(visit, people):
    make_task()
    visitor = visit(people.executive)

    page = visitor.get(visitor.get(f"/dashboard?on={LAST_MONTH}").links["กลับไปวันปัจจุบัน"])

    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in verdict(page)
    assert "กลับไปวันปัจจุบัน" not in page.links


@pytest.mark.parametrize("address", ["/dashboard", "/decisions", "/indicators/2", "/measures/{}", "/calendar"])
def test_a_day_that_is_over_is_named_above_its_figures_and_today_is_not(visit, people, address):
    measure = make_measure(2)
    make_task(measure=measure)
    visitor, address = visit(people.executive), address.format(measure.id)

    above = "ข้อมูล ณ สิ้นวันที่ 31 มกราคม 2569 กลับไปวันปัจจุบัน"
    assert above in visitor.get(f"{address}?on={LAST_MONTH}").main
    assert "ข้อมูล ณ สิ้นวันที่" not in visitor.get(address).main


def test_the_rounds_that_have_come_are_days_to_look_back_at(visit, people):
    make_plan(rounds=(LAST_MONTH, date(2026, 9, 30)))
    make_task()

    links = visit(people.executive).get("/dashboard").links

    assert links["รอบ 31 ม.ค. 69"] == "/dashboard?on=2026-01-31"
    assert "รอบ 30 ก.ย. 69" not in links


def test_a_day_written_year_first_may_be_in_the_buddhist_era(visit, people):
    make_task()

    assert "ณ วันที่ 31 มกราคม 2569" in verdict(visit(people.executive).get("/dashboard?on=2569-01-31"))


def grid(page):
    """Return the days of the calendar's month that lead somewhere."""
    table = next(table for table in page.root.all("table") if table.get("class") == "day-grid")
    return {link.text: link.get("href") for link in table.all("a")}


def test_each_day_of_the_month_that_has_come_is_a_link(visit, people):
    make_task()

    days = grid(visit(people.executive).get("/dashboard"))

    assert [*days] == [str(number) for number in range(1, 21)]
    assert (days["1"], days["20"]) == ("/dashboard?on=2026-02-01", "/dashboard")


def test_the_calendar_shows_the_month_in_view(visit, people):
    make_task()

    days = grid(visit(people.executive).get(f"/dashboard?on={LAST_MONTH}"))

    assert len(days) == 31
    assert days["2"] == "/dashboard?on=2026-01-02"


def test_one_step_leads_to_the_month_ends_around_the_day(visit, people):
    make_task()
    visitor = visit(people.executive)

    links = visitor.get("/dashboard?on=2025-12-31").links
    assert (links["‹ 30 พ.ย. 68"], links["31 ม.ค. 69 ›"]) == ("/dashboard?on=2025-11-30", "/dashboard?on=2026-01-31")

    links = visitor.get("/dashboard").links
    assert [words for words in links if "›" in words or "‹" in words] == ["‹ 31 ม.ค. 69"]


def test_another_day_keeps_the_year_and_whatever_else_was_chosen(visit, people):
    make_task(measure=make_measure(plan=make_plan(2569)))
    page = visit(people.executive).get("/dashboard?year=2569&by=x&since=2025-11-30&page=2")

    assert page.links["‹ 31 ม.ค. 69"] == "/dashboard?year=2569&by=x&since=2025-11-30&on=2026-01-31"
    asked = {"year": ["2569"], "by": ["x"], "since": ["2025-11-30"], "on": ["20 ก.พ. 69"]}
    assert page.values("/dashboard") == asked


def test_a_step_to_before_the_day_compared_with_no_longer_compares(visit, people):
    make_task()

    page = visit(people.executive).get(f"/dashboard?since={LAST_MONTH}")

    assert page.links["‹ 31 ม.ค. 69"] == "/dashboard?on=2026-01-31"


@pytest.mark.parametrize("matrix", ["matrix", "months"])
def test_every_number_of_a_past_day_is_the_length_of_the_list_it_leads_to(visit, people, matrix):
    for measure in (make_measure(2), make_measure(9)):
        task = make_task(measure=measure, due_on=LAST_MONTH)
        states_of(task, people)
    visitor = visit(people.executive)

    page = visitor.get(f"/dashboard?on={YESTERDAY}")

    links = cells(page, matrix)
    assert len(links) >= 4
    assert all(f"on={YESTERDAY}" in address for _, address in links)
    for words, address in links:
        done, _, countable = words.partition(" ▲")[0].partition("/")
        assert (length(visitor, address), length(visitor, f"{address}&status=done")) == (int(countable), int(done))
        assert f"▲{length(visitor, f'{address}&late=1')}" in words


def states_of(task, people):
    """Let a task that was late yesterday be moved out of the year to another division and handed in today."""
    other, now = people.neighbour.position.division, at(TODAY)
    assignments.assign(plan=task.plan, ids=[task.id], division=other, by=people.clerk, now=now)
    assignments.move_deadlines(plan=task.plan, ids=[task.id], due_on=date(2026, 10, 15), by=people.clerk, now=now)
    tasks.submit(task=task, by=people.neighbour, now=now, today=TODAY)


def cells(page, name):
    table = next(table for table in page.root.all("table") if table.get("aria-labelledby") == name)
    return [(link.text, link.get("href")) for cell in table.all("td") for link in cell.all("a")]


def length(visitor, address):
    return len([link for link in visitor.get(address).root.all("a") if link.get("class") == "row-link"])


def test_a_month_outside_the_year_leads_to_its_tasks(visit, people):
    make_task(due_on=date(2026, 10, 15))
    visitor = visit(people.executive)

    addresses = [address for _, address in cells(visitor.get("/dashboard"), "months") if "month=2026-10" in address]

    assert [length(visitor, address) for address in addresses] == [1, 1]
