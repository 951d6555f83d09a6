"""Items that must be open to the public: how one is named, who keeps it, and how a year's list begins."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.disclosure_lists import KNOWN, MEANINGS, Entry, known_list, moved
from tracker.domain.links import Verdict
from tracker.domain.responsibles_names import same_name_key
from tracker.domain.sentences import N_, Refusal
from tracker.domain.thai import arabic_digits, clean

LONGEST_TITLE = 300
GREATEST_NUMBER = 999
MOST_ADDRESSES = 50  # of one item
OWN = "own:"  # begins the meaning of an item that the organization added itself

# Which division usually keeps what, by how its name begins; the first that there is. What every division makes for
# itself – its manuals and services – has none.
_OFFICE, _FINANCE = ("สำนักปลัด",), ("กองคลัง", "สำนักคลัง", "ส่วนการคลัง")
_PLANNING = ("กองยุทธศาสตร์", "สำนักยุทธศาสตร์", "กองแผน", "กองวิชาการ", *_OFFICE)
_STAFF = ("กองการเจ้าหน้าที่", *_OFFICE)
_KEPT_BY: Mapping[str, tuple[str, ...]] = {
    "structure": _STAFF,
    "executives": _STAFF,
    "contact": _OFFICE,
    "news": _OFFICE,
    "development_plan": _PLANNING,
    "work_plan": _PLANNING,
    "annual_result": _PLANNING,
    "procurement_progress": _FINANCE,
    "procurement_result": _FINANCE,
    "staff_plan": _STAFF,
    "staff_result": _STAFF,
    "ethics": _STAFF,
    "complaint_procedure": _OFFICE,
    "complaint_channel": _OFFICE,
    "complaint_statistics": _OFFICE,
    "participation": _PLANNING,
    "no_gift_policy": _OFFICE,
    "gift_report": _OFFICE,
    "risk_assessment": _OFFICE,
    "risk_result": _OFFICE,
    "anticorruption_plan": _OFFICE,
    "anticorruption_result": _OFFICE,
    "integrity_measures": _OFFICE,
    "integrity_result": _OFFICE,
}
_NUMBER = re.compile(r"(?:ข้อ(?:ที่)?\s*)?(?:o\s*[.\-]?\s*)?([0-9]{1,3})", re.IGNORECASE)


class BadItem(Refusal):
    """What was typed names no item."""


class NumberTaken(Refusal):
    """Two items of a year cannot be told apart by their numbers."""

    def __init__(self, number: int) -> None:
        super().__init__(N_("O%(number)s is in the list of this year already."), number=number)


class TooManyAddresses(Refusal):
    """Nobody opens so many addresses of one item."""

    def __init__(self) -> None:
        super().__init__(N_("An item has at most %(count)s addresses."), count=MOST_ADDRESSES)


class Standing(StrEnum):
    """How an item stands: without an address, else as the worst of its addresses."""

    MISSING = "missing"
    BROKEN = Verdict.BROKEN.value
    CAUTION = Verdict.CAUTION.value
    UNCHECKED = Verdict.UNCHECKED.value
    OK = Verdict.OK.value


def standing(verdicts: Iterable[Verdict]) -> Standing:
    """Return how an item with addresses of these verdicts stands."""
    found = {Standing(verdict.value) for verdict in verdicts}
    return next((one for one in Standing if one in found), Standing.MISSING)


def read_number(text: str) -> int:
    """
    Return an item's number as people write it: O9, o๙, ข้อ O 9 or 9.

    :raises BadItem: if it is none
    """
    found = _NUMBER.fullmatch(arabic_digits(clean(text)))
    number = int(found[1]) if found else 0
    if not 1 <= number <= GREATEST_NUMBER:
        raise BadItem(N_("The number of an item is like O9 or 9, at most %(most)s."), most=GREATEST_NUMBER)
    return number


def read_title(text: str) -> str:
    """
    Return what an item is called, on one line.

    :raises BadItem: if nothing is written, or more than a title
    """
    title = clean(text)
    if not title:
        raise BadItem(N_("Write what must be open to the public."))
    if len(title) > LONGEST_TITLE:
        raise BadItem(N_("A title has at most %(count)s characters."), count=LONGEST_TITLE)
    return title


def usual_keeper(meaning: str, names: Sequence[str]) -> int | None:
    """Return the place, among the names of divisions, of the one that usually keeps such an item, or None."""
    keys = [same_name_key(name) for name in names]
    for beginning in _KEPT_BY.get(meaning, ()):
        for place, key in enumerate(keys):
            if key.startswith(same_name_key(beginning)):
                return place
    return None


def own_meaning(number: int, taken: Iterable[str]) -> str:
    """Return a meaning for an item that no handbook knows, unlike those that there are."""
    known, count = set(taken), 1
    while (meaning := f"{OWN}{number}.{count}") in known:
        count += 1
    return meaning


@dataclass(frozen=True)
class Beginning:
    """
    How a year's list comes about from the one before, by meaning.

    `kept` pairs what goes on with how it was; `new` was not asked for before; `fallen` is asked for no more.
    """

    kept: tuple[tuple[Entry, Entry], ...] = ()  # (as it is now, as it was)
    new: tuple[Entry, ...] = ()
    fallen: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The whole list, by number; the organization's own items stand where they stood."""
        return tuple(sorted([*(now for now, _ in self.kept), *self.new], key=lambda one: (one.number, one.meaning)))


def beginning(before: Sequence[Entry], *, year_before: int, fiscal_year: int) -> Beginning:
    """
    Return how a fiscal year's list (พ.ศ.) begins.

    A year whose handbook is known has that list, and the organization's own items behind it; another goes on with what
    was asked for the year before. Without a year before it is the list that is known, or the nearest.
    """
    if not before:
        return Beginning(new=known_list(fiscal_year))
    if fiscal_year not in KNOWN:
        return Beginning(kept=tuple((moved(one, year_before, fiscal_year), one) for one in before))
    now = {one.meaning: one for one in KNOWN[fiscal_year]}
    own = {one.meaning: moved(one, year_before, fiscal_year) for one in before if one.meaning not in MEANINGS}
    now |= own
    was = {one.meaning: one for one in before}
    return Beginning(
        kept=tuple((one, was[meaning]) for meaning, one in now.items() if meaning in was),
        new=tuple(one for meaning, one in now.items() if meaning not in was),
        fallen=tuple(one for one in before if one.meaning not in now),
    )
