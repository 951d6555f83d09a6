from datetime import date, timedelta

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.services import tasks

LAST_MONTH = date(2026, 1, 31)
YESTERDAY = TODAY - timedelta(days=1)


def verdict(page):
    return next(paragraph.text for paragraph in page.root.all("p") if "verdict" in paragraph.get("class"))


def changes(page):
    """Return what the table says became of each indicator and of all."""
    return [" ".join(cell.text.split()) for cell in page.root.all("td") if cell.get("class") == "change"]


@pytest.fixture
def accepted(people):
    """Of four tasks of two indicators, one was done last month and one of each is done today."""
    first, second = make_measure(2), make_measure(9)
    make_task(measure=first, status=Status.DONE)
    make_task(measure=second)
    for measure in (first, second):
        task = make_task(measure=measure, status=Status.SUBMITTED, due_on=TODAY + timedelta(days=1))
        tasks.accept(task=task, by=people.clerk, now=at(TODAY, 8))


def test_the_verdict_says_how_far_the_plan_came_since_an_earlier_day(visit, people, accepted):
    page = visit(people.executive).get(f"/dashboard?since={LAST_MONTH}")

    assert "ดำเนินการแล้ว 75%" in verdict(page)
    assert verdict(page).endswith("ตั้งแต่ 31 ม.ค. 69 เพิ่มขึ้น 50 จุดร้อยละ แล้วเสร็จเพิ่ม 2 งาน")


def test_each_indicator_says_its_change_by_sign_and_arrow(visit, people, accepted):
    page = visit(people.executive).get(f"/dashboard?since={LAST_MONTH}")

    assert changes(page) == ["↑ +50 +1 งาน", "↑ +50 +1 งาน", "↑ +50 +2 งาน"]
    assert "เดิม 25%" in page.html


def test_going_back_is_said_as_such(visit, people):
    task = make_task(status=Status.DONE)
    make_task(measure=task.measure, status=Status.DONE, due_on=TODAY + timedelta(days=1))
    tasks.reopen(task=task, by=people.clerk, now=at(TODAY, 8), note="หลักฐานไม่ครบ")

    page = visit(people.executive).get(f"/dashboard?since={LAST_MONTH}")

    assert verdict(page).endswith("ลดลง 50 จุดร้อยละ แล้วเสร็จลดลง 1 งาน")
    assert changes(page)[0] == "↓ −50 −1 งาน"


def test_where_nothing_moved_the_page_says_so(visit, people):
    make_task()

    page = visit(people.executive).get(f"/dashboard?since={LAST_MONTH}")

    assert verdict(page).endswith("ตั้งแต่ 31 ม.ค. 69 คงเดิม แล้วเสร็จเพิ่ม 0 งาน")
    assert changes(page) == ["0", "0"]


def test_a_day_before_the_plan_leaves_no_points_to_tell(visit, people):
    make_task(status=Status.DONE, since=at(TODAY, 7))

    page = visit(people.executive).get(f"/dashboard?since={YESTERDAY}")

    assert "เทียบร้อยละไม่ได้" in verdict(page)
    assert changes(page) == ["– +1 งาน", "– +1 งาน"]


def test_two_days_of_the_past_are_compared_as_well(visit, people, accepted):
    page = visit(people.executive).get(f"/dashboard?on={YESTERDAY}&since=31 ม.ค. 69")

    assert verdict(page).endswith("ตั้งแต่ 31 ม.ค. 69 คงเดิม แล้วเสร็จเพิ่ม 0 งาน")


@pytest.mark.parametrize("since", [f"{TODAY}", "2026-02-21", "2026-03-01", "31/1/2026", "x", "\x00", "9" * 5000])
def test_a_day_that_is_not_before_the_other_or_cannot_be_read_warns_and_is_ignored(visit, people, accepted, since):
    page = visit(people.executive).get("/dashboard", query_string={"since": since})

    assert [alert for alert in page.alerts if "ไม่ได้เปรียบเทียบ" in alert] == page.alerts
    assert len(page.alerts) == 1
    assert changes(page) == []


def test_a_day_must_come_before_the_day_in_view_not_only_before_today(visit, people, accepted):
    page = visit(people.executive).get(f"/dashboard?on={LAST_MONTH}&since={YESTERDAY}")

    assert len(page.alerts) == 1
    assert changes(page) == []


def test_rounds_and_month_ends_before_the_day_are_offered(visit, people):
    make_plan(rounds=(date(2026, 1, 15), date(2026, 2, 28)))
    make_task()

    links = visit(people.executive).get("/dashboard").links

    offered = {words: address for words, address in links.items() if words.startswith("ตั้งแต่")}
    assert [*offered][:3] == ["ตั้งแต่ 31 ม.ค. 69", "ตั้งแต่รอบ 15 ม.ค. 69", "ตั้งแต่ 31 ธ.ค. 68"]
    assert offered["ตั้งแต่รอบ 15 ม.ค. 69"] == "/dashboard?since=2026-01-15"


def test_comparing_ends_where_a_link_says_so(visit, people, accepted):
    visitor = visit(people.executive)

    page = visitor.get(visitor.get(f"/dashboard?on={YESTERDAY}&since={LAST_MONTH}").links["ยกเลิกการเปรียบเทียบ"])

    assert changes(page) == []
    assert "ณ วันที่ 19 กุมภาพันธ์ 2569" in verdict(page)


def test_comparing_takes_no_statement_more(visit, people, accepted):
    visitor = visit(people.executive)
    with count_queries() as heard:
        visitor.get(f"/dashboard?since={LAST_MONTH}")

    # who is signed in with every appointment, plans with their rounds, every figure with the curve and those of
    # the earlier day, results with findings and days off, what is to be decided, unread notices and last tick
    assert len(heard) == 6
