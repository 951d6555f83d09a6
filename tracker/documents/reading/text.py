"""A report as a text file → its draft."""

from tracker.documents.reading.decoding import decode
from tracker.documents.reading.draft import ReportDraft
from tracker.documents.reading.report import draft_of
from tracker.documents.reading.rows import rows_of


def read_text_report(content: bytes) -> ReportDraft:
    """
    Read a report from the bytes of a text file, in time and memory that grow only with its size.

    :raises UnreadableReport: if it is empty, larger than `MAX_BYTES`, no text, not Thai, or without measures; each
        reason has its own subclass and sentence
    """
    return draft_of(rows_of(decode(content)))
