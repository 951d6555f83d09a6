"""Taking a file in: received, looked at, its previews made; kept only once a row names it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tracker.documents.evidence.inspection import file_type
from tracker.documents.evidence.pictures import previews
from tracker.documents.evidence.storage import Received, Storage
from tracker.domain.evidence import PICTURES, FileType
from tracker.domain.file_names import clean_name, with_ending


@dataclass(frozen=True)
class Intake:
    """A file that may be kept. The previews are those of a picture."""

    name: str
    kind: FileType
    received: Received
    preview: Path | None = None
    thumbnail: Path | None = None


@contextmanager
def taken_in(stream: IO[bytes], *, name: str, storage: Storage, limit: int) -> Iterator[Intake]:
    """
    Receive a file and look at it; whatever has not been kept at the end is thrown away.

    :param name: as the browser sent it
    :param limit: in bytes
    :raises Unacceptable: if it may not be kept
    """
    received = storage.receive(stream, limit=limit)
    waiting = [received.path]
    try:
        written = clean_name(name)
        kind = file_type(received.path, written)
        named = with_ending(written, kind)
        if kind in PICTURES:
            seen = previews(received.path, kind)
            waiting += [storage.write(seen.large), storage.write(seen.small)]
        yield Intake(named, kind, received, *waiting[1:])
    finally:
        for path in waiting:
            path.unlink(missing_ok=True)
