"""
A glance at a PDF: how many pages it has, and whether they hold text or pictures alone.

`python -m tracker.documents.reading.glance` is the process that opens it: a linked file comes from anybody. It imports
little, so that it starts in a moment.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pypdfium2

from tracker.documents.bounds import bind

MEGABYTE = 1024 * 1024
LIMITS = {
    "RLIMIT_AS": 768 * MEGABYTE,
    "RLIMIT_CPU": 15,  # seconds
    "RLIMIT_FSIZE": MEGABYTE,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_NPROC": 0,
    "RLIMIT_CORE": 0,
}
PAGES_SEEN = 10  # the first ones tell
ENOUGH_LETTERS = 20  # on them together; a stamp or page number of a scanner has fewer


@dataclass(frozen=True)
class Glance:
    """What was seen of a PDF."""

    pages: int | None = None
    has_text: bool | None = None
    is_blank: bool = False
    is_unreadable: bool = False  # damaged, or locked with a password


def glance(content: bytes) -> Glance:
    """Return what can be seen of a PDF."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            return _seen(document)
    except pypdfium2.PdfiumError:
        return Glance(is_unreadable=True)


def _seen(document: Any) -> Glance:
    letters, marks = 0, 0
    for number in range(min(len(document), PAGES_SEEN)):
        page = document[number]
        marks += pypdfium2.raw.FPDFPage_CountObjects(page) + pypdfium2.raw.FPDFPage_GetAnnotCount(page)
        letters += sum(not letter.isspace() for letter in page.get_textpage().get_text_range())
        if letters >= ENOUGH_LETTERS:
            break
    return Glance(len(document), letters >= ENOUGH_LETTERS, is_blank=not marks)


def main() -> None:
    """Look at the PDF that comes in and write what was seen."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    bind(LIMITS)
    sys.stdin.buffer.readline()  # a name, which only a report has
    answer: Mapping[str, Any] = {"made": asdict(glance(sys.stdin.buffer.read()))}
    answers.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
