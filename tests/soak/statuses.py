"""Many people save at once: clients move tasks to and fro on a real server with two workers, then a recount."""

import http.client
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from tests.clocks import TODAY
from tracker.domain.progress import Progress
from tracker.domain.statuses import Placement, Status
from tracker.extensions import db
from tracker.models import Event, Plan, Task
from tracker.queries import progress
from tracker.services import events

MOVES = ("submit", "withdraw")
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Client:
    """One person's browser: signs in, then hands tasks of the own division in and takes them back."""

    port: int
    username: str
    password: str
    task_ids: list[int]
    answers: Counter[int] = field(default_factory=Counter)
    cookie: str = ""

    def run(self, posts: int) -> None:
        """Send so many moves; each is counted by what the server answered."""
        self._sign_in()
        token = self._token(f"/tasks/{self.task_ids[0]}")
        start = self.cookie
        for number in range(posts):
            self.cookie = start  # sentences for the next page would pile up: nobody looks at one
            task_id = self.task_ids[number // 2 % len(self.task_ids)]
            status, _ = self._send(f"/tasks/{task_id}/status", {"csrf_token": token, "move": MOVES[number % 2]})
            self.answers[status] += 1

    def _sign_in(self) -> None:
        token = self._token("/sign-in")
        status, _ = self._send("/sign-in", {"csrf_token": token, "username": self.username, "password": self.password})
        if status != 302:
            raise RuntimeError(f"{self.username} could not sign in: {status}")

    def _token(self, address: str) -> str:
        _, page = self._send(address)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        if found is None:
            raise RuntimeError(f"{address} has no form")
        return found[1]

    def _send(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = HEADERS | {"Cookie": self.cookie}
            connection.request("POST" if form else "GET", address, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self.cookie = cookie.partition(";")[0]
            return answer.status, page
        finally:
            connection.close()


@dataclass(frozen=True)
class Outcome:
    """What the clients were answered, and how long that took."""

    answers: Counter[int]
    seconds: float

    @property
    def posts(self) -> int:
        """How many moves were sent."""
        return self.answers.total()


def run(clients: list[Client], *, posts: int) -> Outcome:
    """Let every client send so many moves, all at once."""
    threads = [threading.Thread(target=client.run, args=(posts,)) for client in clients]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Outcome(sum((client.answers for client in clients), Counter()), time.monotonic() - began)


def clients_of(app: Flask, port: int, passwords: dict[str, str], *, count: int) -> list[Client]:
    """Return clients for heads and officers, each with open tasks that no other client moves."""
    usernames = [f"{kind}{number}" for number in range(1, 7) for kind in ("head", "officer")][:count]
    with app.app_context():
        plan = db.session.scalars(select(Plan).order_by(Plan.id)).first()
        assert plan is not None
        by_division = [
            db.session.scalars(
                select(Task.id)
                .where(Task.plan_id == plan.id, Task.division_id == division.id)
                .where(Task.status == Status.NOT_STARTED, Task.placement == Placement.SCHEDULED)
                .order_by(Task.id)
            ).all()
            for division in plan.organization.divisions
        ]
    return [
        Client(port, name, passwords[name], list(by_division[place // 2][place % 2 :: 2][:5]))
        for place, name in enumerate(usernames)
    ]


def problems(app: Flask, *, moves: int, before: int) -> list[str]:
    """
    Return what does not agree after the run; nothing where all is well.

    :param moves: how many moves were answered as done
    :param before: how many events there were before the run
    """
    with app.app_context():
        plan = db.session.scalars(select(Plan).order_by(Plan.id)).one()
        written = (db.session.scalar(select(func.count()).select_from(Event)) or 0) - before
        found = [] if written == moves else [f"{moves} moves were answered as done, {written} are in the history"]
        if broken := events.first_break(plan):
            found.append(f"the history breaks at {broken.seq}")
        shown = progress.as_of(plan.id, day=TODAY).total
        found += _recount(plan, shown)
        return found


def _recount(plan: Plan, shown: Progress) -> list[str]:
    rows = db.session.execute(
        select(Task.status, func.count())
        .where(Task.plan_id == plan.id, Task.placement != Placement.RETIRED)
        .group_by(Task.status)
    )
    counted = {str(status): count for status, count in rows}
    return [
        f"{status}: the figures say {getattr(shown, status)}, there are {counted.get(status, 0)}"
        for status in map(str, Status)
        if getattr(shown, status) != counted.get(status, 0)
    ]
