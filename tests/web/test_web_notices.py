from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from flask_babel import force_locale
from sqlalchemy import delete

from tests.clocks import MORNING, TODAY
from tests.factories import make_evidence, make_plan, make_task
from tests.factories_public import make_item, make_link
from tests.statements import count_queries
from tracker.domain.links import Cause, Verdict
from tracker.domain.statuses import Status
from tracker.models import DisclosureAddress, Message, Notice
from tracker.web.labels import step_words


@pytest.fixture
def tell(db):
    """Write a digest about tasks to a person, as of a day."""

    def tell(person, *tasks, on=TODAY, step="due", into=None):
        user = person.user
        message = into or Message(
            organization_id=user.organization_id, user_id=user.id, digest_on=on, created_at=MORNING
        )
        message.notices += [
            Notice(user_id=user.id, plan_id=task.plan_id, task_id=task.id, step=step, occasion=f"{on}")
            for task in tasks
        ]
        db.session.add(message)
        db.session.flush()
        return message

    return tell


def reading(message):
    return f"/notices/{message.id}/reading"


def menu_count(page):
    """Return the number beside the notices in the menu."""
    entry = next(link for link in page.root.all("nav")[0].all("a") if link.get("href") == "/notices")
    return entry.text


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_who_was_told_nothing_reads_what_would_come_here(visit, people, who):
    assert "ไม่มีการแจ้งเตือน เมื่อใกล้ครบกำหนด" in visit(getattr(people, who)).get("/notices").main


def test_a_digest_shows_its_day_and_its_open_tasks(visit, people, tell):
    task = make_task()
    tell(people.member, task)

    page = visit(people.member).get("/notices")

    assert "20 กุมภาพันธ์ 2569 ใหม่" in page.main
    assert f"/tasks/{task.id}" in page.links.values()


def test_the_newest_digest_stands_first(visit, people, tell):
    task = make_task()
    tell(people.member, task, on=TODAY - timedelta(days=7))
    tell(people.member, task, on=TODAY)

    headings = [heading.text for heading in visit(people.member).get("/notices").root.all("h2")]

    assert headings == ["20 กุมภาพันธ์ 2569 ใหม่", "13 กุมภาพันธ์ 2569 ใหม่"]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DONE])
def test_what_was_reported_since_stands_there_in_plain_words(visit, people, tell, status):
    open_task, settled = make_task(), make_task(status=status)
    tell(people.member, open_task, settled)

    page = visit(people.member).get("/notices")

    assert f"/tasks/{settled.id}" not in page.links.values()
    assert f"{settled.measure.title} · {settled.division.name} · 20 ก.พ. 69 – ✓ รายงานแล้ว" in page.main


def test_what_was_set_aside_since_says_so(visit, people, tell):
    tell(people.member, make_task(status=Status.NOT_APPLICABLE))

    assert "✓ ไม่เกี่ยวข้อง" in visit(people.member).get("/notices").main


def test_what_waits_for_review_is_a_link_until_it_was_reviewed(visit, people, tell):
    waiting, reviewed = make_task(status=Status.SUBMITTED), make_task(status=Status.DONE)
    tell(people.clerk, waiting, reviewed, step="review")

    page = visit(people.clerk).get("/notices")

    assert f"/tasks/{waiting.id}" in page.links.values()
    assert f"/tasks/{reviewed.id}" not in page.links.values()
    assert "ไม่รอตรวจแล้ว" in page.main


def headings(page):
    return [heading.text for heading in page.root.all("h3")]


def test_a_digest_is_grouped_by_step_what_asks_for_something_first(visit, people, tell):
    steps = ["weekly", "assigned", "lead_30", "lead_7", "due", "late_1", "late_8", "returned"]
    message = tell(people.member)
    for number, step in enumerate(steps):
        tell(people.member, make_task(due_on=TODAY + timedelta(days=number)), step=step, into=message)

    found = headings(visit(people.member).get("/notices"))

    assert found[0] == str(step_words_in_thai("returned"))
    assert found.index(step_words_in_thai("late_1")) < found.index(step_words_in_thai("due"))
    assert found.index(step_words_in_thai("due")) < found.index(step_words_in_thai("assigned"))
    assert len(found) == len({*found})


def step_words_in_thai(step):
    with force_locale("th"):
        return step_words(step)


def test_a_task_that_was_told_with_two_steps_stands_in_one_place(visit, people, tell):
    task = make_task()
    message = tell(people.member, task, step="assigned")
    tell(people.member, task, step="late_1", into=message)

    page = visit(people.member).get("/notices")

    assert headings(page) == [step_words_in_thai("late_1")]


