"""The test house: the app on a real database, a transaction per test that is thrown away, a clock that stands still."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings as hypothesis_settings

from tests.apps import new_app, thrown_away
from tests.clocks import Clock
from tests.databases import Databases, PostgresqlDatabases, SqliteFiles
from tests.pages import Visitor
from tracker import clock as system_clock
from tracker.extensions import db as database
from tracker.extensions import limiter

pytest_plugins = ["tests.servers"]

hypothesis_settings.register_profile("house", derandomize=True, deadline=None)
hypothesis_settings.register_profile("quick", derandomize=True, deadline=None, max_examples=10)
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Let nothing leave this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))
        yield


def _loopback_only(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Let files of the tests' own process be written without waiting until they would survive a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture(scope="session")
def databases(postgresql: str | None, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Where tests that need a database of their own get one."""
    if postgresql:
        return PostgresqlDatabases(postgresql, _migrate)
    return SqliteFiles(tmp_path_factory.mktemp("databases"), _migrate)


def _migrate(url: str) -> None:
    app = new_app(url)
    with app.app_context():
        flask_migrate.upgrade()
        database.engine.dispose()


@pytest.fixture(scope="session")
def app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as it is served, its templates compiled once."""
    app = new_app(databases.migrated(), instance=tmp_path_factory.mktemp("instance"))
    database.session.session_factory.configure(join_transaction_mode="create_savepoint")
    yield app
    with app.app_context():
        database.engine.dispose()


@pytest.fixture
def db(app: Flask) -> Iterator[SQLAlchemy]:
    """The database in a transaction that is thrown away: the app's own commits and rollbacks stay inside it."""
    with thrown_away(app):
        yield database


@pytest.fixture
def make_app(databases: Databases, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make applications with settings or configuration of their own, each on a database where commits are real."""
    apps: list[Flask] = []

    def make(overrides: dict[str, Any] | None = None, **settings: Any) -> Flask:
        url = settings.pop("database_url", None) or databases.migrated()
        apps.append(new_app(url, overrides, **({"instance": tmp_path} | settings)))
        return apps[-1]

    enabled = limiter.enabled
    yield make
    limiter.enabled = enabled  # one switch for all applications of a process
    for app in apps:
        with app.app_context():
            database.engine.dispose()


@pytest.fixture
def fresh_app(make_app: Callable[..., Flask]) -> Flask:
    """The application on a database of its own, for threads and processes."""
    return make_app()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still until a test moves it: 09:00 on Friday 20 February 2026 in Bangkok."""
    still = Clock()
    monkeypatch.setattr(system_clock, "machine_now", lambda: still.moment)
    return still


@pytest.fixture
def visit(app: Flask, db: SQLAlchemy, clock: Clock) -> Callable[..., Visitor]:
    """Open the site as a person (an appointment), or as a stranger when none is given."""
    return lambda person=None: Visitor(app, person)
