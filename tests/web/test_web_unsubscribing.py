import pytest

from tests.doors import cookie
from tests.factories import make_people
from tests.pages import Visitor
from tests.web.test_web_throttles import send
from tracker.extensions import db as database
from tracker.models import Preference
from tracker.services import unsubscribing

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def address(people):
    return f"/unsubscribe/{unsubscribing.token_for(people.member.user)}"


@pytest.fixture
def kept(db, people):
    return lambda: db.session.get(Preference, people.member.user_id)


def program(app, address, **options):
    """Send what a mail program sends on its own: no cookie, no token of a form."""
    return Visitor(app).get(address, method="POST", data=ONE_CLICK, **options)


def test_opening_the_link_says_what_it_does_and_changes_nothing(visit, address, kept):
    page = visit().get(address)

    assert page.h1 == "หยุดรับอีเมลหรือไม่"
    assert page.offers(address, **ONE_CLICK)
    assert kept() is None


def test_the_button_turns_the_mails_off_and_says_how_to_turn_them_on(visit, address, kept):
    visitor = visit()
    visitor.get(address)

    page = visitor.post(address, ONE_CLICK, status=200)

    assert not kept().wants_mail
    assert page.h1 == "หยุดส่งอีเมลแล้ว"
    assert "/notices/settings" in page.links.values()


def test_a_mail_program_turns_them_off_without_a_session(app, clock, address, kept):
    page = program(app, address)

    assert page.h1 == "หยุดส่งอีเมลแล้ว"
    assert not kept().wants_mail


def test_a_mail_program_may_send_its_form_in_parts(app, clock, address, kept):
    Visitor(app).get(address, method="POST", data=ONE_CLICK, content_type="multipart/form-data")

    assert not kept().wants_mail


def test_once_it_is_off_the_link_says_so(app, clock, visit, address):
    program(app, address)

    assert visit().get(address).h1 == "หยุดส่งอีเมลแล้ว"
    assert program(app, address).status == 200


def test_it_works_for_the_person_in_the_link_whoever_is_signed_in(visit, people, db, address, kept):
    visitor = visit(people.neighbour)
    visitor.get(address)

    visitor.post(address, ONE_CLICK, status=200)

    assert not kept().wants_mail
    assert db.session.get(Preference, people.neighbour.user_id) is None


def test_nobody_is_signed_in_by_it(app, clock, address):
    visitor = Visitor(app)

    visitor.get(address, method="POST", data=ONE_CLICK)

    assert cookie(visitor, "remember_token") is None
    assert visitor.get("/notices", status=302).response.location.startswith("/sign-in")


@pytest.mark.parametrize("token", ["x", "MQ.forged", "กองคลัง", "a" * 5000, "%00", "1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_that_we_did_not_sign_is_a_plain_page(app, clock, db, people, token, method):
    page = Visitor(app).get(f"/unsubscribe/{token}", method=method, data=ONE_CLICK, status=404)

    assert page.h1 == "ลิงก์นี้ใช้ไม่ได้"
    assert db.session.query(Preference).count() == 0


def test_the_page_names_nobody(visit, people, address):
    page = visit().get(address)

    assert people.member.user.name not in page.text
    assert people.member.user.email not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_who_guesses_tokens_has_to_wait_and_nobody_else(make_app, clock):
    app = make_app({"RATELIMIT_ENABLED": True})
    with app.app_context():
        people = make_people()
        database.session.commit()
        address = f"/unsubscribe/{unsubscribing.token_for(people.member.user)}"
        visitor = Visitor(app)
        visitor.get("/sign-in")

        assert [send(visitor, f"/unsubscribe/{number}", ONE_CLICK) for number in range(11)] == [404] * 10 + [429]
        assert send(visitor, address, ONE_CLICK) == 200
