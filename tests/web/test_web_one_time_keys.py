import logging

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.doors import (
    NEW_PASSWORD,
    choose_password,
    cookie,
    make_code,
    make_link,
    session_of,
    sign_in,
    turn_second_factor_on,
    use_code,
    with_cookie,
)
from tests.factories import PASSWORD, make_person
from tests.statements import count_queries
from tracker.domain.sign_in import LetterKind, RecordKind
from tracker.extensions import db as database
from tracker.models import Letter, OneTimeKey, ResetRequest, SignInRecord
from tracker.services import one_time_keys, tokens

WRONG_CODE = "ชื่อผู้ใช้กับรหัสไม่ตรงกัน หรือรหัสถูกใช้ไปแล้วหรือหมดอายุ"
GONE = "ลิงก์หรือรหัสนี้ใช้ไม่ได้แล้ว"
HOME = "งานของฉัน"


@pytest.fixture
def user(people):
    return people.member.user


@pytest.fixture
def link(user, people):
    return make_link(user, people.administrator.user)


@pytest.fixture
def mail_server(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")


def follow(visitor, link):
    """Open the link of a mail and go where it leads."""
    return visitor.get(visitor.get(link, status=302).response.location, status=None)


def test_a_printed_code_leads_to_a_password_and_in(visit, user):
    visitor = visit()
    page = use_code(visitor, user.username, make_code(user))
    assert page.h1 == "ตั้งรหัสผ่าน"
    assert user.name in page.main

    assert choose_password(visitor).h1 == HOME

    assert sign_in(visit(), user.username, NEW_PASSWORD).h1 == HOME
    sign_in(visit(), user.username, PASSWORD, status=200)


def test_a_link_leads_to_a_password_and_in(visit, user, link):
    visitor = visit()
    assert follow(visitor, link).h1 == "ตั้งรหัสผ่าน"

    assert choose_password(visitor).h1 == HOME


def test_the_page_behind_a_link_has_nothing_of_it_in_its_address_so_nothing_refers_to_it(visit, link):
    answer = visit().get(link, status=302).response

    assert answer.location == "/sign-in/password"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_scanners_that_follow_a_link_change_nothing(visit, user, link):
    for _ in range(3):
        scanner = visit()
        with count_queries() as heard:
            follow(scanner, link)
            scanner.get(link, status=302, method="HEAD")
        assert heard.writes == []

    visitor = visit()
    follow(visitor, link)
    assert choose_password(visitor).h1 == HOME


@pytest.mark.parametrize("door", ["code", "link"])
def test_a_key_opens_once(visit, user, people, door):
    first, second = visit(), visit()
    if door == "code":
        code = make_code(user)
        for visitor in (first, second):
            use_code(visitor, user.username, code)
    else:
        address = make_link(user, people.administrator.user)
        for visitor in (first, second):
            follow(visitor, address)
    choose_password(first)

    page = choose_password(second, "another password of mine", status=410)  # two tabs, or two people
    assert page.h1 == GONE
    assert sign_in(visit(), user.username, NEW_PASSWORD).h1 == HOME


def test_a_code_that_was_used_is_as_wrong_as_any_other(visit, user):
    code = make_code(user)
    visitor = visit()
    use_code(visitor, user.username, code)
    choose_password(visitor)

    assert use_code(visit(), user.username, code, status=422).alerts == [WRONG_CODE]


def test_after_seven_days_neither_link_nor_code_opens(visit, user, people, clock, link):
    code = make_code(people.neighbour.user)
    clock.advance(days=7)

    assert follow(visit(), link).h1 == GONE
    use_code(visit(), people.neighbour.user.username, code, status=422)


def test_a_password_page_left_open_too_long_changes_nothing(visit, user, link, clock):
    visitor = visit()
    follow(visitor, link)
    before = user.password
    clock.advance(days=7)

    assert choose_password(visitor, status=410).h1 == GONE
    assert user.password == before


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: token + "A", lambda token: token.swapcase()]
)
def test_a_link_that_was_tampered_with_opens_nothing(visit, link, change):
    head, _, token = link.rpartition("/")

    assert follow(visit(), f"{head}/{change(token)}").h1 == GONE


