"""What a mail server can do wrong, from the ledger to the wire: each digest arrives once or is given up by name."""

import time
from collections import Counter

import pytest
from sqlalchemy import select

from tests.factories import make_organization, make_person, make_task
from tests.jobs.mail_servers import (
    dripping,
    dripping_at_the_end,
    hanging_up_within_the_mail,
    odd_server,
    open_office,
    silent,
)
from tests.serving import free_port
from tracker.domain.deliveries import DeliveryState, Problem
from tracker.domain.permissions import Role
from tracker.jobs import reminders
from tracker.models import Delivery

SENT, WAITING, FAILED = DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.FAILED


@pytest.fixture
def people(db):
    """Three people with a digest each, in the order in which they are told."""
    division = make_organization().divisions[0]
    people = [make_person(Role.OFFICER, division=division) for _ in range(3)]
    make_task(division=division)
    return people


@pytest.fixture
def run(app, db, clock, monkeypatch):
    """Run the reminders against the server on a port, some hours later than the last time."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
    monkeypatch.setattr("tracker.channels.mail.PATIENCE", 1.0)
    settings = {"backend": "smtp", "server": "127.0.0.1", "timeout": 0.5, "default_sender": "ita@example.org"}

    def run(port):
        for name, value in (settings | {"port": port}).items():
            monkeypatch.setattr(app.extensions["mailman"], name, value)
        db.session.commit()
        db.session.expire_all()
        with app.app_context():
            reminders.run()
        clock.advance(hours=4)

    return run


@pytest.fixture
def office():
    with open_office() as (office, port):
        office.port = port
        yield office


def states(db):
    db.session.expire_all()
    return [tuple(row) for row in db.session.execute(select(Delivery.state, Delivery.problem).order_by(Delivery.id))]


def arrived(office):
    return Counter(mail["To"] for mail in office.taken)


def once_each(people):
    return Counter(person.user.email for person in people)


@pytest.mark.parametrize(
    ("step", "answer"),
    [("MAIL", "451 later"), ("MAIL", "550 5.7.1 not you"), ("MAIL", "421 closing"), ("DATA", "452 4.3.1 no space")],
)
def test_what_the_server_says_of_itself_only_delays(db, people, run, office, step, answer):
    office.answers[step] = answer
    run(office.port)
    assert {state for state, _ in states(db)} == {WAITING}
    assert office.taken == []

    office.answers.clear()
    run(office.port)
    run(office.port)

    assert arrived(office) == once_each(people)
    assert states(db) == [(SENT, None)] * 3


def test_one_box_that_is_full_for_now_delays_nobody_else(db, people, run, office):
    office.answers[people[1].user.email] = "452 4.2.2 full"
    run(office.port)
    assert arrived(office) == once_each([people[0], people[2]])

    office.answers.clear()
    run(office.port)

    assert arrived(office) == once_each(people)


def test_an_address_that_is_none_is_given_up_by_name_and_delays_nobody_else(db, people, run, office):
    office.answers[people[0].user.email] = "550 5.1.1 no such user"

    run(office.port)
    run(office.port)

    assert states(db) == [(FAILED, Problem.ADDRESS), (SENT, None), (SENT, None)]
    assert arrived(office) == once_each(people[1:])


def test_mails_that_are_not_wanted_are_given_up_by_name(db, people, run, office):
    office.answers["DATA"] = "554 5.6.0 do not like it"

    run(office.port)
    office.answers.clear()
    run(office.port)

    assert states(db) == [(FAILED, Problem.REFUSED)] * 3
    assert office.taken == []


def taking(taken):
    """Take all mails and note to whom each went."""

    def converse(heard, say):
        say(b"220 here\r\n")
        for line in heard:
            if line.upper().startswith(b"RCPT"):
                taken[line.split(b"<")[1].split(b">")[0].decode()] += 1
            if line.upper().startswith(b"DATA"):
                say(b"354 go on\r\n")
                while heard.readline() != b".\r\n":
                    pass
            say(b"250 fine\r\n")

    return converse


@pytest.mark.parametrize("fault", [silent, dripping, dripping_at_the_end, hanging_up_within_the_mail])
def test_a_server_that_is_slow_or_breaks_off_delays_one_mail_and_nobody_behind_it(db, people, run, fault):
    taken = Counter()
    began = time.monotonic()
    with odd_server(fault, taking(taken)) as port:
        run(port)
        first = dict(taken)
        run(port)

    if fault is hanging_up_within_the_mail:  # the others have no ear for a new connection before they are done
        assert first == once_each(people[1:])
    assert states(db) == [(SENT, None)] * 3
    assert taken == once_each(people)
    assert time.monotonic() - began < 30


def test_a_server_that_is_gone_holds_the_mails_until_it_is_back(db, people, run, office):
    run(free_port())
    assert states(db) == [(WAITING, Problem.UNREACHABLE)] * 3

    run(office.port)

    assert arrived(office) == once_each(people)
