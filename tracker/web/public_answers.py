"""
What every answer to the public has in common: no session and so no cookie, its language in its address, the same for
everybody and so kept by browsers and caches, for a short while and under a mark of what it shows.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import get_locale
from werkzeug import Request

from config import ROOT
from tracker.web.addresses import is_for_the_public

# A page that is closed is gone from everywhere after this many seconds, whoever kept it.
FRESH = 60
PROGRAM = ("templates", "tracker", "translations")
SHAPING = frozenset({".py", ".html", ".css", ".typ", ".mo"})


class Sessions(SecureCookieSessionInterface):
    """Sessions for people who work here. What the public reads has none: a page that writes into one breaks loudly."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the visitor's session; None where there must not be any."""
        return None if is_for_the_public(request.path) else super().open_session(app, request)  # type: ignore[arg-type]


def kept(version: Iterable[object], draw: Callable[[], Any], *, seconds: int = FRESH) -> Response:
    """
    Return what `draw` makes, or 304 where the visitor holds it as it is; then nothing is drawn.

    Where nothing is, nobody ever got a mark: that of another page is none here.

    :param version: whatever it depends on, beside its address, the language and this program
    :param seconds: how long it may be shown without asking again
    """
    mark = sha256(repr((shape(), str(get_locale()), request.path, *version)).encode()).hexdigest()[:32]
    response, held = Response(), request.if_none_match
    if held.star_tag or not held.contains_weak(mark):  # "any" is held of what is not there as well
        drawn = draw()
        response = drawn if isinstance(drawn, Response) else Response(drawn, content_type="text/html; charset=utf-8")
    else:
        response.status_code = 304
    response.set_etag(mark, weak=True)  # compression leaves a weak one as it is
    response.headers["Cache-Control"] = f"public, max-age={seconds}, must-revalidate"
    return response


@lru_cache(maxsize=1)
def shape() -> str:
    """Return a mark of how pages are drawn and worded: after an update of the program nobody keeps the old ones."""
    files = [file for part in PROGRAM for file in sorted((ROOT / part).rglob("*")) if file.suffix in SHAPING]
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()[:16]


def register(app: Flask) -> None:
    """Keep sessions away from the public's addresses, and whoever is signed in elsewhere."""
    app.session_interface = Sessions()
    app.before_request(_know_nobody)


def _know_nobody() -> None:
    """Let templates find a stranger where nobody may be known: a cookie that a browser sends along is not read."""
    if is_for_the_public(request.path):
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
