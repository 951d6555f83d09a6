"""The people who open the pages, what they do there and what it leaves behind."""

from functools import partial

import pytest
import werkzeug.test
from sqlalchemy import select
from werkzeug.test import stream_encode_multipart

from tests.clocks import MORNING
from tests.factories import ALL_YEAR, People, make_measure, make_people, make_task
from tracker.models import Event, Evidence, Lease
from tracker.services import schedules


@pytest.fixture(autouse=True)
def _sent_from_memory(monkeypatch):
    """Keep what the test client sends in memory: it leaves its temporary files open."""
    monkeypatch.setattr(werkzeug.test, "stream_encode_multipart", partial(stream_encode_multipart, use_tempfile=False))


@pytest.fixture
def people(db) -> People:
    """One person of every kind: two heads of divisions, the offices above them, a stranger."""
    return make_people()


@pytest.fixture
def tick(db):
    """Let the scheduler have ticked this long ago."""

    def tick(ago):
        db.session.add(Lease(name="scheduler", holder="", until_at=MORNING - ago, last_tick_at=MORNING - ago))

    return tick


@pytest.fixture
def measure(people, clock):
    """A measure of two divisions with two steps, reported in the two rounds: four tasks."""
    measure = make_measure(2, words=ALL_YEAR, steps=["ประชุม", "รายงาน"])
    schedules.apply(plan=measure.plan, by=people.clerk, now=clock.moment)
    return measure


@pytest.fixture
def move():
    """Open a task and press a button – by hand, where the page does not offer it."""

    def move(visitor, task, name, *, status=302, note=""):
        visitor.get(f"/tasks/{task.id}")
        return visitor.post(f"/tasks/{task.id}/status", {"move": name, "note": note}, status=status)

    return move


@pytest.fixture
def told(db):
    """Say what has been recorded of a task, oldest first."""

    def told(task):
        rows = select(Event).where(Event.task_id == task.id).order_by(Event.seq)
        return [(event.kind, event.note) for event in db.session.scalars(rows)]

    return told


@pytest.fixture
def task(people):
    """A task of the first division."""
    return make_task()


@pytest.fixture
def member(visit, people, task):
    """The head of the division, with the task open."""
    visitor = visit(people.member)
    visitor.get(f"/tasks/{task.id}")
    return visitor


@pytest.fixture
def rows(db, task):
    """Return the evidence of the task, the oldest first."""
    return lambda: db.session.scalars(select(Evidence).where(Evidence.task_id == task.id).order_by(Evidence.id)).all()
