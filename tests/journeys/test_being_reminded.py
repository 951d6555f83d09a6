"""Reminders reach people by mail and in the program, once, and tell the truth."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from tracker.extensions import db as database
from tracker.models import Task

WEEK_BEFORE = date(2026, 2, 20)  # the working day on or before a week before Saturday 28 February
MONDAY_AFTER = date(2026, 3, 2)


@pytest.fixture
def address(town):
    return town.give_address("head2")


def body(mail):
    return mail.get_body(("plain",)).get_content()


def test_the_mail_comes_in_the_morning_once_and_stands_in_the_program_too(town, mailbox, address):
    town.tick(WEEK_BEFORE, 8)
    assert mailbox.mails == []

    for hour in (9, 9, 12, 16):
        town.tick(WEEK_BEFORE, hour)

    (mail,) = mailbox.to(address)
    assert "28 กุมภาพันธ์ 2569" in body(mail)
    head = town.sign_in("head2")
    assert "แจ้งเตือน 1 ใหม่" in head.page.text
    assert "28 ก.พ. 69" in head.get("/notices").main


def test_the_link_in_the_mail_leads_through_signing_in_to_the_task(town, mailbox, address):
    town.tick(WEEK_BEFORE)
    link = re.search(r"http://127\.0\.0\.1:8000(/tasks/\d+)", body(mailbox.to(address)[0]))[1]
    visitor = town.sign_in("head2")

    task = visitor.get(link)

    assert task.offers(f"{link}/status", move="submit")


def test_opening_the_links_of_a_mail_changes_nothing(town, mailbox, address):
    town.tick(WEEK_BEFORE)
    before = database.session.execute(select(Task.id, Task.status)).all()
    head = town.sign_in("head2")

    for link in set(re.findall(r"http://127\.0\.0\.1:8000(/\S*)", body(mailbox.to(address)[0]))):
        head.get(link)

    assert database.session.execute(select(Task.id, Task.status)).all() == before
    assert "แจ้งเตือน 1 ใหม่" in head.page.text


def test_who_has_no_address_is_told_in_the_program_only(town, mailbox):
    town.tick(WEEK_BEFORE)

    assert mailbox.mails == []
    assert "แจ้งเตือน 1 ใหม่" in town.sign_in("head3").page.text


def test_what_was_done_in_time_is_not_spoken_of_again(town, mailbox, address):
    other = town.give_address("head3")
    hand_in_until(town, date(2026, 2, 28))

    town.tick(MONDAY_AFTER)

    assert any("28 กุมภาพันธ์ 2569" in body(mail) for mail in mailbox.to(other))
    assert not any("28 กุมภาพันธ์ 2569" in body(mail) for mail in mailbox.to(address))


def hand_in_until(town, last):
    """Let the head of finance hand in everything that falls due until a day."""
    town.clock.set(WEEK_BEFORE)
    head, division_id = town.sign_in("head2"), town.position("head2").division_id
    owed = select(Task.id).where(Task.division_id == division_id, Task.due_on <= last)
    for task_id in database.session.scalars(owed).all():
        head.get(f"/tasks/{task_id}")
        head.post(f"/tasks/{task_id}/status", {"move": "submit"})


def test_what_stays_open_is_called_late_on_the_next_working_day(town, mailbox, address):
    town.tick(WEEK_BEFORE)
    mailbox.mails.clear()

    town.tick(MONDAY_AFTER)

    (mail,) = mailbox.to(address)
    assert "เกินกำหนด 2 วัน" in body(mail)


def test_after_a_month_switched_off_one_mail_tells_how_things_stand(town, mailbox, address):
    town.tick(date(2026, 2, 2))
    mailbox.mails.clear()

    for hour in (9, 10, 11):
        town.tick(date(2026, 3, 6), hour)

    (mail,) = mailbox.to(address)
    assert "เกินกำหนด 6 วัน" in body(mail)


def test_a_mail_that_is_refused_is_shown_with_the_servers_words_and_holds_nobody_back(town, mailbox, address):
    other = town.give_address("head3")
    mailbox.refused.add(address)

    town.tick(WEEK_BEFORE)

    assert len(mailbox.to(other)) == 1
    admin = town.sign_in("admin")
    row = next(row.text for row in admin.get("/admin/deliveries").root.all("li") if "550" in row.text)
    assert "no such user here" in row
    assert "ส่งไม่สำเร็จ" in row
    assert "แจ้งเตือน 1 ใหม่" in town.sign_in("head2").page.text


def test_when_the_scheduler_falls_silent_the_administrator_is_told(town):
    town.tick(WEEK_BEFORE)
    assert town.sign_in("admin").page.alerts == []

    town.clock.advance(hours=1)

    assert town.sign_in("admin").page.alerts
    assert town.sign_in("head2").page.alerts == []


def test_a_round_that_moves_is_spoken_of_again(town, mailbox, address):
    town.tick(date(2026, 3, 24))  # a week before the first round
    mailbox.mails.clear()
    clerk = town.sign_in("clerk")
    rounds = clerk.get("/measures").links["เปลี่ยน"]
    clerk.get(rounds)
    clerk.post(rounds, {"rounds": "30 เม.ย. 69, 30 ก.ย. 69", "confirmed": "1"})

    town.tick(date(2026, 4, 23))

    (mail,) = mailbox.to(address)
    assert body(mail).count("30 เมษายน 2569") >= 9  # every measure that is reported in the rounds
