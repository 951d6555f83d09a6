"""E-mail by SMTP, with plain text and HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from types import TracebackType

from flask import current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.smtp import EmailBackend

from tracker.channels.smtp import Backend
from tracker.channels.smtp_answers import attempt_of
from tracker.domain.deliveries import Attempt, Outcome, Problem
from tracker.extensions import mail

PATIENCE = 60.0  # seconds for one mail, connecting included: well under the lease


@dataclass(frozen=True)
class Mail:
    """
    One mail ready to leave. `header_id` is the Message-ID that never changes between attempts.

    `headers` come on top of what every mail says of itself, and never in its place.
    """

    to: str
    subject: str
    text: str
    html: str
    header_id: str
    sender_name: str = ""  # shown in front of the address in the settings, unless that brings a name of its own
    headers: Mapping[str, str] = field(default_factory=dict)


class Post:
    """
    Hands many mails over on one connection, which is opened for the first of them and anew after it broke.

    :param patience: in seconds, how long one mail may take
    """

    def __init__(self, patience: float | None = None) -> None:
        self._patience = PATIENCE if patience is None else patience
        self._server: Backend | None = None

    def __enter__(self) -> "Post":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()

    def send(self, letter: Mail) -> Attempt:
        """Hand a mail to the server in the settings. What goes wrong is returned, never raised."""
        wrong = _wrong_with(letter.to)
        if wrong:
            return Attempt(Outcome.REFUSED, wrong, Problem.ADDRESS)
        try:
            self._hand_over(_message(letter))
        except Exception as error:
            return attempt_of(error)
        return Attempt(Outcome.SENT)

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        if self._server is None:
            kept = mail.get_connection()
            if not isinstance(kept, EmailBackend):  # a file, the screen, the memory of a test
                kept.send_messages([message])
                return
            self._server = mail.get_connection(backend=Backend)
        self._server.hand_over(message, within=self._patience)


def send(letter: Mail) -> Attempt:
    """Hand one mail to the server in the settings. What goes wrong is returned, never raised."""
    with Post() as post:
        return post.send(letter)


def _wrong_with(address: str) -> str:
    """Return why no server could be asked with such an address; nothing where it is one."""
    try:
        name = Address(addr_spec=address).username
    except (ValueError, LookupError, AttributeError, HeaderParseError) as error:
        return f"{address!r}: {error}"
    return "" if name.isascii() else f"{address!r}: not in ASCII before the @"


def _message(letter: Mail) -> EmailMultiAlternatives:
    """
    Return the mail as it leaves.

    That no person wrote it is said by Auto-Submitted alone (RFC 3834): of Precedence that standard says that its
    meaning varies too widely to recommend any value.
    """
    own = {"Message-ID": letter.header_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        subject=_one_line(letter.subject),
        body=letter.text,
        from_email=_sender(letter.sender_name),
        to=[letter.to],
        headers={name: _one_line(value) for name, value in letter.headers.items()} | own,
    )
    message.attach_alternative(letter.html, "text/html")
    return message


def _sender(name: str) -> str | None:
    """Return who a mail is from, with a name that people know; None: as the settings say."""
    own_name, address = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])
    if own_name or not name or not address:
        return None
    return str(Address(_one_line(name), addr_spec=address))


def _one_line(text: str) -> str:
    """Return a text without line ends: none must reach a header."""
    return " ".join(text.split())
