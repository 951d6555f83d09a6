"""Looking at a received file: what it is, whether it is what it says, and whether it may be kept."""

from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from pathlib import Path

from tracker.documents.evidence import refusals
from tracker.documents.evidence.office import TAIL, office_type
from tracker.documents.evidence.pdf import check_pdf
from tracker.documents.evidence.refusals import Unacceptable
from tracker.documents.evidence.sniffing import HEAD, PDF_PLACE, Sort, has_zip_at_end, sniff
from tracker.domain.evidence import ENDINGS, TYPE_NAMES, FileType
from tracker.domain.file_names import ending_of

REFUSED: dict[Sort, Callable[[], Unacceptable]] = {
    Sort.ARCHIVE: refusals.Archive,
    Sort.PROGRAM: refusals.Program,
    Sort.SCRIPT: refusals.Script,
    Sort.SVG: refusals.Svg,
    Sort.HTML: refusals.WebPage,
    Sort.PICTURE: refusals.OtherPicture,
    Sort.SOUND_OR_FILM: refusals.SoundOrFilm,
    Sort.OFFICE: refusals.OtherOffice,
    Sort.UNKNOWN: refusals.UnknownKind,
}
# Names in an old document's table of contents.
LOCKED = "EncryptedPackage".encode("utf-16-le")
OLD = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document"))


def file_type(path: Path, name: str) -> FileType:
    """
    Return what kind of file this is.

    :param name: its clean name; an ending that says another kind is a lie
    :raises Unacceptable: if it may not be kept, with the reason in a sentence
    """
    ending = ending_of(name)
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        found = _looked_at(content, path, ending)
    if ending and ending not in ENDINGS[found]:
        raise refusals.WrongEnding(ending, TYPE_NAMES[found])
    return found


def _looked_at(content: mmap, path: Path, ending: str) -> FileType:
    sort = sniff(content[:HEAD], ending)
    if sort == Sort.ZIP:
        with path.open("rb") as file:
            return office_type(file)
    if sort == Sort.OLE:
        raise _old_document(content)
    if (isinstance(sort, FileType) or sort in {Sort.PICTURE, Sort.UNKNOWN}) and has_zip_at_end(content[-TAIL:]):
        raise refusals.TwoKindsInOne()
    if sort != FileType.PDF and b"%PDF-" in content[:PDF_PLACE]:
        raise refusals.TwoKindsInOne()
    if isinstance(sort, Sort):
        raise REFUSED[sort]()
    if sort == FileType.PDF:
        check_pdf(content)
    return sort


def _old_document(content: mmap) -> Unacceptable:
    if content.find(LOCKED) >= 0:
        return refusals.LockedOffice()
    is_known = any(content.find(name) >= 0 for name in OLD)
    return refusals.OldOffice() if is_known else refusals.UnknownKind()
