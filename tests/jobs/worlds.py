"""
A municipality whose reminders are owed on two days, on a database that can be put back, and what arrived of them.

Each pair of a person and a task is owed exactly one step in these days, so that the tasks in the accepted mails say
which steps were told.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import NullPool, create_engine, insert, select, text

from config import ROOT
from tests.apps import new_app
from tests.clocks import TODAY
from tests.databases import execute
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task
from tests.jobs.mortals import Order
from tests.serving import free_port
from tracker.domain.permissions import Role
from tracker.domain.reminders import Rules
from tracker.extensions import db
from tracker.models import Task, User

MONDAY = TODAY + timedelta(days=3)
ONCE = Rules(leads=(7,), on_the_day=False, first_follow_up=0, follow_ups=0, behind_by=0, weekly=False)
DUE = {TODAY: TODAY + timedelta(days=7), MONDAY: MONDAY + timedelta(days=7)}  # both are told once: a week before

Told = tuple[str, int]  # an address, a task


@dataclass
class Sink:
    """A mail server that keeps who was told of which tasks, by which mail."""

    port: int
    accepted: list[tuple[str, str, frozenset[int]]] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain",)).get_content()
        tasks = frozenset(int(number) for number in re.findall(r"/tasks/(\d+)", body))
        self.accepted.append((mail["Message-ID"].strip(), envelope.rcpt_tos[0], tasks))
        return "250 OK"


@contextmanager
def sink() -> Iterator[Sink]:
    """Serve such a mail server on a port of this machine."""
    kept = Sink(free_port())
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()


class SqliteStore:
    """A file that is put back by copying."""

    def __init__(self, url: str) -> None:
        self.url, self._path = url, Path(url.removeprefix("sqlite:///"))
        self._kept = self._path.with_suffix(".kept")

    def keep(self) -> None:
        shutil.copyfile(self._path, self._kept)

    def put_back(self) -> None:
        for tail in ("-journal", "-wal", "-shm"):
            Path(f"{self._path}{tail}").unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._path)


class PostgresqlStore:
    """A database that is put back by making it anew from a template."""

    def __init__(self, url: str, server: str) -> None:
        self.url, self._server, self._name = url, server, url.partition("?")[0].rpartition("/")[2]

    def keep(self) -> None:
        execute(self._server, f"CREATE DATABASE {self._name}_kept TEMPLATE {self._name}")

    def put_back(self) -> None:
        execute(self._server, f"DROP DATABASE {self._name} WITH (FORCE)")
        execute(self._server, f"CREATE DATABASE {self._name} TEMPLATE {self._name}_kept")


Store = SqliteStore | PostgresqlStore


@dataclass(frozen=True)
class World:
    """A store with what it owes on each day, a mail server, and a process that forks others."""

    store: Store
    owed: dict[date, set[Told]]
    sink: Sink
    nursery: subprocess.Popen

    def begin(self) -> None:
        """Put everything back as it was before anything was told."""
        self.store.put_back()
        self.sink.accepted.clear()

    def obey(self, order: Order) -> list[int]:
        """Let processes live by an order; return how each ended."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(order.to_json() + "\n")
        self.nursery.stdin.flush()
        return json.loads(self.nursery.stdout.readline())

    def problems(self, days: set[date], *, kills: int) -> list[str]:
        """Return what was lost, doubled or left; nothing where all is well. A kill may double one mail, as it was."""
        owed = set().union(*(self.owed[day] for day in days))
        mails: dict[str, set[Told]] = {}
        for header_id, to, tasks in self.sink.accepted:
            mails.setdefault(header_id, set()).update((to, task) for task in tasks)
        told = Counter(pair for pairs in mails.values() for pair in pairs)
        raw = len(self.sink.accepted) - len(mails)
        found = [f"lost: {pair}" for pair in sorted(owed - told.keys())]
        found += [f"not owed: {pair}" for pair in sorted(told.keys() - owed)]
        found += [f"told {count} times: {pair}" for pair, count in told.items() if count > 1]
        found += [f"{raw} mails accepted twice after {kills} kills"] if raw > kills else []
        return found + self._in_the_ledger(owed, {"sent": len(mails)}, may_be_dropped=len(days) > 1)

    def _in_the_ledger(self, owed: set[Told], expected: dict[str, int], *, may_be_dropped: bool) -> list[str]:
        """Compare the notices with what is owed, each with its step and occasion, and look for what has not left."""
        engine = create_engine(self.store.url, poolclass=NullPool)
        with engine.connect() as connection:
            rows = connection.execute(
                text('SELECT email, task_id, step, occasion, due_on FROM notice JOIN "user" ON "user".id = user_id '
                     "JOIN task ON task.id = task_id")
            ).all()  # fmt: skip
            states = Counter(connection.execute(text("SELECT state FROM delivery")).scalars())
        engine.dispose()
        noted = Counter((email, task_id) for email, task_id, *_ in rows)
        found = [
            f"{noted[pair]} notices: {pair}" for pair in sorted(owed | noted.keys()) if noted[pair] != (pair in owed)
        ]
        found += [f"wrong step: {row}" for row in rows if row[2] != "lead_7" or str(row[3]) != str(row[4])]
        if may_be_dropped:
            del states["dropped"]  # the night came before anybody tried: Monday's digest told it
        return found + ([] if states == expected else [f"{expected} expected, but in the ledger {dict(states)}"])


