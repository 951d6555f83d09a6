"""Which links of a page belong to which items: by the number that stands there, and by the title."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.certainty import Certainty, Judgement
from tracker.domain.disclosure_lists import Entry
from tracker.domain.sentences import N_, Sentence
from tracker.domain.thai import BE_OFFSET, arabic_digits, clean

LONGEST_TEXT = 300  # of a link or of what stands beside it; more is a text, not a name
MOST_LETTERS = 500_000  # of all links that are compared: a second's work, and far more than such a page has
SAME, ALIKE, SIMILAR = 0.95, 0.7, 0.45  # how much two titles share: the same words, nearly, perhaps
MUCH_BETTER = 0.08  # than the next item: titles of a plan and of its result are much alike
_SHORTEST_PART = 8  # letters: a shorter title is found in many others

_CODE = re.compile(r"(?<![a-z0-9])o(?:it)?\s*[.\-_:]?\s*0*([1-9][0-9]{0,2})(?![0-9])")
_ERA = r"พ\.?\s*ศ\.?"
_LONG_YEAR = r"25[5-9]\d|20[1-4]\d"
_YEAR = re.compile(rf"(?<!\d)({_LONG_YEAR})(?!\d)|(?:ปี|งบประมาณ|{_ERA}|fy)\s*(?:{_ERA}\s*)?(\d\d)(?![\d/])")
_YEAR_WORDS = re.compile(rf"(?:ประจำ)?(?:ปี)?(?:งบประมาณ)?(?:{_ERA})?\s*(?:{_LONG_YEAR})|ประจำปี(?:งบประมาณ)?")
_NOT_SPOKEN = re.compile("[\u0e47-\u0e4e\u0e3a]")  # tone marks and the like, which people leave out or misplace
_NO_LETTER = re.compile(r"[\W_]+")
_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ONES = ("", "เอ็ด", *_DIGITS[2:])


@dataclass(frozen=True)
class FoundLink:
    """A link of a page: its words, where it leads, and what stands beside it, the nearest first."""

    title: str
    address: str
    nearby: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A link that may belong to an item, and how sure that is."""

    link: FoundLink
    meaning: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class _Key:
    """What is compared of a title: its key, and the pieces of three letters that it is made of."""

    text: str
    pieces: frozenset[str]


def offers(items: Sequence[Entry], links: Iterable[FoundLink], *, fiscal_year: int) -> list[Offer]:
    """
    Return which links of a page may belong to which items of a fiscal year (พ.ศ.), each to one item.

    A title says more than a number: the page may be numbered as another year's list. What comes after the first half
    million letters is offered to no item.
    """
    wanted = [(item, _key(item.title)) for item in items]
    found = (_offer(wanted, link, fiscal_year) for link in _first(links))
    return [offer for offer in found if offer]


def _first(links: Iterable[FoundLink]) -> Iterator[FoundLink]:
    left = MOST_LETTERS
    for link in links:
        left -= len(link.title) + sum(map(len, link.nearby))
        if left < 0:
            return
        yield link


def _offer(items: Sequence[tuple[Entry, _Key]], link: FoundLink, fiscal_year: int) -> Offer | None:
    texts = [text[:LONGEST_TEXT] for text in (link.title, *link.nearby) if text]
    keys = [_key(text) for text in texts]
    number = next((code for code in map(code_in, texts) if code), None)
    numbered = next((item for item, _ in items if item.number == number), None)
    ranked = sorted(((_likeness(key, keys), item) for item, key in items), key=lambda one: -one[0])
    likeness, alike = ranked[0] if ranked else (0.0, None)
    is_alone = len(ranked) < 2 or likeness - ranked[1][0] >= MUCH_BETTER
    if alike is not None and likeness >= ALIKE and (is_alone or alike == numbered):
        judged, item = _by_title(likeness, is_numbered=alike == numbered, number=number), alike
    elif numbered is not None:
        judged, item = _by_number(_likeness(_key(numbered.title), keys), numbered.number), numbered
    elif alike is not None and likeness >= SIMILAR:
        judged, item = _look(N_("The titles are only similar.")), alike
    else:
        return None
    return Offer(link, item.meaning, _of_this_year(judged, item.title, texts, fiscal_year))


