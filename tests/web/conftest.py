"""The people who open the pages, what they do there and what it leaves behind."""

from datetime import timedelta
from functools import partial

import pytest
import werkzeug.test
from sqlalchemy import select
from werkzeug.test import stream_encode_multipart

from tests.clocks import MORNING, TODAY
from tests.factories import ALL_YEAR, People, make_measure, make_people, make_task
from tracker.domain.statuses import Status
from tracker.models import Event, Evidence, Lease
from tracker.services import schedules, states


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
def every_kind(people):
    """A plan of two indicators: the first division has tasks of every status, late and not; the second has three."""
    for measure in (make_measure(2), make_measure(9)):
        for number, status in enumerate((*Status, Status.NOT_STARTED, Status.IN_PROGRESS)):
            make_task(measure=measure, status=status, due_on=TODAY + timedelta(days=number - 2))
        make_task(measure=measure, status=Status.DONE, due_on=TODAY - timedelta(days=9), submitted_on=TODAY)
        for days in (-1, 0, 40):
            due_on = TODAY + timedelta(days=days)
            make_task(measure=measure, division=people.neighbour.position.division, due_on=due_on)
    return measure.plan


@pytest.fixture
def give():
    """Give a task to a position."""

    def give(task, position):
        task.position_id = position.id
        states.keep(tasks=[task], now=MORNING)
        return task

    return give


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
