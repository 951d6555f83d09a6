from datetime import timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_task
from tests.statements import count_queries
from tracker.domain.statuses import Status
from tracker.models import Message, Notice


@pytest.fixture
def tell(db):
    """Write a digest about tasks to a person, as of a day."""

    def tell(person, *tasks, on=TODAY):
        user = person.user
        message = Message(organization_id=user.organization_id, user_id=user.id, digest_on=on, created_at=MORNING)
        message.notices = [
            Notice(user_id=user.id, plan_id=task.plan_id, task_id=task.id, step=f"{on}", occasion=f"{task.due_on}")
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


def test_what_was_reported_since_is_only_counted(visit, people, tell):
    open_task, submitted = make_task(), make_task(status=Status.SUBMITTED)
    tell(people.member, open_task, submitted)

    page = visit(people.member).get("/notices")

    assert f"/tasks/{submitted.id}" not in page.links.values()
    assert "มีอีก 1 งานในวันนี้ที่รายงานแล้ว" in page.main


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

    # who is signed in with every appointment, digests, their notices with tasks, unread notices and last tick
    assert counts == [4, 4]
