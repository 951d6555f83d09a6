"""The form for citizens: what proves without a session that a page of ours was filled in, and the receipt for it."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.domain.sign_in import CODE_LETTERS
from tracker.services import tokens

PURPOSE = "feedback form"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RECEIPT_LENGTH = 20  # letters of 4.95 bits: nobody can guess one


@dataclass(frozen=True)
class Made:
    """When a form was made, and the number that tells it from all others."""

    at: datetime
    number: str


def token(*, measure_id: int, now: datetime) -> str:
    """Return what the form for a measure sends along: the measure, the moment and a number, signed and not secret."""
    return tokens.sign(PURPOSE, [measure_id, int(now.timestamp()), secrets.token_hex(16)])


def read(token: str, *, measure_id: int) -> Made | None:
    """Return what a token says; None where it is not ours, or was made for the form of another measure."""
    match tokens.signed_value(PURPOSE, token):
        case [int(about), int(seconds), str(number)] if about == measure_id:
            return Made(EPOCH + timedelta(seconds=seconds), number)
    return None


def receipt(*, measure_id: int, number: str, text: str) -> str:
    """
    Return the receipt for a text that was sent with a form.

    The same form with the same text – pressed twice, or sent again after a break in the line – has the same receipt.
    """
    value = int(tokens.fingerprint("feedback receipt", f"{measure_id}|{number}|{text}"), 16)
    letters = []
    for _ in range(RECEIPT_LENGTH):
        value, place = divmod(value, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)
