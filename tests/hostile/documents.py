"""Packed documents that are too much, too little, or more than they say."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable

from tests.hostile.foreign import ole
from tests.papers import XLSX_MAIN, content_types, docx, docx_parts, packed, xlsx
from tracker.documents.evidence.refusals import (
    BrokenOffice,
    LockedOffice,
    Macros,
    OtherOffice,
    OutsideEntities,
    StrayParts,
    TooMuchInside,
    TwoKindsInOne,
)

MEGABYTE = 1024 * 1024
MACRO_WORD = content_types("wordprocessingml.document.main+xml").replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document.macroEnabled"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


def _with(name: str, content: str | bytes = "x", change: Callable[[zipfile.ZipInfo], None] | None = None) -> bytes:
    """Return a Word document with one more part, its entry changed before it is written."""
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.filename = name  # as given: the library would clean it
        if change:
            change(entry)
        archive.writestr(entry, content)
    return file.getvalue()


def _as_link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def _twice() -> bytes:
    """Return a document one of whose parts is there twice: programs disagree on which counts."""
    return _with("word/aaaaaaaa.xml").replace(b"word/aaaaaaaa.xml", b"word/document.xml")


def _patched(content: bytes, mark: bytes, at: int, form: str, value: int) -> bytes:
    """Return the content with a number after the last such mark replaced."""
    changed = bytearray(content)
    struct.pack_into(form, changed, content.rfind(mark) + at, value)
    return bytes(changed)


def _sharing() -> bytes:
    """Return a document whose last entry claims the bytes of those before it as well."""
    return _patched(docx({"word/more.xml": "x" * 50}), b"PK\x01\x02", 42, "<L", 0)


def _locked() -> bytes:
    content = docx({"word/more.xml": "x" * 50})
    return _patched(content, b"PK\x01\x02", 8, "<H", 1)


def _damaged() -> bytes:
    content = bytearray(docx({"word/media/a.png": bytes(range(256)) * 8}))
    content[content.find(b"word/media/a.png") + 40] ^= 0xFF
    return bytes(content)


def _of(main: str, part: str) -> bytes:
    return packed({"[Content_Types].xml": main, part: "<x/>"})


SLIDES = content_types("presentationml.presentation.main+xml")
TEMPLATE = content_types("wordprocessingml.template.main+xml")

DOCUMENTS = {
    "a document with macros": ("a.docm", _of(MACRO_WORD, "word/document.xml"), Macros()),
    "a document with macros as docx": ("a.docx", _of(MACRO_WORD, "word/document.xml"), Macros()),
    "macros that the list conceals": ("a.docx", docx({"word/vbaProject.bin": b"x"}), Macros()),
    "macros under another name": ("a.docx", docx({"word/vbaProject1.BIN": b"x"}), Macros()),
    "macros elsewhere": ("a.docx", docx({"customXml/vbaProject.bin": b"x"}), Macros()),
    "macros of the nineties": (
        "a.xlsx",
        packed({"[Content_Types].xml": content_types(XLSX_MAIN), "xl/workbook.xml": "", "xl/macrosheets/a.xml": ""}),
        Macros(),
    ),
    "slides": ("a.pptx", _of(SLIDES, "ppt/presentation.xml"), OtherOffice()),
    "slides as docx": ("a.docx", _of(SLIDES, "ppt/presentation.xml"), OtherOffice()),
    "a template": ("a.dotx", _of(TEMPLATE, "word/document.xml"), OtherOffice()),
    "open document": ("a.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"}), OtherOffice()),
    "a list without its document": ("a.docx", packed({"[Content_Types].xml": content_types("x")}), OtherOffice()),
    "a document with a password": ("a.docx", ole("EncryptionInfo", "EncryptedPackage"), LockedOffice()),
    "a workbook with a password": ("a.xlsx", ole("EncryptedPackage"), LockedOffice()),
    "locked parts": ("a.docx", _locked(), LockedOffice()),
    "thirty megabytes of zeros": ("a.docx", docx({"word/a.bin": bytes(30 * MEGABYTE)}), TooMuchInside()),
    "zeros in a sheet": ("a.xlsx", docx({"xl/a.xml": b" " * (12 * MEGABYTE)}), TooMuchInside()),
    "a part that says it is enormous": (
        "a.docx", _patched(docx(), b"PK\x01\x02", 24, "<L", 2**31), TooMuchInside(),
    ),
    "thousands of parts": (
        "a.docx", docx({f"word/{number}": b"" for number in range(3001)}), TooMuchInside(),
    ),
    "a list that says it is enormous": ("a.docx", _patched(docx(), b"PK\x05\x06", 12, "<L", 2**28), TooMuchInside()),
    "the largest count there is": ("a.docx", _patched(docx(), b"PK\x05\x06", 10, "<H", 0xFFFF), TooMuchInside()),
    "parts that share their bytes": ("a.docx", _sharing(), TooMuchInside()),
    "a part above the document": ("a.docx", _with("../../evil.xml"), StrayParts()),
    "a part above in its middle": ("a.docx", _with("word/../../evil.xml"), StrayParts()),
    "a part at the root": ("a.docx", _with("/etc/passwd"), StrayParts()),
    "a part on a drive": ("a.docx", _with("C:/Windows/evil.dll"), StrayParts()),
    "a part with backslashes": ("a.docx", _with("..\\evil.xml"), StrayParts()),
    "a part whose name ends early": ("a.docx", _with("word/aXevil").replace(b"aXevil", b"a\0evil"), StrayParts()),
    "a part with a line break": ("a.docx", _with("word/a\nb"), StrayParts()),
    "a part that is read backwards": ("a.docx", _with("word/\u202egpj.exe"), StrayParts()),
    "a part that is a link": ("a.docx", _with("word/a", "/etc/passwd", _as_link), StrayParts()),
    "a part that is there twice": ("a.docx", _twice(), StrayParts()),
    "laughs by the billion": ("a.docx", packed(docx_parts() | {"word/document.xml": LAUGHS}), OutsideEntities()),
    "laughs in a wider encoding": (
        "a.docx", packed(docx_parts() | {"word/styles.xml": LAUGHS.encode("utf-16")}), OutsideEntities(),
    ),
    "a file of ours as a part": (
        "a.xlsx",
        packed({
            "[Content_Types].xml": content_types(XLSX_MAIN),
            "xl/workbook.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        }),
        OutsideEntities(),
    ),
    "half a document": ("a.docx", docx()[: len(docx()) // 2], BrokenOffice()),
    "a document without its end": ("a.docx", docx()[:-10], BrokenOffice()),
    "a document with a damaged part": ("a.docx", _damaged(), BrokenOffice()),
    "the beginning of a document": ("a.docx", b"PK\x03\x04" + bytes(200), BrokenOffice()),
    "a part packed in an unknown way": ("a.docx", _patched(docx(), b"PK\x01\x02", 10, "<H", 97), BrokenOffice()),
    "an archive after the document": ("a.docx", docx() + packed({"a": "a"}), TwoKindsInOne()),
    "something after the document": ("a.docx", docx() + b"<script>alert(1)</script>", TwoKindsInOne()),
    "a workbook within a document": ("a.xlsx", docx() + xlsx(), TwoKindsInOne()),
}  # fmt: skip
