import csv
import re
from datetime import date, timedelta
from io import StringIO
from urllib.parse import unquote

import pytest

from tests.clocks import MORNING, TODAY, at
from tests.factories import (
    make_festival,
    make_holiday,
    make_measure,
    make_organization,
    make_person,
    make_plan,
    make_task,
)
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.services import schedules, tasks

DECEMBER, FEBRUARY = date(2025, 12, 31), date(2026, 2, 28)
MONTHLY = "ทุกเดือน"


def listed(page):
    """Return how many tasks a list shows, once it is clear that it says the same number."""
    shown = len(rows(page))
    assert f"{shown} งาน" in page.main
    return shown


def rows(page):
    """Return the rows of a page: of tasks, or of what falls due on a day."""
    return [link for link in page.root.all("a") if link.get("class") == "row-link"]


def months(page):
    """Return the words of each month's summary."""
    return [summary.text for summary in page.root.all("main")[0].all("summary")]


def unfolded(page):
    """Return which months are shown at once."""
    shown = [one for one in page.root.all("details") if "open" in one.attributes]
    return [one.all("h2")[0].text for one in shown]


def heat(page):
    """Return the table of measures: each row as its name, and its cells as their words and where they lead."""
    table = next(table for table in page.root.all("table") if table.get("aria-labelledby") == "heat")
    return [
        (row.all("th")[0].text, [(cell.text, (cell.all("a") or [cell])[0].get("href")) for cell in row.all("td")])
        for row in table.all("tr")[1:]
    ]


def as_csv(page):
    return list(csv.reader(StringIO(page.response.get_data().decode("utf-8-sig"), newline="")))


@pytest.fixture
def looking(visit, people):
    """The mayor, who sees every division."""
    return visit(people.executive)


@pytest.fixture
def varied(people):
    """Two divisions, three measures, every status, late and not, in three months and one of the next year."""
    second = people.neighbour.position.division
    for measure in (make_measure(2), make_measure(9), make_measure(10)):
        for number, status in enumerate(Status, start=1):
            make_task(measure=measure, status=status, due_on=TODAY + timedelta(days=20 * number - 60))
            make_task(measure=measure, status=status, due_on=FEBRUARY, division=second, slot=f"quarter:{number}")
            make_task(measure=measure, due_on=DECEMBER, slot=f"month:2025-{number:02}")
        make_task(measure=measure, due_on=date(2026, 10, 5))


def test_before_there_is_a_plan_it_says_who_makes_one(looking):
    page = looking.get("/calendar")

    assert page.h1 == "ปฏิทิน"
    assert "ยังไม่มีแผน" in page.main


def test_a_plan_without_tasks_leads_to_the_measures(looking):
    make_plan()

    page = looking.get("/calendar")

    assert "ยังไม่มีการกำหนดงาน" in page.main
    assert page.links["ดูมาตรการ"] == "/measures?year=2569"


def test_a_division_without_tasks_is_led_to_the_others(visit, people):
    make_task(division=people.neighbour.position.division)
    visitor = visit(people.member)

    page = visitor.get("/calendar")

    assert "ไม่มีงานครบกำหนดในปีงบประมาณนี้" in page.main
    assert len(rows(visitor.get(page.links["แสดงทุกส่วนราชการ"]))) == 1


def test_before_the_year_begins_the_page_says_when(looking, clock):
    make_task(due_on=DECEMBER, since=at(date(2025, 8, 1)))
    clock.set(date(2025, 9, 1))

    page = looking.get("/calendar?year=2569")

    assert "ปีงบประมาณนี้เริ่มวันพุธที่ 1 ตุลาคม 2568" in page.main
    assert unfolded(page) == ["ตุลาคม 2568", "พฤศจิกายน 2568"]


def test_the_year_runs_from_october_to_september_in_the_buddhist_era(looking):
    make_task()

    page = looking.get("/calendar")

    assert len(months(page)) == 12
    assert months(page)[0].startswith("ตุลาคม 2568")
    assert months(page)[-1].startswith("กันยายน 2569")


def test_a_month_says_how_many_tasks_it_has_and_how_many_are_done_and_late(looking):
    measure = make_measure()
    make_task(measure=measure, due_on=DECEMBER)
    make_task(measure=measure, due_on=date(2025, 12, 1), status=Status.DONE)

    page = looking.get("/calendar")

    assert months(page)[2] == "ธันวาคม 2568 2 งาน · แล้วเสร็จ 1 · ▲ เกินกำหนด 1"
    assert unfolded(page) == ["ธันวาคม 2568", "กุมภาพันธ์ 2569", "มีนาคม 2569"]