@pytest.mark.parametrize("step", ["weekly", "behind"])
def test_what_is_about_the_plan_leads_to_the_overview(visit, people, tell, step):
    plan = make_task().plan
    message = tell(people.executive)
    for occasion in ("1:2026-01", "2:2026-01"):
        message.notices.append(Notice(user_id=message.user_id, plan=plan, step=step, occasion=occasion))

    page = visit(people.executive).get("/notices")

    assert page.links["ดูภาพรวมปีงบประมาณ 2569"] == "/dashboard?year=2569"
    assert page.main.count("ดูภาพรวม") == 1


def test_a_step_that_only_an_older_program_knew_is_shown_all_the_same(visit, people, tell):
    task = make_task()
    tell(people.member, task, step="x9")

    page = visit(people.member).get("/notices")

    assert headings(page) == [step_words_in_thai("x9")]
    assert f"/tasks/{task.id}" in page.links.values()


def test_older_digests_come_page_by_page_and_none_twice_or_never(visit, people, tell):
    task = make_task()
    for days in range(25):
        tell(people.member, task, on=TODAY - timedelta(days=days))
    visitor, seen, address = visit(people.member), [], "/notices"

    while address:
        page = visitor.get(address)
        seen.append([heading.text for heading in page.root.all("h2")])
        address = page.links.get("ก่อนหน้านี้")

    assert [len(days) for days in seen] == [10, 10, 5]
    assert len({day for days in seen for day in days}) == 25


@pytest.mark.parametrize("before", ["", "x", "2026-02-30", "9999-12-31", "๒๕๖๙"])
def test_a_day_that_is_none_names_the_newest(visit, people, tell, before):
    tell(people.member, make_task())

    assert "20 กุมภาพันธ์ 2569" in visit(people.member).get(f"/notices?before={before}").main


def test_before_the_first_digest_there_is_nothing_and_a_way_back(visit, people, tell):
    tell(people.member, make_task())

    page = visit(people.member).get("/notices?before=2020-01-01")

    assert "ไม่มีการแจ้งเตือนที่เก่ากว่านี้" in page.main
    assert page.links["ไปที่การแจ้งเตือนล่าสุด"] == "/notices"


def test_all_are_marked_as_read_with_one_button(visit, people, tell):
    told = [tell(people.member, make_task(), on=TODAY - timedelta(days=days)) for days in range(12)]
    visitor = visit(people.member)
    page = visitor.get("/notices")

    page = visitor.post("/notices/reading", page.values("/notices/reading"))

    assert menu_count(page) == "แจ้งเตือน"
    assert not page.offers("/notices/reading")
    assert {message.read_at for message in told} == {MORNING}


def test_a_digest_that_came_after_the_page_was_opened_stays_new(visit, people, tell):
    tell(people.member, make_task(), on=TODAY - timedelta(days=1))
    visitor = visit(people.member)
    seen = visitor.get("/notices").values("/notices/reading")
    later = tell(people.member, make_task())

    visitor.post("/notices/reading", seen)

    assert later.read_at is None


def test_marking_all_leaves_those_of_others_and_what_was_read_before(visit, people, tell, clock):
    theirs, mine = tell(people.neighbour, make_task()), tell(people.member, make_task())
    visitor = visit(people.member)
    visitor.get("/notices")
    visitor.post(reading(mine))
    clock.advance(hours=1)

    visitor.post("/notices/reading", {"newest": "9999-12-31"})

    assert theirs.read_at is None
    assert mine.read_at == MORNING


@pytest.mark.parametrize("newest", ["", "x", "0", "2020-01-01", "99999999999999999999"])
def test_what_names_no_digest_marks_none(visit, people, tell, newest):
    message = tell(people.member, make_task())
    visitor = visit(people.member)
    visitor.get("/notices")

    visitor.post("/notices/reading", {"newest": newest})

    assert message.read_at is None


def test_after_reading_one_the_same_page_is_there_again(visit, people, tell):
    for days in range(12):
        message = tell(people.member, make_task(), on=TODAY - timedelta(days=days))
    visitor = visit(people.member)
    page = visitor.get(f"/notices?before={TODAY - timedelta(days=9)}")

    page = visitor.post(reading(message), page.values(reading(message)))

    assert page.root.all("h2")[0].text == "10 กุมภาพันธ์ 2569 ใหม่"


def test_every_page_counts_the_digests_that_were_not_read(visit, people, tell):
    task = make_task()
    tell(people.member, task, on=TODAY - timedelta(days=1))
    tell(people.member, task)

    assert menu_count(visit(people.member).get("/dashboard")) == "แจ้งเตือน 2 ใหม่"


def test_saying_that_it_was_read_takes_it_from_the_count(visit, people, tell):
    message = tell(people.member, make_task())
    visitor = visit(people.member)
    visitor.get("/notices")

    page = visitor.post(reading(message))

    assert menu_count(page) == "แจ้งเตือน"
    assert not page.offers(reading(message))
    assert message.read_at == MORNING


