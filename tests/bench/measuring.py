"""Timing one thing against a bare baseline of the same run."""

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, render_template_string
from sqlalchemy import event

from tracker.extensions import db

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


def both(
    one: Callable[[], Any], other: Callable[[], Any], budget: float, *, before: Callable[[], Any] = lambda: None
) -> tuple[float, float]:
    """Return the median times of two runs that take turns."""
    ours, theirs = in_turns(one, other, budget=budget, before=before)
    return ours, theirs


def in_turns(
    *runs: Callable[[], Any], budget: float, before: Callable[[], Any] = lambda: None, least: int = 5
) -> list[float]:
    """
    Return the median times of runs that take turns, so that a busy machine slows all alike.

    :param before: puts things right before each run; it is not timed
    :param least: how often each runs at least, whatever the budget
    """
    for run in runs:
        before()
        run()
    times: list[list[float]] = [[] for _ in runs]
    until = time.perf_counter() + budget
    while time.perf_counter() < until or len(times[0]) < least:
        for run, taken in zip(runs, times, strict=True):
            before()
            began = time.perf_counter()
            run()
            taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


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


def report(page: str, tasks: int, database: str, ratio: float, *, queries: int, ms: float, more: str = "") -> None:
    print(f"{page} tasks={tasks} database={database} ratio={ratio:.2f} queries={queries} ms={ms:.1f}{more}", flush=True)


def compare_page(page: str, path: str, *, client: Any, app: Flask, size: int, database: str, budget: float) -> None:
    """Print how a page does against a bare view of the statements that it ran."""
    client.get(path)
    with app.app_context(), recorded() as ran:
        if client.get(path).status_code != 200:
            sys.exit(f"{path} failed")
    statements = [one for one in ran if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    bare = bare_app(app, {page: statements}).test_client()
    ours, theirs = both(lambda: client.get(path), lambda: bare.get(f"/{page}"), 2 * budget)
    report(page, size, database, theirs / ours, queries=len(statements), ms=1000 * ours)
