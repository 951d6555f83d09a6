"""What many looks at one address say together: how it stands, since when, and how much of the time it was there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from tracker.domain.calendar import ONE_DAY, end_of, start_of
from tracker.domain.links import AGAIN_AFTER, Cause, Judgement, Verdict

# Cautions about an address whose content can be read all the same. With any other there is an answer, but not the page.
STILL_OPENS = frozenset({Cause.CERTIFICATE_ENDS_SOON, Cause.OTHER_HOST, Cause.SCANNED_PDF, Cause.SLOW})
WORST_LAST = (Verdict.OK, Verdict.CAUTION, Verdict.BROKEN)


@dataclass(frozen=True)
class Standing:
    """How an address stands after all looks so far; the fields are those of its row."""

    verdict: Verdict = Verdict.UNCHECKED
    cause: Cause | None = None
    details: dict[str, Any] = field(default_factory=dict)
    checked_at: datetime | None = None
    last_ok_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0

    @property
    def is_in_doubt(self) -> bool:
        """Whether it could not be opened, but not yet by two looks that lie far enough apart."""
        return self.failing_since is not None and self.verdict == Verdict.CAUTION


@dataclass(frozen=True)
class Look:
    """What one look alone said, and when."""

    at: datetime
    verdict: Verdict
    cause: Cause | None = None
    details: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Spell:
    """Looks in a row that said the same, from the first to the last of them."""

    first: Look
    last: Look
    count: int


def after(standing: Standing, judgement: Judgement, *, now: datetime) -> Standing:
    """
    Return how an address stands after one more look.

    It is broken only when a look fails `AGAIN_AFTER` or more after the first failure in a row; until then it is a
    caution, however often somebody presses the button. One answer ends the row at once.
    """
    seen = replace(standing, cause=judgement.cause, details=judgement.values, checked_at=now)
    if judgement.verdict != Verdict.BROKEN:
        opened = judgement.verdict == Verdict.OK or judgement.cause in STILL_OPENS
        last_ok_at = now if opened else standing.last_ok_at
        return replace(seen, verdict=judgement.verdict, last_ok_at=last_ok_at, failing_since=None, failures=0)
    since = standing.failing_since or now
    verdict = Verdict.BROKEN if now - since >= AGAIN_AFTER else Verdict.CAUTION
    return replace(seen, verdict=verdict, failing_since=since, failures=standing.failures + 1)


def reachable_share(looks: Sequence[Look], *, since: datetime, now: datetime) -> Fraction | None:
    """
    Return which part of the time between two moments an address was reachable, 0 to 1; None where nobody looked.

    The one definition: what a look saw holds until the next look; time before the first look counts for nothing; an
    address is reachable while there is any answer, also one that a person should look at.

    :param looks: in time order; the last one before `since` is needed as well, for it still holds then
    """
    until = [(look.at, look.verdict != Verdict.BROKEN) for look in looks if look.at < now] + [(now, False)]
    known = reached = timedelta(0)
    for (begins, is_reachable), (ends, _) in pairwise(until):
        length = max(timedelta(0), ends - max(begins, since))
        known += length
        reached += length if is_reachable else timedelta(0)
    return Fraction(reached // _TICK, known // _TICK) if known else None


_TICK = timedelta(microseconds=1)


def spells(looks: Iterable[Look]) -> list[Spell]:
    """Return looks in time order as spells of the same verdict for the same reason, in time order as well."""
    found = [list(row) for _, row in groupby(looks, key=lambda look: (look.verdict, look.cause))]
    return [Spell(row[0], row[-1], len(row)) for row in found]


def days(looks: Iterable[Look], *, first: date, last: date) -> list[tuple[date, Verdict | None]]:
    """Return the worst that was seen on each day in Thailand, from a first to a last day; None where nobody looked."""
    seen: dict[date, Verdict] = {}
    for look in looks:
        if start_of(first) <= look.at < end_of(last):
            day = first + (look.at - start_of(first)) // ONE_DAY * ONE_DAY
            seen[day] = max(seen.get(day, look.verdict), look.verdict, key=WORST_LAST.index)
    return [(day, seen.get(day)) for day in (first + number * ONE_DAY for number in range((last - first).days + 1))]
