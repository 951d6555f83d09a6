"""How much a request may carry: a form is small, a piece of evidence as large as the settings allow."""

from flask import Flask, current_app, request

from tracker.domain.evidence import MEGABYTE

TAKE_FILES = frozenset({"evidence.add", "evidence.replace"})


def register(app: Flask) -> None:
    """Set the limit before anything reads the request, the check of its token included."""
    app.before_request(_make_room)


def _make_room() -> None:
    if request.endpoint in TAKE_FILES:
        # One file and what a form says around it.
        request.max_content_length = (current_app.config["SETTINGS"].upload_mb + 1) * MEGABYTE
