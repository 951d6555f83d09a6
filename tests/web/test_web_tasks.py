from datetime import date, timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_person, make_plan, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.statuses import Placement, Status
from tracker.queries import task_list

YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def tags(page):
    """Return where each filter in force leads when it is taken away."""
    return [tag.get("href") for tag in page.root.all("ul") if tag.get("class") == "filter-tags" for tag in tag.all("a")]


def listed(page):
    """Return the ids of the tasks on a page of the list."""
    links = [link.get("href") for link in page.root.all("a") if link.get("class") == "row-link"]
    return [int(link.rpartition("/")[2]) for link in links]


@pytest.fixture
def two_of_everything(people):
    """Two tasks that differ in every respect that a list can be narrowed by."""
    late = make_task(measure=make_measure(1), due_on=YESTERDAY, division=people.member.position.division)
    fine = make_task(
        measure=make_measure(2), due_on=TOMORROW, division=people.neighbour.position.division, status=Status.DONE
    )
    return late, fine


def test_before_there_is_a_plan_the_list_says_why_it_is_empty(visit, people):
    page = visit(people.member).get("/tasks")

    assert "ยังไม่มีแผน" in page.main
    assert "งานจะแสดงเมื่อนำเข้ารายงานแล้ว" in page.main


def test_a_filter_that_nothing_matches_says_so_and_leads_back_to_all(visit, people):
    make_task()
    visitor = visit(people.member)

    page = visitor.get("/tasks?status=done")

    assert "ไม่มีงานตรงตามเงื่อนไข" in page.main
    assert listed(visitor.get(page.links["แสดงงานทั้งหมด"])) != []


def test_the_list_shows_the_tasks_of_every_division_by_deadline(visit, people):
    late, soon, middle = (make_task(due_on=day) for day in (TOMORROW, YESTERDAY, TODAY))

    assert listed(visit(people.auditor).get("/tasks")) == [soon.id, middle.id, late.id]


NARROWING = [
    "indicator=1", "indicator=๑", "division={division}", "measure={measure}", "position={position}",
    "status=not_started", "status=late", "status=open", "late=1", "open=1", "status=blocked", "blocked=1",
    "to=19 ก.พ. 69", "to=๑๙/๒/๒๕๖๙", "from=1 ก.พ.&to=19 ก.พ. 2569", "outside=1", "outside=๑",
]  # fmt: skip


@pytest.mark.parametrize("query", NARROWING)
def test_a_filter_in_the_address_narrows_the_list_and_can_be_taken_away(visit, people, two_of_everything, query):
    late, fine = two_of_everything
    late.blocked_reason, late.placement = "รอเอกสาร", Placement.OUTSIDE
    names = {"division": late.division_id, "measure": late.measure_id, "position": people.member.position_id}
    visitor = visit(people.clerk)

    page = visitor.get("/tasks?" + query.format(**names))

    assert listed(page) == [late.id]
    assert "1 งาน" in page.main
    while tags(page):
        page = visitor.get(tags(page)[0])
    assert listed(page) == [late.id, fine.id]
    assert tags(page) == []


def test_the_months_of_the_fiscal_year_can_be_chosen(visit, people):
    march = make_task(due_on=date(2026, 3, 31))
    make_task(due_on=date(2026, 4, 1))
    visitor = visit(people.clerk)

    page = visitor.get("/tasks?month=2026-03")

    assert listed(page) == [march.id]
    assert "ครบกำหนดในมีนาคม 2569 ×" in page.main
    options = [option.text for option in page.root.all("option")]
    assert [month for month in options if month.endswith(("2568", "2569"))][::11] == ["ตุลาคม 2568", "กันยายน 2569"]


def test_a_day_is_read_as_of_the_plans_year_and_said_in_words(visit, people):
    make_plan(2568, rounds=())
    task = make_task(measure=make_measure(plan=make_plan(2569)), due_on=date(2026, 1, 15))

    page = visit(people.clerk).get("/tasks?from=15 ม.ค.&to=15 ม.ค.&year=2569")

    assert listed(page) == [task.id]
    assert "ครบกำหนดตั้งแต่วันพฤหัสบดีที่ 15 มกราคม 2569" in page.main


def test_what_a_position_has_to_do_is_its_own_and_what_nobody_of_its_division_was_given(visit, people):
    division = people.member.position.division
    colleague = make_person(Role.OFFICER, division=division)
    own, shared, given_away = (make_task(division=division) for _ in range(3))
    own.position_id, given_away.position_id = people.member.position_id, colleague.position_id

    page = visit(people.clerk).get(f"/tasks?position={people.member.position_id}")

    assert listed(page) == [own.id, shared.id]
    assert f"{division.name} · {people.member.position.title}" in page.main