def test_months_are_reached_from_the_top_and_this_one_is_marked(looking):
    make_task(due_on=DECEMBER)

    links = [link for link in looking.get("/calendar").root.all("a") if link.get("href").startswith("#month-")]

    assert [link.get("href") for link in links][4] == "#month-2026-02"
    assert [link.get("href") for link in links if link.get("aria-current")] == ["#month-2026-02"]
    assert links[2].text.startswith("ธ.ค. 68 0/1")


def test_a_day_has_a_row_for_a_measure_not_for_each_task(looking, people):
    measure = make_measure(9, words=MONTHLY)
    schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)

    page = looking.get("/calendar")

    assert len(rows(page)) == 12
    (row,) = [row for row in rows(page) if "กุมภาพันธ์" in row.text]
    assert row.text == f"{measure.title} ตัวชี้วัดที่ 9 · ประจำเดือนกุมภาพันธ์ 2569 · 2 ส่วนราชการ แล้วเสร็จ 0 จาก 2 งาน"
    assert "วันเสาร์ที่ 28 ก.พ. 69" in page.main


def test_what_waits_for_review_and_what_is_done_is_said(looking):
    measure = make_measure()
    for number, status in enumerate((Status.DONE, Status.SUBMITTED)):
        make_task(measure=measure, status=status, due_on=FEBRUARY, slot=f"quarter:{number}")
    make_task(status=Status.DONE, due_on=FEBRUARY)

    waiting, done = rows(looking.get("/calendar"))

    assert "แล้วเสร็จ 1 จาก 2 งาน · รอตรวจ 1" in waiting.text
    assert done.text.endswith("✓ แล้วเสร็จ")


def test_days_off_festivals_rounds_and_today_have_their_lines(looking):
    make_task()
    make_holiday(date(2026, 4, 13), name="วันสงกรานต์")
    make_festival(date(2026, 4, 13))

    page = looking.get("/calendar").main

    assert "วันจันทร์ที่ 13 เม.ย. 69 วันหยุด: วันสงกรานต์ · เทศกาลสงกรานต์" in page
    assert "วันอังคารที่ 31 มี.ค. 69 ● รอบติดตามที่ 1" in page
    assert "วันศุกร์ที่ 20 ก.พ. 69 วันนี้" in page


def test_a_task_before_a_festival_has_the_festivals_name(looking, people):
    make_festival()
    measure = make_measure(10, words="ทุกเทศกาล")
    schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)

    assert "ก่อนเทศกาลสงกรานต์" in rows(looking.get("/calendar"))[0].text


@pytest.mark.parametrize("query", ["", "?division={own}", "?division={second}"])
def test_every_row_is_as_long_as_the_list_it_leads_to(looking, people, varied, query):
    own, second = (person.position.division_id for person in (people.member, people.neighbour))
    page = looking.get("/calendar" + query.format(own=own, second=second))

    assert len(rows(page)) >= 3
    for row in rows(page):
        counted = re.search(r"แล้วเสร็จ (\d+) จาก (\d+) งาน", row.text)
        done, every = map(int, counted.groups()) if counted else (None, None)
        late = re.search(r"▲ เกินกำหนด (\d+)", row.text)
        address = row.get("href")
        shown = listed(looking.get(address))
        assert shown == (every or shown)
        assert listed(looking.get(f"{address}&status=done")) == (shown if done is None else done) or not done
        assert (listed(looking.get(f"{address}&late=1")) if late else 0) == (int(late[1]) if late else 0)


def test_every_month_is_as_long_as_the_list_it_leads_to(looking, varied):
    page = looking.get("/calendar")

    linked = {words: address for words, address in page.links.items() if words.startswith("งานทั้งหมดที่ครบกำหนด")}

    assert len(linked) == 2  # those with more than one day of deadlines
    for words, address in linked.items():
        month = words.removeprefix("งานทั้งหมดที่ครบกำหนดในเดือน")
        (summary,) = [text for text in months(page) if text.startswith(month)]
        assert f"{month} {listed(looking.get(address))} งาน" in summary


def test_every_number_of_the_table_is_the_length_of_the_list_it_leads_to(looking, varied):
    cells = [cell for _, row in heat(looking.get("/calendar")) for cell in row if cell[1]]

    assert len(cells) >= 15
    for words, address in cells:
        done, every, late = re.fullmatch(r"(\d+)/(\d+)(?: ▲(\d+))?(?: ●)?", words).groups()
        assert listed(looking.get(address)) == int(every)
        assert int(done) == len(rows(looking.get(f"{address}&status=done")))
        assert int(late or 0) == len(rows(looking.get(f"{address}&late=1")))


