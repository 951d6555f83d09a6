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


class Problem(StrEnum):
    """What stood in the way, as a person can be told it and do something about it."""

    ADDRESS = "address"  # there is nobody at this address, or it cannot be one
    FULL = "full"  # the box takes no more
    REFUSED = "refused"  # the server does not want this mail
    BUSY = "busy"  # the server asks to come back later
    SIGN_IN = "sign_in"  # the server does not accept our name and password
    UNREACHABLE = "unreachable"  # there is no server, or no network
    SLOW = "slow"  # it did not answer in time, or the connection broke
    PROGRAM = "program"  # our own fault: see the log


@dataclass(frozen=True)
class Attempt:
    """The outcome of one attempt, what stood in the way and the channel's own words about it."""

    outcome: Outcome
    error: str = ""
    problem: Problem | None = None


def pause(attempts: int, *, chance: float) -> timedelta:
    """
    Return how long to wait after this many failed attempts, at least a second.

    :param chance: a random number in [0, 1); the whole pause is drawn ("full jitter"), so that many waiting
        deliveries do not return at one moment
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 20))
    return max(timedelta(seconds=1), longest * chance)
