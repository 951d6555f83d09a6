import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.indicators import Instrument
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Assessment, Finding
from tracker.queries import decisions as queries
from tracker.services import tasks
from tracker.web import decisions as page_of

LONG_AGO, LATER = date(2025, 12, 31), date(2026, 8, 31)
TEN_DAYS_AGO = TODAY - timedelta(days=10)
REASON = "รอระเบียบจากกรม"


@pytest.fixture
def blocked(people):
    """A task of the first division whose obstacle has stood for ten days."""
    task = make_task(due_on=LATER)
    tasks.block(task=task, by=people.member, now=at(TEN_DAYS_AGO), note=REASON)
    return task


@pytest.fixture
def finding(people, db):
    organization_id = people.clerk.user.organization_id
    found = Finding(indicator=9, instrument=Instrument.OIT, items=["o6"], text="=ไม่มีแผน", is_answered=False)
    db.session.add(Assessment(organization_id=organization_id, fiscal_year=2568, findings=[found]))
    db.session.flush()
    return found


def headings(page):
    return [heading.text for heading in page.root.all("h2")]


def written(visitor, address="/decisions.csv"):
    """Return the file as rows of cells, the headings first."""
    text = visitor.get(address).response.get_data().decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_where_nothing_is_to_be_decided_both_pages_say_so_calmly(visit, people):
    make_task(due_on=LATER)
    visitor = visit(people.executive)

    assert "ไม่มีเรื่องที่ต้องพิจารณาสั่งการ" in visitor.get("/dashboard").main
    assert "ไม่มีเรื่องที่ต้องพิจารณาสั่งการ" in visitor.get("/decisions").main


def test_before_there_is_a_plan_the_page_says_so_and_there_is_no_file(visit, people):
    visitor = visit(people.executive)

    assert "ยังไม่มีแผน" in visitor.get("/decisions").main
    visitor.get("/decisions.csv", status=404)


def test_the_overview_counts_each_matter_and_shows_what_has_waited_longest(visit, people, blocked):
    for days in range(12):
        make_task(due_on=LONG_AGO - timedelta(days=days))

    page = visit(people.executive).get("/dashboard")

    assert "▲ ล่าช้า 10 วันทำการขึ้นไป 12" in page.main
    assert "■ ติดอุปสรรค 7 วันขึ้นไป 1" in page.main
    assert "20 ธ.ค. · 62 วัน" in page.main  # the longest late
    assert "10 ก.พ. · 10 วัน" in page.main
    matters = next(one for one in page.root.all("ul") if one.get("class") == "matters")
    assert len(matters.all("li")) == 8


def test_each_line_of_the_overview_leads_to_its_task_and_to_the_page_of_all(visit, people, blocked):
    visitor = visit(people.executive)
    page = visitor.get(f"/dashboard?year=2569&on={TODAY - timedelta(days=1)}")

    addresses = [link.get("href") for link in page.root.all("a")]

    assert f"/tasks/{blocked.id}" in addresses
    assert "/decisions?year=2569&on=2026-02-19#blocked" in addresses
    assert "ติดอุปสรรค" in visitor.get("/decisions?year=2569&on=2026-02-19").main


def test_the_page_has_a_section_for_each_matter_with_its_number(visit, people, blocked, finding):
    make_task(due_on=LONG_AGO)
    make_task(status=Status.SUBMITTED, due_on=LATER, submitted_on=TEN_DAYS_AGO)
    stalled = make_task(due_on=LATER)
    tasks.start(task=stalled, by=people.member, now=at(date(2025, 12, 1)))

    assert headings(visit(people.executive).get("/decisions")) == [
        "▲ ล่าช้า 10 วันทำการขึ้นไป 1 งาน",
        "■ ติดอุปสรรค 7 วันขึ้นไป 1 งาน",
        "● รอตรวจ 7 วันขึ้นไป 1 งาน",
        "○ ไม่มีรายงาน 30 วันขึ้นไป 1 งาน",
        "◆ ข้อบกพร่องที่ยังไม่มีมาตรการ 1 ประเด็น",
    ]


@pytest.mark.parametrize("who", ["member", "clerk", "executive", "auditor"])
def test_the_reason_of_an_obstacle_is_for_the_division_reviewers_and_auditors(visit, people, blocked, who):
    visitor = visit(getattr(people, who))

    assert REASON in visitor.get("/decisions").main
    assert REASON in [row[-1] for row in written(visitor)]


@pytest.mark.parametrize("who", ["neighbour", "administrator"])
def test_the_others_read_only_that_there_is_an_obstacle(visit, people, blocked, who):
    visitor = visit(getattr(people, who))
    page = visitor.get("/decisions")

    assert REASON not in page.text
    assert "ส่วนราชการแจ้งว่าติดปัญหา" in page.main
    assert REASON not in "".join(sum(written(visitor), []))


def test_another_organizations_decisions_are_not_there(visit, people, blocked):
    page = visit(people.stranger).get("/decisions")

    assert blocked.measure.title not in page.text


def test_whoever_is_not_signed_in_is_asked_to(visit, people):
    for address in ("/decisions", "/decisions.csv"):
        assert visit().get(address, status=302).response.location.startswith("/sign-in")


def acts(page):
    row = next(one for one in page.root.all("span") if "acts" in (one.get("class") or ""))
    return [link.get("href") for link in row.all("a")]


def test_the_clerk_is_led_to_another_deadline_and_another_person(visit, people, blocked):
    page = visit(people.clerk).get("/decisions")

    assert acts(page) == [
        f"/tasks/{blocked.id}/schedule?act=assignment",
        f"/tasks/{blocked.id}/schedule?act=deadline",
    ]


