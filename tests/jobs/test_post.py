import socket
import time
from email.header import decode_header, make_header

import pytest

from tests.apps import new_app
from tests.jobs.mail_servers import (
    dripping,
    dripping_at_the_end,
    hanging_up_within_the_mail,
    odd_server,
    open_office,
    polite,
    saying,
    silent,
)
from tracker.channels.mail import PATIENCE, Mail, Post, send
from tracker.domain.deliveries import LEASE, Attempt, Outcome, Problem

SENT = Attempt(Outcome.SENT)


@pytest.fixture(scope="module")
def app():
    """The application set to send mails; its database is never asked."""
    app = new_app("sqlite://", {"MAIL_BACKEND": "smtp"}, mail_server="127.0.0.1", mail_sender="ita@example.org")
    with app.app_context():
        yield app


@pytest.fixture
def server(app, monkeypatch):
    """Let the settings name a server on this port, and wait so long for each of its answers."""

    def server(port, *, timeout=20, **settings):
        for name, value in {"port": port, "timeout": timeout, **settings}.items():
            monkeypatch.setattr(app.extensions["mailman"], name, value)

    return server


@pytest.fixture
def office(server):
    with open_office() as (office, port):
        server(port)
        yield office


def mail(number=1, **changes):
    values = {
        "to": f"head{number}@example.org",
        "subject": "เกินกำหนด 1 งาน",
        "text": "น้ำ ๑ งาน\n",
        "html": "<p>น้ำ ๑ งาน</p>",
        "header_id": f"<{number}@ita-tracker>",
    }
    return Mail(**(values | changes))


def test_many_mails_leave_on_one_connection(office):
    with Post() as post:
        assert [post.send(mail(number)) for number in range(20)] == [SENT] * 20

    assert [message["To"] for message in office.taken] == [f"head{number}@example.org" for number in range(20)]
    assert office.connections == 1


def test_nobody_is_called_where_there_is_no_mail(office):
    with Post():
        pass

    assert office.connections == 0


def test_a_recipients_refusal_keeps_the_connection_for_the_others(office):
    office.answers["head2@example.org"] = "550 5.1.1 no such user"
    with Post() as post:
        outcomes = [post.send(mail(number)).outcome for number in (1, 2, 3)]

    assert outcomes == [Outcome.SENT, Outcome.REFUSED, Outcome.SENT]
    assert office.connections == 1


def test_what_no_server_could_be_asked_with_keeps_the_connection_too(office):
    with Post() as post:
        outcomes = [post.send(mail(to=to)).outcome for to in ("a@example.org", "หัวหน้า@example.org", "b@example.org")]

    assert outcomes == [Outcome.SENT, Outcome.REFUSED, Outcome.SENT]
    assert office.connections == 1


def test_a_domain_in_thai_letters_can_be_mailed(office):
    assert send(mail(to="head@ตัวอย่าง.ไทย")) == SENT


@pytest.mark.parametrize(
    ("step", "answer", "outcome", "problem"),
    [
        ("MAIL", "550 5.7.1 you may not send", Outcome.FAILED, Problem.REFUSED),
        ("MAIL", "550 5.1.8 bad sender", Outcome.FAILED, Problem.REFUSED),
        ("MAIL", "530 5.7.0 sign in first", Outcome.FAILED, Problem.SIGN_IN),
        ("MAIL", "451 4.3.0 later", Outcome.FAILED, Problem.BUSY),
        ("head1@example.org", "550 5.1.1 no such user", Outcome.REFUSED, Problem.ADDRESS),
        ("head1@example.org", "530 5.7.0 sign in first", Outcome.FAILED, Problem.SIGN_IN),
        ("head1@example.org", "552 5.2.2 full", Outcome.REFUSED, Problem.FULL),
        ("head1@example.org", "452 4.2.2 full", Outcome.FAILED, Problem.FULL),
        ("head1@example.org", "450 4.2.0 greylisted", Outcome.FAILED, Problem.BUSY),
        ("head1@example.org", "554 5.7.1 relay denied", Outcome.REFUSED, Problem.REFUSED),
        ("DATA", "554 5.6.0 do not like it", Outcome.REFUSED, Problem.REFUSED),
        ("DATA", "552 5.3.4 too large", Outcome.REFUSED, Problem.REFUSED),
        ("DATA", "451 4.3.0 later", Outcome.FAILED, Problem.BUSY),
    ],
)
def test_what_the_server_answers_at_each_step_is_told_honestly(office, step, answer, outcome, problem):
    office.answers[step] = answer
    with Post() as post:
        assert post.send(mail()) == Attempt(outcome, answer, problem)
        office.answers.clear()
        assert post.send(mail(2)) == SENT

    assert office.connections == 1


