"""Whose fault it is that nothing answers: the address's own, or that of the office's line to the world."""

from tracker.domain.links import Failure, Observation

# Large sites that do not fail together: asked only when a run reached nobody, before anybody is blamed for it.
CONTROLS = ("https://www.nacc.go.th/", "https://www.google.com/", "https://www.cloudflare.com/")
# What it looks like where our own line is down. A bad certificate is an answer.
UNREACHED = frozenset({Failure.NO_SUCH_HOST, Failure.REFUSED, Failure.TIMED_OUT, Failure.CUT_OFF})
SERVER_ERROR = 500
TOO_MANY = 429


def is_reached(observation: Observation) -> bool:
    """Return whether somebody out there answered, whatever was said."""
    return observation.failure not in UNREACHED and observation.failure != Failure.NOT_ALLOWED


def is_in_vain(observation: Observation) -> bool:
    """Return whether nobody answered, which may be the fault of our own line."""
    return observation.failure in UNREACHED


def is_passing(observation: Observation) -> bool:
    """Return whether what went wrong may be gone in a moment, so that another try comes before any verdict."""
    is_fault = observation.status is not None and observation.status >= SERVER_ERROR
    return (is_in_vain(observation) or is_fault) and not asks_for_quiet(observation)


def asks_for_quiet(observation: Observation) -> bool:
    """Return whether the server wants to be left alone for now."""
    return observation.retry_after is not None or observation.status == TOO_MANY
