"""Addresses that must stay reachable: what was seen when one was opened, and what can be said of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self


class Frequency(StrEnum):
    """How often an organization's addresses are checked."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class LinkCheckUse(StrEnum):
    """What the month's check does for a measure's monthly tasks."""

    NONE = "none"
    EVIDENCE = "evidence"  # it is attached to the month's task
    COMPLETION = "completion"  # it is attached, and the task is done by it


class Verdict(StrEnum):
    """What is said of an address."""

    UNCHECKED = "unchecked"  # nobody has looked yet, or the office itself was offline
    OK = "ok"
    CAUTION = "caution"  # it answers, but a person should look at it
    BROKEN = "broken"  # nobody can open it


@dataclass(frozen=True)
class Reach:
    """How many addresses stand how."""

    ok: int = 0
    caution: int = 0
    broken: int = 0
    unchecked: int = 0

    @classmethod
    def counted(cls, counts: Iterable[tuple[str, int]]) -> Self:
        """Return the figures of verdicts, each with how many addresses have it."""
        return cls(**{str(verdict): count for verdict, count in counts})

    @property
    def total(self) -> int:
        """How many there are."""
        return self.ok + self.caution + self.broken + self.unchecked


class Cause(StrEnum):
    """Why an address is not simply in order."""

    GONE = "gone"  # 404 or 410
    NO_SUCH_HOST = "no_such_host"  # DNS
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"  # the connection broke, or the answer is none
    SERVER_ERROR = "server_error"  # 5xx
    REDIRECTED_FOR_EVER = "redirected_for_ever"
    FORBIDDEN = "forbidden"  # 401 or 403
    THROTTLED = "throttled"  # 429
    BOT_WALL = "bot_wall"  # the server asks for a proof that a person is there
    OTHER_REFUSAL = "other_refusal"  # another 4xx
    BAD_CERTIFICATE = "bad_certificate"
    CERTIFICATE_ENDS_SOON = "certificate_ends_soon"
    OTHER_HOST = "other_host"  # redirected to another host
    HOME_PAGE = "home_page"  # redirected to the site's first page
    SIGN_IN_PAGE = "sign_in_page"
    DRIVE_PERMISSION = "drive_permission"  # Google Drive asks for permission
    SOFT_404 = "soft_404"  # says "not found" with a good status
    EMPTY = "empty"
    SCANNED_PDF = "scanned_pdf"  # pictures without text
    UNREADABLE_FILE = "unreadable_file"  # a PDF that is damaged or locked
    SLOW = "slow"
    NOT_ALLOWED = "not_allowed"  # an address inside a network that this program does not open
    OFFLINE = "offline"  # no address of any host could be reached: the office's own line is down


class Failure(StrEnum):
    """Why there was no answer at all."""

    NO_SUCH_HOST = "no_such_host"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    BAD_CERTIFICATE = "bad_certificate"
    NOT_ALLOWED = "not_allowed"
    REDIRECTED_FOR_EVER = "redirected_for_ever"


class CertificateFault(StrEnum):
    """Why a certificate is not trusted."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    OTHER_NAME = "other_name"  # it was made for another host
    SELF_MADE = "self_made"
    UNKNOWN_ISSUER = "unknown_issuer"  # or the server leaves out what leads to a known one
    OTHER = "other"


@dataclass(frozen=True)
class Observation:
    """
    What was seen when an address was opened once, redirects followed; nothing is judged yet.

    `failure` is None exactly if there was an answer; then `status` is the last one's.
    """

    url: str  # as it was asked for
    status: int | None = None
    failure: Failure | None = None
    final_url: str = ""
    took_ms: int = 0
    retry_after: int | None = None  # seconds
    content_type: str = ""  # without parameters, in small letters
    size: int | None = None  # bytes; None where only the head was asked for, or more than was read
    title: str = ""  # of an HTML page
    text: str = ""  # the first words of an HTML page
    headings: tuple[str, ...] = ()  # the first ones of an HTML page
    shows_more: bool = False  # an HTML page has pictures, frames or scripts beside its text
    asks_for_password: bool = False  # a form with a password field
    pdf_pages: int | None = None  # None also where no PDF was looked into
    pdf_has_text: bool | None = None
    pdf_is_blank: bool = False  # not a mark on any page that was looked at
    pdf_is_unreadable: bool = False  # damaged, or locked with a password
    certificate_ends_on: date | None = None
    certificate_fault: CertificateFault | None = None
    certificate_problem: str = ""  # in the words of the TLS library, for the administrator
    hops: tuple[str, ...] = ()  # the addresses on the way, the last one left out


@dataclass(frozen=True)
class Judgement:
    """
    What one look says of an address.

    `values` fill the sentence of the cause (`domain.link_sentences`) and can be kept as JSON, a date as its ISO text.
    """

    verdict: Verdict
    cause: Cause | None = None
    values: dict[str, Any] = field(default_factory=dict)


AGAIN_AFTER = timedelta(hours=6)  # a failed address is looked at again after this: broken only after two checks apart
