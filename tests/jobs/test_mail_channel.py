import socket
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller

from tracker.channels.mail import Mail, send
from tracker.domain.deliveries import Outcome

SUBJECT = "มาตรการ ITA: เกินกำหนด 1 งาน"


def mail(**changes):
    values = {
        "to": "head@example.org",
        "subject": SUBJECT,
        "text": "เรียน ผู้อำนวยการ\n\nน้ำ ๑ งาน\n",
        "html": "<p>เรียน <b>ผู้อำนวยการ</b></p>",
        "header_id": "<1.20260220.unique@ita-tracker>",
    }
    return Mail(**(values | changes))


class Office:
    """A mail server that keeps what it takes and answers some recipients as told."""

    def __init__(self):
        self.taken = []
        self.answers = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append((envelope, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def office(make_app):
    """A real SMTP server on this machine, and the application in context set to use it."""
    office = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    app = make_app({"MAIL_BACKEND": "smtp"}, mail_server="127.0.0.1", mail_port=port, mail_sender="ita@example.org")
    try:
        with app.app_context():
            yield office
    finally:
        controller.stop()


def test_a_mail_arrives_with_its_subject_and_both_its_parts_in_thai(office):
    assert send(mail()).outcome == Outcome.SENT

    ((envelope, message),) = office.taken
    assert envelope.rcpt_tos == ["head@example.org"]
    assert header(message, "Subject") == SUBJECT
    assert header(message, "From") == "ita@example.org"
    assert header(message, "To") == "head@example.org"
    text, html = message.get_payload()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "น้ำ ๑ งาน" in text.get_payload(decode=True).decode()
    assert "<b>ผู้อำนวยการ</b>" in html.get_payload(decode=True).decode()


def header(message, name):
    return str(make_header(decode_header(message[name])))


def test_a_mail_carries_the_message_id_it_was_given_and_says_that_nobody_wrote_it(office):
    for _ in range(2):
        send(mail())

    assert [message["Message-ID"] for _, message in office.taken] == ["<1.20260220.unique@ita-tracker>"] * 2
    assert office.taken[0][1]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 no such mailbox", Outcome.REFUSED),
        ("553 not allowed", Outcome.REFUSED),
        ("450 4.2.0 mailbox busy", Outcome.FAILED),
        ("451 try again later", Outcome.FAILED),
    ],
)
def test_what_the_server_says_of_an_address_is_told_honestly(office, answer, outcome):
    office.answers["head@example.org"] = answer

    attempt = send(mail())

    assert (attempt.outcome, attempt.error) == (outcome, answer)


def test_a_server_that_is_not_there_is_a_failure_for_now(make_app):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make_app({"MAIL_BACKEND": "smtp"}, mail_server="127.0.0.1", mail_port=port)

    with app.app_context():
        attempt = send(mail())

    assert attempt.outcome == Outcome.FAILED
    assert "refused" in attempt.error.lower()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@example.org",
        "head@",
        "a b@example.org",
        "a@b@c",
        "หัวหน้า@example.org",
        "a@example.org\nBcc: b@example.org",
    ],
)
def test_an_address_that_is_none_is_refused_and_raises_nothing(office, address):
    attempt = send(mail(to=address))

    assert attempt.outcome == Outcome.REFUSED
    assert attempt.error
    assert office.taken == []


def test_a_line_end_in_a_subject_reaches_no_header(office):
    assert send(mail(subject="หนึ่ง\r\nBcc: b@example.org")).outcome == Outcome.SENT

    ((_, message),) = office.taken
    assert message["Bcc"] is None
