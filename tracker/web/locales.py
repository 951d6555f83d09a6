"""The language of the page: Thai unless the person chose English."""

from flask import Blueprint, abort, redirect, request, session
from werkzeug import Response

from tracker.web.access import public
from tracker.web.addresses import back_to

bp = Blueprint("locales", __name__)

LOCALES = {"th": "ไทย", "en": "English"}


def chosen() -> str:
    """Return the language of this visit."""
    return session["locale"] if session.get("locale") in LOCALES else "th"


@bp.post("/locale/<locale>")
@public
def choose(locale: str) -> Response:
    if locale not in LOCALES:
        abort(404)
    session["locale"] = locale
    return redirect(back_to(request.form.get("next", "")))
