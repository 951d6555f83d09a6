"""A row of a list of items as people fill it in → what it says, or every reason why it cannot be taken."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tracker.domain.disclosure_lists import Entry
from tracker.domain.disclosures import MOST_ADDRESSES, TooManyAddresses, read_number, read_title
from tracker.domain.evidence import LONGEST_TITLE, web_address
from tracker.domain.responsibles import Division, read_responsible
from tracker.domain.sentences import N_, Refusal, Sentence
from tracker.domain.thai import clean

Read = TypeVar("Read")

YES, NO = "ใช่", "ไม่ใช่"
_SAYS = {YES: True, "yes": True, "1": True, NO: False, "ไม่": False, "no": False, "0": False}
_BEGINS_AS_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
_BETWEEN_ADDRESSES = re.compile(r"[,;]\s*(?=https?://)|\s+", re.IGNORECASE)
_LONGEST_MEANING = 60
_LONGEST_DIVISION = 300  # letters; a cell can hold a hundred times as many, which take long to be read as names


@dataclass(frozen=True)
class Cells:
    """A row's words as they stand in the sheet, and its number there."""

    row: int
    number: str = ""
    title: str = ""
    division: str = ""
    addresses: str = ""
    address_title: str = ""
    is_confirmed: str = ""
    is_asked_for: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Known:
    """An item that the list has already, or that the handbook knows."""

    entry: Entry
    is_retired: bool = False


@dataclass(frozen=True)
class ItemRow:
    """What a row says of an item; what it leaves open is None. An item that is new has no meaning yet."""

    row: int
    number: int
    title: str
    meaning: str
    division: Division | None = None
    addresses: tuple[tuple[str, str], ...] = ()  # (address, what the page calls it)
    is_confirmed: bool | None = None
    is_retired: bool | None = None

    @property
    def key(self) -> str:
        """The item it is about."""
        return self.meaning or f"O{self.number}"


@dataclass(frozen=True)
class FailedRow:
    """A row that cannot be taken, and why."""

    cells: Cells
    reasons: tuple[Sentence, ...]


@dataclass
class Rows:
    """What was read of a list, in its order."""

    taken: list[ItemRow] = field(default_factory=list)
    failed: list[FailedRow] = field(default_factory=list)


def read_rows(rows: Sequence[Cells], *, divisions: Sequence[Division], known: Sequence[Known]) -> Rows:
    """
    Return what the rows of a list say; several may be about one item, each with addresses of its own.

    A row means the item whose key it bears, else the known one of its number, else a new one. It may leave the title
    out where the item is known.
    """
    by_number = {one.entry.number: one.entry for one in sorted(known, key=lambda one: not one.is_retired)}
    read, first, cells_of = Rows(), dict[str, ItemRow](), dict[int, Cells]()
    for cells in rows:
        reading = _Reading(cells, divisions, by_number)
        row = reading.item()
        if row is not None and not reading.reasons and (why := _contradiction(first.get(row.key, row), row)):
            reading.reasons.append(why)
        if row is None or reading.reasons:
            read.failed.append(FailedRow(cells, tuple(reading.reasons)))
            continue
        first.setdefault(row.key, row)
        by_number[row.number] = Entry(row.meaning, row.number, row.title)
        cells_of[row.row] = cells
        read.taken.append(row)
    _set_doubles_apart(read, known, cells_of)
    return read


def _contradiction(first: ItemRow, row: ItemRow) -> Sentence | None:
    facts = ((one.division, one.is_confirmed, one.is_retired) for one in (first, row))
    agree = all(now in (None, before) for before, now in zip(*facts, strict=True))
    if agree and (first.number, first.title) == (row.number, row.title):
        return None
    message = N_("It says otherwise of the same item than row %(row)s: number, title, division and state must agree.")
    return Sentence(message, {"row": first.row})


