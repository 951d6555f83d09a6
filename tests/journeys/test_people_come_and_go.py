"""People move, positions stay: tasks, history, access and reminders follow the appointment."""

from datetime import date, timedelta

import pytest
from flask_security.utils import hash_password
from sqlalchemy import select

from tests.factories import PASSWORD
from tests.pages import Visitor
from tracker.extensions import db
from tracker.models import Event
from tracker.services import appointments, people

LAST_DAY = date(2026, 2, 19)
NEXT_DAY = LAST_DAY + timedelta(days=1)


@pytest.fixture
def hand_over(town):
    """Let a successor take the position of finance's head on the day after the predecessor's last."""

    def hand_over():
        former, position = town.user("head2"), town.position("head2")
        former.appointments[0].ends_on = LAST_DAY
        password = town.passwords["successor"] = people.new_password()
        user = people.open_account(
            organization=former.organization,
            username="successor",
            name="ผู้มาแทน",
            password=password,
            email="successor@town.example",
        )
        appointments.appoint(user=user, position=position, starts_on=NEXT_DAY)
        db.session.commit()
        return position

    return hand_over


def first_task(visitor):
    return next(link.get("href") for link in visitor.get("/").root.all("a") if link.get("class") == "row-link")


def test_the_successor_finds_the_work_and_its_history(town, hand_over):
    town.clock.set(LAST_DAY)
    former = town.sign_in("head2")
    task = first_task(former)
    former.get(task)
    former.post(f"{task}/status", {"move": "start", "note": "เริ่มรวบรวมเอกสาร"})
    position = hand_over()
    town.clock.set(NEXT_DAY)

    successor = town.sign_in("successor")

    assert first_task(successor) == task
    page = successor.get(task)
    assert "เริ่มรวบรวมเอกสาร" in page.main
    assert position.title in page.main
    assert page.offers(f"{task}/status", move="submit")


def test_the_predecessor_works_to_the_end_of_the_last_day_and_no_longer(town, hand_over):
    hand_over()
    town.clock.set(LAST_DAY, 23, 59)
    former = town.sign_in("head2")
    task = first_task(former)
    page = former.get(task)
    assert page.offers(f"{task}/status", move="start")

    town.clock.set(NEXT_DAY, 0, 1)

    former.post(f"{task}/status", {"move": "start"}, status=403)
    former.get(task, status=403)


def test_reminders_follow_the_position(town, mailbox, hand_over):
    town.give_address("head2")
    hand_over()

    town.tick(NEXT_DAY)

    assert len(mailbox.to("successor@town.example")) == 1
    assert mailbox.to("head2@town.example") == []


def test_who_covers_for_a_colleague_acts_for_that_division_until_the_cover_ends(town):
    appointments.appoint(
        user=town.user("head3"),
        position=town.position("head2"),
        starts_on=LAST_DAY,
        ends_on=LAST_DAY,
        is_acting=True,
    )
    db.session.commit()
    task = first_task(town.sign_in("head2"))
    town.clock.set(LAST_DAY)

    cover = town.sign_in("head3")
    page = cover.get(task)
    assert "(รักษาการ)" in page.text
    cover.post(f"{task}/status", {"move": "start"})

    town.clock.set(NEXT_DAY)
    assert not cover.get(task).offers(f"{task}/status", move="submit")
    cover.post(f"{task}/status", {"move": "submit"}, status=403)


def test_an_officer_moves_and_the_successor_works_on_the_same_tasks_the_same_morning(town):
    town.clock.set(NEXT_DAY)
    former = town.sign_in("head2")
    task = first_task(former)
    former.get(task)
    former.post(f"{task}/status", {"move": "start", "note": "เริ่มรวบรวมเอกสาร"})
    position = town.position("head2")

    admin = town.sign_in("admin")
    admin.get(f"/admin/positions/{position.id}/holder")
    page = admin.page.values(f"/admin/positions/{position.id}/holder")
    admin.confirm(
        f"/admin/positions/{position.id}/holder",
        {"person": "0", "name": "ผู้มาแทน", "username": "ผู้มาแทน", "email": "", "starts_on": "๒๐ ก.พ. ๖๙"}
        | {"seen": page["seen"][0]},
    )
    assert admin.page.h1 == "ผู้มาแทน"
    # The invitation by which the new person chooses a password is a story of its own.
    town.user("ผู้มาแทน").password = hash_password(PASSWORD)
    db.session.commit()
    town.passwords["ผู้มาแทน"] = PASSWORD

    former.post(f"{task}/status", {"move": "submit"}, status=403)
    former.get(task, status=403)
    successor = town.sign_in("ผู้มาแทน")
    assert first_task(successor) == task
    page = successor.get(task)
    assert "เริ่มรวบรวมเอกสาร" in page.main
    page = successor.post(f"{task}/status", {"move": "submit"})
    assert "รอการตรวจ" in page.main
    done_by = db.session.scalars(select(Event).where(Event.task_id == int(task.split("/")[-1])).order_by(Event.seq))
    assert [event.by.user.username for event in done_by] == ["head2", "ผู้มาแทน"]
    holders = admin.get(f"/admin/positions/{position.id}").main
    assert holders.index("ผู้มาแทน") < holders.index("สิทธิ์สิ้นสุดเมื่อ 20 กุมภาพันธ์ 2569 09:00")
    record = admin.get("/admin/record").main
    assert f"เปลี่ยนผู้ดำรงตำแหน่ง {position.title} – ผู้มาแทน" in record
    assert town.run("audit", "verify").exit_code == 0


def test_a_closed_account_can_do_nothing_more(town):
    head = town.sign_in("head2")
    town.user("head2").active = False
    db.session.commit()

    assert head.get("/", status=302).response.location.startswith("/sign-in")
    stranger = Visitor(town.app)
    stranger.get("/sign-in")
    stranger.post("/sign-in", {"username": "head2", "password": town.passwords["head2"]}, status=200)
