import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.doors import NEW_PASSWORD, cookie, session_of, sign_in, with_cookie
from tests.factories import PASSWORD, make_task
from tests.statements import count_queries
from tracker.domain.sign_in import LetterKind, RecordKind
from tracker.extensions import db as database
from tracker.models import Letter, SignInRecord, UserSession
from tracker.queries import accounts
from tracker.services import passwords, sessions

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"


@pytest.fixture
def user(people):
    return people.member.user


def sessions_of(user):
    return database.session.scalars(
        select(UserSession).where(UserSession.user_id == user.id).order_by(UserSession.id)
    ).all()


def change(visitor, present=PASSWORD, password=NEW_PASSWORD, *, status=302):
    visitor.get("/account")
    return visitor.post("/account/password", {"present": present, "password": password}, status=status)


@pytest.fixture
def remembered(visit, user):
    """Somebody who stays signed in."""
    visitor = visit()
    sign_in(visitor, user.username, remember="y")
    return visitor


def test_the_header_leads_everybody_to_their_account(visit, people):
    assert visit(people.auditor).get("/").links["บัญชีของฉัน"] == "/account"


def test_the_page_says_where_one_is_signed_in_and_which_is_this_device(visit, user):
    visitor = visit()
    visitor.get("/sign-in")
    visitor.post("/sign-in", {"username": user.username, "password": PASSWORD}, headers={"User-Agent": CHROME})
    sign_in(visit(), user.username, remember="y")

    devices = [row.text for row in visitor.get("/account").root.all("ul")[-1].all("li")]

    assert any("Chrome · Windows อุปกรณ์นี้ ใช้ล่าสุด 20 กุมภาพันธ์ 2569 09:00" in text for text in devices)
    assert any("ไม่ทราบอุปกรณ์" in text and "คงสถานะเข้าสู่ระบบไว้" in text for text in devices)


def test_nothing_of_others_is_shown(visit, people, user):
    sign_in(visit(), people.neighbour.user.username)
    page = visit(people.member).get("/account")

    assert len(page.root.all("ul")[-1].all("li")) == 1
    assert people.neighbour.user.name not in page.main


def test_the_page_asks_the_database_the_same_number_of_times_however_much_there_is(visit, people, user):
    visitor = visit(people.member)
    counts = []
    for many in (1, 20):
        for _ in range(many):
            sign_in(visit(), user.username)
        with count_queries() as heard:
            visitor.get("/account")
        counts.append(len(heard))

    # who is signed in, sessions, second factor, what happened, unread notices and last tick for the menu
    assert counts == [5, 5]


def test_a_session_is_checked_in_the_statement_that_finds_the_person(visit, people):
    visitor = visit(people.member)
    with count_queries() as heard:
        visitor.get("/measures")

    assert [statement for statement in heard.all if "user_session" in statement] == heard.all[:1]
    assert [statement for statement in heard.all if "appointment" in statement] == heard.all[:1]


def test_the_cookies_hold_a_token_of_which_the_database_keeps_only_a_fingerprint(remembered, user):
    token = session_of(remembered)["_user_id"]
    (row,) = sessions_of(user)

    assert token in cookie(remembered, "remember_token")
    assert token not in {row.fingerprint, user.fs_uniquifier}
    assert user.fs_uniquifier not in cookie(remembered, "session")


def test_signing_in_begins_a_session_with_nothing_of_the_one_before(visit, user):
    visitor = visit()
    visitor.get("/sign-in")
    planted = session_of(visitor)
    sign_in(visitor, user.username)
    first = session_of(visitor)["_user_id"]
    visitor.post("/sign-out")
    sign_in(visitor, user.username)

    assert session_of(visitor)["csrf_token"] != planted["csrf_token"]
    assert session_of(visitor)["_user_id"] != first


def test_the_language_survives_signing_in_and_out(visit, user):
    visitor = visit()
    visitor.get("/sign-in")
    visitor.post("/locale/en", {"next": "/sign-in"})
    visitor.post("/sign-in", {"username": user.username, "password": PASSWORD})
    assert session_of(visitor)["locale"] == "en"

    assert visitor.post("/sign-out").h1 == "Sign in"


@pytest.mark.parametrize("name", ["session", "remember_token"])
def test_the_cookie_of_a_session_that_was_signed_out_is_worth_nothing(remembered, app, name):
    stolen = cookie(remembered, name)
    with_cookie(app, name, stolen).get("/")
    remembered.post("/sign-out")

    with_cookie(app, name, stolen).get("/", status=302)


