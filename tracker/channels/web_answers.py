"""What the answer of a service on the web means for one attempt, told without any secret of the address."""

from collections.abc import Sequence

from tracker.domain.deliveries import Attempt, Outcome, Problem

MOVED_FOR_GOOD = {301, 308}
LATER = {408, 425, 429}  # not now, though the number says that the fault is ours
LONGEST_WORDS = 300
PROBLEMS = {
    401: Problem.SIGN_IN,
    403: Problem.SIGN_IN,
    404: Problem.ADDRESS,
    408: Problem.SLOW,
    410: Problem.ADDRESS,
    425: Problem.BUSY,
    429: Problem.BUSY,
}


def by_status(code: int, words: str, *, secrets: Sequence[str]) -> Attempt:
    """
    Return what became of an attempt that was answered with this status.

    A redirection is not followed: it would carry the secret to an address that nobody entered. One for now may come
    from a network that asks people to sign in first, so it is tried again.
    """
    said = f"{code} {scrubbed(words, secrets)}".strip()
    if 200 <= code < 300:
        return Attempt(Outcome.SENT)
    if code in MOVED_FOR_GOOD:
        return Attempt(Outcome.REFUSED, said, Problem.ADDRESS)
    if 400 <= code < 500 and code not in LATER:
        return Attempt(Outcome.REFUSED, said, PROBLEMS.get(code, Problem.REFUSED))
    return Attempt(Outcome.FAILED, said, PROBLEMS.get(code, Problem.UNREACHABLE if code < 400 else Problem.BUSY))


def scrubbed(words: str, secrets: Sequence[str]) -> str:
    """Return the words on one line, not too long, with every secret taken out."""
    for secret in secrets:
        words = words.replace(secret, "***")
    return " ".join(words.split())[:LONGEST_WORDS]
