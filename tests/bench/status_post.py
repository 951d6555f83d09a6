"""Saving a status: one POST with one commit, against a bare view that runs the same statements and commits."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Task

# What the session's token is worth, and the same move there and back.
MOVES = ("submit", "withdraw")
Statement = tuple[str, Any]


def task_of_head(username_division_id: int) -> int:
    """Return an open task (id) of a division."""
    return db.session.scalars(
        select(Task.id).where(Task.division_id == username_division_id, Task.status == Status.IN_PROGRESS).limit(1)
    ).one()


def poster(client: Any, task_id: int) -> Callable[[], None]:
    """Return a run that hands one task in, and the next time takes it back."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(f"/tasks/{task_id}").text)
    assert token is not None
    turn = [0]

    def post() -> None:
        move = MOVES[turn[0] % 2]
        turn[0] += 1
        answer = client.post(f"/tasks/{task_id}/status", data={"csrf_token": token[1], "move": move})
        assert answer.status_code == 302, answer.status_code

    return post


def bare_poster(engine: Any, statements: list[Statement]) -> Callable[[], None]:
    """Return a run of a bare Flask view that executes these statements in one transaction and commits."""
    statements = [one for one in statements if not one[0].startswith("BEGIN")]
    app = Flask("bare")
    seqs = [-1]

    @app.post("/status")
    def save() -> tuple[str, int]:
        with engine.begin() as connection:
            for statement, parameters in statements:
                done = connection.exec_driver_sql(statement, _fresh(statement, parameters, seqs))
                if done.returns_rows:
                    done.fetchall()
        return "", 302

    client = app.test_client()

    def post() -> None:
        assert client.post("/status").status_code == 302

    return post


def _fresh(statement: str, parameters: Any, seqs: list[int]) -> Any:
    """Give an event a number that no other has: a plan's numbers are unique."""
    columns = re.match(r"INSERT INTO event \(([^)]+)\)", statement)
    if not columns:
        return parameters
    seqs[0] -= 1
    place = [name.strip() for name in columns[1].split(",")].index("seq")
    if isinstance(parameters, dict):
        return parameters | {"seq": seqs[0]}
    return (*parameters[:place], seqs[0], *parameters[place + 1 :])