@pytest.mark.parametrize("name", ["session", "remember_token"])
def test_the_cookie_of_a_session_ended_from_elsewhere_is_refused_on_the_next_request(
    visit, people, remembered, user, app, name
):
    stolen, here = cookie(remembered, name), visit(people.member)
    here.get("/account")
    here.post(f"/account/sessions/{sessions_of(user)[0].id}/ending")

    with_cookie(app, name, stolen).get("/", status=302)
    remembered.get("/", status=302)
    here.get("/")


def test_ending_this_session_signs_out_here(visit, people, user):
    visitor = visit(people.member)
    visitor.get("/account")

    assert visitor.post(f"/account/sessions/{sessions_of(user)[0].id}/ending").h1 == "เข้าสู่ระบบ"
    visitor.get("/", status=302)


def test_ending_all_others_keeps_this_one(visit, people, remembered, user):
    visitor = visit(people.member)
    visitor.get("/account")
    visitor.post("/account/sessions/ending")

    visitor.get("/")
    remembered.get("/", status=302)
    assert len(sessions_of(user)) == 1


def test_the_administrator_ends_every_session_of_a_person_and_that_is_recorded(visit, people, remembered, user):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    visitor.post(f"/admin/people/{user.id}/sessions/ending")

    remembered.get("/", status=302)
    assert sessions_of(user) == []
    record = database.session.scalars(select(SignInRecord).where(SignInRecord.kind == RecordKind.SESSIONS_ENDED)).one()
    assert (record.user_id, record.by_id) == (user.id, people.administrator.user_id)


