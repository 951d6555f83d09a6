"""A pack of evidence: its folders and names, readable in Thai and harmless on every system."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.file_names import clean_name, shortened

# Windows keeps paths of 260 letters with the folder they are unpacked into, others names of 255 bytes: 85 Thai letters.
LONGEST_PATH = 200
LONGEST = {"indicator": 40, "measure": 50, "division": 30, "file": 70}


@dataclass(frozen=True)
class Piece:
    """One current piece of evidence. A file has a `stored` name on the disk, a link its address."""

    id: int
    indicator: int
    indicator_name: str
    measure_id: int
    measure: str
    division: str
    due_on: date
    title: str
    version: int
    by: str  # the position
    at: datetime
    url: str = ""
    stored: str = ""
    sha256: str = ""
    size: int = 0  # in bytes

    @property
    def is_link(self) -> bool:
        """Whether it is a link, which the pack can only name."""
        return bool(self.url)


def paths(pieces: Sequence[Piece]) -> dict[int, str]:
    """Return where each file lies in the pack, by the piece's id: indicator, measure, division, name; no two alike."""
    numbers = _numbers(pieces)
    taken: set[str] = set()
    found = {}
    for piece in pieces:
        if not piece.is_link:
            folder = "/".join(
                (
                    _part(f"ตัวชี้วัดที่ {piece.indicator:02} {piece.indicator_name}", "indicator"),
                    _part(f"มาตรการที่ {numbers[piece.measure_id]} {piece.measure}", "measure"),
                    _part(piece.division, "division"),
                )
            )
            found[piece.id] = _free(folder, _part(piece.title, "file"), taken)
    return found


def _numbers(pieces: Iterable[Piece]) -> dict[int, int]:
    """Return the place of each measure among those of its indicator that have evidence."""
    numbers: dict[int, int] = {}
    counts: dict[int, int] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.indicator, piece.measure_id)):
        if piece.measure_id not in numbers:
            counts[piece.indicator] = numbers[piece.measure_id] = counts.get(piece.indicator, 0) + 1
    return numbers


def _part(written: str, what: str) -> str:
    """Return one part of a path; a slash in a title leads nowhere."""
    name = clean_name(written.replace("/", "-").replace("\\", "-"))
    return shortened(name, LONGEST[what]) or "-"


def _free(folder: str, name: str, taken: set[str]) -> str:
    """Return a path that no other has, whatever a system thinks of capital letters."""
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    path, number = f"{folder}/{name}", 1
    while path.casefold() in taken:
        number += 1
        path = f"{folder}/{stem} ({number}){ending}"
    taken.add(path.casefold())
    return path
