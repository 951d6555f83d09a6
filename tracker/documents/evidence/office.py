"""Is a packed document a Word or Excel file, and is it no larger, no more and no less than it says?"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO

from tracker.documents.evidence.refusals import (
    Archive,
    BrokenOffice,
    LockedOffice,
    Macros,
    OtherOffice,
    OutsideEntities,
    Program,
    StrayParts,
    TooMuchInside,
    TwoKindsInOne,
)
from tracker.domain.evidence import MEGABYTE, FileType

MOST_PARTS = 3000
LARGEST_DIRECTORY = MEGABYTE
MOST_UNPACKED = 300 * MEGABYTE
# A sheet of zeros packs well; a bomb packs a thousandfold.
HIGHEST_RATIO, RATIO_COUNTS_FROM = 200, 10 * MEGABYTE
END_RECORD = struct.Struct("<4s4H2LH")
TAIL = 64 * 1024 + END_RECORD.size
CHUNK = 256 * 1024
PROGRAM_PARTS = frozenset({"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"})
CONTENT_TYPES = "[Content_Types].xml"
_KINDS = (
    (b"wordprocessingml.document.main+xml", "word/document.xml", FileType.DOCX),
    (b"spreadsheetml.sheet.main+xml", "xl/workbook.xml", FileType.XLSX),
)
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject\w*\.bin|vbaData\.xml)$|^xl/(macrosheets|dialogsheets)/", re.IGNORECASE)
_DRIVE = re.compile("[A-Za-z]:")
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def office_type(file: IO[bytes]) -> FileType:
    """
    Return whether a packed file is a Word or an Excel document, having unpacked all of it once within bounds.

    :raises Unacceptable: if it is neither, or anything but an ordinary one
    """
    try:
        _check_directory(file)
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            kind = _kind(archive, parts)
            _unpack_once(archive, parts)
            return kind
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError):
        raise BrokenOffice() from None


def _check_directory(file: IO[bytes]) -> None:
    """Read the end record by hand: the library would load a directory of any size before anybody could count it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END_RECORD.size:
        raise BrokenOffice()
    _, disk, first_disk, _, count, length, offset, comment = END_RECORD.unpack_from(tail, at)
    if count > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise TooMuchInside()
    if disk or first_disk or at + END_RECORD.size + comment != len(tail):
        raise TwoKindsInOne()
    if offset + length != size - len(tail) + at:
        raise TwoKindsInOne()  # something stands before the archive, or between its parts and their list


def _check_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TooMuchInside()
    if any(part.file_size > max(RATIO_COUNTS_FROM, HIGHEST_RATIO * part.compress_size) for part in parts):
        raise TooMuchInside()
    if any(_leads_out(part) for part in parts) or len({part.filename.lower() for part in parts}) < len(parts):
        raise StrayParts()
    in_order = sorted(parts, key=lambda part: part.header_offset)
    for part, following in zip(in_order, in_order[1:], strict=False):
        if part.header_offset + part.compress_size > following.header_offset:
            raise TooMuchInside()  # parts that share their bytes: the bomb without a high ratio
    if any(part.flag_bits & 0x1 for part in parts):
        raise LockedOffice()


def _leads_out(part: zipfile.ZipInfo) -> bool:
    # The library cuts a name at its zero byte and turns backslashes on Windows: the name as stored is what counts.
    name = part.orig_filename
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    return is_link or (
        "\\" in name
        or name.startswith("/")
        or ".." in name.split("/")
        or bool(_DRIVE.match(name))
        or not name.isprintable()
    )


def _kind(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> FileType:
    names = {part.filename for part in parts}
    if CONTENT_TYPES not in names:
        if names & PROGRAM_PARTS:
            raise Program()
        raise OtherOffice() if "mimetype" in names else Archive()
    with archive.open(CONTENT_TYPES) as file:
        types = file.read(MEGABYTE)
    if b"macroEnabled" in types or any(_MACRO_PARTS.search(name) for name in names):
        raise Macros()
    for mark, main_part, kind in _KINDS:
        if mark in types and main_part in names:
            return kind
    raise OtherOffice()


def _unpack_once(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """Unpack every part to nowhere: its checksum is compared, and no more than it announced is ever unpacked."""
    for part in parts:
        is_xml = part.filename.endswith((".xml", ".rels", ".vml"))
        with archive.open(part) as file:
            first = file.read(CHUNK)
            # Zeros between the letters are how a wider encoding would hide the words.
            if is_xml and _ENTITIES.search(first.replace(b"\0", b"")):
                raise OutsideEntities()
            while file.read(CHUNK):
                pass
