"""Only the edges commit: a request that changes things either does all of it or nothing."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.extensions import BRIEFLY, READING, db

log = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])


def recording(view: View) -> View:
    """Mark a view that keeps who opened what: the one write that opening a page may cause (DESIGN 2)."""
    cast(Any, view).is_recording = True
    return view


def record(write: Callable[[], None], what: str) -> None:
    """
    Keep in a transaction of its own that something was opened. Call it last: what was read before is let go.

    A lock that does not come free in a moment, or a database that is full, must not keep anybody from reading: the
    program's log then holds the record instead.

    :param write: adds the row
    :param what: the same in words, for the log
    """
    view = current_app.view_functions[str(request.endpoint)]
    if not getattr(view, "is_recording", False):
        raise RuntimeError(f"{request.endpoint} is not marked as recording.")
    db.session.rollback()
    g.is_recording = True
    try:
        if db.session.get_bind().dialect.name == "postgresql":
            db.session.execute(text(f"SET LOCAL lock_timeout = {BRIEFLY}"))
        write()
        db.session.commit()
    except SQLAlchemyError as error:
        db.session.rollback()
        log.warning("not recorded in the database: %s (%s)", what, type(error).__name__)
    finally:
        g.is_recording = False


def let_go() -> None:
    """End what has been read so far, so that nobody waits for the database while this request does slow work."""
    db.session.rollback()


def register(app: Flask) -> None:
    """Settle every request's transaction before its answer leaves."""
    app.after_request(_settle)


def _settle(response: Response) -> Response:
    if request.method not in READING and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    if g.get("is_private") and not response.cache_control.private:
        response.headers["Cache-Control"] = "no-store"  # the next person at this screen must not find it with "back"
    return response
