from datetime import timedelta

import pytest

from tests.clocks import TODAY, at
from tests.factories import make_measure, make_organization, make_person, make_plan, make_position, make_task
from tests.figures_on_pages import counts, lies, numbers, row, table, verdict
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.domain.statuses import Status
from tracker.services import appointments, tasks

YESTERDAY = TODAY - timedelta(days=1)


def division_page(appointment, query=""):
    return f"/progress/divisions/{appointment.position.division_id}{query}"


def person_page(appointment, query=""):
    return f"/progress/people/{appointment.user_id}{query}"


@pytest.mark.parametrize("address", [division_page, person_page])
def test_before_there_is_a_plan_the_page_says_so(visit, people, address):
    assert "ยังไม่มีแผน" in visit(people.auditor).get(address(people.member)).main


@pytest.mark.parametrize("address", [division_page, person_page])
def test_every_number_is_the_length_of_the_list_it_leads_to(visit, people, every_kind, address):
    visitor = visit(people.neighbour)

    assert lies(visitor, visitor.get(address(people.member))) == []


@pytest.mark.parametrize("address", [division_page, person_page])
@pytest.mark.parametrize("who", ["member", "neighbour", "clerk", "executive", "auditor", "administrator"])
def test_everybody_of_the_organization_reads_it(visit, people, every_kind, address, who):
    page = visit(getattr(people, who)).get(address(people.member))

    assert counts(page)["ต้องดำเนินการ"] == 14


@pytest.mark.parametrize("address", [division_page, person_page])
def test_a_day_that_cannot_be_read_warns_and_shows_today(visit, people, every_kind, address):
    page = visit(people.auditor).get(address(people.member, "?on=พรุ่งนี้"))

    assert "ไม่ใช่วันที่" in "".join(page.alerts)
    assert "ณ วันที่ 20 กุมภาพันธ์ 2569" in verdict(page)


def test_the_page_of_a_division_agrees_with_the_overview(visit, people, every_kind):
    visitor = visit(people.executive)
    overview, page = visitor.get("/dashboard"), visitor.get(division_page(people.member))

    total = row(overview, "months", people.member.position.division.name)[-1]
    assert total == f"{counts(page)['แล้วเสร็จ']}/{counts(page)['ต้องดำเนินการ']} ▲{counts(page)['เกินกำหนด']}"


@pytest.mark.parametrize("name", ["matrix", "months"])
def test_the_heading_of_a_matrix_leads_to_the_division(visit, people, every_kind, name):
    visitor = visit(people.executive)
    overview = visitor.get("/dashboard?on=2026-02-10")
    matrix = next(one for one in overview.root.all("table") if one.get("aria-labelledby") == name)

    (link,) = [a for a in matrix.all("a") if a.text == "กองคลัง"]

    assert link.get("href") == f"{division_page(people.neighbour)}?year=2569&on=2026-02-10"
    assert visitor.get(link.get("href")).h1.startswith("กองคลัง")


def test_a_division_names_its_indicators_and_measures_which_lead_on_with_the_day(visit, people, every_kind):
    page = visit(people.executive).get(division_page(people.member, "?on=2026-02-10"))

    assert [about.partition(" ")[0] for about in table(page, "by-indicator")] == ["2", "9"]
    links = [
        one.all("a")[0].get("href") for name in ("by-indicator", "by-measure") for one in table(page, name).values()
    ]
    assert all(link.endswith("?year=2569&on=2026-02-10") for link in links)


def test_who_is_in_charge_is_named_and_leads_to_their_work(visit, people, every_kind):
    visitor = visit(people.executive)
    page = visitor.get(division_page(people.member))

    assert f"ผู้รับผิดชอบ: {people.member.position.title} – {people.member.user.name}" in page.main
    assert visitor.get(page.links[people.member.user.name]).h1.startswith(f"งานของ {people.member.user.name}")


def test_who_was_in_charge_then_is_named_on_an_earlier_day(visit, people, every_kind):
    people.member.ends_on = YESTERDAY
    follower = make_person(division=people.member.position.division)
    appointments.appoint(user=follower.user, position=people.member.position, starts_on=TODAY)
    visitor = visit(people.executive)

    now = visitor.get(division_page(people.member))
    then = visitor.get(division_page(people.member, f"?on={YESTERDAY.isoformat()}"))

    assert f"{people.member.position.title} – {follower.user.name}" in now.main
    assert people.member.user.name not in now.main
    assert f"{people.member.position.title} – {people.member.user.name}" in then.main


def test_a_position_that_nobody_fills_is_said_to_be_vacant(visit, people, every_kind):
    position = make_position(Role.OFFICER, division=people.member.position.division)

    page = visit(people.executive).get(division_page(people.member))

    assert f"{position.title} ว่าง" in list(table(page, "by-position"))


def test_positions_that_take_no_tasks_are_not_among_those_who_do(visit, people, every_kind):
    page = visit(people.executive).get(division_page(people.member))

    assert people.clerk.position.division_id == people.member.position.division_id
    assert [about for about in table(page, "by-position") if people.clerk.position.title in about] == []


