"""
The overview: unchanged, after a change, as of a day, answered with 304, at size and among other municipalities.

The baseline is a bare view that counts the plan's tasks from their states by indicator, division and month, as the
page shows them, and puts the rows into a bare table: each time, also where ours is answered from memory.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from flask import Flask
from sqlalchemy import Integer, extract, select

from tests.bench.measuring import bare_app, in_turns, recorded, report
from tests.bench.world import NOW, TODAY
from tracker.domain.calendar import end_of
from tracker.domain.statuses import Status
from tracker.extensions import db
from tracker.models import Appointment, Position, Task, TaskState
from tracker.queries import progress
from tracker.services import tasks

ADDRESS = "/dashboard"
# More days than pages are kept, so that each is drawn anew.
EARLIER = [TODAY - timedelta(days=days) for days in range(2, 100)]


@dataclass
class Dashboard:
    """The overview of a municipality, opened by the head of its first division."""

    app: Flask
    client: Any
    plan_id: int

    def open(self, address: str = ADDRESS, *, status: int = 200, **headers: str) -> Any:
        """Open it; anything but the status that is expected ends the measuring."""
        answer = self.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        if answer.status_code != status:
            sys.exit(f"{address} was answered with {answer.status_code}")
        return answer

    def change(self) -> None:
        """Hand a task in, or take it back, so that the page has changed."""
        with self.app.app_context():
            task = db.session.scalars(
                select(Task).where(Task.plan_id == self.plan_id, Task.status == Status.IN_PROGRESS).limit(1)
            ).one()
            someone = select(Appointment).join(Position).where(Position.division_id == task.division_id).limit(1)
            by = db.session.scalars(someone).one()
            tasks.submit(task=task, by=by, now=NOW, today=TODAY)
            tasks.withdraw(task=task, by=by, now=NOW)
            db.session.commit()

    def bare(self, day: date = TODAY) -> Callable[[], Any]:
        """Return what opens the bare view of the same figures of a day."""
        with self.app.app_context(), recorded() as ran:
            db.session.execute(_bare_statement(), {"plan_id": self.plan_id, "today": day, "moment": end_of(day)})
            db.session.rollback()
        client = bare_app(self.app, {"figures": [one for one in ran if one[0].startswith("SELECT")]}).test_client()
        return lambda: client.get("/figures")


def bench_dashboard(dashboard: Dashboard, size: int, database: str, budget: float) -> None:
    """Print a line for each way to open it, each against the bare figures and a bare view of one kilobyte."""
    days = cycle(EARLIER)
    known = {"If_None_Match": dashboard.open().headers["ETag"]}
    if dashboard.open(status=304, **known).data:
        sys.exit("an unchanged page was sent again")
    bare, bare_then = dashboard.bare(), dashboard.bare(EARLIER[40])
    _compare(dashboard, "dashboard", dashboard.open, bare, size, database, budget)
    _compare(dashboard, "dashboard-304", lambda: dashboard.open(status=304, **known), bare, size, database, budget)
    as_of = lambda: dashboard.open(f"{ADDRESS}?on={next(days)}")  # noqa: E731
    _compare(dashboard, "dashboard-as-of", as_of, bare_then, size, database, budget)
    _compare(dashboard, "dashboard-changed", dashboard.open, bare, size, database, budget, before=dashboard.change)


def bench_growth(name: str, small: Dashboard, large: Dashboard, size: int, database: str, budget: float) -> None:
    """Print how much longer one world's page takes than another's: unchanged, then after a change of both."""
    for suffix, before in (("", lambda: None), ("-changed", lambda: (small.change(), large.change()))):
        theirs, ours = in_turns(small.open, large.open, budget=2 * budget, before=before)
        report(f"{name}{suffix}", size, database, ours / theirs, queries=_queries(large), ms=1000 * ours)


def _compare(
    dashboard: Dashboard, name: str, ours: Callable[[], Any], bare: Callable[[], Any], size: int, database: str,
    budget: float, before: Callable[[], Any] = lambda: None,
) -> None:  # fmt: skip
    before()
    with dashboard.app.app_context(), recorded() as ran:
        ours()
    took, figures, kilobyte = in_turns(ours, bare, _kilobyte(), budget=budget, before=before)
    queries = len([one for one in ran if one[0].startswith(("SELECT", "WITH"))])
    report(name, size, database, figures / took, queries=queries, ms=1000 * took, more=f" to-1kb={kilobyte / took:.2f}")


def _queries(dashboard: Dashboard) -> int:
    with dashboard.app.app_context(), recorded() as ran:
        dashboard.open()
    return len([one for one in ran if one[0].startswith(("SELECT", "WITH"))])


def _bare_statement() -> Any:
    month = extract("month", TaskState.due_on).cast(Integer)
    keys = (TaskState.indicator, TaskState.division_id, extract("year", TaskState.due_on).cast(Integer), month)
    return select(*keys, *progress.counts(progress.ASKED.today)).where(*progress.ASKED.states).group_by(*keys)


def _kilobyte() -> Callable[[], Any]:
    app, page = Flask("bare"), "x" * 1024

    @app.get("/")
    def show() -> str:
        return page

    client = app.test_client()
    return lambda: client.get("/")
