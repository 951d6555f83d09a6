from datetime import timedelta
from decimal import Decimal

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tests.factories_public import make_item, make_link
from tests.figures_on_pages import counts, lies, row, table, verdict
from tests.statements import count_queries
from tracker.domain.links import Verdict
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.models import Assessment, Score

YESTERDAY = TODAY - timedelta(days=1)


def test_before_there_is_a_plan_the_page_says_so(visit, people):
    assert "ยังไม่มีแผน" in visit(people.auditor).get("/indicators/2").main


@pytest.mark.parametrize("number", ["0", "11", "99999999999", "x", "-1"])
def test_there_are_ten_indicators(visit, people, number):
    make_plan()

    visit(people.auditor).get(f"/indicators/{number}", status=404)


def test_every_number_is_the_length_of_the_list_it_leads_to(visit, people, every_kind):
    visitor = visit(people.executive)

    assert lies(visitor, visitor.get("/indicators/2")) == []


def test_the_counts_are_those_of_its_tasks_alone(visit, people, every_kind):
    page = visit(people.executive).get("/indicators/2")

    assert counts(page) == {
        "ต้องดำเนินการ": 10,
        "แล้วเสร็จ": 2,
        "รอตรวจ": 1,
        "กำลังดำเนินการ": 2,
        "ยังไม่เริ่ม": 5,
        "เกินกำหนด": 3,
        "ส่งทันกำหนด": 1,
        "ไม่เกี่ยวข้อง": 1,
    }


def test_it_agrees_with_the_overview(visit, people, every_kind):
    visitor = visit(people.executive)
    overview, page = visitor.get("/dashboard"), visitor.get("/indicators/2")

    (late,) = [cells[-1] for about, cells in _rows(overview, "indicators") if about.startswith("2 ")]
    (total,) = [cells[-1] for about, cells in _rows(overview, "matrix") if about.startswith("2 ")]
    assert late == f"▲ {counts(page)['เกินกำหนด']}"
    assert total.startswith(f"{counts(page)['แล้วเสร็จ']}/{counts(page)['ต้องดำเนินการ']}")


def _rows(page, name):
    return [(about, row(page, name, about)) for about in table(page, name)]


def test_the_name_on_the_overview_leads_to_it_and_back_on_the_same_day(visit, people, every_kind):
    visitor = visit(people.executive)
    overview = visitor.get("/dashboard?year=2569&on=2026-02-10")

    page = visitor.get(overview.links["2 การใช้งบประมาณ"])

    assert page.h1.startswith("2 การใช้งบประมาณ")
    assert "ณ วันที่ 10 กุมภาพันธ์ 2569" in verdict(page)
    assert page.links["ภาพรวม"] in {"/dashboard", "/dashboard?year=2569&on=2026-02-10"}
    assert "/dashboard?year=2569&on=2026-02-10" in {link.get("href") for link in page.root.all("main")[0].all("a")}


def test_its_parts_lead_to_their_pages_on_the_same_day(visit, people, every_kind):
    page = visit(people.executive).get("/indicators/2?on=2026-02-10")

    links = [
        rows.all("a")[0].get("href") for name in ("by-measure", "by-division") for rows in table(page, name).values()
    ]
    assert len(links) == 3
    assert all(link.endswith("?year=2569&on=2026-02-10") for link in links)


def test_numbers_of_another_day_lead_to_the_lists_of_that_day(visit, people, every_kind):
    page = visit(people.executive).get("/indicators/2?on=2026-02-10")

    tasks = [a.get("href") for a in page.root.all("main")[0].all("a") if a.get("href").startswith("/tasks?")]
    assert tasks
    assert all("on=2026-02-10" in address for address in tasks)


def test_an_earlier_day_shows_how_it_stood_then(visit, people):
    measure = make_measure(2)
    make_task(measure=measure, due_on=YESTERDAY)
    visitor = visit(people.executive)

    assert counts(visitor.get("/indicators/2"))["เกินกำหนด"] == 1
    then = visitor.get(f"/indicators/2?on={YESTERDAY.isoformat()}")
    assert counts(then)["เกินกำหนด"] == 0
    assert "ข้อมูล ณ สิ้นวันที่ 19 กุมภาพันธ์ 2569" in then.main


def test_a_day_that_has_not_come_warns_and_shows_today(visit, people, every_kind):
    page = visit(people.executive).get("/indicators/2?on=2026-12-31")

    assert "ยังไม่ถึงวันที่ระบุ" in "".join(page.alerts)
    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in verdict(page)


def test_a_measure_whose_tasks_are_not_set_is_named_nevertheless(visit, people, every_kind):
    bare = make_measure(2)

    page = visit(people.executive).get("/indicators/2")

    assert row(page, "by-measure", bare.title) == ["ไม่มีงานที่ต้องทำ"]


def test_an_indicator_without_a_measure_says_so(visit, people, every_kind):
    page = visit(people.executive).get("/indicators/3")

    assert verdict(page) == "ยังไม่มีการกำหนดงาน"
    assert "ตัวชี้วัดนี้ยังไม่มีมาตรการ" in page.main


def test_scores_of_both_years_stand_on_it(visit, people, every_kind, db):
    for year, value in ((2567, "96.5"), (2568, "99")):
        scores = [Score(key="indicator:2", value=Decimal(value))]
        db.session.add(Assessment(organization_id=every_kind.organization_id, fiscal_year=year, scores=scores))

    page = visit(people.executive).get("/indicators/2")

    assert "2567: 96.50 · 2568: 99.00" in page.main
    assert page.links["คะแนน ITA รายปี"].startswith("/scores")


