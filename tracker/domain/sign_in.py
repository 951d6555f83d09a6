"""How long what proves a person lasts, which kinds of it there are, and how a code is written and read."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tracker.domain.thai import arabic_digits

SESSION_LENGTH = timedelta(days=7)  # of a browser that is never closed
REMEMBERED_LENGTH = timedelta(days=30)
BETWEEN_USES = timedelta(minutes=10)
SECOND_STEP = timedelta(minutes=10)  # between the password and the code of the second factor
BETWEEN_RESETS = timedelta(minutes=10)

# Without letters and digits that look alike on paper: 31 of them, 4.95 bits each.
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 10
RECOVERY_CODE_LENGTH = 12
RECOVERY_CODES = 10


@dataclass(frozen=True)
class Visit:
    """Where somebody comes from: the network address, and the device in plain words."""

    address: str = ""
    device: str = ""


class KeyKind(StrEnum):
    """What lets a person choose a password without knowing the old one."""

    INVITATION = "invitation"  # a link by mail, sent by the administrator
    RESET = "reset"  # a link by mail, asked for by whoever it was
    CODE = "code"  # on paper, from the administrator's hands


KEY_LENGTH = {
    KeyKind.INVITATION: timedelta(days=7),
    KeyKind.RESET: timedelta(hours=1),
    KeyKind.CODE: timedelta(days=7),
}


class LetterKind(StrEnum):
    """What a mail about a person's account says."""

    INVITATION = "invitation"
    RESET = "reset"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_ENDED = "second_factor_ended"


class RecordKind(StrEnum):
    """What happened to a person's account."""

    SIGNED_IN = "signed_in"
    INVITED = "invited"
    CODE_MADE = "code_made"
    RESET_ASKED = "reset_asked"
    PASSWORD_SET = "password_set"  # by link or code
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR_STARTED = "second_factor_started"
    SECOND_FACTOR_ENDED = "second_factor_ended"
    SECOND_FACTOR_RESET = "second_factor_reset"  # by an administrator
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "sessions_ended"
    FEED_MADE = "feed_made"
    FEED_REVOKED = "feed_revoked"


def read_code(written: str) -> str:
    """Return a code as it was made, however it was typed: in capitals, with dashes or spaces, in Thai digits."""
    return "".join(letter for letter in arabic_digits(written[:100]).lower() if letter.isalnum())


def written_code(code: str, *, group: int) -> str:
    """Return a code in groups that are easy to read out and to type."""
    return "-".join(code[start : start + group] for start in range(0, len(code), group))