@contextmanager
def prepared(store: Store, folder: Path, fill: Callable[..., dict[date, set[Told]]], **sizes: int) -> Iterator[World]:
    """Fill a store, keep it as it is, and have a mail server and a nursery of processes at hand."""
    app = new_app(store.url, instance=folder)
    with app.app_context():
        owed = fill(**sizes)
        db.session.remove()
        db.engine.dispose()
    store.keep()
    log = (folder / "nursery.log").open("w", encoding="utf-8")
    with log, sink() as mails:
        command = [sys.executable, "-m", "tests.jobs.mortals", store.url, str(mails.port), str(folder)]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        ) as nursery:
            found = World(store, owed, mails, nursery)
            try:
                found.obey(Order(MONDAY.isoformat(), processes=0))
                yield found
            finally:
                assert nursery.stdin is not None
                nursery.stdin.close()


def build(*, people: int = 8) -> dict[date, set[Told]]:
    """Make a division with so many people who are told of two tasks today and of one on Monday."""
    division = make_organization().divisions[0]
    make_plan(rules=ONCE)
    everybody = [make_person(Role.OFFICER, division=division).user.email or "" for _ in range(people)]
    measure = make_measure()
    owed: dict[date, set[Told]] = {}
    for day, count in ((TODAY, 2), (MONDAY, 1)):
        measures = [measure] + [make_measure() for _ in range(count - 1)]
        tasks = [make_task(due_on=DUE[day], division=division, measure=one) for one in measures]
        owed[day] = {(to, task.id) for to in everybody for task in tasks}
    db.session.commit()
    return owed


def build_large(*, people: int, tasks_each: int) -> dict[date, set[Told]]:
    """Make very many rows due today by Core inserts: people in positions of their own, each given so many tasks."""
    division = make_organization().divisions[0]
    make_plan(rules=ONCE)
    template = make_person(Role.OFFICER, division=division)
    measure = make_measure()
    user, position, appointment = template.user, template.position, template
    addresses = {number: f"officer{number}@many.example" for number in range(1, people + 1)}
    first = {kind: row.id + 1 for kind, row in (("user", user), ("position", position), ("appointment", appointment))}
    _copy(user, people, first["user"], lambda n: {
        "username": f"many{n}", "email": addresses[n], "name": f"คนที่ {n}", "fs_uniquifier": f"many{n}"})  # fmt: skip
    _copy(position, people, first["position"], lambda n: {"title": f"เจ้าหน้าที่คนที่ {n}"})
    _copy(appointment, people, first["appointment"], lambda n: {
        "user_id": first["user"] + n - 1, "position_id": first["position"] + n - 1})  # fmt: skip
    task = make_task(due_on=DUE[TODAY], division=division, measure=measure)
    numbers = range(1, people * tasks_each + 1)
    _copy(task, len(numbers), task.id + 1, lambda n: {
        "slot": f"many:{n}", "position_id": first["position"] + (n - 1) // tasks_each})  # fmt: skip
    task.position_id = position.id
    template.ends_on = TODAY - timedelta(days=1)  # the pattern of the others is nobody
    db.session.commit()
    rows = db.session.execute(
        select(User.email, Task.id).join(Task, Task.position_id - first["position"] == User.id - first["user"])
        .where(User.id >= first["user"], Task.slot.startswith("many:"))
    )  # fmt: skip
    return {TODAY: {(email, task_id) for email, task_id in rows}}


def _copy(row: Any, count: int, first: int, changes: Any) -> None:
    """Insert so many rows like one, each with its own id and changes."""
    db.session.flush()
    db.session.refresh(row)
    table = type(row).__table__
    like = {column.key: getattr(row, column.key) for column in table.columns}
    rows = [like | {"id": first + number - 1} | changes(number) for number in range(1, count + 1)]
    db.session.execute(insert(table), rows)
