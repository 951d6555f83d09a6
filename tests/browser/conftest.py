"""A real browser at a real server, on the demo as of 20 February 2569."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page
from sqlalchemy import select

from config import ROOT
from tests.browser.kinds import load as load_kinds
from tests.clocks import TODAY
from tests.conftest import new_app
from tests.factories import make_closing
from tests.serving import free_port, passwords_in, wait_for
from tracker.domain.permissions import Role
from tracker.extensions import db
from tracker.models import Appointment, Plan, Position
from tracker.sample import report_bytes

CHROMIUM = shutil.which("chromium")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds
# The administrator's pages, those of the second division and its head among them.
ADMINISTRATION = [
    "/admin",
    "/admin/deliveries",
    "/admin/letters",
    *(
        f"/admin/{page}"
        for page in ("people", "people/8", "people/8/channels", "divisions", "divisions/2", "positions", "record")
    ),
    *(f"/admin/positions/8{page}" for page in ("", "/holder", "/cover")),
    *("/days-off", "/days-off?by=calendar", "/days-off/1", "/festivals/1", "/reminders"),
]


@dataclass(frozen=True)
class Site:
    """The demo as it is served, and who can sign in with which password."""

    address: str
    passwords: dict[str, str]


@dataclass(frozen=True)
class Kinds:
    """Municipalities of every kind as they are served, and who can sign in as the mayor of each."""

    address: str
    mayors: dict[str, tuple[str, str]]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo, its reminders of the day collected, on a database and a port of its own."""
    folder = tmp_path_factory.mktemp("site")
    with _database(folder) as app:
        for command in ("demo", f"reminders --on {TODAY}"):  # typed in this process: starting one takes its time
            done = app.test_cli_runner().invoke(args=command.split())
            assert done.exit_code == 0, done.output
        clerk = db.session.scalars(select(Appointment).join(Position).where(Position.role == Role.CLERK)).one()
        make_closing(db.session.scalars(select(Plan)).one(), round_on=date(2026, 1, 31), by=clerk)
        db.session.commit()
    with _served(folder) as address:
        yield Site(address, passwords_in(folder))


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kinds]:
    """Serve municipalities whose plans stand in every way that there is."""
    folder = tmp_path_factory.mktemp("kinds")
    with _database(folder):
        mayors = load_kinds()
    with _served(folder) as address:
        yield Kinds(address, mayors)


@contextmanager
def _database(folder: Path) -> Iterator[Flask]:
    hashed = {"SECURITY_PASSWORD_HASH": "argon2", "SECURITY_PASSWORD_SCHEMES": ["argon2"]}
    app = new_app(f"sqlite:///{folder / 'tracker.db'}", hashed, instance=folder, today=TODAY)
    with app.app_context():
        flask_migrate.upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    with subprocess.Popen(
        [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "wsgi:app"],
        cwd=ROOT,
        env=kept | {"TRACKER_INSTANCE": str(folder), "TRACKER_TODAY": f"{TODAY}", "TRACKER_PORT": str(port)},
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the distribution's browser, which asks nobody for anything."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: `apt-get install chromium` brings it")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def states(browser: Browser, site: Site) -> Callable[[str, str], Any]:
    """Sign people in once, in one of the languages, and keep what their browser remembers."""
    known: dict[tuple[str, str], Any] = {}

    def state(username: str, locale: str) -> Any:
        if (username, locale) not in known:
            with browser.new_context(base_url=site.address) as context:
                page = context.new_page()
                sign_in(page, username, site.passwords[username])
                if locale != "th":
                    page.click(f"form[action='/locale/{locale}'] button")
                known[username, locale] = context.storage_state()
        return known[username, locale]

    return state


def sign_in(page: Page, username: str, password: str) -> None:
    """Sign in as a person does."""
    page.goto("/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("main button")
    page.wait_for_url("/")


@pytest.fixture
def visit(browser: Browser, site: Site, states: Callable[[str, str], Any]) -> Iterator[Callable[..., Page]]:
    """
    Open a browser as a person, or as a stranger when none is given, and return its page.

    Afterwards nothing may have been complained about: no script error, no breach of the policy, no missing file.
    """
    contexts, complaints = [], []

    def visit(username: str = "", *, locale: str = "th", viewport: dict[str, int] = DESK, **options: Any) -> Page:
        state = states(username, locale) if username else None
        context = browser.new_context(base_url=site.address, storage_state=state, viewport=viewport, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(said: ConsoleMessage) -> bool:
    # A form that comes back with its problems is an answer like any other.
    return said.type in {"error", "warning"} and "status of 422" not in said.text


@pytest.fixture(scope="session")
def draft(browser: Browser, site: Site, states: Callable[[str, str], Any], tmp_path_factory) -> str:
    """The address of the page that shows what was read of the sample report."""
    report = tmp_path_factory.mktemp("report") / "report.txt"
    report.write_bytes(report_bytes())
    with browser.new_context(base_url=site.address, storage_state=states("clerk", "th")) as context:
        page = context.new_page()
        page.goto("/imports")
        page.set_input_files("#report", report)
        page.click("main form button")
        return page.url.removeprefix(site.address)
