"""Files put into one archive, piece by piece: no more of them is ever in memory than a chunk."""

import zipfile
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple, Self

CHUNK = 256 * 1024
PACKED_ALREADY = frozenset({"docx", "xlsx", "jpg", "jpeg", "png", "heic", "heif", "zip"})
READABLE = 0o644


class Condition(StrEnum):
    """How a file was found when it was packed."""

    WHOLE = "whole"
    CHANGED = "changed"  # it is not what was uploaded
    MISSING = "missing"  # it is no longer on the disk, and so not in the pack


class Packed(NamedTuple):
    """What came of one file. Size in bytes and hash are those of what the pack truly has in it."""

    condition: Condition
    size: int = 0
    sha256: str = ""


class Pack:
    """A ZIP archive being written; larger ones than 4 GB too. Thai names are marked as UTF-8."""

    def __init__(self, target: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(target, "w", allowZip64=True)

    def add(self, path: str, source: Path, *, at: datetime, expected: str) -> Packed:
        """
        Put a file into the pack.

        :param at: the local moment that the file bears in the pack
        :param expected: the SHA-256 it had when it was uploaded
        """
        try:
            with source.open("rb") as file:
                size, digest = self._copy(path, file, at, size=source.stat().st_size)
        except FileNotFoundError:
            return Packed(Condition.MISSING)
        return Packed(Condition.WHOLE if digest == expected else Condition.CHANGED, size, digest)

    def add_text(self, path: str, content: bytes, *, at: datetime) -> None:
        """Put something into the pack that was made for it."""
        self._archive.writestr(_entry(path, at), content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()  # writes the archive's directory

    def _copy(self, path: str, file: IO[bytes], at: datetime, *, size: int) -> tuple[int, str]:
        entry, digest, copied = _entry(path, at), sha256(), 0
        entry.file_size = size  # so that room for a large one is kept in its head
        with self._archive.open(entry, "w") as target:
            while piece := file.read(CHUNK):
                target.write(piece)
                digest.update(piece)
                copied += len(piece)
        return copied, digest.hexdigest()


def _entry(path: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, at.timetuple()[:6])
    is_packed = path.rpartition(".")[2].lower() in PACKED_ALREADY
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    entry.external_attr = READABLE << 16
    return entry