@pytest.mark.parametrize("token", ["x", "%00", "ก", "..", "a" * 5000, "' OR 1=1 --"])
def test_nonsense_opens_nothing(visit, db, token):
    page = visit().get(f"/sign-in/links/{token}", status=None)

    assert page.status in {302, 404}


def test_without_a_key_there_is_no_password_to_set(visit, db):
    visitor = visit()
    assert visitor.get("/sign-in/password", status=410).h1 == GONE

    assert choose_password(visitor, status=410).h1 == GONE


@pytest.mark.parametrize(
    ("username", "code"),
    [("{me}", "aaaaa-aaaaa"), ("nobody", "{code}"), ("{other}", "{code}"), ("{me}", ""), ("", ""), ("", "{code}"),
     ("a\x00b", "\x00"), ("{me}", "ก" * 5000), ("%", "%")],
)  # fmt: skip
def test_a_wrong_code_reads_the_same_whatever_was_wrong(visit, user, people, username, code):
    names = {"me": user.username, "other": people.neighbour.user.username, "code": make_code(user)}

    page = use_code(visit(), username.format(**names), code.format(**names), status=422)

    assert page.alerts == [WRONG_CODE]


def test_a_wrong_code_and_an_unknown_name_look_the_same_to_the_last_letter(visit, user):
    make_code(user)

    def answer(username):
        page = use_code(visit(), username, "aaaaa-aaaaa", status=422)
        return page.html.replace(page.token, "").replace(username, "")

    assert answer(user.username) == answer("nobody") == answer(user.email)


def test_what_was_typed_stays_except_the_code(visit, user):
    page = use_code(visit(), user.username, "aaaaa-aaaaa", status=422)

    assert page.values("/sign-in/code") | {"csrf_token": ""} == {
        "csrf_token": "", "username": [user.username], "code": [""],
    }  # fmt: skip


@pytest.mark.parametrize("bad", ["short", "1234567890", "{username}", "x" * 1025])
def test_a_password_that_cannot_be_is_refused_in_words_and_the_key_still_opens(visit, user, bad):
    user.username = "finance-head"
    visitor = visit()
    use_code(visitor, user.username, make_code(user))

    page = choose_password(visitor, bad.format(username=user.username), status=422)
    assert page.alerts
    assert page.values("/sign-in/password")["password"] == [""]

    assert choose_password(visitor).h1 == HOME


def test_choosing_a_password_ends_every_session_of_before(visit, user):
    elsewhere = visit()
    sign_in(elsewhere, user.username, remember="y")
    visitor = visit()
    use_code(visitor, user.username, make_code(user))
    choose_password(visitor)

    elsewhere.get("/", status=302)
    visitor.get("/")


def test_choosing_a_password_ends_the_session_of_whoever_was_signed_in_at_this_browser(visit, user, people, app):
    visitor = visit(people.administrator)
    stolen = cookie(visitor, "session")
    use_code(visitor, user.username, make_code(user))

    page = choose_password(visitor)

    assert user.username in visitor.get("/account").main
    assert page.h1 == HOME
    with_cookie(app, "session", stolen).get("/", status=302)


@pytest.mark.parametrize("has_second_factor", [False, True])
def test_who_is_signed_in_already_may_use_a_link_in_the_same_browser(visit, people, user, link, has_second_factor):
    if has_second_factor:
        turn_second_factor_on(user)
    visitor = visit(people.member)
    follow(visitor, link)

    assert choose_password(visitor).h1 == ("ขั้นตอนที่สอง" if has_second_factor else HOME)


def test_the_second_step_is_asked_for_after_a_new_password_too(visit, user):
    turn_second_factor_on(user)
    visitor = visit()
    use_code(visitor, user.username, make_code(user))

    assert choose_password(visitor).h1 == "ขั้นตอนที่สอง"
    visitor.get("/", status=302)


def test_a_chosen_password_is_recorded_and_told_by_mail(visit, user):
    visitor = visit()
    use_code(visitor, user.username, make_code(user))
    choose_password(visitor)

    kinds = database.session.scalars(select(SignInRecord.kind).order_by(SignInRecord.id)).all()
    assert kinds == [RecordKind.CODE_MADE, RecordKind.PASSWORD_SET, RecordKind.SIGNED_IN]
    assert LetterKind.PASSWORD_CHANGED in database.session.scalars(select(Letter.kind)).all()


