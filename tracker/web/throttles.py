"""How often somebody may try a door, and who is held up by it: never a colleague, never the account elsewhere."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any, cast

from flask import Flask, Response, request
from flask_limiter.util import get_remote_address
from flask_login import current_user

from tracker.domain.thai import clean
from tracker.extensions import limiter

View = Callable[..., Any]
Decorator = Callable[[View], View]

ATTEMPTS = "10 per 5 minutes"
# Far above what a whole town hall behind one address needs; all doors count together.
ATTEMPTS_OF_AN_ADDRESS = "120 per 5 minutes"
READINGS_OF_AN_ADDRESS = "1200 per 5 minutes"
LONGEST_NAME = 80
OF_A_LINE = 64  # bits of an IPv6 address that are everybody's own to choose (RFC 6177)
WORDS_OF_AN_ADDRESS = "10 per hour"  # a telephone company puts a whole village behind one address
WORDS_OF_AN_ORGANIZATION = "100 per hour"


def visitor() -> str:
    """Return whose requests count together: an address, of IPv6 the network that one line is given with all in it."""
    written = get_remote_address()
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if address.version == 4:
        return written
    return str(address.ipv4_mapped or IPv6Address(int(address) >> OF_A_LINE << OF_A_LINE))


def refused(answer: Response) -> bool:
    """Return whether an answer counts as a failed attempt."""
    return answer.status_code >= 400


def throttled(account: Callable[[], str], *, is_failure: Callable[[Response], bool] = refused) -> Decorator:
    """
    Let a view be tried so many times by one account at one address, and by one address on all accounts.

    Nobody outside the office can lock an account for those inside: account and address count together. Only failures
    count. The counts are this process's own: of several processes each allows as many.

    :param account: says which account a request is about
    """
    by_account: Any = limiter.limit(
        ATTEMPTS, key_func=lambda: f"{account()}|{visitor()}", methods=["POST"], deduct_when=is_failure
    )
    by_address: Any = limiter.shared_limit(
        ATTEMPTS_OF_AN_ADDRESS, scope="sign-in", key_func=visitor, methods=["POST"], deduct_when=is_failure
    )
    return lambda view: by_address(by_account(view))


def throttled_everywhere(account: Callable[[], str], attempts: str) -> Decorator:
    """Let a view be tried so many times on one account, from all addresses together."""
    limit: Any = limiter.limit(attempts, key_func=account, methods=["POST"], deduct_when=refused)
    return cast(Decorator, limit)


def throttled_reading(answer: Callable[[], Response]) -> Decorator:
    """
    Let a view that whoever knows its address may read be asked in vain so many times by one address.

    :param answer: what is said instead of an error page, which would begin a session
    """
    limit: Any = limiter.limit(
        ATTEMPTS_OF_AN_ADDRESS, key_func=visitor, deduct_when=refused, on_breach=lambda _: answer()
    )
    return cast(Decorator, limit)


def throttled_public() -> Decorator:
    """Let one address read what is public so many times, all pages together: enough for a town hall behind one."""
    limit: Any = limiter.shared_limit(READINGS_OF_AN_ADDRESS, scope="public", key_func=visitor)
    return cast(Decorator, limit)


def limited(account: Callable[[], str], times: str) -> Decorator:
    """Let a view be used so many times by one account, whatever comes of it."""
    return cast(Decorator, limiter.limit(times, key_func=account, methods=["POST"]))


def by_written_name() -> str:
    """Return the account as it was written: to look it up would tell which two names are one person's."""
    return clean(request.form.get("username", "")).lower()[:LONGEST_NAME]


def by_person() -> str:
    """Return whoever is signed in."""
    return str(current_user.id) if current_user.is_authenticated else ""


def throttled_words(
    address: Callable[[], str], organization: Callable[[], str], answer: Callable[[], Response]
) -> Decorator:
    """
    Let so many comments be taken from one address, and for one organization from all addresses together.

    What was not taken does not count. The counts are in the memory of this process and are gone after an hour: no
    address is written down.

    :param answer: what is said when there are too many, instead of an error page
    """
    rules: dict[str, Any] = {
        "methods": ["POST"],
        "deduct_when": lambda response: not refused(response),
        "on_breach": lambda _: answer(),
    }
    by_address: Any = limiter.limit(WORDS_OF_AN_ADDRESS, key_func=address, **rules)
    by_organization: Any = limiter.limit(WORDS_OF_AN_ORGANIZATION, key_func=organization, **rules)
    return lambda view: by_organization(by_address(view))


def register(app: Flask) -> None:
    """Have the last word on when to come back: to be called before the limiter, which says so in every answer."""
    app.after_request(_come_back_if_refused)


def _come_back_if_refused(response: Response) -> Response:
    """Tell only who was refused when to come back: a program would wait that long before it follows a redirection."""
    if response.status_code not in {429, 503}:
        response.headers.pop("Retry-After", None)
    return response
