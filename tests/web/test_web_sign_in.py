from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest

from tests.clocks import TODAY
from tests.factories import PASSWORD, make_organization, make_people, make_person, make_task
from tests.pages import Visitor
from tracker.extensions import db as database

WRONG = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจสอบแล้วลองใหม่"


def sign_in(visitor, username, password=PASSWORD, *, status=302, address="/sign-in", **more):
    page = visitor.get(address)
    data = page.values("/sign-in") | {"username": username, "password": password} | more
    return visitor.post("/sign-in", data, status=status)


@pytest.mark.parametrize(
    "written", ["{username}", "{email}", "{USERNAME}", "  {username} ", "{EMAIL}", "\u200b{username}"]
)
def test_user_name_or_e_mail_and_the_password_let_in(visit, people, written):
    user = people.member.user
    names = {"username": user.username, "email": user.email}
    names |= {name.upper(): value.upper() for name, value in names.items()}

    page = sign_in(visit(), written.format(**names))

    assert page.h1 == "งานของฉัน"


def test_a_user_name_in_thai_lets_in(visit, people, db):
    people.member.user.username = "หัวหน้าสำนักปลัด"

    assert sign_in(visit(), "หัวหน้าสํานักปลัด").h1 == "งานของฉัน"  # ำ typed as two characters


def test_staying_signed_in_is_a_choice(visit, people):
    visitor = visit()
    sign_in(visitor, people.member.user.username)
    assert visitor._client.get_cookie("remember_token") is None

    remembered = visit()
    sign_in(remembered, people.member.user.username, remember="y")
    assert remembered._client.get_cookie("remember_token") is not None


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("{known}", "not the password"),
        ("{known}", ""),
        ("{known}", PASSWORD + " "),
        ("{known}", PASSWORD.upper()),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("", ""),
        ("'; --", PASSWORD),
        ("%", PASSWORD),
        ("a\x00b", PASSWORD),
        ("ก" * 5000, "ข" * 5000),
    ],
)
def test_whoever_is_not_let_in_reads_the_same_whatever_was_wrong(visit, people, username, password):
    visitor = visit()

    page = sign_in(visitor, username.format(known=people.member.user.username), password, status=200)

    assert page.alerts == [WRONG]
    visitor.get("/", status=302)


def test_an_unknown_user_and_a_wrong_password_look_the_same_to_the_last_letter(visit, people):
    def answer(username):
        page = sign_in(visit(), username, "not the password", status=200)
        return page.html.replace(page.token, "").replace(username, "")

    assert answer(people.member.user.username) == answer("nobody")


def test_a_closed_account_reads_the_same_as_an_unknown_one(visit, people):
    people.member.user.active = False

    assert sign_in(visit(), people.member.user.username, status=200).alerts == [WRONG]


def test_what_was_typed_stays_except_the_password(visit, people):
    page = sign_in(visit(), "someone", "a wrong password", status=200)

    assert page.values("/sign-in")["username"] == ["someone"]
    assert page.values("/sign-in")["password"] == [""]


def test_an_account_closed_meanwhile_is_signed_out(visit, people):
    visitor = visit(people.member)
    visitor.get("/")
    people.member.user.active = False

    visitor.get("/", status=302)


@pytest.mark.parametrize(
    "term",
    [{"ends_on": TODAY - timedelta(days=1)}, {"starts_on": TODAY + timedelta(days=1)}],
    ids=["gone", "not yet here"],
)
def test_who_holds_no_position_today_may_sign_in_but_sees_nothing(visit, people, term):
    task = make_task()
    visitor = visit()
    visitor.get("/sign-in")
    former = make_person(division=people.member.position.division, **term)
    visitor.post("/sign-in", {"username": former.user.username, "password": PASSWORD}, status=None)

    page = visitor.get(f"/tasks/{task.id}", status=403)

    assert task.measure.title not in page.text


def test_the_day_of_the_last_appointment_is_still_a_day_in_office(visit, people):
    visit(make_person(division=people.member.position.division, ends_on=TODAY)).get("/")


@pytest.mark.parametrize("address", ["/", "/dashboard", "/tasks?late=1", "/admin", "/imports"])
def test_a_stranger_is_led_to_sign_in(visit, db, address):
    location = visit().get(address, status=302).response.location

    assert location.startswith("/sign-in")


def test_after_signing_in_one_is_where_one_wanted_to_be(visit, people):
    task = make_task()
    visitor = visit()
    wanted = f"/tasks/{task.id}"

    page = sign_in(visitor, people.member.user.username, address=visitor.get(wanted, status=302).response.location)

    assert page.h1 == task.measure.title


def test_the_filters_of_the_page_one_wanted_survive_signing_in(visit, people):
    make_task()
    visitor = visit()
    address = visitor.get("/tasks?status=done&from=1+ต.ค.", status=302).response.location

    page = sign_in(visitor, people.member.user.username, address=address)

    assert page.values("/tasks")["status"] == ["done"]
    assert page.values("/tasks")["from"] == ["1 ต.ค."]


