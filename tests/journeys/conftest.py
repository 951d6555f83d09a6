"""A municipality at work: its accounts, its mail, its clock."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from click.testing import Result
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from tests.clocks import Clock, at
from tests.conftest import new_app
from tests.databases import Databases
from tests.pages import Visitor
from tracker import clock as system_clock
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.extensions import db as database
from tracker.jobs import scheduler
from tracker.models import Division, Organization, Position, User
from tracker.sample import report_bytes
from tracker.services import imports, organizations, staff

NAME = "เทศบาลตำบลตัวอย่าง"
BEGINNING = date(2025, 10, 6)  # the first Monday of fiscal year 2569


@dataclass
class Mailbox:
    """A mail server that keeps what it is given and refuses whom it is told to refuse."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address in self.refused:
            return "550 5.1.1 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to one address."""
        return [mail for mail in self.mails if address in mail["To"]]


@pytest.fixture(scope="session")
def post_office() -> Iterator[Mailbox]:
    """A real mail server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mailbox = Mailbox(free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@pytest.fixture
def mailbox(post_office: Mailbox) -> Mailbox:
    """The mail server, before anything has arrived."""
    post_office.mails.clear()
    post_office.refused.clear()
    return post_office


@dataclass
class Town:
    """A municipality whose people sign in with what they were given."""

    app: Flask
    clock: Clock
    passwords: dict[str, str]

    def sign_in(self, username: str) -> Visitor:
        """Sign in as a person would; the page they land on is open."""
        visitor = Visitor(self.app)
        visitor.get("/sign-in")
        visitor.post("/sign-in", {"username": username, "password": self.passwords[username]})
        return visitor

    def user(self, username: str) -> User:
        """Return the account of this name."""
        return database.session.scalars(select(User).where(User.username == username)).one()

    def position(self, username: str) -> Position:
        """Return the position that a person holds first."""
        return self.user(username).appointments[0].position

    def give_address(self, username: str) -> str:
        """Let a person have an e-mail address."""
        self.user(username).email = address = f"{username}@town.example"
        database.session.commit()
        return address

    def tick(self, day: date, hour: int = 9) -> None:
        """Let the scheduler tick at an hour of a day, as it does twice a minute."""
        self.clock.set(day, hour)
        scheduler.tick(self.app)

    def run(self, *arguments: str) -> Result:
        """Type a command."""
        database.session.commit()
        return self.app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def empty_town(make_app: Callable[..., Flask], clock: Clock) -> Iterator[Town]:
    """A municipality with its people, on a database of its own, before there is any plan."""
    clock.set(BEGINNING)
    app = make_app()
    with app.app_context():
        yield Town(app, clock, _people())


@pytest.fixture(scope="session")
def loaded(databases: Databases, post_office: Mailbox) -> Iterator[tuple[Flask, dict[str, str]]]:
    """The application with the sample's plan of 2569, made as the fiscal year began, and the passwords."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(system_clock, "machine_now", lambda: at(BEGINNING))
        app = new_app(
            databases.migrated(), {"MAIL_BACKEND": "smtp"}, mail_server="127.0.0.1", mail_port=post_office.port
        )
        with app.app_context():
            passwords = _people()
            divisions = [division.as_named() for division in database.session.scalars(select(Division))]
            imports.create_plan(
                organization=database.session.scalars(select(Organization)).one(),
                reading=read_draft(read_text_report(report_bytes()), divisions=divisions),
                by=None,
                now=at(BEGINNING),
                today=BEGINNING,
            )
            database.session.commit()
    yield app, passwords
    with app.app_context():
        database.engine.dispose()


@pytest.fixture(scope="session")
def app(loaded: tuple[Flask, dict[str, str]]) -> Flask:
    """What the transaction of each story is about."""
    database.session.session_factory.configure(join_transaction_mode="create_savepoint")
    return loaded[0]


@pytest.fixture
def town(loaded: tuple[Flask, dict[str, str]], db: SQLAlchemy, clock: Clock, mailbox: Mailbox) -> Town:
    """The municipality with its plan of 2569, as the fiscal year begins."""
    clock.set(BEGINNING)
    app, passwords = loaded
    return Town(app, clock, passwords)


def _people() -> dict[str, str]:
    organization = organizations.create(name=NAME, divisions=USUAL_DIVISIONS)
    accounts = staff.create(organization=organization, starts_on=BEGINNING)
    database.session.commit()
    return {account.username: account.password for account in accounts}
