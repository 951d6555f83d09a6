"""Reminders of a thousand people among a million tasks: collecting, collecting again, and handing over by mail."""

import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time as hour
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from itertools import groupby
from typing import Any

from flask import Flask
from sqlalchemy.engine import Connection, Engine

from tests.bench import reminded
from tests.bench.measuring import both, in_turns, recorded, report
from tests.bench.world import NOW, TODAY, build
from tracker import clock
from tracker.extensions import db
from tracker.jobs import delivering, reminders
from tracker.models import Delivery, Message, Notice

MILLION = 1_000_000
HOUR = hour(16)
RUNS = 3
FIRST, LAST = TODAY - timedelta(days=64), TODAY + timedelta(days=32)
DUE = """
    SELECT appointment.user_id, task.id, task.due_on FROM task
    JOIN position ON position.division_id = task.division_id JOIN appointment ON appointment.position_id = position.id
    WHERE task.plan_id = {plan} AND task.status IN ('in_progress', 'not_started') AND position.role = 'head'
    AND task.due_on BETWEEN '{first}' AND '{last}' ORDER BY appointment.user_id
"""
WRITTEN = {
    "message": ("id", "organization_id", "user_id", "digest_on", "created_at"),
    "notice": ("user_id", "plan_id", "task_id", "step", "occasion", "message_id"),
    "delivery": (
        "message_id", "channel", "header_id", "state", "attempts", "forgiven", "next_try_at", "error", "in_doubt",
    ),
}  # fmt: skip
TO_SEND = """
    SELECT "user".name, "user".email, measure.title, division.name, task.due_on, task.id, notice.message_id FROM notice
    JOIN "user" ON "user".id = notice.user_id JOIN task ON task.id = notice.task_id
    JOIN measure ON measure.id = task.measure_id JOIN division ON division.id = task.division_id
    WHERE "user".email IS NOT NULL ORDER BY "user".id, task.due_on
"""


def bench_reminders(app: Flask, database: str, port: int, size: int = MILLION) -> None:
    """Print the three figures; the application sends its mails to a sink at the port."""
    with app.app_context():
        plan, _ = build(0)
        reminded.add_tasks(plan, reminded.add_divisions(plan), size)
        _bench_collecting(db.engine, plan.id, size, database)
        _bench_delivering(db.engine, size, database, port)


def _bench_collecting(engine: Engine, plan_id: int, size: int, database: str) -> None:
    due = DUE.format(plan=plan_id, first=FIRST, last=LAST)
    with recorded() as ran:
        collect()
    written = reminded.counted(Message), reminded.counted(Notice)
    if min(written) < reminded.DIVISIONS:
        sys.exit(f"only {written} digests and notices were written")
    ours, theirs = both(collect, lambda: _bare_collect(engine, due, plan_id), 0, before=reminded.forget)
    report("reminders-collect", size, database, theirs / ours, queries=len(ran), ms=1000 * ours)
    reminded.forget()
    collect()
    with recorded() as ran:
        collect()
    ours, theirs = both(collect, lambda: _rows(engine, due), 1)
    report("reminders-again", size, database, theirs / ours, queries=len(ran), ms=1000 * ours)


def collect() -> None:
    reminders.collect(today=TODAY, at=HOUR, now=NOW)


def _bare_collect(engine: Engine, due: str, plan_id: int) -> None:
    """Write as many rows as collecting does, in as many transactions, by executemany."""
    people = [list(rows) for _, rows in groupby(_rows(engine, due), lambda row: row[0])]
    for start in range(0, len(people), reminders.PEOPLE_AT_ONCE):
        with engine.begin() as connection:
            rows = _to_write(people[start : start + reminders.PEOPLE_AT_ONCE], plan_id, start + 1)
            for table, columns in WRITTEN.items():
                _insert(connection, table, columns, rows[table])


def _to_write(people: list[list[Any]], plan_id: int, first_id: int) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {table: [] for table in WRITTEN}
    for message_id, tasks in enumerate(people, start=first_id):
        user_id = tasks[0][0]
        found["message"].append((message_id, 1, user_id, str(TODAY), str(NOW)))
        found["notice"] += [(user_id, plan_id, row[1], "lead_30", str(row[2]), message_id) for row in tasks]
        found["delivery"].append((message_id, "mail", f"<{user_id}@bare>", "waiting", 0, 0, str(NOW), "", False))
    return found


def _insert(connection: Connection, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    places = ", ".join([place] * len(columns))
    connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def _rows(engine: Engine, statement: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.exec_driver_sql(statement).fetchall())


def _bench_delivering(engine: Engine, size: int, database: str, port: int) -> None:
    reminded.forget()
    collect()

    def deliver() -> None:
        sent = delivering.deliver(today=TODAY, at=HOUR, longest=timedelta(hours=1))
        if sent != reminded.DIVISIONS:
            sys.exit(f"{sent} digests left")

    _wait_again()
    with recorded() as ran:
        deliver()
    bare, marked = (partial(_bare_deliver, engine, port, is_marked=is_marked) for is_marked in (False, True))
    ours, theirs, with_marks = in_turns(deliver, bare, marked, budget=0, before=_wait_again, least=RUNS)
    report("reminders-deliver", size, database, theirs / ours, queries=len(ran), ms=1000 * ours)
    report("reminders-deliver-marked", size, database, with_marks / ours, queries=len(ran), ms=1000 * ours)


def _wait_again() -> None:
    """Let every delivery wait as if it had never left."""
    waiting = {"state": "waiting", "attempts": 0, "sent_at": None, "tried_at": None, "next_try_at": clock.machine_now()}
    db.session.execute(Delivery.__table__.update(), waiting)
    db.session.commit()


def _bare_deliver(engine: Engine, port: int, *, is_marked: bool) -> None:
    """Write a short text to everybody and hand it over on one connection; marked or not, one commit a mail."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message_id, rows in groupby(_rows(engine, TO_SEND), lambda row: row[6]):
            server.send_message(_short_mail(list(rows)))
            if is_marked:
                mark = f"UPDATE delivery SET state = 'sent', sent_at = '{NOW}' WHERE message_id = {message_id}"
                with engine.begin() as connection:
                    connection.exec_driver_sql(mark)


def _short_mail(rows: list[Any]) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ita@example.org", rows[0][1], f"{len(rows)} งานใกล้ครบกำหนด"
    tasks = [f"- {title} ({division}) {due_on} /tasks/{number}" for _, _, title, division, due_on, number, _ in rows]
    mail.set_content("\n".join([f"เรียน {rows[0][0]}", "", *tasks, ""]))
    return mail


@contextmanager
def sink() -> Iterator[int]:
    """Run a mail server in a process of its own that takes everything and keeps nothing; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    process = subprocess.Popen([sys.executable, *arguments])
    try:
        _wait_for(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close())
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(knock: Callable[[], None]) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            return knock()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