def test_what_could_not_be_sent_without_signing_in_is_not_sent_by_it(visit, people):
    task = make_task()
    visitor = visit()
    visitor.get("/sign-in")

    answer = visitor.get(
        f"/tasks/{task.id}/status", status=302, method="POST", data={"move": "start", "csrf_token": visitor.page.token}
    )

    assert answer.response.location == "/sign-in"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://localhost@evil.example/",
    "/%2f%2fevil.example",
    "\x01//evil.example",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_never_leads_away_from_the_site(visit, people, elsewhere):
    visitor = visit()
    page = visitor.get("/sign-in", query_string={"next": elsewhere})
    data = {"username": people.member.user.username, "password": PASSWORD, "csrf_token": page.token, "next": elsewhere}

    answer = visitor.get("/sign-in", status=None, method="POST", data=data, query_string={"next": elsewhere})

    location = answer.response.headers.get("Location", "/").replace("\\", "/")  # as browsers read it
    assert urlsplit(urljoin("http://localhost/sign-in", location))[:2] == ("http", "localhost")


def test_signing_out_ends_the_session(visit, people):
    visitor = visit(people.member)
    visitor.get("/")

    page = visitor.post("/sign-out")

    assert page.h1 == "เข้าสู่ระบบ"
    visitor.get("/", status=302)


def test_a_link_alone_never_signs_out(visit, people):
    visitor = visit(people.member)

    visitor.get("/sign-out", status=405)

    visitor.get("/")


def test_a_password_may_be_pasted_and_filled_in_by_the_browser(visit, db):
    fields = {field.get("name"): field for field in visit().get("/sign-in").root.all("input")}

    assert fields["username"].get("autocomplete") == "username"
    assert fields["password"].get("autocomplete") == "current-password"
    assert fields["password"].get("type") == "password"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(visit, people):
    visitor = visit()
    cookie = visitor.get("/sign-in").response.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_cookies_are_secure_and_the_browser_is_told_to_stay(make_app):
    app = make_app(base_url="https://ita.example")

    response = app.test_client().get("/sign-in", base_url="https://ita.example")

    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_passwords_are_stored_as_argon2_hashes(make_app):
    plain = {"SECURITY_PASSWORD_HASH": "argon2", "SECURITY_PASSWORD_SCHEMES": ["argon2"]}
    app = make_app(plain)
    with app.app_context():
        person = make_person(organization=make_organization())
        stored, username = person.user.password, person.user.username
        database.session.commit()

    assert stored.startswith("$argon2id$")
    with app.app_context():
        assert sign_in(Visitor(app), username).h1 == "งานของฉัน"


def test_a_password_hashed_in_an_older_way_is_hashed_anew_when_it_is_used(make_app):
    old_and_new = {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2", "plaintext"],
        "SECURITY_DEPRECATED_PASSWORD_SCHEMES": ["plaintext"],
    }
    app = make_app(old_and_new)
    with app.app_context():
        user = make_person(organization=make_organization()).user
        user.password = PASSWORD
        database.session.commit()

        assert sign_in(Visitor(app), user.username).h1 == "งานของฉัน"
        assert user.password.startswith("$argon2id$")
        assert sign_in(Visitor(app), user.username).h1 == "งานของฉัน"


def test_who_is_signed_in_already_is_led_on(visit, people):
    task = make_task()

    assert (
        visit(people.member)
        .get(f"/sign-in?next=/tasks/{task.id}", status=302)
        .response.location.endswith(f"/tasks/{task.id}")
    )


@pytest.fixture
def throttled(make_app, clock):
    """An application that throttles, and the user names of two people in it."""
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        people = make_people()
        names = people.member.user.username, people.neighbour.user.username
        database.session.commit()
        yield app, *names


def attempt(app, username, *, password="wrong", address="10.0.0.1", status=200):
    visitor = Visitor(app)
    token = visitor.get("/sign-in").token
    data = {"username": username, "password": password, "csrf_token": token}
    return visitor.get("/sign-in", status=status, method="POST", data=data, environ_base={"REMOTE_ADDR": address})


def test_after_ten_tries_an_account_waits_at_that_address(throttled):
    app, member, _ = throttled
    for _ in range(10):
        attempt(app, member)

    page = attempt(app, member, password=PASSWORD, status=429)

    assert page.h1 == "พยายามหลายครั้งเกินไป"
    assert int(page.response.headers.get("Retry-After", 0)) in range(1, 301)


def test_a_colleague_at_the_same_address_need_not_wait(throttled):
    app, member, neighbour = throttled
    for _ in range(11):
        attempt(app, member, status=None)

    attempt(app, neighbour, password=PASSWORD, status=302)


def test_the_account_itself_need_not_wait_at_another_address(throttled):
    app, member, _ = throttled
    for _ in range(11):
        attempt(app, member, status=None)

    attempt(app, member, password=PASSWORD, address="10.0.0.2", status=302)


def test_writing_the_name_differently_gives_no_more_tries(throttled):
    app, member, _ = throttled
    for number in range(10):
        attempt(app, member.upper() if number % 2 else f" {member} ")

    attempt(app, member, status=429)
