"""Real servers on this machine: with several workers on a database of their own, the demo in it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import flask_migrate
from flask import Flask

from config import ROOT, Settings
from tests.clocks import TODAY
from tracker import create_app
from tracker.extensions import db

SECRET = "only for measuring and tests"


@dataclass(frozen=True)
class Server:
    """Where it answers, the application on the same database, and what it has written to its log."""

    port: int
    app: Flask
    passwords: dict[str, str]
    log: Path


@contextmanager
def serving(folder: Path, *, workers: int = 2, database_url: str = "") -> Iterator[Server]:
    """Load the demo into a database and serve it by several processes."""
    url = database_url or f"sqlite:///{folder / 'tracker.db'}"
    app = create_app(Settings(folder, url, secret_key=SECRET, today=TODAY))
    with app.app_context():
        flask_migrate.upgrade()
        done = app.test_cli_runner().invoke(args=["demo"])
        if done.exit_code:
            raise RuntimeError(done.output)
        db.session.remove()
    _let_go(app)
    port, log = free_port(), folder / "server.log"
    with log.open("w", encoding="utf-8") as out, _process(folder, url, port, workers, out) as process:
        try:
            wait_for(port)
            yield Server(port, app, passwords_in(folder), log)
        finally:
            process.terminate()
            process.wait(timeout=30)
            _let_go(app)  # of what was asked of the database beside the server, too


def _let_go(app: Flask) -> None:
    """Close every connection to the database: one that is forgotten is collected, with a warning, in another test."""
    with app.app_context():
        db.engine.dispose()


def _process(folder: Path, url: str, port: int, workers: int, out) -> subprocess.Popen:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    settings = {"INSTANCE": f"{folder}", "DATABASE_URL": url, "TODAY": f"{TODAY}", "SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "gunicorn", "--workers", f"{workers}", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    env = kept | {f"TRACKER_{name}": value for name, value in settings.items()}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a server answers on this port."""
    for _ in range(200):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        except OSError:  # not yet, or too busy to answer
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


def passwords_in(folder: Path) -> dict[str, str]:
    """Return the passwords of the demo's people, by user name."""
    lines = (folder / "demo-accounts.txt").read_text(encoding="utf-8").strip().splitlines()
    return {username: password for username, password, _ in (line.split(maxsplit=2) for line in lines)}
