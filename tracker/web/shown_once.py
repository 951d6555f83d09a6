"""Secrets that are shown once: sealed in the session's cookie from the act to the page behind it, and nowhere else."""

from flask import session

from tracker.services import tokens

HELD = "shown_once"


def hold(what: str, secret: str) -> None:
    """Hold a secret for the next page that asks for it by name; an earlier one is forgotten."""
    session[HELD] = tokens.seal(f"{what} {secret}")


def take(what: str) -> str | None:
    """Return the secret of this name, and forget it; None where it was shown already."""
    name, _, secret = (tokens.unseal(session.get(HELD, "")) or "").partition(" ")
    if name != what:
        return None
    del session[HELD]
    return secret
