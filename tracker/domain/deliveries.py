"""How a delivery is tried again: states, patience and full-jitter back-off (DESIGN 2, Reminders)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=10)  # longer than every step of a slow server together
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 60  # about two weeks of sending hours


class DeliveryState(StrEnum):
    """Where the handing over of one message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # all of it was done before it could be sent


class Outcome(StrEnum):
    """What became of one attempt, said honestly by the channel."""

    SENT = "sent"
    REFUSED = "refused"  # for good: trying again would not help
    FAILED = "failed"  # for now


@dataclass(frozen=True)
class Attempt:
    """The outcome of one attempt and the channel's own words about it."""

    outcome: Outcome
    error: str = ""


def pause(attempts: int, *, chance: float) -> timedelta:
    """
    Return how long to wait after this many failed attempts, at least a second.

    :param chance: a random number in [0, 1); the whole pause is drawn ("full jitter"), so that many waiting
        deliveries do not return at one moment
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 20))
    return max(timedelta(seconds=1), longest * chance)
