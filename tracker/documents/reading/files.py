"""An uploaded report → its draft: what its bytes are, whatever its name says, and the reader for them."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from io import BytesIO

from tracker.documents.evidence import refusals as general
from tracker.documents.evidence.inspection import LOCKED, OLD
from tracker.documents.evidence.office import office_type
from tracker.documents.evidence.sniffing import HEAD, PDF_PLACE, Sort, sniff
from tracker.documents.reading import refusals
from tracker.documents.reading.decoding import decode
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.refusals import MEGABYTE, MOST_BYTES
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import Row, Tell, rows_of, rows_of_csv
from tracker.domain.evidence import FileType
from tracker.domain.file_names import ending_of
from tracker.domain.sentences import Refusal

# Documents that are read, each by the module that bears its name. It is imported when such a file comes.
READ = frozenset({FileType.DOCX, FileType.XLSX})

LARGEST_XML = 40 * MEGABYTE  # of a Word document: its tree takes sixteen times as much, a book has two

_REFUSED: Mapping[Sort | FileType, Callable[[], Refusal]] = {
    Sort.ARCHIVE: general.Archive,
    Sort.PROGRAM: general.Program,
    Sort.OFFICE: general.OtherOffice,
    Sort.PICTURE: refusals.Picture,
    FileType.JPG: refusals.Picture,
    FileType.PNG: refusals.Picture,
    FileType.HEIC: refusals.Picture,
    Sort.SOUND_OR_FILM: refusals.NoDocument,
}
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<meta", b"<style")
_STRICT = b"http://purl.oclc.org/ooxml/"
_MARKS_BEFORE = b"\xef\xbb\xbf \t\r\n"


def read_report(content: bytes, name: str, *, tell: Tell) -> ReportDraft:
    """
    Read a report from an uploaded file.

    :param name: that of the file; it only tells a table with commas from other text
    :raises Refusal: if it is no file we read, or no report; each reason has its own sentence
    """
    kind = kind_of(content, name)
    if kind is not None:
        return draft_of(_rows(kind, content, tell))
    text = decode(content)
    is_csv = ending_of(name) == "csv" and "\t" not in text
    return draft_of(rows_of_csv(text) if is_csv else rows_of(text))


def kind_of(content: bytes, name: str) -> FileType | None:
    """
    Return which document this is, or None for what can only be text.

    A packed document has been unpacked once within bounds then, so that reading it cannot fill the memory.

    :raises Refusal: if it is nothing that we read
    """
    if len(content) > MOST_BYTES:
        raise refusals.ReportTooLarge(MOST_BYTES)
    sort = sniff(content[:HEAD], ending_of(name))
    if sort == Sort.OLE:
        raise _old_document(content)
    if sort in _REFUSED:
        raise _REFUSED[sort]()
    if sort == Sort.ZIP:
        kind = _packed(content)
    elif sort == FileType.PDF or b"%PDF-" in content[:PDF_PLACE]:
        kind = FileType.PDF
    else:
        _check_markup(content[:HEAD].lstrip(_MARKS_BEFORE).lower())
        return None
    if kind not in READ:
        raise refusals.NotText(kind.upper())
    return kind


def _packed(content: bytes) -> FileType:
    try:
        kind = office_type(BytesIO(content))
    except general.LockedOffice:
        raise refusals.LockedReport() from None
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "_rels/.rels" in archive.namelist() and _STRICT in archive.read("_rels/.rels"):
            raise refusals.StrictOffice()
        written = (part for part in archive.infolist() if part.filename.endswith(".xml"))
        if kind == FileType.DOCX and any(part.file_size > LARGEST_XML for part in written):
            raise refusals.TookTooMuch()
    return kind


def _old_document(content: bytes) -> Refusal:
    if LOCKED in content:
        return refusals.LockedReport()
    return general.OldOffice() if any(name in content for name in OLD) else refusals.NoDocument()


def _check_markup(beginning: bytes) -> None:
    """Tell a page or a drawing from a text; words of a report may stand between marks of HTML as well."""
    if beginning.startswith(_WEB_PAGE):
        raise refusals.WebPage()
    if beginning.startswith((b"<?xml", b"<svg")):
        raise refusals.WebPage() if b"<html" in beginning else general.OtherOffice()


def _rows(kind: FileType, content: bytes, tell: Tell) -> Iterator[Row]:
    read = getattr(import_module(f"tracker.documents.reading.{kind}"), f"rows_of_{kind}")
    try:
        yield from read(content, tell=tell)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # libraries raise whatever a damaged file makes them
        raise general.BrokenPdf() if kind == FileType.PDF else general.BrokenOffice() from error