def test_filters_narrow_together(visit, people, two_of_everything):
    late, _ = two_of_everything

    for query in (f"indicator=2&division={late.division_id}", f"indicator=2&measure={late.measure_id}"):
        assert listed(visit(people.clerk).get(f"/tasks?{query}")) == []


def test_the_form_shows_the_filter_that_is_in_force(visit, people, two_of_everything):
    late, _ = two_of_everything

    page = visit(people.clerk).get(f"/tasks?indicator=1&division={late.division_id}&status=not_started&from=1 ต.ค. 68")

    assert page.values("/tasks") == {
        "year": ["2569"],
        "indicator": ["1"],
        "division": [str(late.division_id)],
        "position": [""],
        "status": ["not_started"],
        "month": [""],
        "from": ["1 ต.ค. 68"],
        "to": [""],
    }


UNREADABLE = [
    "indicator=one", "indicator=11", "indicator=-1", "indicator=🎉", "status=finished", "late=yes", "division=%00",
    "measure=99999999999999999999", "division=1.0", "position=987654321", "month=2026-13", "month=มีนาคม",
    "from=30 ก.พ. 69", "to=2026-02-20", "to=31/12/2026", "from=" + "9" * 5000, "from=🎉", "from=1/1/99999",
    "after=x", "after=2026-02-30.1", "after=2026-02-20.99999999999", "before=2026-02-20.1;DROP TABLE task",
    "after=2026-02-20", "before=9999-99-99.1", "after=%00",
]  # fmt: skip


@pytest.mark.parametrize("query", UNREADABLE)
def test_a_filter_that_cannot_be_read_narrows_nothing_and_says_so(visit, people, two_of_everything, query):
    page = visit(people.clerk).get(f"/tasks?{query}")

    assert len(listed(page)) == 2
    assert len(page.alerts) == 1
    assert tags(page) == []
    assert "open" in page.root.all("main")[0].all("details")[0].attributes


@pytest.mark.parametrize("query", ["division=", "page=7", "ticked=x", "indicator=&status=", "from=  ", "late="])
def test_what_says_nothing_narrows_nothing(visit, people, two_of_everything, query):
    page = visit(people.clerk).get(f"/tasks?{query}")

    assert len(listed(page)) == 2
    assert page.alerts == []


@pytest.mark.parametrize("query", ["to=31/12/2026", "from=2026-02-20", "to=20 ก.พ. 26"])
def test_a_year_that_looks_like_christian_is_asked_about(visit, people, query):
    make_plan()

    assert "ค.ศ." in visit(people.clerk).get(f"/tasks?{query}").alerts[0]


def test_days_in_the_wrong_order_match_nothing_and_say_why(visit, people, two_of_everything):
    page = visit(people.clerk).get("/tasks?from=2 ก.พ. 69&to=1 ก.พ. 69")

    assert listed(page) == []
    assert "วันเริ่มต้นอยู่หลังวันสิ้นสุด" in page.alerts[0]


@pytest.mark.parametrize("cursor", ["after=0001-01-01.0", "before=9999-12-31.2147483647"])
def test_a_place_that_no_task_has_is_still_a_place(visit, people, two_of_everything, cursor):
    assert len(listed(visit(people.clerk).get(f"/tasks?{cursor}"))) == 2


def test_after_the_last_task_the_page_leads_back_to_the_beginning(visit, people, two_of_everything):
    visitor = visit(people.clerk)

    page = visitor.get("/tasks?status=late&after=9999-12-31.1")

    assert listed(page) == []
    assert len(listed(visitor.get(page.links["ไปที่ต้นรายการ"]))) == 1


def test_retired_tasks_are_not_listed(visit, people):
    task = make_task()
    task.placement = Placement.RETIRED

    assert listed(visit(people.clerk).get("/tasks")) == []


def test_a_task_outside_the_schedule_is_listed_and_says_so(visit, people):
    task = make_task(status=Status.IN_PROGRESS)
    task.placement = Placement.OUTSIDE

    assert "นอกกำหนดการ" in visit(people.clerk).get("/tasks").main


def test_a_long_list_shows_every_task_once_over_its_pages(visit, people):
    tasks = {make_task().id for _ in range(101)}
    visitor = visit(people.clerk)

    first = visitor.get("/tasks?open=1")
    second = visitor.get(first.links["ถัดไป"])
    third = visitor.get(second.links["ถัดไป"])

    assert "ก่อนหน้า" not in first.links
    assert "ถัดไป" not in third.links
    assert listed(visitor.get(third.links["ก่อนหน้า"])) == listed(second)
    seen = [*listed(first), *listed(second), *listed(third)]
    assert len(seen) == 101
    assert set(seen) == tasks


def position(page):
    return page.root.all("nav")[-1].all("span")[0].text


