"""How a delivery is tried again: states, patience and full-jitter back-off (DESIGN 2, Reminders)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(minutes=10)  # longer than every step of a slow server together
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
MOST_ATTEMPTS = 60  # about two weeks of sending hours
MANY_FAILURES = 3  # different deliveries in a row: no longer a matter of one address
LONG_TROUBLE = timedelta(minutes=10)  # by then somebody should look at the server
BETWEEN_TICKS = timedelta(seconds=30)  # how often the scheduler looks what is to be done


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


ABOUT_AN_ADDRESS = frozenset({Problem.ADDRESS, Problem.FULL})
ABOUT_THE_SERVER = frozenset({Problem.SIGN_IN, Problem.UNREACHABLE})


@dataclass(frozen=True)
class Attempt:
    """The outcome of one attempt, what stood in the way and the channel's own words about it."""

    outcome: Outcome
    error: str = ""
    problem: Problem | None = None
    is_in_doubt: bool = False  # all of it was handed over, and nobody said whether it was taken

    def __post_init__(self) -> None:
        """Keep of the words one line of what can be stored, shown and logged: a service may answer with anything."""
        words = "".join(sign if sign.isprintable() else " " for sign in self.error)
        object.__setattr__(self, "error", " ".join(words.split()))


def pause(attempts: int, *, chance: float) -> timedelta:
    """
    Return how long to wait after this many failed attempts, at least a second.

    :param chance: a random number in [0, 1); the whole pause is drawn ("full jitter"), so that many waiting
        deliveries do not return at one moment
    """
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 20))
    return max(timedelta(seconds=1), longest * chance)


def is_down(*, failures: int, problem: Problem | None, failing_since: datetime | None, now: datetime) -> bool:
    """
    Return whether nothing leaves on a channel any more, so that somebody must be told.

    :param failures: how many different deliveries failed since the last one that left, for whatever reason
    :param problem: what stood in the way last
    :param failing_since: since when that kind of trouble lasts
    """
    if failing_since is None or not failures:
        return False
    return failures >= MANY_FAILURES or (problem in ABOUT_THE_SERVER and now - failing_since > LONG_TROUBLE)


def is_same_trouble(before: Problem | None, after: Problem | None) -> bool:
    """Return whether both are about an address, about the server, or about neither: a new trouble begins a new time."""
    return all((before in kind) == (after in kind) for kind in (ABOUT_AN_ADDRESS, ABOUT_THE_SERVER))
