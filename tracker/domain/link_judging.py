"""Judging what was seen at an address: in order, to be looked at by a person, or broken."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from tracker.domain import link_phrases as phrases
from tracker.domain import link_places as places
from tracker.domain.links import Cause, Failure, Judgement, Observation, Verdict

SOON = timedelta(days=14)  # a certificate that ends within this has missed its usual renewal
SLOW = 10_000  # milliseconds until the page was there
BROKEN = {
    Cause.GONE,
    Cause.NO_SUCH_HOST,
    Cause.REFUSED,
    Cause.TIMED_OUT,
    Cause.CUT_OFF,
    Cause.SERVER_ERROR,
    Cause.REDIRECTED_FOR_EVER,
}
FAILURES = {failure: Cause(failure.value) for failure in Failure}
STATUSES = {401: Cause.FORBIDDEN, 403: Cause.FORBIDDEN, 404: Cause.GONE, 410: Cause.GONE, 429: Cause.THROTTLED}
KEPT_OUT = {400, 401, 403, 429, 999}  # what networks of people answer to a program; people see the page
MAY_HIDE_A_WALL = {401, 403, 429, 503}


def judge(observation: Observation, *, today: date) -> Judgement:
    """
    Return what one look says of an address; whether it is broken for good takes a second look, later.

    The first thing wrong is named: no answer, a refusal, a page that is not the one that was meant, a file that cannot
    be read, and only then what is merely unpleasant.
    """
    cause = _unopened(observation) or _another_page(observation) or _poor(observation, today)
    if cause is None:
        return Judgement(Verdict.OK)
    verdict = Verdict.BROKEN if cause in BROKEN else Verdict.CAUTION
    return Judgement(verdict, cause, _values(cause, observation))


def unopened(observation: Observation) -> tuple[Cause, Mapping[str, Any]] | None:
    """Return why there is no page, with the values of its sentence; None if one came."""
    cause = _unopened(observation)
    return None if cause is None else (cause, _values(cause, observation))


def _unopened(seen: Observation) -> Cause | None:
    if seen.failure is not None:
        return FAILURES[seen.failure]
    status = seen.status or 0
    is_door = status < 400 or status in MAY_HIDE_A_WALL
    if is_door and phrases.says_prove_yourself(seen.title, seen.text):
        return Cause.BOT_WALL
    if places.is_social_network(seen.final_url) and (status in KEPT_OUT or places.is_door(seen.final_url)):
        return Cause.BOT_WALL
    if status in {401, 403} and places.is_file_store(seen.final_url):
        return Cause.DRIVE_PERMISSION
    if status >= 500:
        return Cause.SERVER_ERROR
    return STATUSES.get(status) or (None if 200 <= status < 300 else Cause.OTHER_REFUSAL)


def _another_page(seen: Observation) -> Cause | None:
    """Return what is wrong with a page that came, but is not the one that was meant."""
    was_sent_on = bool(seen.hops)
    checks: tuple[tuple[Cause, Callable[[], bool]], ...] = (
        (Cause.DRIVE_PERMISSION, lambda: _asks_for_permission(seen)),
        (Cause.SIGN_IN_PAGE, lambda: _asks_to_sign_in(seen)),
        (Cause.SOFT_404, lambda: phrases.says_not_found(seen.title, seen.headings, seen.text)),
        (Cause.SOFT_404, lambda: was_sent_on and places.is_of_what_is_missing(seen.final_url)),
        (Cause.OTHER_HOST, lambda: was_sent_on and not places.is_same_site(seen.url, seen.final_url)),
        (Cause.HOME_PAGE, lambda: was_sent_on and places.leads_to_first_page(seen.url, seen.final_url)),
    )
    return next((cause for cause, is_so in checks if is_so()), None)


def _asks_for_permission(seen: Observation) -> bool:
    if not places.is_file_store(seen.url) and not any(map(places.is_file_store, seen.hops)):
        return False
    is_sent_to_door = places.host_of(seen.final_url) in places.DOORS
    return is_sent_to_door or phrases.says_ask_permission(seen.title, seen.text)


def _asks_to_sign_in(seen: Observation) -> bool:
    """Many a site has a box to sign in on every page: that alone says nothing."""
    says_so = phrases.says_sign_in(seen.title, *seen.headings[:1])
    if places.is_door(seen.final_url):
        return seen.asks_for_password or says_so or places.host_of(seen.final_url) in places.DOORS
    return seen.asks_for_password and (says_so or len(seen.text) <= phrases.SHORT_TEXT)


def _poor(seen: Observation, today: date) -> Cause | None:
    """Return what is poor about the page or file that was meant."""
    if seen.pdf_is_unreadable:
        return Cause.UNREADABLE_FILE
    if _is_empty(seen):
        return Cause.EMPTY
    if seen.pdf_has_text is False:
        return Cause.SCANNED_PDF
    if seen.certificate_ends_on is not None and seen.certificate_ends_on - today <= SOON:
        return Cause.CERTIFICATE_ENDS_SOON
    return Cause.SLOW if seen.took_ms >= SLOW else None


def _is_empty(seen: Observation) -> bool:
    if seen.pdf_pages is not None:
        return seen.pdf_is_blank or seen.pdf_pages == 0
    if seen.size == 0 or seen.status in {204, 205}:
        return True
    is_page = seen.content_type in {"text/html", "application/xhtml+xml"}
    return is_page and seen.size is not None and not (seen.title or seen.text or seen.shows_more)


def _values(cause: Cause, seen: Observation) -> dict[str, Any]:
    """Return what fills the sentence of a cause; all of it can be kept as JSON."""
    values: dict[str, Any] = {"host": places.host_of(seen.final_url or seen.url)}
    if seen.status is not None:
        values["status"] = seen.status
    if cause == Cause.BAD_CERTIFICATE and seen.certificate_fault:
        values["fault"] = seen.certificate_fault.value
    if cause == Cause.CERTIFICATE_ENDS_SOON and seen.certificate_ends_on:
        values["ends_on"] = seen.certificate_ends_on.isoformat()
    if cause == Cause.SLOW:
        values["seconds"] = round(seen.took_ms / 1000)
    if seen.retry_after is not None:
        values["retry_after"] = seen.retry_after
    return values
