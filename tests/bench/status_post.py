"""Saving a status: one POST with one commit, against a bare view that runs the same statements and commits."""

import re
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from tests.bench.measuring import Statement, both, recorded, report
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Division, Task

# Both kinds of run leave their mark, so before each the task and the head of its history are put right.
REWIND = (
    "UPDATE plan SET last_seq = (SELECT max(seq) FROM event WHERE plan_id = plan.id)",
    "UPDATE task SET status = 'in_progress', submitted_on = NULL, submitted_by_id = NULL WHERE id = :task_id",
)


def bench_status_post(app: Flask, client: Any, size: int, database: str, budget: float) -> None:
    """Print how handing a task in does; the client is signed in as the head of the first division."""
    with app.app_context():
        engine = db.engine
        task_id = db.session.scalars(
            select(Task.id).join(Task.division).where(Division.order == 1, Task.status == Status.IN_PROGRESS).limit(1)
        ).one()
        db.session.rollback()

    def rewind() -> None:
        with engine.begin() as connection:
            for statement in REWIND:
                connection.execute(text(statement), {"task_id": task_id} if "task_id" in statement else {})

    post = _poster(client, task_id)
    rewind()
    with app.app_context(), recorded() as ran:
        post()
    statements = [one for one in ran if not one[0].startswith(("BEGIN", "PRAGMA"))]
    bare = _bare_poster(engine, statements)
    ours, theirs = both(post, bare, 2 * budget, before=rewind)
    rewind()
    report("status-post", size, database, theirs / ours, queries=len(statements), ms=1000 * ours)


def _poster(client: Any, task_id: int) -> Callable[[], None]:
    address = f"/tasks/{task_id}"
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    if token is None:
        sys.exit("the page of a task has no token")
    cookie = client.get_cookie("session")
    assert cookie is not None

    def post() -> None:
        # Sentences for the next page would pile up in the cookie: nobody looks at one.
        client.set_cookie("session", cookie.value)
        answer = client.post(f"{address}/status", data={"csrf_token": token[1], "move": "submit"})
        if answer.status_code != 302:
            sys.exit(f"a status was answered with {answer.status_code}")

    return post


def _bare_poster(engine: Engine, statements: list[Statement]) -> Callable[[], None]:
    app, seqs = Flask("bare"), iter(range(-1, -(10**9), -1))

    @app.post("/status")
    def save() -> tuple[str, int]:
        with engine.begin() as connection:
            for statement, parameters in statements:
                done = connection.exec_driver_sql(statement, _numbered(statement, parameters, seqs))
                if done.returns_rows:
                    done.fetchall()
        return "", 302

    client = app.test_client()

    def post() -> None:
        if client.post("/status").status_code != 302:
            sys.exit("the bare view failed")

    return post


def _numbered(statement: str, parameters: Any, seqs: Any) -> Any:
    """Give an event a number that no other has: a plan's numbers are unique."""
    columns = re.match(r"INSERT INTO event \(([^)]+)\)", statement)
    if not columns:
        return parameters
    if isinstance(parameters, dict):
        return parameters | {"seq": next(seqs)}
    place = [name.strip() for name in columns[1].split(",")].index("seq")
    return (*parameters[:place], next(seqs), *parameters[place + 1 :])