def test_who_may_not_change_the_plan_is_offered_no_change(visit, people, blocked):
    assert acts(visit(people.executive).get("/decisions")) == []


def test_of_a_day_of_the_past_nothing_can_be_changed(visit, people, blocked):
    assert acts(visit(people.clerk).get(f"/decisions?on={TODAY - timedelta(days=1)}")) == []


def test_a_reviewer_is_led_to_what_waits(visit, people):
    task = make_task(status=Status.SUBMITTED, due_on=LATER, submitted_on=TEN_DAYS_AGO)

    assert acts(visit(people.executive).get("/decisions")) == [f"/tasks/{task.id}#moves"]


def test_a_day_of_the_past_shows_what_was_to_be_decided_then_and_the_way_back(visit, people, blocked):
    tasks.unblock(task=blocked, by=people.member, now=at(TODAY - timedelta(days=1)))
    visitor = visit(people.executive)

    page = visitor.get(f"/decisions?on={TODAY - timedelta(days=2)}")

    assert "■ ติดอุปสรรค 7 วันขึ้นไป 1 งาน" in headings(page)
    assert "ไม่มีเรื่องที่ต้องพิจารณาสั่งการ" in visitor.get(page.links["กลับไปวันปัจจุบัน"]).main


def test_a_day_that_has_not_come_warns_and_shows_today(visit, people, blocked):
    page = visit(people.executive).get("/decisions?on=2026-12-31")

    assert "ยังไม่ถึงวันที่ระบุ" in "".join(page.alerts)
    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in page.main


def test_of_a_long_list_the_page_says_how_much_it_shows_and_the_file_has_all(visit, people, monkeypatch):
    for days in range(3):
        make_task(due_on=LONG_AGO - timedelta(days=days))
    monkeypatch.setattr(queries, "MOST", 2)
    visitor = visit(people.executive)

    assert "แสดง 2 รายการแรกจาก 3 รายการ" in visitor.get("/decisions").main
    assert len(written(visitor)) == 1 + 3


def test_a_file_that_is_cut_says_so_in_its_last_row(visit, people, monkeypatch):
    for days in range(3):
        make_task(due_on=LONG_AGO - timedelta(days=days))
    monkeypatch.setattr(page_of, "MOST_IN_FILE", 2)

    rows = written(visit(people.executive))

    assert len(rows) == 1 + 2 + 1
    assert "2" in rows[-1][1]


def test_the_file_names_each_matter_and_disarms_what_a_spreadsheet_would_run(visit, people, blocked, finding):
    blocked.measure.title = "=cmd()"

    rows = written(visit(people.executive))

    assert rows[0] == [
        "เรื่อง",
        "ตัวชี้วัด",
        "มาตรการ",
        "ส่วนราชการ",
        "ผู้รับผิดชอบ",
        "วันครบกำหนด",
        "ตั้งแต่วันที่",
        "จำนวนวัน",
        "ปัญหาอุปสรรค",
    ]
    assert rows[1][:4] == ["ติดอุปสรรค 7 วันขึ้นไป", "1", "'=cmd()", "สำนักปลัดเทศบาล"]
    assert rows[1][5:] == ["31 สิงหาคม 2569", "10 กุมภาพันธ์ 2569", "10", REASON]
    assert rows[2][:3] == ["ข้อบกพร่องที่ยังไม่มีมาตรการ", "9", "'=ไม่มีแผน"]


def test_the_file_is_saved_under_a_thai_name_with_the_year(visit, people, blocked):
    answer = visit(people.executive).get("/decisions.csv?year=2569").response

    assert answer.mimetype == "text/csv"
    assert "filename=decisions.csv" in answer.headers["Content-Disposition"]
    assert "2569.csv" in answer.headers["Content-Disposition"]


def test_the_overview_says_how_much_came_on_time_for_the_plan_and_each_division(visit, people):
    first, second = people.member.position.division, people.neighbour.position.division
    make_task(status=Status.DONE, due_on=LONG_AGO, division=first)
    make_task(status=Status.DONE, due_on=LONG_AGO, division=second)
    make_task(status=Status.DONE, due_on=LONG_AGO, submitted_on=TODAY, division=second)

    page = visit(people.executive).get("/dashboard")

    assert "ส่งทันกำหนด 67%" in page.main
    assert "ร้อยละของงานที่ดำเนินการแล้วเสร็จ ซึ่งส่งผลภายในวันครบกำหนด" in page.main
    assert f"{first.short_name} 1/1 100%" in page.main
    assert f"{second.short_name} 1/2 50%" in page.main


def test_while_nothing_is_done_there_is_no_rate_of_what_came_on_time(visit, people):
    make_task()

    assert "ส่งทันกำหนด" not in visit(people.executive).get("/dashboard").main


def test_the_page_asks_the_database_five_times_whatever_the_size(visit, db):
    counts = []
    for number in (2, 9):
        organization = make_organization(f"เทศบาล {number}", [f"กอง {i}" for i in range(number)])
        plan = make_plan(organization=organization)
        measure = make_measure(plan=plan)
        for division in organization.divisions:
            make_task(measure=measure, division=division, due_on=LONG_AGO)
        visitor = visit(make_person(Role.CLERK, organization=organization))
        with count_queries() as heard:
            visitor.get("/decisions")
        counts.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, findings and days off, what is to be decided,
    # unread notices, reviews and last tick
    assert counts == [5, 5]