def test_a_position_counts_its_own_and_what_nobody_was_given(visit, people, give):
    officer = make_person(Role.OFFICER, division=people.member.position.division)
    give(make_task(), officer.position)
    give(make_task(), people.member.position)
    make_task()
    visitor = visit(people.executive)

    page = visitor.get(division_page(people.member))

    assert counts(page)["ต้องดำเนินการ"] == 3
    assert [one.all("td")[2].text for one in table(page, "by-position").values()] == ["0/2", "0/2"]
    assert lies(visitor, page) == []
    assert counts(visitor.get(person_page(officer)))["ต้องดำเนินการ"] == 2


def test_a_division_without_tasks_says_so_and_still_who_is_there(visit, people):
    make_plan()

    page = visit(people.executive).get(division_page(people.member))

    assert "ยังไม่มีการกำหนดงานให้ส่วนราชการนี้" in page.main
    assert people.member.user.name in page.main


def test_what_was_given_to_a_person_is_asked_as_of_the_day(visit, people, give):
    officer = make_person(Role.OFFICER, division=people.member.position.division)
    give(make_task(), officer.position)
    visitor = visit(people.executive)

    assert counts(visitor.get(person_page(people.member, f"?on={YESTERDAY.isoformat()}")))["ต้องดำเนินการ"] == 1
    assert "ยังไม่มีงานที่มอบให้ตำแหน่งนี้" in visitor.get(person_page(people.member)).main


def test_a_task_handed_in_today_was_not_yet_the_day_before(visit, people):
    task = make_task()
    tasks.submit(task=task, by=people.member, now=at(TODAY, 8, 0), today=TODAY)
    visitor = visit(people.executive)

    for address in (division_page, person_page):
        assert counts(visitor.get(address(people.member)))["รอตรวจ"] == 1
        then = visitor.get(address(people.member, f"?on={YESTERDAY.isoformat()}"))
        assert (counts(then)["รอตรวจ"], counts(then)["ยังไม่เริ่ม"]) == (0, 1)
        assert all("on=2026-02-19" in number.address for number in numbers(then))


def test_who_fills_two_positions_sees_each_and_one_sentence_for_both(visit, people):
    for number, division in enumerate((people.member.position.division, people.neighbour.position.division)):
        make_task(division=division, status=Status.DONE if number else Status.NOT_STARTED, due_on=TODAY)
    appointments.appoint(
        user=people.member.user, position=people.neighbour.position, starts_on=TODAY, ends_on=TODAY, is_acting=True
    )
    visitor = visit(people.executive)

    page = visitor.get(person_page(people.member))

    assert "ดำเนินการแล้ว 50%" in verdict(page)
    assert f"{people.neighbour.position.title} (รักษาการ)" in [heading.text for heading in page.root.all("h2")]
    assert lies(visitor, page) == []


def test_the_next_deadlines_of_a_person_lead_to_what_is_still_owed_then(visit, people):
    for status in (Status.NOT_STARTED, Status.DONE):
        make_task(due_on=TODAY + timedelta(days=3), status=status)
    visitor = visit(people.executive)

    page = visitor.get(person_page(people.member))

    assert "23 กุมภาพันธ์ 2569 · 1 งาน" in page.links
    assert lies(visitor, page) == []


def test_a_person_without_a_position_has_nothing_to_do(visit, people, every_kind):
    people.member.ends_on = YESTERDAY

    page = visit(people.executive).get(person_page(people.member))

    assert "ไม่ได้ดำรงตำแหน่งใด" in page.main
    assert numbers(page) == []


@pytest.mark.parametrize("who", ["executive", "auditor", "clerk"])
def test_a_person_whose_position_takes_no_tasks_is_told_apart(visit, people, every_kind, who):
    person = getattr(people, who)

    page = visit(people.executive).get(person_page(person))

    assert "ตำแหน่งนี้ไม่ได้รับมอบงาน" in page.main
    assert person.position.title in page.main


@pytest.mark.parametrize("address", [division_page, person_page])
def test_another_year_shows_the_work_of_that_year(visit, people, every_kind, address):
    make_task(measure=make_measure(plan=make_plan(2568, rounds=())))
    visitor = visit(people.executive)

    page = visitor.get(visitor.get(address(people.member)).links["2568"])

    assert counts(page)["ต้องดำเนินการ"] == 1
    visitor.get(address(people.member, "?year=2571"), status=404)


@pytest.mark.parametrize("address", ["/progress/divisions/987654321", "/progress/people/987654321"])
def test_what_is_not_there_is_not_found(visit, people, every_kind, address):
    visit(people.executive).get(address, status=404)


@pytest.mark.parametrize("address", [division_page, person_page])
def test_the_page_asks_the_database_six_times_at_most_whatever_the_size(visit, db, address):
    heard_of = []
    for size in (2, 8):
        organization = make_organization(f"เทศบาล {size}", [f"กอง {number}" for number in range(size)])
        plan = make_plan(organization=organization)
        people = [make_person(Role.OFFICER, division=organization.divisions[0]) for _ in range(size)]
        for number, measure in enumerate([make_measure(1 + number, plan=plan) for number in range(size)]):
            make_task(measure=measure, division=organization.divisions[0], due_on=TODAY + timedelta(days=number))
        visitor = visit(make_person(Role.EXECUTIVE, organization=organization))
        where = address(people[0])
        with count_queries() as heard:
            visitor.get(where)
        heard_of.append(len(heard))

    # Both: who is signed in with every appointment, plans with their rounds, every figure, notices and last tick.
    # A division: itself with its positions and who fills them, names of measures. A person: account, appointments.
    assert heard_of == [6, 6]
