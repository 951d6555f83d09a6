"""Calendars for people's own programs: the page that makes and revokes their addresses, and what is read there."""

import logging
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale, get_locale, gettext
from werkzeug import Response as Answer

from tracker import clock
from tracker.documents.writing import ics
from tracker.domain.feeds import may_follow, own_shares
from tracker.domain.sentences import Refusal
from tracker.extensions import db
from tracker.models import Division, Feed
from tracker.queries import feeds as queries
from tracker.services import feeds
from tracker.web import access, feed_entries, sessions
from tracker.web.addresses import base, url_path
from tracker.web.locales import LOCALES
from tracker.web.problems import Problem, problem_of
from tracker.web.throttles import throttled_reading

log = logging.getLogger(__name__)
bp = Blueprint("feeds", __name__, url_prefix="/calendar")

THAI = "th"
OWN = "own"


def _plain(text: str, status: int) -> Response:
    """Return an answer for a program: an error page with its forms would begin a session."""
    return Response(text, status, mimetype="text/plain")


@bp.get("/<token>.ics")
@access.public
@throttled_reading(lambda: _plain("Too many attempts.\n", 429))
def calendar(token: str) -> Response:
    """
    Hand a calendar to a program that knows its address, in the language the address was made in.

    The address is a secret: whatever breaks, it must not be written into the log with it.
    """
    try:
        feed = queries.of_fingerprint(feeds.fingerprint(token))
        with force_locale(request.args.get("lang") if request.args.get("lang") in LOCALES else THAI):
            return _file(feed) if feed else _plain("There is no such calendar.\n", 404)
    except Exception:
        db.session.rollback()
        log.exception("a calendar could not be written")
        return _plain("Something went wrong here. Try again later.\n", 500)


def _file(feed: Feed) -> Response:
    """Return the calendar, or that the program has it already: then it is not even written."""
    today = clock.today()
    agenda = feed_entries.agenda(feed, today=today)
    response = Response(content_type=ics.MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="ita.ics"'
    response.set_etag(agenda.mark, weak=True)  # compression leaves it as it is
    response.last_modified = feed_entries.changed_at(feed, agenda, today=today)
    response.make_conditional(request)
    if response.status_code == 200:
        response.set_data(ics.write(agenda))
    return response


@bp.get("/feeds")
@access.signed_in
def index() -> str:
    return _page()


@bp.post("/feeds")
@access.signed_in
def create() -> Any:
    division = _chosen()
    try:
        made = feeds.make(user=access.user(), division=division, visit=sessions.visit(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(problem_of(refusal, "")), 422
    lang = get_locale().language
    path = url_path("feeds.calendar", token=made.token, **({} if lang == THAI else {"lang": lang}))
    address = base() + path
    return render_template(
        "feeds/made.html", feed=made.feed, address=address, webcal="webcal:" + address.partition(":")[2]
    )


@bp.post("/feeds/<int:feed_id>/revocation")
@access.signed_in
def revoke(feed_id: int) -> Answer:
    feed = db.session.get(Feed, feed_id)
    if feed is None or feed.user_id != access.user().id:
        abort(404)
    feeds.revoke(feed=feed, by=access.user(), visit=sessions.visit(), now=clock.now())
    flash(gettext("There is nothing under that address any more."), "success")
    return redirect(url_for("feeds.index"))


def _chosen() -> Division | None:
    """Return the division whose calendar the form asks for, None for the person's own; another is not theirs (403)."""
    wanted = request.form.get("division", OWN)
    if wanted == OWN:
        return None if _has_own() else abort(403)
    return next((division for division in _followed() if str(division.id) == wanted), None) or abort(403)


def _has_own() -> bool:
    return bool(own_shares(appointment.position for appointment in access.appointments()))


def _followed() -> list[Division]:
    posts = [appointment.position for appointment in access.appointments()]
    return [division for division in access.user().organization.open_divisions if may_follow(division.id, posts)]


def _page(problem: Problem | None = None) -> str:
    return render_template(
        "feeds/index.html",
        problem=problem,
        feeds=queries.of_user(access.user().id),
        has_own=_has_own(),
        divisions=_followed(),
    )
