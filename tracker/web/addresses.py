"""Addresses within this site: where to go back to, and the same page with other filters."""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Flask, Response, abort, current_app, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, RequestRedirect

GREATEST_ID = 2**31 - 1
MOST_PAGES = 100_000
LONGEST_QUERY = 16 * 1024  # bytes; five hundred chosen tasks and the list to go back to take half of it
PLACES = ("page", "after", "before", "at")  # the arguments that name a part of a list, which changes with its filters


class RowId(IntegerConverter):
    """A row's number in an address: Arabic digits only; a number that no database could hold is a 404."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        if len(value) > len(str(GREATEST_ID)) or int(value) > GREATEST_ID:
            raise NotFound()
        return int(value)


def is_for_the_public(path: str) -> bool:
    """Return whether an address is one that anybody may read, and that nobody is known under."""
    return path == "/public" or path.startswith("/public/")


def register(app: Flask) -> None:
    """Let no address in that no page can have written; to be called before anything reads one."""
    app.url_map.converters["int"] = RowId
    app.before_request(_refuse_unreadable)
    app.after_request(_stay_here)


def _refuse_unreadable() -> None:
    """
    Answer 404 to a public name that no database can look for, and to a query that is no UTF-8, or so long that a page
    would repeat megabytes of it in its links.
    """
    query = request.query_string
    if "\0" in request.path and is_for_the_public(request.path):
        abort(404)
    if len(query) <= LONGEST_QUERY and query.decode(errors="ignore").encode() == query:
        return
    request.query_string = b""  # the page that says so has links as well
    abort(404)


def _stay_here(response: Response) -> Response:
    """
    Send on to the right spelling of an address by its path alone: what host the visitor named is believed by nobody,
    and caches keep such an answer.
    """
    if isinstance(request.routing_exception, RequestRedirect) and response.location:
        parts = urlsplit(response.location)
        response.location = urlunsplit(("", "", parts.path, parts.query, ""))
    return response


def page_from(arguments: MultiDict[str, str]) -> int:
    """Return the page of a list that an address names, the first where it names none."""
    return min(max(arguments.get("page", 1, type=int), 1), MOST_PAGES)


def before_from(arguments: MultiDict[str, str]) -> int | None:
    """Return the number that an address goes on from; what is no number names the newest."""
    written = arguments.get("before", "")
    if not (written.isascii() and written.isdecimal() and len(written) <= len(str(GREATEST_ID))):
        return None
    return min(int(written), GREATEST_ID)


def back_to(address: str) -> str:
    """Return the address if it is a path of this site, else the front page: nobody is sent elsewhere."""
    parts = urlsplit(address)
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_local and not parts.scheme and not parts.netloc else url_for("tasks.mine")


def here(**changes: Any) -> str:
    """Return this page's address with some arguments replaced; None takes one out."""
    new = [(name, value) for name, value in changes.items() if value is not None]
    query = urlencode([*asked_here(*changes), *new])
    return f"{path_here()}?{query}" if query else path_here()


def path_here() -> str:
    """Return this page's address without its arguments: where a form that narrows it leads."""
    return url_for(request.endpoint, **(request.view_args or {})) if request.endpoint else url_for("tasks.mine")


def asked_here(*left_out: str) -> list[tuple[str, str]]:
    """Return this page's arguments but some: what such a form hands on unseen."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in left_out]


def base() -> str:
    """Return the address of this installation, without a slash at its end, whatever address the visitor used."""
    return str(current_app.config["SETTINGS"].base_url)


def url_path(endpoint: str, **values: Any) -> str:
    """Return the path of a page without asking which address the visitor used: mails are written without a visit."""
    return str(current_app.url_map.bind("").build(endpoint, values))
