"""PDFs that act, hide or are not whole."""

import zlib

from tests.papers import packed, pdf
from tracker.documents.evidence.refusals import ActivePdf, BrokenPdf, LockedPdf, TwoKindsInOne


def _packed_objects(objects: bytes, *, filters: str = "/Filter /FlateDecode") -> bytes:
    """Return a PDF that has these objects in a packed stream, as newer ones do."""
    stream = zlib.compress(objects)
    head = f"9 0 obj << /Type /ObjStm /N 1 /First 4 {filters} /Length {len(stream)} >>\nstream\n".encode()
    body = pdf()
    at = body.index(b"xref")
    return body[:at] + head + stream + b"\nendstream endobj\n" + body[at:]


PDFS = {
    "a pdf with a password": ("a.pdf", pdf(trailer="/Encrypt 5 0 R"), LockedPdf()),
    "a pdf with restrictions": ("a.pdf", pdf(trailer="/Encrypt << /Filter /Standard /P -44 >>"), LockedPdf()),
    "a pdf with a password and line breaks": ("a.pdf", pdf(trailer="/Encrypt\r\n5\n0\nR"), LockedPdf()),
    "a pdf with javascript": (
        "a.pdf",
        pdf(objects="5 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"),
        ActivePdf(),
    ),
    "javascript in disguise": ("a.pdf", pdf(objects="5 0 obj << /S /J#61va#53cript /JS (x) >> endobj"), ActivePdf()),
    "javascript all in numbers": (
        "a.pdf",
        pdf(objects="<< /S /" + "".join(f"#{ord(letter):02X}" for letter in "JavaScript") + " >>"),
        ActivePdf(),
    ),
    "javascript by name": ("a.pdf", pdf(objects="<< /Names << /JavaScript 7 0 R >> >>"), ActivePdf()),
    "javascript on opening": ("a.pdf", pdf(trailer="/OpenAction << /S/JavaScript/JS(x) >>"), ActivePdf()),
    "javascript in packed objects": ("a.pdf", _packed_objects(b"5 0 << /S /JavaScript /JS (x) >>"), ActivePdf()),
    "javascript far into packed objects": ("a.pdf", _packed_objects(b" " * 3_000_000 + b"/JavaScript "), ActivePdf()),
    "a pdf that starts a program": ("a.pdf", pdf(objects="<< /S /Launch /F (cmd.exe) >>"), ActivePdf()),
    "a start in packed objects": ("a.pdf", _packed_objects(b"<< /S /Launch /F (cmd.exe) >>"), ActivePdf()),
    "a pdf that plays": ("a.pdf", pdf(objects="<< /Subtype /RichMedia >>"), ActivePdf()),
    "a pdf that reads data in": ("a.pdf", pdf(objects="<< /S /ImportData /F (x) >>"), ActivePdf()),
    "half a pdf": ("a.pdf", pdf()[: len(pdf()) // 2], BrokenPdf()),
    "the header of a pdf": ("a.pdf", b"%PDF-1.7\n", BrokenPdf()),
    "a pdf of no version": ("a.pdf", b"%PDF-evil" + pdf()[8:], BrokenPdf()),
    "a pdf without an end": ("a.pdf", pdf().replace(b"%%EOF", b""), BrokenPdf()),
    "a pdf that does not say where to start": ("a.pdf", pdf().replace(b"startxref", b""), BrokenPdf()),
    "a pdf followed by a megabyte": ("a.pdf", pdf() + bytes(1024 * 1024), BrokenPdf()),
    "a word before the pdf": ("a.pdf", b"x" + pdf(), TwoKindsInOne()),
    "a page before the pdf": ("a.pdf", b"<html><script>alert(1)</script>" + pdf(), TwoKindsInOne()),
    "a page before the pdf, as a page": ("a.html", b"<html>" + pdf(), TwoKindsInOne()),
    "a page at the head of the pdf": ("a.pdf", b"%PDF-1.7\n%<script>alert(1)</script>" + pdf()[8:], TwoKindsInOne()),
    "php at the head of the pdf": ("a.pdf", b"%PDF-1.7\n<?php system($_GET[0]); ?>" + pdf()[8:], TwoKindsInOne()),
    "an archive after the pdf": ("a.pdf", pdf() + packed({"a.txt": "a"}), TwoKindsInOne()),
    "a jar after the pdf": ("a.pdf", pdf() + packed({"META-INF/MANIFEST.MF": "a"}), TwoKindsInOne()),
}
