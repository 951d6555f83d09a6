import logging

import pytest
from sqlalchemy import select

from tests.doors import cookie, session_of, shown_code, sign_in, turn_second_factor_on, with_cookie
from tests.factories import PASSWORD, make_task
from tracker.domain.sign_in import RecordKind
from tracker.extensions import db as database
from tracker.models import SignInRecord

STEP = "/sign-in/second-step"
WRONG = "รหัสไม่ถูกต้องหรือถูกใช้ไปแล้ว โปรดรอรหัสถัดไปแล้วลองใหม่"


@pytest.fixture
def user(people):
    return people.member.user


@pytest.fixture
def codes(user):
    """The recovery codes of the person, who signs in with two steps."""
    return turn_second_factor_on(user)


def begin(visitor, user, **more):
    """Show the right password."""
    page = sign_in(visitor, user.username, **more)
    assert page.h1 == "ขั้นตอนที่สอง"
    return visitor


def test_the_password_alone_does_not_let_in(visit, user, codes):
    visitor = begin(visit(), user)

    visitor.get("/", status=302)


def test_the_code_of_the_app_lets_in(visit, user, codes):
    visitor = begin(visit(), user)

    assert visitor.post(STEP, {"code": shown_code(user)}).h1 == "งานของฉัน"


def test_a_recovery_code_lets_in_once_and_is_recorded(visit, user, codes):
    assert begin(visit(), user).post(STEP, {"code": codes[0]}).h1 == "งานของฉัน"

    assert begin(visit(), user).post(STEP, {"code": codes[0]}, status=422).alerts == [WRONG]
    assert RecordKind.RECOVERY_CODE_USED in database.session.scalars(select(SignInRecord.kind)).all()


@pytest.mark.parametrize("code", ["", "000000", "abc", "ก" * 5000, "\x00", "123456789012"])
def test_a_wrong_code_lets_nobody_in(visit, user, codes, code):
    visitor = begin(visit(), user)

    assert visitor.post(STEP, {"code": code}, status=422).alerts == [WRONG]
    visitor.get("/", status=302)


def test_a_code_is_taken_once_even_in_two_browsers(visit, user, codes):
    first, second = begin(visit(), user), begin(visit(), user)
    code = shown_code(user)
    first.post(STEP, {"code": code})

    second.post(STEP, {"code": code}, status=422)
    second.get("/", status=302)


def test_who_did_not_show_the_password_is_sent_back_to_the_first_step(visit, user, codes):
    visitor = visit()
    assert visitor.get(STEP, status=302).response.location == "/sign-in"
    visitor.get("/sign-in")

    assert visitor.post(STEP, {"code": shown_code(user)}).h1 == "เข้าสู่ระบบ"
    visitor.get("/", status=302)


def test_after_ten_minutes_the_password_is_asked_for_again(visit, user, codes, clock):
    visitor = begin(visit(), user)
    clock.advance(minutes=10)

    assert visitor.post(STEP, {"code": shown_code(user, steps=20)}).h1 == "เข้าสู่ระบบ"
    visitor.get("/", status=302)


def test_a_password_changed_in_between_is_asked_for_again(visit, user, codes):
    visitor = begin(visit(), user)
    user.password = "another hash"

    assert visitor.post(STEP, {"code": shown_code(user)}).h1 == "เข้าสู่ระบบ"


def test_an_account_closed_in_between_is_not_let_in(visit, user, codes):
    visitor = begin(visit(), user)
    user.active = False

    assert visitor.post(STEP, {"code": shown_code(user)}).h1 == "เข้าสู่ระบบ"


def test_a_cookie_between_the_steps_that_was_tampered_with_is_worth_nothing(visit, user, codes, app):
    stolen = cookie(begin(visit(), user), "session")

    for forged in (stolen[:-2] + "xx", "e30" + stolen[3:], stolen[::-1]):
        with_cookie(app, "session", forged).get(STEP, status=302)


def test_after_the_second_step_one_is_where_one_wanted_to_be(visit, user, codes):
    task = make_task()
    visitor = begin(visit(), user, next=f"/tasks/{task.id}")

    assert visitor.post(STEP, {"code": shown_code(user)}).h1 == task.measure.title


def test_staying_signed_in_survives_the_second_step(visit, user, codes):
    visitor = begin(visit(), user, remember="y")
    assert cookie(visitor, "remember_token") is None

    visitor.post(STEP, {"code": shown_code(user)})
    assert cookie(visitor, "remember_token") is not None


def test_who_has_no_second_factor_does_not_see_the_step(visit, user):
    assert sign_in(visit(), user.username).h1 == "งานของฉัน"


def test_a_wrong_password_is_told_before_anything_of_a_second_step(visit, user, codes, people):
    def answer(username):
        page = sign_in(visit(), username, "not the password", status=200)
        return page.html.replace(page.token, "").replace(username, "")

    assert answer(user.username) == answer(people.neighbour.user.username) == answer("nobody")