def test_a_greeting_that_turns_us_away_settles_no_mail(server):
    with odd_server(saying(b"554 5.7.1 not you")) as port:
        server(port)

        attempt = send(mail())

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.REFUSED)


def test_a_name_and_password_that_are_not_accepted_settle_no_mail(server):
    with odd_server(saying(b"220 here", b"250-here\r\n250 AUTH PLAIN", b"535 5.7.8 wrong")) as port:
        server(port, username="ita", password="wrong")

        attempt = send(mail())

    assert attempt == Attempt(Outcome.FAILED, "535 5.7.8 wrong", Problem.SIGN_IN)


def test_a_server_that_knows_no_signing_in_is_told_as_such(server):
    with odd_server(polite()) as port:
        server(port, username="ita", password="a password")

        attempt = send(mail())

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.SIGN_IN)


def test_encryption_that_the_server_does_not_know_is_a_matter_of_the_settings(server):
    with odd_server(polite()) as port:
        server(port, use_tls=True)

        attempt = send(mail())

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.UNREACHABLE)


def test_nobody_at_the_port_is_unreachable(server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server(free.getsockname()[1])

        assert send(mail()).problem == Problem.UNREACHABLE


def test_a_name_that_no_server_has_is_unreachable(server, monkeypatch):
    def unknown(*_arguments, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    server(25)

    assert send(mail()).problem == Problem.UNREACHABLE


def test_a_server_that_says_nothing_is_given_up_after_its_time_out(server):
    with odd_server(silent) as port:
        server(port, timeout=0.3)
        began = time.monotonic()

        attempt = send(mail())

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.SLOW)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("conversation", [dripping, dripping_at_the_end])
def test_a_server_that_sends_a_byte_a_second_cannot_hold_a_mail_past_its_time(server, conversation):
    with odd_server(conversation) as port:
        server(port, timeout=20)
        began = time.monotonic()
        with Post(patience=2.5) as post:
            attempt = post.send(mail())
        took = time.monotonic() - began

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.SLOW)
    assert 2 < took < 6  # eight bytes would take eight seconds


def test_the_time_for_one_mail_is_well_under_the_lease():
    assert LEASE.total_seconds() > PATIENCE * 5


def test_a_connection_that_breaks_within_the_mail_is_a_failure_for_now(server):
    with odd_server(hanging_up_within_the_mail, polite()) as port:
        server(port)
        with Post() as post:
            first, second = post.send(mail(html="<p>น้ำ</p>" * 100_000)), post.send(mail(2))

    assert (first.outcome, first.problem) == (Outcome.FAILED, Problem.SLOW)
    assert second == SENT


def test_a_server_that_hangs_up_between_two_mails_is_called_anew(server):
    with odd_server(polite(mails=1)) as port:
        server(port)
        with Post() as post:
            assert [post.send(mail(number)) for number in (1, 2, 3)] == [SENT] * 3


def test_a_server_that_takes_no_more_on_one_connection_is_called_anew(server):
    hello = [b"220 here", b"250 fine"]
    taking = [b"250 fine", b"250 fine", b"354 go on"]

    def enough_after_one(heard, say):
        saying(*hello, *taking)(heard, say)
        while heard.readline() != b".\r\n":
            pass
        saying(b"250 taken", b"421 4.7.0 enough on this connection")(heard, say)

    with odd_server(enough_after_one, polite()) as port:
        server(port)
        with Post() as post:
            assert [post.send(mail(number)) for number in (1, 2)] == [SENT] * 2


def test_a_server_that_is_too_busy_for_anybody_is_not_asked_twice(server):
    calls = []

    def busy(heard, say):
        calls.append(1)
        saying(b"421 4.3.2 too busy")(heard, say)

    with odd_server(busy) as port:
        server(port)

        assert send(mail()).problem == Problem.BUSY
    assert calls == [1]


def test_headers_come_on_top_of_what_every_mail_says_of_itself(office):
    more = {"List-Unsubscribe": "<https://ita.example.org/x>\r\nBcc: b@example.org", "Message-ID": "<other@x>"}

    assert send(mail(headers=more | {"X-Thai": "น้ำ"})) == SENT

    (message,) = office.taken
    assert message["List-Unsubscribe"] == "<https://ita.example.org/x> Bcc: b@example.org"
    assert (message["Bcc"], message["Message-ID"]) == (None, "<1@ita-tracker>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(make_header(decode_header(message["X-Thai"]))) == "น้ำ"


def test_our_own_fault_is_told_without_what_the_mail_says(office, caplog):
    attempt = send(mail(text=object()))

    assert (attempt.outcome, attempt.problem) == (Outcome.FAILED, Problem.PROGRAM)
    assert attempt.error == "AttributeError"
    assert "could not be written" in caplog.text
    assert "น้ำ" not in caplog.text
