"""Databases for the tests: SQLite files or a real PostgreSQL, migrated once and copied from then on."""

import itertools
import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Protocol

Migrate = Callable[[str], None]


class Databases(Protocol):
    """Makes databases, each of its own; `url` names them as the settings do."""

    def empty(self) -> str:
        """Return the URL of a database without any table."""

    def migrated(self) -> str:
        """Return the URL of a database with every table and no row."""


class SqliteFiles:
    """Files in a temporary folder."""

    def __init__(self, folder: Path, migrate: Migrate) -> None:
        self._folder, self._migrate, self._numbers = folder, migrate, itertools.count(1)

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def migrated(self) -> str:
        url = self.empty()
        shutil.copyfile(_path(self._template), _path(url))
        return url

    @cached_property
    def _template(self) -> str:
        url = self.empty()
        self._migrate(url)
        return url


class PostgresqlDatabases:
    """Databases of one server that all processes of a test run share."""

    def __init__(self, server: str, migrate: Migrate) -> None:
        self._server, self._migrate, self._numbers = server, migrate, itertools.count(1)

    def empty(self) -> str:
        return self._create("")

    def migrated(self) -> str:
        return self._create(f"TEMPLATE {self._template}")

    @cached_property
    def _template(self) -> str:
        url = self.empty()
        self._migrate(url)
        return url.partition("?")[0].rpartition("/")[2]

    def _create(self, how: str) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        execute(self._server, f"CREATE DATABASE {name} {how}")
        return _sqlalchemy_url(self._server, name)


def _path(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _sqlalchemy_url(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    address = head.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://")
    return f"{address}/{name}?{query}"


def execute(server: str, statement: str) -> None:
    """Run one statement on a PostgreSQL server, outside any transaction."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
