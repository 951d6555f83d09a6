"""When somebody is told of an address that cannot be opened: once a break, then weekly (DESIGN 2, Reminders)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

AGAIN = timedelta(days=7)


def occasion(*, failing_since: datetime, told: Sequence[date], today: date) -> str | None:
    """
    Return what a person is owed to be told of a broken address today, as a notice names it; None: nothing.

    It counts how often this break was told, so that two processes that count alike write the same notice.

    :param failing_since: aware; another break of the same address has another
    :param told: the days of the digests that told the person of this break
    """
    if told and today - max(told) < AGAIN:
        return None
    return f"{break_of(failing_since)}/{len(told)}"


def break_of(failing_since: datetime) -> str:
    """Return how notices name a break, whatever the zone of the moment at which it began."""
    return failing_since.astimezone(UTC).isoformat()


def named_by(occasion: str) -> str:
    """Return the break that a notice is about."""
    return occasion.rpartition("/")[0]