def test_recurring_duties_stand_first_under_a_heading_of_their_own(looking, people):
    rounds, monthly = make_measure(1), make_measure(9, words=MONTHLY)
    schedules.apply(plan=rounds.plan, by=people.clerk, now=MORNING)

    names = [name for name, _ in heat(looking.get("/calendar"))]

    assert names[0] == "งานประจำตามรอบ"
    assert names[1].startswith(f"9 {monthly.title}")
    assert names[2:] == ["งานอื่นตามแผน", f"1 {rounds.title}", "รวม"]


def test_missed_months_of_a_recurring_duty_are_counted_and_marked(looking, people):
    measure = make_measure(9, words=MONTHLY)
    schedules.apply(plan=measure.plan, by=people.clerk, now=MORNING)

    page = looking.get("/calendar")

    name, cells = heat(page)[1]
    assert name.endswith("▲ เกินกำหนด 4 เดือน")  # October to January
    assert [words for words, _ in cells] == [*["0/2 ▲2"] * 4, *["0/2"] * 8, "0/24 ▲8"]


def test_a_follow_up_round_is_marked_in_the_table(looking, measure):
    _, cells = heat(looking.get("/calendar"))[1]

    assert [words for words, _ in cells if words != "–"] == ["0/2 ●", "0/2 ●", "0/4"]


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER])
def test_who_reports_for_a_division_sees_its_calendar_first_and_all_others_in_one_step(visit, people, role):
    measure = make_measure()
    division = people.member.position.division
    make_task(measure=measure)
    make_task(measure=measure, division=people.neighbour.position.division)
    visitor = visit(make_person(role, division=division))

    page = visitor.get("/calendar")
    assert "แล้วเสร็จ 0 จาก 1 งาน" in rows(page)[0].text
    assert "ส่วนราชการ" not in rows(page)[0].text

    page = visitor.get(page.links[f"ส่วนราชการของฉัน: {division.short_name} × นำเงื่อนไขนี้ออก"])
    assert "2 ส่วนราชการ แล้วเสร็จ 0 จาก 2 งาน" in rows(page)[0].text

    page = visitor.get(page.links["เฉพาะส่วนราชการของฉัน"])
    assert "แล้วเสร็จ 0 จาก 1 งาน" in rows(page)[0].text


def test_a_division_can_be_chosen_and_taken_away_again(looking, people):
    measure = make_measure()
    second = people.neighbour.position.division
    make_task(measure=measure)
    make_task(measure=measure, division=second)

    page = looking.get(f"/calendar?year=2569&mine=0&division={second.id}")
    assert "แล้วเสร็จ 0 จาก 1 งาน" in rows(page)[0].text

    page = looking.get(page.links[f"{second.short_name} × นำเงื่อนไขนี้ออก"])
    assert "แล้วเสร็จ 0 จาก 2 งาน" in rows(page)[0].text


def test_mine_means_nothing_to_who_reports_for_no_division(looking):
    make_task()

    page = looking.get("/calendar?mine=1")

    assert len(rows(page)) == 1
    assert "ส่วนราชการของฉัน" not in page.main


@pytest.mark.parametrize("division", ["x", "-1", "0", "๑", "9" * 30, "1.0"])
def test_a_division_that_cannot_be_is_not_there(looking, division):
    make_task()

    looking.get("/calendar", query_string={"division": division}, status=404)
    looking.get("/calendar.csv", query_string={"division": division}, status=404)


def test_nothing_of_another_organization_is_shown(looking, people):
    make_task()
    other = people.stranger.user.organization
    foreign = make_measure(plan=make_plan(2570, organization=other))
    make_task(measure=foreign)
    make_holiday(name="วันหยุดของเขา", organization=other)

    assert foreign.title not in looking.get("/calendar").main
    assert "วันหยุดของเขา" not in looking.get("/calendar").main
    looking.get("/calendar?year=2570", status=404)
    looking.get(f"/calendar?division={foreign.divisions[0].id}", status=404)


def test_another_year_keeps_the_division(looking, people):
    make_task(measure=make_measure(plan=make_plan(2568, rounds=())), due_on=date(2025, 3, 31))
    make_task(measure=make_measure(plan=make_plan(2569)))
    division = people.member.position.division_id

    page = looking.get(looking.get(f"/calendar?division={division}").links["2568"])

    assert "ปีงบประมาณ พ.ศ. 2568" in page.h1
    assert f"division={division}" in rows(page)[0].get("href")


def test_the_year_as_it_stood_on_an_earlier_day(looking, people):
    tasks.submit(task=make_task(due_on=FEBRUARY), by=people.member, now=MORNING, today=TODAY)

    page = looking.get("/calendar?on=19/2/2569")

    assert "ข้อมูล ณ สิ้นวันที่ 19 กุมภาพันธ์ 2569" in page.main
    assert "รอตรวจ" not in rows(page)[0].text
    assert "on=2026-02-19" in rows(page)[0].get("href")
    assert "รอตรวจ 1" in rows(looking.get(page.links["กลับไปวันปัจจุบัน"]))[0].text