def test_reading_twice_keeps_the_first_time(visit, people, tell, clock):
    message = tell(people.member, make_task())
    visitor = visit(people.member)
    visitor.get("/notices")
    visitor.post(reading(message))
    clock.advance(hours=1)

    visitor.post(reading(message))

    assert message.read_at == MORNING


def test_opening_the_page_marks_nothing_as_read(visit, people, tell):
    message = tell(people.member, make_task())

    visit(people.member).get("/notices")

    assert message.read_at is None


@pytest.mark.parametrize("who", ["neighbour", "clerk", "administrator"])
def test_the_notices_of_others_are_not_there(visit, people, tell, who):
    task = make_task()
    message = tell(people.member, task)
    visitor = visit(getattr(people, who))

    page = visitor.get("/notices")
    visitor.post(reading(message), status=404)

    assert f"/tasks/{task.id}" not in page.links.values()
    assert message.read_at is None


def test_the_page_asks_the_database_the_same_number_of_times_however_much_was_told(visit, people, tell):
    visitor = visit(people.member)
    counts = []
    for days in (range(1), range(1, 20)):
        for day in days:
            tell(people.member, *(make_task(due_on=TODAY + timedelta(days=n)) for n in range(5)),
                 on=TODAY - timedelta(days=day))  # fmt: skip
        with count_queries() as heard:
            visitor.get("/notices")
        counts.append(len(heard))

    # who is signed in with every appointment, digests, their notices with tasks, on which tasks a link is dead, unread
    # notices and last tick
    assert counts == [5, 5]


@pytest.fixture
def told_of_link(db, people):
    """A digest that told a head of an address that cannot be opened."""
    user, plan = people.member.user, make_plan()
    link = make_link(
        "https://town.example/9",
        organization=user.organization,
        verdict=Verdict.BROKEN,
        cause=Cause.REFUSED,
        failing_since=MORNING - timedelta(days=1),
    )
    link.checked_at = MORNING
    make_item(9, organization=user.organization, links=(link,))
    message = Message(organization_id=user.organization_id, user_id=user.id, digest_on=TODAY, created_at=MORNING)
    about = {"user_id": user.id, "plan_id": plan.id, "link_id": link.id}
    message.notices.append(Notice(step="link_broken", occasion="once/0", **about))
    db.session.add(message)
    db.session.flush()
    return link


def test_an_address_is_told_with_how_it_stands_now(visit, people, told_of_link):
    visitor = visit(people.member)
    page = visitor.get("/notices")
    assert "ลิงก์เปิดไม่ได้" in page.main
    assert "https://town.example/9" in page.links.values()
    assert "เปิดไม่ได้ตั้งแต่ 19 กุมภาพันธ์ 2569" in page.main

    told_of_link.verdict, told_of_link.cause = Verdict.OK, None
    told_of_link.failing_since, told_of_link.failures = None, 0

    assert "เปิดไม่ได้ตั้งแต่" not in visitor.get("/notices").main


def test_the_file_of_notices_has_addresses_too(visit, people, told_of_link):
    file = visit(people.member).get("/notices/file.xlsx").response.get_data()

    _, row = openpyxl.load_workbook(BytesIO(file)).active.iter_rows(values_only=True)
    assert "https://town.example/9" in row


def test_an_address_leads_to_what_was_seen_of_it_under_the_name_that_people_know(visit, people, told_of_link):
    assert visit(people.member).get("/notices").links["O9 ข้อมูลเปิดเผยที่ 9"] == f"/links/{told_of_link.id}"


@pytest.mark.parametrize("page", ["/notices", "/notices/file.xlsx"])
def test_evidence_of_a_division_that_one_left_is_told_no_more(visit, people, told_of_link, db, page):
    db.session.execute(delete(DisclosureAddress))
    evidence = make_evidence(make_task(division=people.member.position.division), url=told_of_link.url, title="หลักฐาน")

    def told():
        response = visit(people.member).get(page).response
        if page == "/notices":
            return response.get_data(as_text=True)
        rows = openpyxl.load_workbook(BytesIO(response.get_data())).active.iter_rows(values_only=True)
        return str(list(rows))

    assert told_of_link.url in told()

    evidence.task.division_id = people.neighbour.position.division_id

    assert told_of_link.url not in told()


def test_a_card_says_that_it_leaves_addresses_out(visit, people, told_of_link, db):
    db.session.execute(delete(DisclosureAddress))

    assert "ลิงก์ 1 รายการที่ท่านไม่ได้ดูแลแล้ว หรือไม่มีผู้ใช้แล้ว" in visit(people.member).get("/notices").main
