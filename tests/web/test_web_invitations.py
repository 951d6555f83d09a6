import logging

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.doors import choose_password, session_of, use_code
from tests.factories import make_person
from tests.statements import count_queries
from tracker.domain.deliveries import DeliveryState
from tracker.domain.sign_in import LetterKind, RecordKind
from tracker.extensions import db as database
from tracker.models import Letter, OneTimeKey, SignInRecord
from tracker.services import letters, one_time_keys

PAPER = {"by": "paper"}


@pytest.fixture
def user(people):
    return people.member.user


@pytest.fixture
def mail_server(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")


@pytest.fixture
def office(visit, people):
    """The administrator, on the page of the people."""
    visitor = visit(people.administrator)
    visitor.get("/admin")
    return visitor


def invite(office, user, data=None, *, status=302):
    return office.post(f"/admin/people/{user.id}/invitations", data or {}, status=status)


def printed_code(page):
    """Return the user name and the code that stand on the sheet."""
    return [e.text for e in page.root.all("dd") if e.get("class") == "slip-code"]


def test_a_person_with_an_address_is_invited_by_mail(office, user, mail_server):
    page = invite(office, user)

    assert f"กำลังส่งคำเชิญของ {user.name} ไปที่ {user.email}" in "".join(page.alerts)
    letter = database.session.scalars(select(Letter)).one()
    assert (letter.user_id, letter.kind, letter.state) == (user.id, LetterKind.INVITATION, DeliveryState.WAITING)
    assert "คำเชิญ" in page.main


def test_an_invitation_is_recorded(office, user, people, mail_server):
    invite(office, user)

    record = database.session.scalars(select(SignInRecord).where(SignInRecord.kind == RecordKind.INVITED)).one()
    assert (record.user_id, record.by_id) == (user.id, people.administrator.user_id)


def test_a_person_without_an_address_gets_a_sheet_with_a_code(office, visit, people, mail_server):
    without = make_person(has_email=False).user
    page = invite(office, without)

    username, code = printed_code(page)
    assert username == without.username
    assert "http://127.0.0.1:8000/sign-in/code" in page.main
    assert "27 กุมภาพันธ์ 2569 09:00" in page.main
    visitor = visit()
    use_code(visitor, username, code)
    assert choose_password(visitor).h1 == "งานของฉัน"


def test_a_sheet_can_be_chosen_for_somebody_with_an_address(office, user, mail_server):
    assert len(printed_code(invite(office, user, PAPER))) == 2
    assert database.session.scalars(select(Letter)).all() == []


def test_the_code_is_shown_once_and_kept_by_no_browser(office, user):
    page = invite(office, user, PAPER)

    _, code = printed_code(page)
    assert page.response.headers["Cache-Control"] == "no-store"
    assert code not in office.get("/admin").html
    assert code not in office.get("/admin/letters").html
    office.get(f"/admin/people/{user.id}/invitations", status=405)


def test_loading_the_sheet_again_shows_no_code_and_makes_none(office, visit, user):
    _, code = printed_code(invite(office, user, PAPER))

    again = office.get(f"/admin/people/{user.id}/code", status=410)

    assert "แสดงรหัสเพียงครั้งเดียว" in again.main
    assert code not in again.html
    assert again.offers(f"/admin/people/{user.id}/invitations", by="paper")
    use_code(visit(), user.username, code)


def test_the_sheet_of_one_person_is_not_shown_for_another(office, user, people):
    office.get("/admin")
    sent = PAPER | {"csrf_token": office.page.token}
    office.get(f"/admin/people/{user.id}/invitations", status=302, method="POST", data=sent)

    office.get(f"/admin/people/{people.clerk.user_id}/code", status=410)
    assert len(printed_code(office.get(f"/admin/people/{user.id}/code"))) == 2


def test_what_the_cookie_holds_of_a_code_is_sealed(office, user):
    office.get("/admin")
    sent = PAPER | {"csrf_token": office.page.token}
    office.get(f"/admin/people/{user.id}/invitations", status=302, method="POST", data=sent)
    held = repr(session_of(office))

    _, code = printed_code(office.get(f"/admin/people/{user.id}/code"))

    assert code.replace("-", "") not in held


def test_a_code_that_was_voided_before_it_was_shown_is_not_shown(office, user):
    office.get("/admin")
    sent = PAPER | {"csrf_token": office.page.token}
    office.get(f"/admin/people/{user.id}/invitations", status=302, method="POST", data=sent)
    one_time_keys.forget(user=user)

    office.get(f"/admin/people/{user.id}/code", status=410)


def test_a_second_sheet_voids_the_first(office, visit, user):
    _, first = printed_code(invite(office, user, PAPER))
    _, second = printed_code(invite(office, user, PAPER))

    use_code(visit(), user.username, first, status=422)
    use_code(visit(), user.username, second)


def test_without_a_mail_server_the_administrator_is_told_and_offered_the_sheet(office, user):
    page = invite(office, user, status=422)

    assert "โปรดพิมพ์รหัสใช้ครั้งเดียวแทน" in page.main
    assert database.session.scalars(select(OneTimeKey)).all() == []


def test_nobody_is_invited_into_a_closed_account(office, user, mail_server):
    user.active = False

    assert "บัญชีนี้ปิดใช้งานอยู่" in invite(office, user, status=422).main
    assert "บัญชีนี้ปิดใช้งานอยู่" in invite(office, user, PAPER, status=422).main


def test_what_became_of_the_letters_is_shown_with_a_way_out(office, user, people, mail_server):
    invite(office, user)
    letter = database.session.scalars(select(Letter)).one()
    letter.error, letter.attempts = "451 try again later", 3

    page = office.get("/admin/letters")
    row = next(item.text for item in page.root.all("li") if "451" in item.text)
    assert user.name in row
    assert "451 try again later" in row
    assert "รอส่ง" in row
    assert page.offers(f"/admin/people/{user.id}/invitations", by="paper")


def test_letters_of_another_organization_are_not_listed(office, people):
    letters.write(LetterKind.PASSWORD_CHANGED, user=people.stranger.user, now=MORNING, machine_now=MORNING)

    assert people.stranger.user.name not in office.get("/admin/letters").main


def test_the_list_asks_the_database_the_same_number_of_times_however_much_there_is(office, people):
    counts = []
    for many in (1, 20):
        for _ in range(many):
            user = make_person(division=people.member.position.division).user
            letters.write(LetterKind.PASSWORD_CHANGED, user=user, now=MORNING, machine_now=MORNING)
        with count_queries() as heard:
            office.get("/admin/letters")
        counts.append(len(heard))

    # as in the tests of mails
    assert counts == [6, 6]


def test_the_page_of_a_person_offers_what_can_be_done(office, user, people):
    without = make_person(has_email=False).user
    page, other = (office.get(f"/admin/people/{one.id}") for one in (user, without))

    for tail in ("invitations", "sessions/ending"):
        assert page.offers(f"/admin/people/{user.id}/{tail}")
    assert page.offers(f"/admin/people/{user.id}/invitations", by="mail")
    assert not other.offers(f"/admin/people/{without.id}/invitations", by="mail")
    assert other.offers(f"/admin/people/{without.id}/invitations", by="paper")


def test_the_log_does_not_tell_the_code(office, user, caplog):
    with caplog.at_level(logging.DEBUG):
        _, code = printed_code(invite(office, user, PAPER))

    assert code not in caplog.text
    assert code.replace("-", "") not in caplog.text
