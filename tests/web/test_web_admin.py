from datetime import timedelta

import pytest

from tests.factories import make_delivery, make_person, make_position
from tests.statements import count_queries
from tracker.domain.deliveries import DeliveryState
from tracker.domain.permissions import Role

SILENT = "ระบบแจ้งเตือนอัตโนมัติหยุดทำงาน"
OTHERS = ["member", "clerk", "executive", "auditor"]


@pytest.mark.parametrize("who", OTHERS)
def test_the_page_is_the_administrators_and_offered_to_nobody_else(visit, people, who):
    visitor = visit(getattr(people, who))

    assert "/admin" not in visitor.get("/dashboard").links.values()
    visitor.get("/admin", status=403)


def test_the_menu_leads_the_administrator_here(visit, people):
    assert visit(people.administrator).get("/").links["การจัดการระบบ"] == "/admin"


def test_without_a_mail_server_the_page_says_that_mails_wait_and_how_to_set_one(visit, people):
    assert "TRACKER_MAIL_SERVER" in visit(people.administrator).get("/admin").main


def test_with_a_mail_server_there_is_nothing_to_warn_of(visit, people, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    assert "TRACKER_MAIL_SERVER" not in visit(people.administrator).get("/admin").main


@pytest.mark.parametrize(
    "address", ["/admin/people", "/admin/positions", "/admin/divisions", "/admin/record", "/admin/deliveries"]
)
def test_the_page_leads_to_everything_that_is_administered(visit, people, address):
    visitor = visit(people.administrator)

    assert address in visitor.get("/admin").links.values()
    assert visitor.get(address).links["การจัดการระบบ"] == "/admin"


@pytest.mark.parametrize(
    "address", ["/admin/people", "/admin/positions", "/admin/divisions", "/admin/record", "/admin/letters"]
)
def test_the_menu_knows_that_these_pages_are_the_administrators(visit, people, address):
    menu = visit(people.administrator).get(address).root.all("nav")[0]

    assert [link.text for link in menu.all("a") if link.get("aria-current")] == ["การจัดการระบบ"]


def test_the_page_counts_what_is_there(visit, people):
    page = visit(people.administrator).get("/admin").main

    for words in ("บัญชีที่เปิดใช้งาน 6 บัญชี", "6 ตำแหน่ง", "2 ส่วนราชการ", "0 รายการ"):
        assert words in page


def test_vacant_positions_are_told_first(visit, people):
    make_position(Role.CLERK)

    assert "มีตำแหน่งว่าง 1 ตำแหน่ง" in visit(people.administrator).get("/admin").main


def test_where_every_position_is_filled_nothing_is_told_of_vacancies(visit, people):
    assert "ว่าง" not in visit(people.administrator).get("/admin").main


@pytest.mark.parametrize("address", ["/", "/dashboard", "/measures", "/tasks", "/notices", "/admin"])
def test_a_silent_scheduler_is_told_to_the_administrator_on_every_page(visit, people, tick, address):
    tick(timedelta(minutes=11))

    assert SILENT in "".join(visit(people.administrator).get(address).alerts)


@pytest.mark.parametrize("who", OTHERS)
def test_a_silent_scheduler_is_no_concern_of_the_others(visit, people, tick, who):
    tick(timedelta(hours=2))

    assert visit(getattr(people, who)).get("/").alerts == []


def test_the_page_asks_the_database_the_same_number_of_times_however_much_there_is(visit, people):
    visitor = visit(people.administrator)
    counts = []
    for many in (1, 20):
        for _ in range(many):
            make_delivery(make_person(division=people.member.position.division), DeliveryState.FAILED)
        with count_queries() as heard:
            visitor.get("/admin")
        counts.append(len(heard))

    # who is signed in with every appointment, the numbers, what every page asks
    assert counts == [3, 3]


def test_mails_that_were_not_delivered_are_told(visit, people):
    make_delivery(people.member, DeliveryState.FAILED)
    make_delivery(people.stranger, DeliveryState.FAILED)
    make_delivery(people.neighbour, DeliveryState.SENT)

    assert "ส่งไม่สำเร็จ 1" in visit(people.administrator).get("/admin").main
