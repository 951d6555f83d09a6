"""Only the edges commit: a request that changes things either does all of it or nothing."""

from flask import Flask, Response, g, request

from tracker.extensions import READING, db


def register(app: Flask) -> None:
    """Settle every request's transaction before its answer leaves."""
    app.after_request(_settle)


def _settle(response: Response) -> Response:
    if request.method not in READING and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    if g.get("is_private"):
        response.headers["Cache-Control"] = "no-store"  # the next person at this screen must not find it with "back"
    return response
