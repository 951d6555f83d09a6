"""Evidence: which files and links are taken, and who may see them (DESIGN 2, Who may do what)."""

import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from tracker.domain.permissions import MAY, Act, Role
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import nfc

MEGABYTE = 1024 * 1024
LONGEST_ADDRESS = 2000
LONGEST_TITLE = 200
USUAL_PORTS = {"http": 80, "https": 443}


class EvidenceKind(StrEnum):
    """How a piece of evidence is kept."""

    FILE = "file"
    LINK = "link"


class FileType(StrEnum):
    """The kinds of files that are taken, each by the ending it is known by."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPG = "jpg"
    PNG = "png"
    HEIC = "heic"


PICTURES = frozenset({FileType.JPG, FileType.PNG, FileType.HEIC})
TYPE_NAMES = {
    FileType.PDF: "PDF",
    FileType.DOCX: "Word (.docx)",
    FileType.XLSX: "Excel (.xlsx)",
    FileType.JPG: "JPG",
    FileType.PNG: "PNG",
    FileType.HEIC: "HEIC",
}
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.JPG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.HEIC: "image/heic",
}
ENDINGS = {
    FileType.PDF: ("pdf",),
    FileType.DOCX: ("docx",),
    FileType.XLSX: ("xlsx",),
    FileType.JPG: ("jpg", "jpeg", "jpe", "jfif"),
    FileType.PNG: ("png",),
    FileType.HEIC: ("heic", "heif", "hif"),
}


class NotAnAddress(Refusal):
    """What was written is no link that everybody can open."""


def web_address(written: str) -> str:
    """
    Return a link in one spelling: NFC, scheme and host in small letters, without the usual port.

    :raises NotAnAddress: if it is not http or https, carries a password, or cannot be an address
    """
    written = nfc(written.strip())
    if not written:
        raise NotAnAddress(N_("Paste the address of the page first."))
    if len(written) > LONGEST_ADDRESS:
        raise NotAnAddress(N_("The address is too long: at most %(count)s characters."), count=LONGEST_ADDRESS)
    # Browsers read a backslash as a slash, so what looks like one host would lead to another.
    if "\\" in written or any(c.isspace() or unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in written):
        raise NotAnAddress(N_("An address has no spaces or invisible characters. Copy it again from the browser."))
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAnAddress(N_("This is not an address. Copy it again from the browser.")) from None
    if parts.scheme not in USUAL_PORTS:
        raise NotAnAddress(N_("An address begins with http:// or https://. Copy it again from the browser."))
    if parts.username is not None or parts.password is not None:
        raise NotAnAddress(N_("The address carries a user name or password. Give one that opens without."))
    if not host.strip("."):
        raise NotAnAddress(N_("This is not an address. Copy it again from the browser."))
    host = f"[{host}]" if ":" in host else host
    place = host if port in {None, USUAL_PORTS[parts.scheme]} else f"{host}:{port}"
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, parts.fragment))


def may_see(role: Role, *, is_own_division: bool) -> bool:
    """Return whether somebody in a position of this role may see the evidence of a division, their own or another."""
    return role in MAY[Act.SEE_INSIDE] and (is_own_division or role not in MAY[Act.REPORT])