def _by_title(likeness: float, *, is_numbered: bool, number: int | None) -> Judgement:
    if is_numbered:
        return Judgement(Certainty.CERTAIN)
    if number is not None:
        message = N_("The title fits, but the page numbers it O%(number)s: perhaps by another year's list.")
        return Judgement(Certainty.LIKELY, Sentence(message, {"number": number}))
    if likeness >= SAME:
        return Judgement(Certainty.CERTAIN)
    return Judgement(Certainty.LIKELY, Sentence(N_("The title is nearly the same.")))


def _by_number(likeness: float, number: int) -> Judgement:
    if likeness >= SIMILAR:
        return Judgement(Certainty.CERTAIN)
    return Judgement(Certainty.LIKELY, Sentence(N_("The page numbers it O%(number)s."), {"number": number}))


def _of_this_year(judged: Judgement, title: str, texts: Sequence[str], fiscal_year: int) -> Judgement:
    """Doubt a link whose own words name other years than the list and the item's title."""
    named = next((years for years in map(years_in, texts) if years), frozenset())
    if not named or named & ({fiscal_year} | years_in(title)):
        return judged
    years = ", ".join(str(year) for year in sorted(named))
    return _look(N_("It names another year: %(years)s."), years=years)


def _look(message: str, **values: object) -> Judgement:
    return Judgement(Certainty.LOOK, Sentence(message, values))


def code_in(text: str) -> int | None:
    """Return the number of the one item that a text names, such as 9 of `O ๙`, `o9`, `ข้อ O9` or `O09`; else None."""
    plain = unicodedata.normalize("NFKC", arabic_digits(text)).lower()
    found = {int(match[1]) for match in _CODE.finditer(plain)}
    return found.pop() if len(found) == 1 else None


def years_in(text: str) -> frozenset[int]:
    """Return the years (พ.ศ.) that a text names: 2569, ๒๕๖๙, ปี 69, 2026, or in words."""
    plain = _with_year_words(arabic_digits(clean(text)).lower())
    return frozenset(_buddhist(long, short) for long, short in _YEAR.findall(plain))


def _buddhist(long: str, short: str) -> int:
    if short:
        return 2500 + int(short)
    return int(long) if long.startswith("25") else int(long) + BE_OFFSET


def _with_year_words(text: str) -> str:
    if "สองพันห้าร้อย" in text:
        for words, year in _spoken_years():
            text = text.replace(words, str(year))
    return text


@lru_cache(maxsize=1)
def _spoken_years() -> list[tuple[str, int]]:
    """Return the years 2550 to 2599 in words, those first that begin like others and are longer."""
    years = [
        (f"สองพันห้าร้อย{_DIGITS[tens]}สิบ{_ONES[ones]}", 2500 + 10 * tens + ones)
        for tens in range(5, 10)
        for ones in range(10)
    ]
    return sorted(years, key=lambda one: -len(one[0]))


def title_key(text: str) -> str:
    """Return what two writings of a title share: no number, year, tone mark, space or sign, in Arabic digits."""
    # A single sign can be eighteen letters when it is taken apart.
    spelled_out = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])[: 2 * LONGEST_TEXT]
    plain = _with_year_words(arabic_digits(clean(spelled_out)).lower())
    plain = _YEAR_WORDS.sub(" ", _CODE.sub(" ", clean(plain)))
    return _NO_LETTER.sub("", _NOT_SPOKEN.sub("", re.sub(r"^\s*ข้อ(?:ที่)?\s", " ", plain)))


@lru_cache(maxsize=4096)
def _key(text: str) -> _Key:
    key = title_key(text)
    return _Key(key, frozenset(key[place : place + 3] for place in range(len(key) - 2)))


def _likeness(wanted: _Key, texts: Sequence[_Key]) -> float:
    """Return how much the best of the texts shares with a title, 0 to 1; what is only beside a link counts less."""
    shares = (_share(wanted, text) * (1.0 if place == 0 else 0.97) for place, text in enumerate(texts))
    return max(shares, default=0.0)


def _share(wanted: _Key, found: _Key) -> float:
    if not wanted.text or not found.text:
        return 0.0
    if wanted.text == found.text:
        return 1.0
    short, long = sorted((wanted.text, found.text), key=len)
    share, together = 0.0, len(wanted.pieces) + len(found.pieces)
    if 2 * min(len(wanted.pieces), len(found.pieces)) > SIMILAR * together:  # else they share less, whatever they share
        share = 2 * len(wanted.pieces & found.pieces) / together
    if len(short) >= _SHORTEST_PART and short in long:
        return max(share, ALIKE + 0.2 * len(short) / len(long))
    return share
