"""What people send as evidence: one file, taken by hand or by camera, or a link."""

from werkzeug.datastructures import FileStorage, MultiDict

from tracker.documents.evidence.refusals import NoFile, OneAtATime
from tracker.web.addresses import GREATEST_ID

FILE_FIELDS = ("file", "photo")


def file_from(files: MultiDict[str, FileStorage]) -> FileStorage:
    """
    Return the file that was sent.

    :raises Unacceptable: if there is none, or more than one
    """
    sent = [file for name in FILE_FIELDS for file in files.getlist(name) if file.filename]
    if not sent:
        raise NoFile()
    if len(sent) > 1:
        raise OneAtATime()
    return sent[0]


def link_from(form: MultiDict[str, str]) -> dict[str, str]:
    """Return the link and its words as they were typed."""
    return {"url": form.get("url", ""), "title": form.get("title", "")}


def row_from(form: MultiDict[str, str]) -> int:
    """
    Return the number of the evidence that was chosen.

    :raises NoFile: if none was
    """
    number = form.get("evidence", type=int)
    if number is None or not 0 < number <= GREATEST_ID:
        raise NoFile()
    return number
