"""The way out of mails with one click: a page with one button, and what a mail program sends by itself (RFC 8058)."""

from typing import Any

from flask import Blueprint, g, render_template, request

from tracker.extensions import csrf
from tracker.queries import preferences
from tracker.services import unsubscribing
from tracker.web import access
from tracker.web.throttles import throttled

bp = Blueprint("unsubscribing", __name__, url_prefix="/unsubscribe")


def _by_token() -> str:
    """Return whose mails an address is about; what is no token counts as one stranger."""
    token = (request.view_args or {}).get("token", "")
    user = unsubscribing.user_of(token)
    return f"unsubscribe:{user.id}" if user else "unsubscribe"


@bp.get("/<token>")
@access.public
def show(token: str) -> Any:
    """Say what the button does; programs that follow links change nothing."""
    user = unsubscribing.user_of(token)
    if user is None:
        return _nothing()
    preference = preferences.of_user(user.id)
    return _page(token, is_off=preference is not None and not preference.wants_mail)


@bp.post("/<token>")
@csrf.exempt  # a mail program has no token of ours but the one in the address, which nobody can guess
@access.public
@throttled(_by_token)
def stop(token: str) -> Any:
    user = unsubscribing.user_of(token)
    if user is None:
        return _nothing()
    unsubscribing.stop(user=user)
    return _page(token, is_off=True)


def _page(token: str, *, is_off: bool) -> str:
    g.is_private = True
    return render_template("unsubscribing/show.html", token=token, is_off=is_off)


def _nothing() -> tuple[str, int]:
    return render_template("unsubscribing/nothing.html"), 404
