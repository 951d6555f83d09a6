import pytest
from flask import request
from limits.storage import memory as storage

from tests.doors import NEW_PASSWORD, make_code, shown_code, turn_second_factor_on
from tests.factories import PASSWORD, make_people
from tests.pages import Visitor
from tracker.extensions import db as database
from tracker.models import ResetRequest

HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
FIVE_MINUTES = 5 * 60


@pytest.fixture
def town(make_app, clock):
    """An application that throttles, with its people."""
    app = make_app({"RATELIMIT_ENABLED": True}, mail_server="mail.example.org")
    with app.app_context():
        people = make_people()
        database.session.commit()
        yield app, people


@pytest.fixture
def later(monkeypatch):
    """Let the throttles' clock run on."""
    real = storage.time.time

    class Ahead:
        """The machine's clock, five minutes on."""

        @staticmethod
        def time():
            return real() + FIVE_MINUTES + 1

    return lambda: monkeypatch.setattr(storage, "time", Ahead)


def send(visitor, action, data, *, address=HERE):
    """Send a form from a network address and return the status of the answer."""
    token = visitor.page.token
    return visitor.get(
        action, status=None, method="POST", data=data | {"csrf_token": token}, environ_base={"REMOTE_ADDR": address}
    ).status


class Door:
    """One way in: how to stand before it, what is wrong, what is right, and how each is answered."""

    def __init__(self, app, person):
        self.app, self.user = app, person.user
        self.person = person
        self.arrange()
        database.session.commit()

    def arrange(self):
        pass

    def visitor(self):
        visitor = Visitor(self.app)
        visitor.get(self.page)
        return visitor

    def fail(self, address=HERE):
        return send(self.visitor(), self.action, self.wrong(), address=address)

    def open(self, address=HERE):
        return send(self.visitor(), self.action, self.right(), address=address)


class PasswordDoor(Door):
    page = action = "/sign-in"
    failed = 200

    def wrong(self):
        return {"username": self.user.username, "password": "not the password"}

    def right(self):
        return {"username": self.user.username, "password": PASSWORD}


class CodeDoor(Door):
    page = action = "/sign-in/code"
    failed = 422

    def arrange(self):
        self.code = make_code(self.user)

    def wrong(self):
        return {"username": self.user.username, "code": "aaaaa-aaaaa"}

    def right(self):
        return {"username": self.user.username, "code": self.code}


class SecondStepDoor(Door):
    page = action = "/sign-in/second-step"
    failed = 422

    def arrange(self):
        turn_second_factor_on(self.user)

    def visitor(self):
        visitor = Visitor(self.app)
        visitor.get("/sign-in")
        send(visitor, "/sign-in", {"username": self.user.username, "password": PASSWORD}, address="10.0.0.99")
        visitor.get(self.page)
        return visitor

    def wrong(self):
        return {"code": "000000"}

    def right(self):
        return {"code": shown_code(self.user)}


class SignedInDoor(Door):
    failed = 422
    page = "/account"
    action = "/account/password"

    def visitor(self):
        visitor = Visitor(self.app, self.person)
        visitor.get(self.page)
        return visitor

    def wrong(self):
        return {"present": "not the password", "password": NEW_PASSWORD}

    def right(self):
        return {"present": PASSWORD, "password": NEW_PASSWORD}


DOORS = [PasswordDoor, CodeDoor, SecondStepDoor, SignedInDoor]


@pytest.mark.parametrize("kind", DOORS)
def test_after_ten_failures_an_account_waits_at_that_address_and_nobody_else_does(town, kind):
    app, people = town
    door, colleague = kind(app, people.member), kind(app, people.neighbour)
    assert {door.fail() for _ in range(10)} == {door.failed}
    assert door.fail() == 429
    assert door.open() == 429

    assert colleague.open() == 302
    assert door.open(address=ELSEWHERE) == 302


@pytest.mark.parametrize("kind", DOORS)
def test_after_five_minutes_the_door_opens_again(town, kind, later):
    app, people = town
    door = kind(app, people.member)
    for _ in range(11):
        door.fail()
    assert door.open() == 429

    later()
    assert door.open() == 302


def test_the_digits_of_the_app_cannot_be_guessed_from_many_addresses(town):
    app, people = town
    door = SecondStepDoor(app, people.member)
    answers = [door.fail(address=f"10.1.0.{number}") for number in range(31)]

    assert answers == [422] * 30 + [429]
    assert SecondStepDoor(app, people.neighbour).open() == 302


def test_success_does_not_count(town):
    app, people = town
    door = PasswordDoor(app, people.member)

    assert {door.open() for _ in range(12)} == {302}


def test_asking_for_links_is_throttled_the_same_whoever_it_is_about(town):
    app, people = town

    def ask(username):
        visitor = Visitor(app)
        visitor.get("/sign-in/forgotten")
        return send(visitor, "/sign-in/forgotten", {"username": username})

    for username in (people.member.user.username, "nobody"):
        assert [ask(username) for _ in range(11)] == [200] * 10 + [429]
    # What one is tried under tells nothing about the other name of the same person.
    assert ask(people.member.user.email) == 200
    assert database.session.query(ResetRequest).count() == 21


def test_what_one_address_tries_on_all_accounts_at_all_doors_has_an_end(town):
    app, _ = town
    visitor = Visitor(app)
    visitor.get("/sign-in/code")
    answers = [
        send(visitor, action, {"username": f"nobody{number}", "code": "x", "password": "x"})
        for number in range(61)
        for action in ("/sign-in", "/sign-in/code")
    ]

    assert answers[118:] == [200, 422, 429, 429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "203.0.113.7", HERE),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first is what the visitor wrote
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (1, "", HERE),
    ],
)
def test_who_asks_is_what_the_operators_own_proxies_say_and_nothing_before_them(make_app, proxies, forwarded, counted):
    app = make_app(proxies=proxies)
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, request.host)))

    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Host": "evil.example"}
    with app.app_context():
        Visitor(app).get("/robots.txt", headers=headers, environ_base={"REMOTE_ADDR": HERE})

    assert seen == [(counted, "localhost")]