def test_another_year_shows_the_indicator_of_that_year(visit, people, every_kind):
    make_task(measure=make_measure(2, plan=make_plan(2568, rounds=())), status=Status.DONE)
    visitor = visit(people.executive)

    page = visitor.get(visitor.get("/indicators/2").links["2568"])

    assert counts(page)["ต้องดำเนินการ"] == 1


def test_the_tasks_of_another_organization_are_not_counted(visit, people, every_kind):
    foreign = make_measure(2, plan=make_plan(organization=people.stranger.user.organization))
    make_task(measure=foreign, status=Status.DONE)

    assert counts(visit(people.stranger).get("/indicators/2"))["ต้องดำเนินการ"] == 1
    assert counts(visit(people.executive).get("/indicators/2"))["ต้องดำเนินการ"] == 10


def test_the_page_asks_the_database_six_times_whatever_the_size(visit, db):
    heard_of = []
    for size in (2, 8):
        organization = make_organization(f"เทศบาล {size}", [f"กอง {number}" for number in range(size)])
        plan = make_plan(organization=organization)
        for measure in [make_measure(2, plan=plan) for _ in range(size)]:
            for number, division in enumerate(organization.divisions):
                make_task(measure=measure, division=division, due_on=TODAY + timedelta(days=number))
        visitor = visit(make_person(Role.EXECUTIVE, organization=organization))
        with count_queries() as heard:
            visitor.get("/indicators/2")
        heard_of.append(len(heard))

    # who is signed in with every appointment, plans with their rounds, every figure, names of measures,
    # scores of both years, unread notices and last tick
    assert heard_of == [6, 6]


def addresses(organization, *verdicts):
    for number, found in enumerate(verdicts, start=1):
        since = MORNING if found == Verdict.BROKEN else None
        link = make_link(f"https://town.example/{number}", organization=organization, verdict=found)
        link.failing_since, link.failures, link.checked_at = since, 1 if since else 0, MORNING
        make_item(number, organization=organization, division=organization.divisions[0], links=(link,))


def test_indicator_9_says_how_many_addresses_open_and_names_the_broken_ones_first(visit, people):
    make_plan()
    addresses(people.clerk.user.organization, Verdict.OK, Verdict.CAUTION, Verdict.BROKEN, Verdict.UNCHECKED)

    page = visit(people.executive).get("/indicators/9").main

    assert "ลิงก์เปิดได้ 1 จาก 4 · ▲ เปิดไม่ได้ 1 · ควรตรวจดู 1 · ยังไม่ได้ตรวจ 1" in page
    assert page.index("O3") < page.index("O2")
    assert "O1 " not in page


def test_the_overview_says_the_same_and_leads_to_the_broken_ones_of_its_year(visit, people):
    make_plan()
    make_measure(9)
    organization = people.clerk.user.organization
    addresses(organization, Verdict.OK, Verdict.BROKEN)
    before = make_link("https://town.example/before", organization=organization, verdict=Verdict.BROKEN)
    before.failing_since, before.failures = MORNING, 2
    make_item(7, organization=organization, fiscal_year=2568, links=(before,))
    visitor = visit(people.executive)

    page = visitor.get("/dashboard")

    assert "ลิงก์เปิดได้ 1 จาก 2" in page.main
    led_to = visitor.get(page.links["▲ เปิดไม่ได้ 1"]).main
    assert "O2" in led_to
    assert "O1 " not in led_to
    assert "O7" not in led_to


@pytest.mark.parametrize("address", ["/indicators/8", f"/indicators/9?on={YESTERDAY.isoformat()}"])
def test_other_indicators_and_past_days_say_nothing_of_addresses(visit, people, address):
    make_plan()
    addresses(people.clerk.user.organization, Verdict.OK)

    assert "ลิงก์เปิดได้" not in visit(people.executive).get(address).main


def test_items_of_a_list_that_is_replaced_and_those_not_asked_for_do_not_count(visit, people):
    make_plan()
    organization = people.clerk.user.organization
    link = make_link(organization=organization, verdict=Verdict.OK)
    make_item(1, organization=organization, fiscal_year=2568, links=(link,))
    make_item(2, organization=organization, links=(link,)).is_retired = True

    assert "ลิงก์เปิดได้" not in visit(people.executive).get("/indicators/9").main


def test_until_the_years_list_is_begun_the_one_before_is_counted_and_led_to(visit, people):
    make_plan()
    make_measure(9)
    organization = people.clerk.user.organization
    link = make_link(organization=organization, verdict=Verdict.BROKEN)
    link.failing_since, link.failures = MORNING, 2
    make_item(4, organization=organization, fiscal_year=2568, links=(link,))
    visitor = visit(people.executive)

    page = visitor.get("/dashboard")

    assert "▲ เปิดไม่ได้ 1 · รายการของปี 2568" in page.main
    assert "O4" in visitor.get(page.links["▲ เปิดไม่ได้ 1"]).main
    assert "O4" in visitor.get("/indicators/9").main


def test_a_list_of_a_later_year_is_not_counted_yet(visit, people):
    make_plan()
    organization = people.clerk.user.organization
    make_item(1, organization=organization, fiscal_year=2570, links=(make_link(organization=organization),))

    assert "ยังไม่มีลิงก์ของข้อมูลเปิดเผยในปีนี้" in visit(people.executive).get("/indicators/9").main


def test_an_address_of_two_items_counts_once(visit, people):
    make_plan()
    organization = people.clerk.user.organization
    link = make_link(organization=organization, verdict=Verdict.OK)
    for number in (1, 2):
        make_item(number, organization=organization, links=(link,))

    assert "ลิงก์เปิดได้ 1 จาก 1" in visit(people.executive).get("/indicators/9").main