def test_each_page_of_a_long_list_says_where_it_stands(visit, people):
    for _ in range(151):
        make_task()
    visitor = visit(people.clerk)

    first = visitor.get("/tasks")
    second = visitor.get(first.links["ถัดไป"])
    third = visitor.get(second.links["ถัดไป"])
    last = visitor.get(third.links["ถัดไป"])
    back = visitor.get(third.links["ก่อนหน้า"])

    pages = (first, second, third, last, back)
    assert [position(page) for page in pages] == [
        "งานที่ 1–50", "งานที่ 51–100", "งานที่ 101–150", "งานที่ 151–151", "งานที่ 51–100",
    ]  # fmt: skip


@pytest.mark.parametrize("at", ["", "&at=0", "&at=-5", "&at=x", "&at=9999"])
def test_a_page_whose_address_does_not_say_where_it_stands_says_its_deadlines(visit, people, at):
    for number in range(102):
        make_task(due_on=TODAY + timedelta(days=number))
    after = f"{TODAY.isoformat()}.{2**31 - 1}"

    page = visit(people.clerk).get(f"/tasks?after={after}{at}")

    assert position(page) == "งานที่ครบกำหนด 21 ก.พ. 69 – 11 เม.ย. 69"


def test_turning_the_page_keeps_the_filter(visit, people):
    measures = [make_measure(1), make_measure(2)]
    for number in range(102):
        make_task(measure=measures[number % 2], due_on=TODAY + timedelta(days=number))
    visitor = visit(people.clerk)

    second = visitor.get(visitor.get("/tasks?indicator=1").links["ถัดไป"])

    assert len(listed(second)) == 1
    assert second.values("/tasks")["indicator"] == ["1"]


def test_a_very_long_list_is_not_counted_to_its_end(visit, people, monkeypatch):
    monkeypatch.setattr(task_list, "MOST_COUNTED", 2)
    task_list._page_statement.cache_clear()
    for _ in range(3):
        make_task()

    assert "มากกว่า 2 งาน" in visit(people.clerk).get("/tasks").main
    task_list._page_statement.cache_clear()


def test_a_division_that_is_renamed_has_its_new_name_in_the_form_at_once(visit, people):
    make_task()
    visitor, division = visit(people.clerk), people.neighbour.position.division
    visitor.get("/tasks")
    division.name = "กองยุทธศาสตร์และงบประมาณ"

    options = [option.text for option in visitor.get("/tasks").root.all("option")]

    assert "กองยุทธศาสตร์และงบประมาณ" in options


def test_the_form_speaks_the_language_of_the_page(visit, people):
    make_task()
    visitor = visit(people.clerk)
    visitor.get("/tasks")

    page = visitor.post("/locale/en", {"next": "/tasks"})

    assert {"September 2569", "not started", "overdue"} <= {option.text for option in page.root.all("option")}


def test_on_a_phone_the_filters_are_folded_away(visit, people):
    make_task()

    assert "open" not in visit(people.clerk).get("/tasks").root.all("main")[0].all("details")[0].attributes


def test_the_list_shows_the_plan_of_this_fiscal_year_and_another_when_asked(visit, people):
    then = make_task(measure=make_measure(plan=make_plan(2568, rounds=())), due_on=date(2025, 3, 31))
    now = make_task(measure=make_measure(plan=make_plan(2569)))
    visitor = visit(people.clerk)

    page = visitor.get("/tasks")

    assert listed(page) == [now.id]
    assert listed(visitor.get(page.links["2568"])) == [then.id]


def test_choosing_another_year_keeps_the_division_that_was_chosen(visit, people):
    division = people.member.position.division
    make_plan(2568, rounds=())
    make_plan(2569)

    page = visit(people.clerk).get(f"/tasks?division={division.id}")

    assert page.links["2568"] == f"/tasks?division={division.id}&year=2568"


@pytest.mark.parametrize("year", ["2570", "0", "x", "99999999999999999999", "๒๕๖๙"])
def test_a_year_without_a_plan_is_not_there(visit, people, year):
    make_plan(2569)

    visit(people.clerk).get(f"/tasks?year={year}", status=404)


def test_the_list_asks_the_database_the_same_number_of_times_however_long_it_is(visit, people):
    visitor = visit(people.clerk)
    make_task(slot="festival:songkran")
    counts = []
    for many in (3, 46):
        for number in range(many):
            make_task(division=people.member.position.division, due_on=TODAY + timedelta(days=number))
        with count_queries() as heard:
            visitor.get("/tasks")
        counts.append(len(heard))

    # who is signed in with every appointment, which plans there are, divisions with their positions, measures with
    # festivals, one page of tasks with how many there are, on which tasks a link is dead, unread notices and last tick
    assert counts == [7, 7]