def test_neither_cookie_nor_log_tells_a_secret(visit, user, codes, caplog):
    with caplog.at_level(logging.DEBUG):
        visitor = begin(visit(), user)
        held = repr(session_of(visitor))
        visitor.post(STEP, {"code": "000000"}, status=422)
        visitor.post(STEP, {"code": codes[0]})

    for secret in (PASSWORD, user.password, codes[0]):
        assert secret not in caplog.text
        assert secret not in held


def test_turning_it_on_takes_the_password_then_a_code_and_shows_recovery_codes_once(visit, people, user):
    visitor = visit(people.member)
    page = visitor.get("/account/second-factor")
    visitor.post("/account/second-factor", {"present": "not the password"}, status=422)
    page = visitor.post("/account/second-factor", {"present": PASSWORD})
    assert page.root.all("svg")
    assert page.links["เปิดในแอปยืนยันตัวตน"].startswith("otpauth://totp/")  # for an app on this very telephone
    assert page.response.headers["Cache-Control"] == "no-store"

    assert visitor.post("/account/second-factor/confirmation", {"code": "000000"}, status=422).alerts == [WRONG]
    page = visitor.post("/account/second-factor/confirmation", {"code": shown_code(user)})
    shown = [code.text for code in page.root.all("code")]
    assert len(shown) == 10
    assert page.response.headers["Cache-Control"] == "no-store"

    assert "แสดงรหัสสำรองเพียงครั้งเดียว" in visitor.get("/account/recovery-codes", status=410).main
    again = visitor.get("/account/second-factor")
    assert not any(code in again.html for code in shown)
    assert "10 รหัส" in again.main
    begin(visit(), user)


def test_turning_it_on_signs_out_everywhere_else_and_both_pages_say_so(visit, people, user):
    here, elsewhere = visit(people.member), visit(people.member)
    elsewhere.get("/")
    here.get("/account/second-factor")
    page = here.post("/account/second-factor", {"present": PASSWORD})
    assert "ออกจากระบบบนอุปกรณ์อื่นทั้งหมด" in page.main

    page = here.post("/account/second-factor/confirmation", {"code": shown_code(user)})

    assert "ออกจากระบบบนอุปกรณ์อื่นทั้งหมดแล้ว" in page.alerts[0]
    here.get("/")
    assert elsewhere.get("/", status=302).response.location.startswith("/sign-in")


def test_what_the_cookie_holds_of_recovery_codes_is_sealed_and_gone_once_they_were_shown(visit, people, codes):
    visitor = visit(people.member)
    visitor.get("/account/second-factor")
    visitor.get("/account/recovery-codes", status=302, method="POST", data=sent(visitor))
    held = repr(session_of(visitor))

    shown = [code.text for code in visitor.get("/account/recovery-codes").root.all("code")]

    assert len(shown) == 10
    assert "shown_once" in held
    assert not any(code.replace("-", "") in held for code in shown)
    assert "shown_once" not in session_of(visitor)


def sent(visitor):
    return {"present": PASSWORD, "csrf_token": visitor.page.token}


def test_sending_the_confirmation_twice_makes_no_second_set_of_codes(visit, people, user):
    visitor = visit(people.member)
    visitor.get("/account/second-factor")
    visitor.post("/account/second-factor", {"present": PASSWORD})
    code = shown_code(user)
    visitor.post("/account/second-factor/confirmation", {"code": code})

    visitor.post("/account/second-factor/confirmation", {"code": code}, status=422)
    visitor.post("/account/second-factor", {"present": PASSWORD}, status=422)


@pytest.mark.parametrize("address", ["/account/second-factor/ending", "/account/recovery-codes"])
def test_turning_it_off_and_new_codes_take_the_password(visit, people, user, codes, address):
    visitor = visit(people.member)
    visitor.get("/account/second-factor")

    assert visitor.post(address, {"present": "wrong"}, status=422).alerts == ["รหัสผ่านปัจจุบันไม่ถูกต้อง"]
    begin(visit(), user).post(STEP, {"code": codes[0]})

    visitor.post(address, {"present": PASSWORD})
    if address.endswith("ending"):
        assert sign_in(visit(), user.username).h1 == "งานของฉัน"
    else:
        begin(visit(), user).post(STEP, {"code": codes[1]}, status=422)


def test_the_administrator_turns_it_off_for_who_lost_everything_and_that_is_recorded(visit, people, user, codes):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    visitor.post(f"/admin/people/{user.id}/second-factor/ending")

    assert sign_in(visit(), user.username).h1 == "งานของฉัน"
    record = database.session.scalars(
        select(SignInRecord).where(SignInRecord.kind == RecordKind.SECOND_FACTOR_RESET)
    ).one()
    assert (record.user_id, record.by_id) == (user.id, people.administrator.user_id)


def test_an_administrators_own_second_step_is_not_turned_off_without_the_password(visit, people):
    administrator = people.administrator
    turn_second_factor_on(administrator.user)
    visitor = visit(administrator)
    visitor.get("/admin")

    visitor.post(f"/admin/people/{administrator.user_id}/second-factor/ending", status=422)
    begin(visit(), administrator.user)


def test_a_code_that_was_right_a_minute_ago_is_wrong(visit, user, codes, clock):
    code = shown_code(user)
    clock.advance(seconds=60)

    begin(visit(), user).post(STEP, {"code": code}, status=422)
