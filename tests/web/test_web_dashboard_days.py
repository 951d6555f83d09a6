from datetime import date, timedelta

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_plan, make_task
from tracker.domain.statuses import Status
from tracker.services import tasks

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


def test_the_rounds_that_have_come_are_days_to_look_back_at(visit, people):
    make_plan(rounds=(LAST_MONTH, date(2026, 9, 30)))
    make_task()

    links = visit(people.executive).get("/dashboard").links

    assert links["รอบ 31 ม.ค. 69"] == "/dashboard?on=2026-01-31"
    assert "รอบ 30 ก.ย. 69" not in links


def test_a_day_written_year_first_may_be_in_the_buddhist_era(visit, people):
    make_task()

    assert "ณ วันที่ 31 มกราคม 2569" in verdict(visit(people.executive).get("/dashboard?on=2569-01-31"))
