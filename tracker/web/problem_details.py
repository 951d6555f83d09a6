"""What a program is told when something cannot be done: problem details as JSON (RFC 9457), in English for all."""

import re
from typing import Any

from flask import Response, json
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

MEDIA_TYPE = "application/problem+json"
# The public's addresses under which there are no pages.
_OF_PROGRAMS = re.compile(r"/public/(api|id)/.+|/public/.+\.(csv|json|atom|svg)")
_WORDS = {
    404: "There is nothing under this address, or it is not open to the public.",
    405: "This address can only be read: GET, HEAD and OPTIONS.",
    429: "Too many requests from your network address. Wait as many seconds as Retry-After says.",
    500: "Something went wrong here. Try again later.",
}


def is_for_a_program(path: str) -> bool:
    """Return whether an address is one that programs read, not people."""
    return _OF_PROGRAMS.fullmatch(path) is not None


def answer(code: int, detail: str = "", headers: Any = ()) -> Response:
    """
    Return a problem; what kind it is, its status says (`about:blank`: RFC 9457, 4.2.1).

    :param detail: what is wrong, as a sentence; that of the status by default
    """
    told = {
        "type": "about:blank",
        "title": HTTP_STATUS_CODES.get(code, "Error"),
        "status": code,
        "detail": detail or _WORDS.get(code, "This could not be done."),
    }
    response = Response(json.dumps(told, sort_keys=False), code, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers.extend(headers)
    return response


def of(error: HTTPException, headers: Any = ()) -> Response:
    """Return the problem that an error of a view is; its own words where a view wrote some."""
    code = error.code or 500
    written = (error.description or "") if code in {400, 422} else ""
    return answer(code, written, headers)
