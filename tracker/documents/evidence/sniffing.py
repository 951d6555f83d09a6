"""What a file is, told by its content and not by its name."""

import re
import struct
from enum import StrEnum

from tracker.domain.evidence import FileType

HEAD = 64 * 1024
# A PDF reader looks for its header in the first kilobyte, whatever stands before it.
PDF_PLACE = 1024


class Sort(StrEnum):
    """What a file can turn out to be, beside the kinds that are taken."""

    ZIP = "zip"  # perhaps a document
    OLE = "ole"  # an old or locked document
    ARCHIVE = "archive"
    PROGRAM = "program"
    SCRIPT = "script"
    SVG = "svg"
    HTML = "html"
    PICTURE = "picture"
    SOUND_OR_FILM = "sound or film"
    OFFICE = "office"
    UNKNOWN = "unknown"


_MAGIC: tuple[tuple[bytes, FileType | Sort], ...] = (
    (b"%PDF-", FileType.PDF),
    (b"\xff\xd8\xff", FileType.JPG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"PK\x03\x04", Sort.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sort.OLE),
    (b"{\\rtf", Sort.OFFICE),
    *((magic, Sort.PROGRAM) for magic in (
        b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbe", b"dex\n", b"\0asm", b"L\0\0\0\x01\x14\x02\0", b"!<arch>\n", b"ITSF",
    )),
    *((magic, Sort.ARCHIVE) for magic in (
        b"PK\x05\x06", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0",
        b"MSCF", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18",
    )),
    *((magic, Sort.PICTURE) for magic in (
        b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS", b"\0\0\x01\0", b"\0\0\0\x0cJXL ", b"\xff\x0a",
        b"\0\0\0\x0cjP  ",
    )),
    *((magic, Sort.SOUND_OR_FILM) for magic in (
        b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"#!AMR", b"FLV\x01",
    )),
)  # fmt: skip
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"})
_RIFF = {b"WEBP": Sort.PICTURE, b"WAVE": Sort.SOUND_OR_FILM, b"AVI ": Sort.SOUND_OR_FILM}
_SVG = re.compile(rb"<(\w+:)?svg[\s>]|<!doctype\s+svg")
_HTML = re.compile(
    rb"<!doctype\s+html|<(html|head|body|script|iframe|meta|img|link|style|form|object|embed|a|div|p|table)[\s>/]"
)
_SCRIPT = re.compile(rb"\A#!|<\?php|<\?=|<%|\A@echo\s+off|\Apowershell|\A<(job|package|scriptlet|component|hta)\b")
SCRIPT_ENDINGS = frozenset(
    {
        "asp", "aspx", "bash", "bat", "cgi", "cmd", "hta", "js", "jse", "jsp", "lua", "mjs", "php", "php5", "phtml",
        "pl", "ps1", "psm1", "py", "pyw", "rb", "reg", "scf", "sh", "url", "vbe", "vbs", "wsf", "wsh",
    }
)  # fmt: skip


def sniff(head: bytes, ending: str) -> FileType | Sort:
    """
    Return what a file is.

    :param head: its first `HEAD` bytes
    :param ending: that of its name; only among texts it tells a script from other words
    """
    for magic, sort in _MAGIC:
        if head.startswith(magic):
            return sort
    return _boxed(head) or _placed(head) or _written(head, ending)


def has_zip_at_end(tail: bytes) -> bool:
    """
    Return whether an archive is appended: unpackers look for it from the end, whatever stands before.

    :param tail: the last 64 KB of the file
    """
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return False
    comment = struct.unpack_from("<H", tail, at + 20)[0]
    return at + 22 + comment <= len(tail)


def _boxed(head: bytes) -> FileType | Sort | None:
    """Tell pictures and films apart that share a container."""
    if head[4:8] == b"ftyp":
        if head[8:12] in _HEIC_BRANDS:
            return FileType.HEIC
        return Sort.PICTURE if head[8:12] in {b"avif", b"avis"} else Sort.SOUND_OR_FILM
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], Sort.UNKNOWN)
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return Sort.PICTURE
    return None


def _placed(head: bytes) -> Sort | None:
    """Tell archives apart whose mark is not at the beginning."""
    if head[257:262] == b"ustar" or head[2:5] == b"-lh" or head[0x8001:0x8006] == b"CD001":
        return Sort.ARCHIVE
    return None


def _written(head: bytes, ending: str) -> Sort:
    """Tell texts apart that a browser or computer would obey."""
    text = _as_ascii(head)
    if text is None:
        return Sort.UNKNOWN
    for pattern, sort in ((_SCRIPT, Sort.SCRIPT), (_SVG, Sort.SVG), (_HTML, Sort.HTML)):
        if pattern.search(text):
            return sort
    if ending in SCRIPT_ENDINGS:
        return Sort.SCRIPT
    if ending == "svg":
        return Sort.SVG
    return Sort.HTML if ending in {"htm", "html", "xhtml", "mht", "mhtml", "xht"} else Sort.UNKNOWN


def _as_ascii(head: bytes) -> bytes | None:
    """Return a text's plain letters, small, without the marks and zeros that other encodings put between them."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    if b"\0" in head:
        return None
    return head.removeprefix(b"\xef\xbb\xbf").strip().lower()
