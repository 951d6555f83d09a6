from datetime import date, timedelta

import pytest

from tests.clocks import MORNING, TODAY
from tests.factories import make_person
from tests.statements import count_queries
from tracker.domain.deliveries import DeliveryState
from tracker.models import Delivery, Message
from tracker.services import appointments

SILENT = "ระบบแจ้งเตือนอัตโนมัติหยุดทำงาน"
OTHERS = ["member", "clerk", "executive", "auditor"]


@pytest.fixture
def deliver(db):
    """Leave a mail to a person in the outbox in some state."""

    def deliver(person, state, *, error="", on=TODAY):
        user = person.user
        message = Message(organization_id=user.organization_id, user_id=user.id, digest_on=on, created_at=MORNING)
        sent_at = MORNING if state == DeliveryState.SENT else None
        message.deliveries = [
            Delivery(
                channel="mail",
                header_id=f"<{user.id}.{on}@test>",
                state=state,
                attempts=1,
                next_try_at=MORNING,
                sent_at=sent_at,
                error=error,
            )
        ]
        db.session.add(message)
        db.session.flush()

    return deliver


@pytest.mark.parametrize("who", OTHERS)
def test_the_page_is_the_administrators_and_offered_to_nobody_else(visit, people, who):
    visitor = visit(getattr(people, who))

    assert "/admin" not in visitor.get("/dashboard").links.values()
    visitor.get("/admin", status=403)


def test_the_menu_leads_the_administrator_here(visit, people):
    assert visit(people.administrator).get("/").links["ผู้ดูแลระบบ"] == "/admin"


def test_without_a_mail_server_the_page_says_that_mails_wait_and_how_to_set_one(visit, people):
    assert "TRACKER_MAIL_SERVER" in visit(people.administrator).get("/admin").main


def test_with_a_mail_server_there_is_nothing_to_warn_of(visit, people, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    assert "TRACKER_MAIL_SERVER" not in visit(people.administrator).get("/admin").main


def test_before_the_first_mail_the_page_says_when_they_leave(visit, people):
    assert "ยังไม่มีอีเมล ระบบส่งแจ้งเตือนเวลา 08.30 น." in visit(people.administrator).get("/admin").main


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (DeliveryState.WAITING, "รอส่ง"),
        (DeliveryState.SENT, "ส่งแล้ว"),
        (DeliveryState.FAILED, "ส่งไม่สำเร็จ"),
        (DeliveryState.DROPPED, "ไม่จำเป็นต้องส่งแล้ว"),
    ],
)
def test_every_mail_is_listed_with_what_became_of_it(visit, people, deliver, state, word):
    deliver(people.member, state, error="550 no such user" if state == DeliveryState.FAILED else "")

    row = visit(people.administrator).get("/admin").root.all("tr")[1].text

    assert f"20 ก.พ. 69 {people.member.user.name} {word} 1" in row
    assert ("550 no such user" in row) is (state == DeliveryState.FAILED)


def test_the_words_of_a_mail_server_are_shown_as_written_never_run(visit, people, deliver):
    deliver(people.member, DeliveryState.FAILED, error="<script>alert(1)</script>")

    assert "<script>alert(1)</script>" in visit(people.administrator).get("/admin").main


def test_mails_of_another_organization_are_not_listed(visit, people, deliver):
    deliver(people.stranger, DeliveryState.FAILED, error="550 far away")

    assert "550 far away" not in visit(people.administrator).get("/admin").main


def test_everybody_in_office_today_is_listed_with_their_position_and_role(visit, people):
    gone = make_person(ends_on=TODAY - timedelta(days=1))
    without_mail = make_person(has_email=False)
    appointments.appoint(
        user=people.member.user, position=people.neighbour.position, starts_on=date(2026, 2, 1), is_acting=True
    )

    page = visit(people.administrator).get("/admin")

    rows = [row.text for row in page.root.all("table")[-1].all("tr")]
    member = people.member
    division = member.position.division.name
    assert any(f"{member.position.title} หัวหน้าส่วนราชการ {division} {member.user.username}" in row for row in rows)
    assert page.values(f"/admin/people/{member.user_id}/address")["email"] == [member.user.email]
    assert any(f"{people.neighbour.position.title} (รักษาการ)" in row for row in rows)
    assert page.values(f"/admin/people/{without_mail.user_id}/address")["email"] == [""]
    assert gone.user.username not in page.main
    assert people.stranger.user.username not in page.main


def test_the_scheduler_has_not_run_yet(visit, people):
    page = visit(people.administrator).get("/admin")

    assert "ยังไม่เริ่มทำงาน" in page.main
    assert SILENT not in page.main


def test_when_the_scheduler_last_ticked_is_said_on_thai_clocks(visit, people, tick):
    tick(timedelta(minutes=5))

    page = visit(people.administrator).get("/admin")

    assert "20 กุมภาพันธ์ 2569 08:55" in page.main
    assert SILENT not in page.main


@pytest.mark.parametrize("address", ["/", "/dashboard", "/measures", "/tasks", "/notices", "/admin"])
def test_a_silent_scheduler_is_told_to_the_administrator_on_every_page(visit, people, tick, address):
    tick(timedelta(minutes=11))

    assert SILENT in "".join(visit(people.administrator).get(address).alerts)


@pytest.mark.parametrize("who", OTHERS)
def test_a_silent_scheduler_is_no_concern_of_the_others(visit, people, tick, who):
    tick(timedelta(hours=2))

    assert visit(getattr(people, who)).get("/").alerts == []


def test_the_page_asks_the_database_the_same_number_of_times_however_much_there_is(visit, people, deliver):
    visitor = visit(people.administrator)
    counts = []
    for many in (1, 20):
        for _ in range(many):
            deliver(make_person(division=people.member.position.division), DeliveryState.SENT)
        with count_queries() as heard:
            visitor.get("/admin")
        counts.append(len(heard))

    # who is signed in with every appointment, last tick, mails, people, unread notices and last tick for the menu
    assert counts == [5, 5]


def test_an_address_makes_a_person_be_mailed_and_an_empty_one_never(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    address = f"/admin/people/{people.member.user_id}/address"

    visitor.post(address, {"email": "Kong.Khlang@example.org"})
    assert people.member.user.email == "Kong.Khlang@example.org"

    visitor.post(address, {"email": ""})
    assert people.member.user.email is None


@pytest.mark.parametrize("email", ["ไม่ใช่อีเมล", "a@b@c", "a@example.org\nBcc: b@example.org", "{taken}"])
def test_an_address_that_cannot_be_is_refused_in_words(visit, people, email):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    before = people.member.user.email

    email = email.format(taken=people.neighbour.user.email)
    page = visitor.post(f"/admin/people/{people.member.user_id}/address", {"email": email}, status=422)

    assert page.alerts
    assert people.member.user.email == before
