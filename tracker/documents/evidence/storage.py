"""Where files of evidence and reports lie: apart from what is served, under random names, whole or not at all."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO

from tracker.documents.evidence.refusals import EmptyFile, TooLarge

CHUNK = 256 * 1024
WAITING = "waiting"  # the folder of files that are being received or looked at
_NAME = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Received:
    """A file as it came, waiting to be kept or thrown away."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Storage:
    """A folder of files; the first four digits of a name are the two folders it lies in."""

    folder: Path

    def receive(self, stream: IO[bytes], *, limit: int) -> Received:
        """
        Write a stream to the disk piece by piece.

        :param limit: in bytes
        :raises Unacceptable: if nothing comes or more than the limit; nothing stays then
        """
        path, digest, size = self._new_path(), sha256(), 0
        try:
            with _created(path) as file:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > limit:
                        raise TooLarge(limit)
                    digest.update(piece)
                    file.write(piece)
                _settle(file)
            if not size:
                raise EmptyFile()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Received(path, digest.hexdigest(), size)

    @contextmanager
    def writing(self) -> Iterator[tuple[Path, IO[bytes]]]:
        """Open a file that waits to be kept, for what is too large to be held at once; whatever fails leaves none."""
        path = self._new_path()
        try:
            with _created(path) as file:
                yield path, file
                _settle(file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def write(self, content: bytes) -> Path:
        """Write a file that waits to be kept."""
        path = self._new_path()
        with _created(path) as file:
            file.write(content)
            _settle(file)
        return path

    def keep(self, waiting: Path) -> str:
        """Move a waiting file to its place and return its name. Without a row that names it, it is swept away later."""
        name = waiting.name
        place = self.path_of(name)
        _make_folder(place.parent)
        os.replace(waiting, place)
        for folder in (place.parent, waiting.parent):
            _settle_folder(folder)
        return name

    def path_of(self, name: str) -> Path:
        """
        Return where a kept file lies, whether or not it is there.

        :raises ValueError: if it is no name of ours
        """
        if not _NAME.fullmatch(name):
            raise ValueError("This is not the name of a kept file.")
        return self.folder / name[:2] / name[2:4] / name

    def has(self, name: str) -> bool:
        """Return whether a kept file is there."""
        return self.path_of(name).is_file()

    def hash_of(self, name: str) -> str | None:
        """Return the SHA-256 of a kept file as it is now; None where it is gone."""
        try:
            with self.path_of(name).open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return None

    def all_files(self) -> Iterator[Path]:
        """Go through every file, kept or waiting, that bears a name of ours."""
        for path in self.folder.rglob("*"):
            if _NAME.fullmatch(path.name) and path.is_file():
                yield path

    def _new_path(self) -> Path:
        folder = self.folder / WAITING
        _make_folder(folder)
        return folder / secrets.token_hex(16)


def _created(path: Path) -> IO[bytes]:
    """Open a new file that its owner alone can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb")


def _make_folder(folder: Path) -> None:
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            with suppress(FileExistsError):
                one.mkdir(mode=0o700)


def _settle(file: IO[bytes]) -> None:
    """Let the file survive a power cut."""
    file.flush()
    os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open a folder, and settles it by itself
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