def _set_doubles_apart(read: Rows, known: Sequence[Known], cells_of: Mapping[int, Cells]) -> None:
    """Let rows fail that would give two items of the year one number."""
    retired = {one.entry.meaning for one in known if one.is_retired}
    numbers = {one.entry.meaning: one.entry.number for one in known if not one.is_retired}
    for row in read.taken:
        if row.is_retired or (row.is_retired is None and row.meaning in retired):
            numbers.pop(row.key, None)
        else:
            numbers[row.key] = row.number
    often = {number for number, count in Counter(numbers.values()).items() if count > 1}
    doubles = [row for row in read.taken if row.key in numbers and row.number in often]
    message = N_("O%(number)s would be in the list twice.")
    for row in doubles:
        read.taken.remove(row)
        read.failed.append(FailedRow(cells_of[row.row], (Sentence(message, {"number": row.number}),)))


class _Reading:
    """One row being read; every reason why it cannot be taken is told at once."""

    def __init__(self, cells: Cells, divisions: Sequence[Division], known: Mapping[int, Entry]) -> None:
        self.cells, self.divisions, self.known = cells, divisions, known
        self.reasons: list[Sentence] = []

    def item(self) -> ItemRow | None:
        number = self._try(read_number, self.cells.number)
        known = self.known.get(number or 0)
        title = self._try(read_title, self.cells.title or (known.title if known else ""))
        is_confirmed, is_asked_for = self._yes(self.cells.is_confirmed), self._yes(self.cells.is_asked_for)
        division, addresses, meaning = self._division(), self._addresses(), self._meaning()
        if number is None or title is None:
            return None
        return ItemRow(
            self.cells.row,
            number,
            title,
            meaning or (known.meaning if known else ""),
            division,
            addresses,
            is_confirmed,
            None if is_asked_for is None else not is_asked_for,
        )

    def _division(self) -> Division | None:
        written = clean(self.cells.division)
        named = next((one for one in self.divisions if one.name == written), None)
        if named or not written:
            return named
        read = read_responsible(self.cells.division[:_LONGEST_DIVISION], divisions=self.divisions)
        if len(written) <= _LONGEST_DIVISION and not read.unmatched and len(read.divisions) == 1:
            return read.divisions[0]
        message = N_("“%(names)s” is no division of this organization. Choose from the list.")
        self.reasons.append(Sentence(message, {"names": written[:80]}))
        return None

    def _addresses(self) -> tuple[tuple[str, str], ...]:
        written = list(filter(None, _BETWEEN_ADDRESSES.split(self.cells.addresses.strip(" \n-"))))
        if stray := next((one for one in written if not _BEGINS_AS_ADDRESS.match(one)), ""):
            message = N_(
                "“%(written)s” is no address that begins with http:// or https://. A space in an address makes it two."
            )
            self.reasons.append(Sentence(message, {"written": stray[:80]}))
            return ()
        found = [address for one in written if (address := self._try(web_address, one)) is not None]
        if len(found) > MOST_ADDRESSES:
            self.reasons.append(TooManyAddresses().sentence)
        names = [clean(line)[:LONGEST_TITLE] for line in self.cells.address_title.split("\n")]
        names += [""] * (len(found) - len(names))
        return tuple(dict(zip(found, names, strict=False)).items())

    def _meaning(self) -> str:
        meaning = clean(self.cells.meaning)
        if len(meaning) > _LONGEST_MEANING:
            self.reasons.append(Sentence(N_("The key is none that this program wrote. Leave the cell empty.")))
        return meaning

    def _yes(self, written: str) -> bool | None:
        word = clean(written).lower()
        if word and word not in _SAYS:
            message = N_("“%(written)s” is neither %(yes)s nor %(no)s.")
            self.reasons.append(Sentence(message, {"written": word[:40], "yes": YES, "no": NO}))
        return _SAYS.get(word)

    def _try(self, read: Callable[[str], Read], written: str) -> Read | None:
        try:
            return read(written)
        except Refusal as refusal:
            if refusal.sentence not in self.reasons:
                self.reasons.append(refusal.sentence)
            return None
