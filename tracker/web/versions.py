"""
Pages of figures: drawn once for each version of what they show, and not sent again while they look the same.

The head of a plan's history changes in the same transaction as any task of it, the head of an organization's record
with its divisions, positions, people and calendar, and a count with its items and how their addresses stand. What was
drawn under all these is therefore never out of date: nothing is cleared, an older version is only no longer
asked for.
"""

import secrets
from collections.abc import Callable, Hashable
from functools import wraps
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, make_response, render_template, request, session
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from tracker import clock
from tracker.web import access
from tracker.web.loaders import all_plans
from tracker.web.shelves import Shelf

View = TypeVar("View", bound=Callable[..., Any])

# Stands for the visitor's token in what is kept; nobody can write it into a task, for nobody knows it.
TOKEN = secrets.token_hex(16)
LONGEST_KEPT = 200  # letters of an address; a page repeats it in each of its links, and its own are shorter
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class Drawn(NamedTuple):
    """A page without what surrounds it: its title, and what stands between the banners and the end of `<main>`."""

    title: str
    main: str


def drawn_once(view: View) -> View:
    """
    Draw the view's page once for each version of what it shows; it stands below the access mark.

    What the page shows may depend on its address, the day, the language, plans, tasks and their history, divisions,
    positions, people, the calendar, items and how their addresses stand, and on the visitor's roles and own divisions
    – on nothing else of the visitor, and on no time of day. What surrounds it (menu, banners, tokens) is written anew
    for everybody.
    """

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Response:
        shelf, version = _shelf(), _version()
        known = shelf.find(version)
        if known is not None:
            return _unless_unchanged(render_template("drawn.html", drawn=_for_this_visitor(known)))
        g.drawn = {}
        html = view(*args, **kwargs)
        if isinstance(html, str) and {"title", "main"} <= g.drawn.keys() and len(request.full_path) <= LONGEST_KEPT:
            shelf.keep(version, _for_anybody(Drawn(**g.drawn)), most=current_app.config["PAGES_KEPT"])
        return _unless_unchanged(html)

    return cast(View, answered)


def _version() -> Hashable:
    """Return what the page about to be shown depends on."""
    organization = access.user().organization
    return (
        (request.script_root, request.full_path, get_locale().language, clock.today()),
        (organization.id, organization.name, organization.last_seq, organization.last_hash, organization.links_seq),
        tuple((plan.id, plan.last_seq, plan.last_hash) for plan in all_plans()),
        frozenset(access.roles()),
        tuple(division.id for division in access.divisions()),
    )


def _for_anybody(drawn: Drawn) -> Drawn:
    return drawn._replace(main=drawn.main.replace(g.get("csrf_token") or TOKEN, TOKEN))


def _for_this_visitor(drawn: Drawn) -> Drawn:
    main = drawn.main.replace(TOKEN, generate_csrf()) if TOKEN in drawn.main else drawn.main
    return Drawn(Markup(drawn.title), Markup(main))  # both were escaped when they were drawn


def _unless_unchanged(html: Any) -> Response:
    """
    Return the page, or 304 where the visitor's browser holds one that looks the same: menu, counts and banners too.

    The tokens of its forms differ every time and are all good as long as the session is, so the session is part of the
    mark in their place. It is weak: compression leaves it as it is.
    """
    response = make_response(html)
    if response.status_code != 200:
        return response
    looks = response.get_data(as_text=True).replace(g.get("csrf_token") or TOKEN, TOKEN)
    mark = sha256(f"{session.get('csrf_token')} {looks}".encode()).hexdigest()
    response.set_etag(mark[:32], weak=True)
    response.vary.add("Cookie")
    if _forgets_on_leaving():
        response.headers["Cache-Control"] = "private, no-cache"
    return cast(Response, response.make_conditional(request))


def _forgets_on_leaving() -> bool:
    """
    Return whether the browser obeys when signing out tells it to forget its pages.

    It does over HTTPS and on the machine itself; elsewhere nothing may stay in it at all (`transactions`).
    """
    settings = current_app.config["SETTINGS"]
    is_here = {request.host.partition(":")[0], urlsplit(settings.base_url).hostname} <= LOOPBACK
    return settings.is_https or is_here


def _note_drawn(text: str, part: str) -> str:
    """Return a part of a page as it is, noted where the page is to be kept."""
    if "drawn" in g:
        g.drawn[part] = str(text)
    return text


def _shelf() -> Shelf[Drawn]:
    return cast(Shelf[Drawn], current_app.extensions["pages_drawn"])


def register(app: Flask) -> None:
    """Let the layout note the parts of a page that are kept."""
    app.config.setdefault("PAGES_KEPT", 64)
    app.extensions["pages_drawn"] = Shelf()
    app.jinja_env.filters["noted_as"] = _note_drawn
