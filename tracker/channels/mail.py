"""E-mail by SMTP, with plain text and HTML."""

import smtplib
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address

from flask_mailman import EmailMultiAlternatives

from tracker.domain.deliveries import Attempt, Outcome
from tracker.extensions import mail


@dataclass(frozen=True)
class Mail:
    """One mail ready to leave. `header_id` is the Message-ID that never changes between attempts."""

    to: str
    subject: str
    text: str
    html: str
    header_id: str


def send(letter: Mail) -> Attempt:
    """Hand a mail to the server in the settings. What goes wrong is returned, never raised."""
    try:
        Address(addr_spec=letter.to)
    except (ValueError, LookupError, AttributeError, HeaderParseError) as error:
        return Attempt(Outcome.REFUSED, f"{letter.to!r}: {error}")
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),  # a line end must not reach a header
        body=letter.text,
        to=[letter.to],
        headers={"Message-ID": letter.header_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        # Closed whatever happens: a server that refuses must not leave connections behind.
        with mail.get_connection() as connection:
            message.connection = connection
            message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()), (0, b""))
        return Attempt(_by_code(code), f"{code} {_readable(reason)}")
    except smtplib.SMTPResponseException as error:
        return Attempt(_by_code(error.smtp_code), f"{error.smtp_code} {_readable(error.smtp_error)}")
    except (smtplib.SMTPException, OSError) as error:
        return Attempt(Outcome.FAILED, f"{type(error).__name__}: {error}")
    except ValueError as error:
        return Attempt(Outcome.REFUSED, f"{letter.to!r}: {error}")  # no server could be asked with such an address
    return Attempt(Outcome.SENT)


def _by_code(code: int) -> Outcome:
    """A 5xx answer is final, anything else may pass."""
    return Outcome.REFUSED if 500 <= code < 600 else Outcome.FAILED


def _readable(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
