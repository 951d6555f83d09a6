"""The language of the page: Thai unless the person chose English."""

from typing import Any

from flask import Blueprint, Flask, abort, g, redirect, request, session
from flask_babel import get_locale, get_translations
from werkzeug import Response

from tracker.web.access import public
from tracker.web.addresses import back_to, is_for_the_public

bp = Blueprint("locales", __name__)

LOCALES = {"th": "ไทย", "en": "English"}


def register(app: Flask) -> None:
    """Let templates look their words up in a catalogue that is found once a request, not once a word."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: _catalogue().ugettext(message),
        ngettext=lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["in_language"] = in_language


def _catalogue() -> Any:
    locale, kept = get_locale(), g._get_current_object()  # asked for by every word of a page: each detour counts
    if kept.get("catalogue_of") is not locale:  # a mail is written in another language than the page that asked for it
        kept.catalogue_of, kept.catalogue = locale, get_translations()
    return kept.catalogue


def chosen() -> str:
    """Return the language of this visit; an address of the public's says it itself: everybody reads the same there."""
    if is_for_the_public(request.path):
        return "en" if request.args.get("lang") == "en" else "th"
    return session["locale"] if session.get("locale") in LOCALES else "th"


def in_language(language: str = "") -> dict[str, Any]:
    """Return what a public address says to be read in a language, by default this page's; Thai goes without saying."""
    language = language or get_locale().language
    return {} if language == "th" else {"lang": language}


@bp.post("/locale/<locale>")
@public
def choose(locale: str) -> Response:
    if locale not in LOCALES:
        abort(404)
    session["locale"] = locale
    return redirect(back_to(request.form.get("next", "")))
