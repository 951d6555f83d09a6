"""Is a PDF whole, readable without a password and free of commands?"""

import re
import zlib
from mmap import mmap

from tracker.documents.evidence.refusals import ActivePdf, BrokenPdf, LockedPdf, TwoKindsInOne

END_PLACE = 2048  # where readers look for the end
_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_LOCKED = re.compile(rb"/Encrypt\s*(?:[0-9]+\s+[0-9]+\s+R|<<)")
_WEB_PAGE = re.compile(rb"<(html|script|svg|iframe|body)[\s>]|<\?php", re.IGNORECASE)
_PACKED_OBJECTS = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
MOST_UNPACKED = 16 * 1024 * 1024  # of a PDF's packed objects; commands stand early in them


def _however_written(name: str) -> bytes:
    """Return a pattern for a name, any letter of which may be written as #hh."""
    return b"/" + b"".join(f"(?:{c}|#{ord(c):02x}|#{ord(c):02X})".encode() for c in name) + rb"(?![A-Za-z])"


# What runs a program or script, or plays one. /JS alone would be found in every large scan by chance.
_COMMANDS = re.compile(b"|".join(map(_however_written, ("JavaScript", "Launch", "RichMedia", "ImportData"))))


def check_pdf(content: mmap) -> None:
    """
    Look a PDF over without interpreting it.

    :raises Unacceptable: if it is not whole, locked, carries commands or is a web page as well
    """
    if not _HEADER.match(content):
        raise BrokenPdf()
    if _WEB_PAGE.search(content[:1024]):
        raise TwoKindsInOne()
    end = content[-END_PLACE:]
    if b"startxref" not in end or b"%%EOF" not in end:
        raise BrokenPdf()
    if _LOCKED.search(content):
        raise LockedPdf()
    if _COMMANDS.search(content) or _has_packed_commands(content):
        raise ActivePdf()


def _has_packed_commands(content: mmap) -> bool:
    """Newer PDFs pack their objects: look into those as far as `MOST_UNPACKED` bytes go."""
    left = MOST_UNPACKED
    for found in _PACKED_OBJECTS.finditer(content):
        start = _STREAM.search(content, found.end())
        if start is None or left <= 0:
            return False
        unpacked = _unpacked(content[start.end() : start.end() + left], most=left)
        left -= len(unpacked)
        if _COMMANDS.search(unpacked):
            return True
    return False


def _unpacked(packed: bytes, *, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
