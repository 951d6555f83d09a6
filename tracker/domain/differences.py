"""Which measure of a report is which of the plan, and what becomes of a text that both may have changed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.thai import arabic_digits, clean

# Of the sample's measures no two titles share more than a third, no two steps more than 0.46.
ALIKE = 0.5
ALIKE_ELSEWHERE = 0.9
_RUN = 3

_NUMBERING = re.compile(r"^[(]?\d{1,2}[.)]\s*(?=\D)")
_SCANNED_ZERO = re.compile(r"(?<=\d)[oO]|[oO](?=\d)")
# Vowels and tone marks above and below are what a scan damages first: ปังบประมาณ is ปีงบประมาณ.
_NOT_KEPT = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[^ก-ฮะ-ๅa-z0-9]")


class Sureness(StrEnum):
    """How we know that two measures or steps are the same one."""

    SAME = "same"  # the same words
    MOVED = "moved"  # the same words under another indicator
    ALIKE = "alike"  # like enough
    CHOSEN = "chosen"  # a person says so


@dataclass(frozen=True)
class MeasureWords:
    """A measure as far as its identity goes; no indicator fits any."""

    indicator: int | None
    title: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepWords:
    """A step; one that the report did not have when it was last read is known by its very words only."""

    text: str
    is_printed: bool = True


@dataclass(frozen=True)
class Match:
    """The place of what is known, of what was read, and how sure we are that they are the same."""

    known: int
    read: int
    sureness: Sureness
    likeness: float = 1.0


@dataclass(frozen=True)
class Pairing:
    """What belongs together; `new` are places of what was read only, `missing` of what is known only."""

    matches: tuple[Match, ...]
    new: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()


class Merge(StrEnum):
    """What becomes of a text of the plan when a report is read again."""

    KEPT = "kept"  # the report says what it said, or what the plan says
    TAKEN = "taken"  # the report says something new, and nobody changed the plan
    CONFLICT = "conflict"  # both were changed: a person decides


def merged(*, printed: object, ours: object, theirs: object) -> Merge:
    """
    Return what becomes of a text: `printed` is what the report said last, `ours` what the plan says, `theirs` the
    report now. None stands for no such text.
    """
    if theirs in (printed, ours):
        return Merge.KEPT
    return Merge.TAKEN if ours == printed else Merge.CONFLICT


def pair_measures(
    known: Sequence[MeasureWords], read: Sequence[MeasureWords], *, chosen: Mapping[int, int | None] | None = None
) -> Pairing:
    """
    Return which measure read is which one known.

    First what a person chose (by the place read; None: it is new), then the same title under the same indicator, the
    same title under another one, and what is alike under the same indicator, the likest first. A title or steps that
    were written anew are recognised by the other.
    """
    chosen = chosen or {}
    decided = [Match(mine, theirs, Sureness.CHOSEN) for theirs, mine in chosen.items() if mine is not None]
    knowns = [_Measure.of(one) for one in known]
    reads = {at: _Measure.of(one) for at, one in enumerate(read) if at not in chosen}
    candidates = [
        Match(mine, theirs, *found)
        for mine, one in enumerate(knowns)
        for theirs, other in reads.items()
        if (found := one.compared(other))
    ]
    return _paired(len(known), len(read), decided, candidates)


def pair_steps(known: Sequence[StepWords], read: Sequence[str]) -> Pairing:
    """Return which step read is which one known of the same measure."""
    texts = [_Text.of(text) for text in read]
    candidates = [
        Match(mine, theirs, *found)
        for mine, step in enumerate(known)
        for theirs, text in enumerate(texts)
        if (found := _compared(_Text.of(step.text), text, is_printed=step.is_printed))
    ]
    return _paired(len(known), len(read), (), candidates)


def key(text: str) -> str:
    """Return what two printings of the same words have in common: letters and digits, without what scans damage."""
    written = _SCANNED_ZERO.sub("0", arabic_digits(clean(text)).lower())
    return _NOT_KEPT.sub("", _NUMBERING.sub("", written))


def likeness(text: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: which part of their runs of three letters they share."""
    return _Text.of(text).likeness(_Text.of(other))


@dataclass(frozen=True)
class _Text:
    key: str
    runs: Counter[str]

    @classmethod
    def of(cls, text: str) -> "_Text":
        letters = key(text)
        starts = range(max(1, len(letters) - _RUN + 1)) if letters else ()
        return cls(letters, Counter(letters[start : start + _RUN] for start in starts))

    def likeness(self, other: "_Text") -> float:
        total = self.runs.total() + other.runs.total()
        return 2 * (self.runs & other.runs).total() / total if total else 1.0


@dataclass(frozen=True)
class _Measure:
    indicator: int | None
    title: _Text
    steps: _Text

    @classmethod
    def of(cls, words: MeasureWords) -> "_Measure":
        return cls(words.indicator, _Text.of(words.title), _Text.of("\n".join(words.steps)))

    def compared(self, other: "_Measure") -> tuple[Sureness, float] | None:
        is_there = None in (self.indicator, other.indicator) or self.indicator == other.indicator
        if self.title.key == other.title.key:
            return Sureness.SAME if is_there else Sureness.MOVED, self.steps.likeness(other.steps)
        like = self.title.likeness(other.title)
        if is_there and self.steps.key and other.steps.key:
            like = (like + self.steps.likeness(other.steps)) / 2
        return (Sureness.ALIKE, like) if like >= (ALIKE if is_there else ALIKE_ELSEWHERE) else None


def _compared(known: _Text, read: _Text, *, is_printed: bool) -> tuple[Sureness, float] | None:
    if known.key == read.key:
        return Sureness.SAME, 1.0
    like = known.likeness(read) if is_printed else 0.0
    return (Sureness.ALIKE, like) if like >= ALIKE else None


_SUREST_FIRST = (Sureness.SAME, Sureness.MOVED, Sureness.ALIKE)


def _paired(known_count: int, read_count: int, decided: Sequence[Match], candidates: Sequence[Match]) -> Pairing:
    """Take the surest first, of two equally sure the likest, of two equally like the first."""
    best_first = sorted(
        candidates, key=lambda one: (_SUREST_FIRST.index(one.sureness), -one.likeness, one.known, one.read)
    )
    taken: list[Match] = []
    knowns, reads = set(range(known_count)), set(range(read_count))
    for match in (*decided, *best_first):
        if match.known in knowns and match.read in reads:
            knowns.remove(match.known)
            reads.remove(match.read)
            taken.append(match)
    taken.sort(key=lambda one: one.read)
    return Pairing(tuple(taken), new=tuple(sorted(reads)), missing=tuple(sorted(knowns)))