def test_an_administrator_who_ends_all_of_their_own_stays_here(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin")

    visitor.post(f"/admin/people/{people.administrator.user_id}/sessions/ending")


def test_a_session_lasts_a_week_and_one_that_is_remembered_thirty_days(visit, user, remembered, clock):
    visitor = visit()
    sign_in(visitor, user.username)
    clock.advance(days=6, hours=23)
    visitor.get("/")
    clock.advance(hours=1)
    visitor.get("/", status=302)

    remembered.get("/")
    clock.advance(days=23)
    remembered.get("/", status=302)


def test_a_closed_account_is_out_at_once_on_every_device(remembered, user, app):
    stolen = cookie(remembered, "remember_token")
    user.active = False

    remembered.get("/", status=302)
    with_cookie(app, "remember_token", stolen).get("/", status=302)


def test_changing_the_password_takes_the_present_one_and_ends_every_other_session(visit, people, remembered, user, app):
    stolen = cookie(remembered, "remember_token")
    visitor = visit(people.member)
    page = change(visitor)

    assert "เปลี่ยนรหัสผ่านแล้ว" in "".join(page.alerts)
    remembered.get("/", status=302)
    with_cookie(app, "remember_token", stolen).get("/", status=302)
    assert sign_in(visit(), user.username, NEW_PASSWORD).h1 == "งานของฉัน"
    sign_in(visit(), user.username, PASSWORD, status=200)


def test_a_changed_password_is_told_by_mail_and_recorded(visit, people, user):
    change(visit(people.member))

    assert database.session.scalars(select(Letter.kind)).all() == [LetterKind.PASSWORD_CHANGED]
    assert RecordKind.PASSWORD_CHANGED in database.session.scalars(select(SignInRecord.kind)).all()


def test_who_has_no_address_is_told_nothing_and_it_works(visit, people, user):
    user.email = None
    change(visit(people.member))

    assert database.session.scalars(select(Letter)).all() == []


@pytest.mark.parametrize(
    ("present", "password"),
    [("wrong", NEW_PASSWORD), ("", NEW_PASSWORD), (PASSWORD, "short"), (PASSWORD, "1234567890"),
     (PASSWORD, "x" * 1025), ("x" * 5000, NEW_PASSWORD)],
)  # fmt: skip
def test_a_change_that_cannot_be_leaves_everything_as_it_was(visit, people, remembered, user, present, password):
    page = change(visit(people.member), present, password, status=422)

    assert page.alerts
    remembered.get("/")
    assert sign_in(visit(), user.username).h1 == "งานของฉัน"


@pytest.mark.parametrize(
    ("address", "data"),
    [("/account/password", {"password": NEW_PASSWORD}), ("/account/second-factor", {})],
)
def test_a_session_ended_while_the_password_was_checked_changes_nothing(
    visit, people, user, monkeypatch, address, data
):
    visitor = visit(people.member)
    visitor.get("/account")
    before = user.password

    def end_meanwhile(_password, *, user):
        sessions.forget(user=user)
        database.session.commit()
        return True

    monkeypatch.setattr(passwords, "is_right", end_meanwhile)
    visitor.post(address, {"present": PASSWORD} | data, status=401)

    assert user.password == before
    assert accounts.second_factor(user.id) is None


def test_a_password_in_two_pieces_is_the_same_in_one(visit, people, user):
    change(visit(people.member), password="cafe\u0301 au lait")

    assert sign_in(visit(), user.username, "café au lait").h1 == "งานของฉัน"


def test_what_happened_to_the_account_is_told_newest_first_with_who_did_it(visit, people, user):
    administrator = visit(people.administrator)
    administrator.get("/admin")
    administrator.post(f"/admin/people/{user.id}/invitations", {"by": "paper"})
    visitor = visit(people.member)
    change(visitor)

    told = [row.text for row in visitor.get("/account").root.all("ol")[-1].all("li")]
    assert "เปลี่ยนรหัสผ่าน" in told[0]
    assert "ออกรหัสใช้ครั้งเดียวสำหรับตั้งรหัสผ่าน" in told[2]
    assert people.administrator.user.name in told[2]


def test_the_last_use_is_noted_by_what_is_sent_at_most_every_ten_minutes_and_never_by_reading(
    visit, people, user, clock
):
    task = make_task(division=people.member.position.division)
    visitor = visit(people.member)

    def used_after(minutes, act):
        clock.advance(minutes=minutes)
        act()
        database.session.expire_all()
        return sessions_of(user)[0].last_used_at - MORNING

    page = f"/tasks/{task.id}"
    assert used_after(30, lambda: visitor.get(page)) == timedelta(0)
    assert used_after(0, lambda: visitor.post(f"{page}/status", {"move": "start"})) == timedelta(minutes=30)
    assert used_after(9, lambda: visitor.post(f"{page}/status", {"move": "submit"})) == timedelta(minutes=30)
    assert used_after(1, lambda: visitor.post(f"{page}/status", {"move": "withdraw"})) == timedelta(minutes=40)


@pytest.mark.parametrize("name", ["session", "remember_token"])
def test_both_cookies_are_kept_from_scripts_and_other_sites(visit, user, name):
    visitor = visit()
    token = visitor.get("/sign-in").token
    answer = visitor.get(
        "/sign-in", status=302, method="POST",
        data={"csrf_token": token, "username": user.username, "password": PASSWORD, "remember": "y"},
    ).response  # fmt: skip
    header = next(h for h in answer.headers.getlist("Set-Cookie") if h.startswith(f"{name}="))

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_over_https_the_remember_cookie_is_secure_too(make_app):
    assert make_app(base_url="https://ita.example").config["REMEMBER_COOKIE_SECURE"] is True


@pytest.mark.parametrize("token", ["", "x", "{uniquifier}", "1", "None"])
def test_a_session_that_names_no_token_is_nobodys(visit, user, app, token):
    visitor = visit()
    with visitor._client.session_transaction() as session:
        session["_user_id"] = token.format(uniquifier=user.fs_uniquifier)

    visitor.get("/", status=302)


def test_no_log_tells_a_token_or_a_password(visit, people, user, caplog):
    with caplog.at_level(logging.DEBUG):
        visitor = visit()
        sign_in(visitor, user.username, remember="y")
        token = session_of(visitor)["_user_id"]
        change(visitor)
        visitor.post("/sign-out")

    for secret in (token, PASSWORD, NEW_PASSWORD):
        assert secret not in caplog.text


@pytest.fixture
def without_position(visit, people):
    people.member.ends_on = TODAY - timedelta(days=1)
    return visit(people.member)


def test_who_holds_no_position_is_told_so_and_whom_to_ask(without_position, people):
    alerts = without_position.get("/account").alerts

    assert "ยังไม่มีตำแหน่งในระบบ" in alerts[0]
    assert people.administrator.user.name in alerts[0]
    assert people.stranger.user.name not in alerts[0]


def test_who_holds_a_position_is_told_nothing_of_the_sort(visit, people):
    assert "ยังไม่มีตำแหน่ง" not in visit(people.member).get("/account").main


def test_who_holds_no_position_finds_the_account_and_changes_password_and_language(without_position):
    assert without_position.get("/", status=403).links["บัญชีของฉัน"] == "/account"

    assert "เปลี่ยนรหัสผ่านแล้ว" in change(without_position).alerts[0]
    assert without_position.post("/locale/en", {"next": "/account"}).h1 == "My account"


def test_the_menu_of_who_holds_no_position_leads_to_the_account_alone(without_position):
    menu = without_position.get("/account").root.all("nav")[0]

    assert [link.get("href") for link in menu.all("a")] == ["/account"]