def test_a_day_that_has_not_come_shows_today_with_a_warning(looking):
    make_task()

    assert "ยังไม่ถึงวันที่ระบุ" in looking.get("/calendar?on=1/9/2569").alerts[0]


def test_the_table_as_csv_says_the_same(looking, varied):
    page = looking.get("/calendar")
    sheet = as_csv(looking.get(page.links["ดาวน์โหลด CSV"]))

    assert sheet[0] == ["ตัวชี้วัด", "มาตรการ", "งานประจำตามรอบ", "เดือน", "จำนวนงาน", "แล้วเสร็จ", "เกินกำหนด"]
    total = heat(page)[-1][1][-1][0]
    done, every, late = (sum(int(row[column]) for row in sheet[1:]) for column in (5, 4, 6))
    assert f"{done}/{every} ▲{late}" == total


def test_the_csv_file_is_of_the_same_division(visit, people):
    measure = make_measure()
    make_task(measure=measure, due_on=FEBRUARY)
    make_task(measure=measure, division=people.neighbour.position.division)
    visitor = visit(people.member)

    page = visitor.get(visitor.get("/calendar").links["ดาวน์โหลด CSV"])

    assert as_csv(page)[1:] == [["1", measure.title, "ไม่ใช่", "กุมภาพันธ์ 2569", "1", "0", "0"]]


def test_the_csv_file_has_a_thai_name_and_runs_nothing(looking):
    make_task().measure.title = "=HYPERLINK(1)"

    page = looking.get("/calendar.csv")

    assert page.response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(page.response.headers["Content-Disposition"]).endswith("filename*=UTF-8''ปฏิทิน 2569.csv")
    assert as_csv(page)[1][1] == "'=HYPERLINK(1)"


def test_before_there_is_a_plan_the_file_has_its_heading_alone(looking):
    assert len(as_csv(looking.get("/calendar.csv"))) == 1


def test_in_english_the_page_says_the_same(looking, varied):
    words = looking.get("/calendar").h1
    page = looking.post("/locale/en", {"next": "/calendar"})

    assert (words.split()[0], page.h1) == ("ปฏิทิน", "Calendar fiscal year 2569")
    assert "February 2569" in page.main


def test_the_menu_leads_everybody_to_the_calendar(visit, people):
    make_task()

    for person in (people.member, people.clerk, people.administrator, people.auditor):
        page = visit(person).get(visit(person).get("/notices").links["ปฏิทิน"])
        assert [link.text for link in page.root.all("nav")[0].all("a") if link.get("aria-current")] == ["ปฏิทิน"]


def test_days_off_and_ones_own_calendar_program_are_reached_from_here(looking):
    make_task()

    links = looking.get("/calendar").links

    assert links["วันหยุดและเทศกาล"] == "/days-off?year=2569"
    assert links["ปฏิทินในโทรศัพท์หรือโปรแกรมปฏิทิน"] == "/calendar/feeds"


def test_days_off_of_a_year_out_of_reach_are_not_linked(looking):
    make_task(measure=make_measure(plan=make_plan(2560, rounds=())), due_on=date(2017, 3, 31))

    assert looking.get("/calendar?year=2560").links["วันหยุดและเทศกาล"] == "/days-off"


def test_the_page_asks_the_database_six_times_whatever_the_size(visit, db):
    small, large = (make_organization(f"เทศบาล {n}", [f"กอง {i}" for i in range(n)]) for n in (2, 12))
    pages, files = [], []
    for organization in (small, large):
        plan = make_plan(organization=organization)
        make_festival(organization=organization)
        measures = [make_measure(number, plan=plan) for number in range(1, len(organization.divisions) // 2)]
        for measure in [make_measure(10, plan=plan), *measures]:
            for number, division in enumerate(organization.divisions * 2):
                slot = "" if number >= len(organization.divisions) else "festival:songkran"
                make_task(measure=measure, division=division, due_on=TODAY + timedelta(days=number), slot=slot)
        visitor = visit(make_person(Role.HEAD, division=organization.divisions[0]))
        for heard_of, address in ((pages, "/calendar?mine=0"), (files, "/calendar.csv?mine=0")):
            with count_queries() as heard:
                visitor.get(address)
            heard_of.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, every figure, measures with their occasions,
    # days off and festivals, unread notices and last tick; a file has neither the last two
    assert pages == [6, 6]
    assert files == [4, 4]