def test_a_closed_account_opens_to_nobody(visit, user, link):
    code = make_code(user)
    user.active = False

    assert follow(visit(), link).h1 == GONE
    use_code(visit(), user.username, code, status=422)


def test_a_number_that_is_used_again_opens_nothing_for_who_held_the_old_one(visit, user, people):
    """SQLite gives the number of a deleted row to the next one."""
    visitor = visit()
    use_code(visitor, user.username, make_code(user))
    one_time_keys.forget(user=user)
    make_code(people.administrator.user)

    choose_password(visitor, status=410)


def ask(visitor, username):
    visitor.get("/sign-in/forgotten")
    return visitor.post("/sign-in/forgotten", {"username": username}, status=200)


def test_asking_for_a_link_answers_the_same_in_as_many_statements_whoever_it_is(visit, user, mail_server):
    without = make_person(has_email=False).user.username
    answers, counts = set(), set()
    for username in (user.username, user.email, "nobody", without, "", "%", "\x00" * 3, "ก" * 5000):
        visitor = visit()
        visitor.get("/sign-in/forgotten")
        with count_queries() as heard:
            page = visitor.post("/sign-in/forgotten", {"username": username}, status=200)
        answers.add(page.html.replace(page.token, ""))
        if username.strip("\x00"):
            counts.add(len(heard))

    assert len(answers) == 1
    assert len(counts) == 1


def test_who_has_no_address_is_told_where_to_go_as_everybody_is(visit, user, mail_server):
    page = visit().get("/sign-in/forgotten")

    assert "บัญชีที่ไม่มีอีเมลให้ขอรหัสใช้ครั้งเดียวจากผู้ดูแลระบบ" in page.main


def test_without_a_mail_server_nobody_is_promised_a_mail(visit, user):
    visitor = visit()
    page = visitor.get("/sign-in/forgotten")

    assert "ระบบนี้ยังไม่ส่งอีเมล" in page.main
    assert not page.offers("/sign-in/forgotten")
    visitor.post("/sign-in/forgotten", {"username": user.username}, status=200)
    assert database.session.scalars(select(ResetRequest)).all() == []


def test_a_question_in_the_name_of_somebody_ends_nothing_of_theirs(visit, people, user, mail_server):
    member = visit(people.member)
    ask(visit(), user.username)
    for request in database.session.scalars(select(ResetRequest)):
        one_time_keys.answer(request=request, now=MORNING, machine_now=MORNING)

    member.get("/")
    assert sign_in(visit(), user.username).h1 == HOME


@pytest.mark.parametrize("door", ["/sign-in", "/sign-in/code", "/sign-in/forgotten", "/sign-in/password"])
def test_the_doors_load_nothing_from_elsewhere_and_say_so(visit, db, door):
    headers = visit().get(door, status=None).response.headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_no_log_tells_a_code_a_link_or_a_password(visit, user, link, caplog):
    with caplog.at_level(logging.DEBUG):
        code = make_code(user)
        visitor = visit()
        use_code(visitor, user.username, "aaaaa-aaaaa", status=422)
        use_code(visitor, user.username, code)
        choose_password(visitor, "1234567890", status=422)
        choose_password(visitor)
        visitor.get(link, status=302)

    for secret in (code, link.rpartition("/")[2], NEW_PASSWORD, "1234567890", PASSWORD):
        assert secret not in caplog.text


def test_the_cookie_holds_neither_code_nor_link_nor_password(visit, user, link):
    code = make_code(user)
    visitor = visit()
    use_code(visitor, user.username, code)

    held = repr(session_of(visitor))
    assert code not in held
    assert user.password not in held
    assert tokens.fingerprint("code", f"{user.id}:{code}") in held  # of no use but in this signed cookie


def test_the_people_of_another_organization_are_not_invited(visit, people):
    visitor = visit(people.administrator)
    visitor.get("/admin")
    stranger = people.stranger.user_id

    for tail in ("invitations", "sessions/ending", "second-factor/ending"):
        visitor.post(f"/admin/people/{stranger}/{tail}", {"by": "paper"}, status=404)
    assert database.session.scalars(select(OneTimeKey)).all() == []
