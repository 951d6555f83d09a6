"""The libraries' objects, unbound; create_app binds them. Imports nothing of ours."""

import sqlite3
from typing import Any, Literal

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_security.core import Security
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

# Checking or hashing a password takes long, and so does asking a mail server or another service: nobody else may wait
# for it. What these write comes after `begin_writing`.
SLOW_READERS = frozenset(
    {
        "security.login",
        "one_time_keys.set_password",
        "account.change_password",
        "second_factors.begin",
        "second_factors.renew_codes",
        "second_factors.end",
        "channel_addresses.test",
        "deliveries.try_out",
    }
)
READING = frozenset({"GET", "HEAD", "OPTIONS"})
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every table shares: constraints with predictable names, so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMING)


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types into migrations as what they are stored as: a migration never imports a model."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


# Jobs commit after each person; what they have loaded stays usable. What must be fresh is asked for anew.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate(render_as_batch=True, compare_type=True, render_item=_plain_type)
babel = Babel()
security = Security()
csrf = CSRFProtect()
mail = Mail()
limiter = Limiter(key_func=get_remote_address)
compress = Compress()
talisman = Talisman()
bootstrap = Bootstrap5()

# How long SQLite waits for somebody else's write, in milliseconds. Whoever only wants to read a file is not kept
# waiting for the note that it was read; jobs have time, for nobody sits before them.
PATIENCE, BRIEFLY, LONG = 15_000, 1_000, 60_000

# Versions before these can lose commits when several connections write and checkpoint (DESIGN 5).
WAL_IS_SAFE = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Return whether this SQLite may use a write-ahead log without risk to committed rows."""
    newest, *patched = WAL_IS_SAFE
    return version >= newest or any(version[:2] == fixed[:2] and version >= fixed for fixed in patched)


def begin_writing() -> None:
    """End what a slow reader has read so far; what it reads from now on is fresh, and nobody else writes meanwhile."""
    g.is_writing = True
    db.session.rollback()


def begin_reading() -> None:
    """End what a job has done so far; what it reads from now on, until it ends that, keeps nobody from writing."""
    db.session.rollback()
    db.session.connection(execution_options={"is_reading": True})


def prepare_sqlite(app: Flask) -> None:
    """Make every SQLite connection of the application strict: foreign keys, waiting for locks, immediate writes."""
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", prepare_connection)
    event.listen(engine, "begin", _on_begin)


def prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    """Make one SQLite connection strict, and let it leave nothing behind of what is erased."""
    connection.isolation_level = None  # SQLAlchemy's "begin" event opens the transaction, not the driver
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    for pragma in (
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
        f"journal_mode={'WAL' if wal else 'TRUNCATE'}",
        f"synchronous={'NORMAL' if wal else 'FULL'}",
        "cache_size=-32000",
        "secure_delete=ON",  # what is erased is gone from the file too: some builds of SQLite leave it there
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: upgrading a read lock later can fail without waiting.
    recording = has_request_context() and g.get("is_recording", False)
    reading = has_request_context() and (
        request.method in READING or (request.endpoint in SLOW_READERS and "is_writing" not in g)
    )
    reading = reading or connection.get_execution_options().get("is_reading", False)
    patience = BRIEFLY if recording else PATIENCE if has_request_context() else LONG
    if connection.info.get("patience", PATIENCE) != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        connection.info["patience"] = patience
    connection.exec_driver_sql("BEGIN" if reading and not recording else "BEGIN IMMEDIATE")
