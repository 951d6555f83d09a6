"""What a person sees when something cannot be done: a sentence and a way on, never a bare code."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import BadHost, HTTPException

from tracker import clock
from tracker.documents.reading.refusals import MEGABYTE, MOST_BYTES
from tracker.domain.sentences import Refusal
from tracker.extensions import READING
from tracker.web import problem_details
from tracker.web.addresses import back_to, is_for_the_public
from tracker.web.filters import sentence
from tracker.web.forms.tasks import text_from

# Fields into which people write sentences.
TYPED = ("result", "obstacles", "suggestions", "note")


def register(app: Flask) -> None:
    """Answer refusals and errors with a page."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(500, _answer)


def _answer(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400 or error.response is not None:  # no error, or one that was answered already
        return error
    if isinstance(error, BadHost):  # no page of ours can be drawn: nothing on it would have an address
        return Response("Bad Request", code, mimetype="text/plain")
    if problem_details.is_for_a_program(request.path):
        return problem_details.of(error, _headers(error))
    title, text = _words(code)
    if is_for_the_public(request.path):
        return _for_the_public(title, text), code, [*_headers(error), ("Cache-Control", "no-store")]
    if code < 500:
        page = render_template("errors/error.html", title=title, text=text, typed=typed(), sign_in=_sign_in(code))
        return page, code, _headers(error)
    # Something broke, perhaps the database: this page asks nobody who is signed in.
    return current_app.jinja_env.get_template("errors/failure.html").render(title=title, text=text), code


def _for_the_public(title: str, text: str) -> str:
    """Return the page of an error as the public sees it: it knows of nobody, and begins no session."""
    return current_app.jinja_env.get_template("public/error.html").render(title=title, text=text)


def _refuse(refusal: Refusal) -> Any:
    title = gettext("This could not be done")
    if is_for_the_public(request.path):
        return _for_the_public(title, sentence(refusal.sentence)), 422, [("Cache-Control", "no-store")]
    return render_template("errors/error.html", title=title, text=sentence(refusal.sentence), typed=typed()), 422


def typed() -> list[str]:
    """Return the texts that a form sent and that nobody has kept: they are shown, so that nothing typed is lost."""
    if request.method in READING:
        return []
    try:
        sent = request.form
    except HTTPException:  # too large to be read at all
        return []
    return [text for name in TYPED for written in sent.getlist(name) if (text := text_from(written))]


def _sign_in(code: int) -> str:
    """Return where to sign in again and go on from the page that was open; nothing where that would not help."""
    if code != 401:
        return ""
    came_from = urlsplit(request.referrer or "")
    return url_for("security.login", next=back_to(came_from.path))


def _headers(error: HTTPException) -> list[tuple[str, str]]:
    # A throttled visitor's browser is told when to come back, and a wrong method which ones there are.
    return [(name, value) for name, value in error.get_headers() if name in {"Retry-After", "Allow"}]


def _not_yours() -> tuple[str, str]:
    if current_user.is_authenticated and not current_user.appointments_on(clock.today()):
        return (
            gettext("You hold no position at present"),
            gettext("The tasks stay with the position. If you should hold one, ask the administrator."),
        )
    return (
        gettext("This is not yours to do"),
        gettext("Your position does not include this. Ask the clerk if you think it should."),
    )


def _words(code: int) -> tuple[str, str]:
    if code == 403 and not is_for_the_public(request.path):
        return _not_yours()
    words = {
        400: (
            gettext("The form could not be read"),
            gettext("It may have been open for too long. Go back, load the page again and send it once more."),
        ),
        401: (
            gettext("Your session is over"),
            gettext("Sign in again to go on. Nothing has been saved since."),
        ),
        404: (
            gettext("There is no such page"),
            gettext("The address may be mistyped, or what it showed belongs to somebody else."),
        ),
        405: (gettext("There is no such page"), gettext("This address cannot be opened in this way.")),
        413: (gettext("This is too large"), _too_large()),
        429: (
            gettext("Too many attempts"),
            gettext("Wait a few minutes and try again. Nobody else is held up by this."),
        ),
    }
    return words.get(
        code,
        (
            gettext("Something went wrong here"),
            gettext("Nothing was changed. Try again; if it happens once more, tell the administrator."),
        ),
    )


def _too_large() -> str:
    limits = {"evidence": current_app.config["SETTINGS"].upload_mb, "drafts": MOST_BYTES // MEGABYTE}
    limit = limits.get(request.blueprint or "")
    if limit is None or request.mimetype != "multipart/form-data":
        return gettext("What you sent is larger than this page accepts.")
    return gettext("A file may have at most %(limit)s MB. Make it smaller.", limit=limit)
