"""The application as the tests run it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection

from config import Settings
from tracker import create_app
from tracker.extensions import db

OVERRIDES = {
    "TESTING": True,
    "RATELIMIT_ENABLED": False,
    # What a test makes up has no history by which what is kept would know that it is out of date.
    "PAGES_KEPT": 0,
    "PUBLIC_PLANS_KEPT": 0,
    "SECURITY_PASSWORD_HASH": "plaintext",
    "SECURITY_PASSWORD_SCHEMES": ["plaintext"],
}


def new_app(url: str, overrides: dict[str, Any] | None = None, **settings: Any) -> Flask:
    """Return the application on this database, quick and quiet enough for tests."""
    known = {"instance": Path(tempfile.gettempdir()), "secret_key": "only for tests", "database_url": url}
    return create_app(Settings(**(known | settings)), OVERRIDES | (overrides or {}))


@contextmanager
def thrown_away(app: Flask) -> Iterator[None]:
    """
    Let all that happens in the application's database be forgotten, whatever it commits or rolls back itself.

    One within another forgets what it did alone: what was arranged outside is still there.
    """
    with app.app_context():
        engines = db.engines
        engine = engines[None]
        is_within = isinstance(engine, Connection)
        connection: Any = engine if is_within else engine.connect()
        outer = connection.begin_nested() if is_within else connection.begin()
        engines[None] = connection
        try:
            yield
            db.session.remove()
        finally:
            engines[None] = engine
            outer.rollback()
            if not is_within:
                connection.close()
                shutil.rmtree(app.config["SETTINGS"].uploads, ignore_errors=True)  # no row names its files any more
