"""Bytes of a text file → its text: UTF-8, UTF-16 with a byte-order mark, or the older TIS-620."""

import codecs
import re

from tracker.documents.reading.refusals import (
    MAX_BYTES,
    DamagedText,
    EmptyReport,
    NotText,
    NotThai,
    ReportTooLarge,
)

# What a file begins with when only its name says .txt.
_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "DOCX/XLSX/ZIP",
    b"PK\x05\x06": "DOCX/XLSX/ZIP",
    b"\xd0\xcf\x11\xe0": "DOC/XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"RIFF": "WEBP",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"\x1f\x8b": "GZIP",
}
_SIGNATURE_WITHIN = 1024  # a PDF may begin after some rubbish
_THAI = re.compile("[\u0e01-\u0e5b]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f]")
_LEAST_THAI_SHARE = 0.2
# The first two of the three bytes of every Thai letter in UTF-8.
_UTF8_THAI = (b"\xe0\xb8", b"\xe0\xb9")


def decode(content: bytes) -> str:
    """
    Return the text of a Thai text file.

    :raises ReportTooLarge: above `MAX_BYTES`
    :raises EmptyReport: if nothing is written in it
    :raises NotText: if it is a PDF, DOCX, picture or another binary file
    :raises DamagedText: if it is UTF-8 with broken letters
    :raises NotThai: if no known encoding makes it Thai
    """
    if len(content) > MAX_BYTES:
        raise ReportTooLarge()
    if not content.strip():
        raise EmptyReport()
    _check_signature(content)
    text = _decoded(content)
    if "\0" in text:
        raise NotText()
    text = _CONTROL.sub(" ", text)
    if not text.strip():
        raise EmptyReport()
    if not looks_thai(text):
        raise NotThai()
    return text


def _check_signature(content: bytes) -> None:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise NotText(kind)
    if b"%PDF-" in content[:_SIGNATURE_WITHIN]:
        raise NotText("PDF")


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(content, "utf-16", otherwise=DamagedText)
    half_is_utf8_thai = 6 * sum(map(content.count, _UTF8_THAI)) > len(content)
    if half_is_utf8_thai or content.startswith(codecs.BOM_UTF8):
        return _strict(content, "utf-8-sig", otherwise=DamagedText)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(content, "cp874", otherwise=NotThai)


def _strict(content: bytes, encoding: str, *, otherwise: type[DamagedText | NotThai]) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise otherwise() from None


def looks_thai(text: str) -> bool:
    """Say whether a fair share of the letters is Thai."""
    thai = sum(map(len, _THAI.findall(text)))
    letters = thai + sum(len(word) for word in _LETTERS.findall(text) if not _THAI.match(word))
    return thai > _LEAST_THAI_SHARE * letters
