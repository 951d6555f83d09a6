"""The people who act, and what the history tells of it."""

import pytest
from sqlalchemy import select

from tests.factories import People, make_people
from tracker.models import Event


@pytest.fixture
def people(db) -> People:
    return make_people()


@pytest.fixture
def told(db):
    """Say what the history tells of a task, oldest first."""

    def told(task):
        rows = db.session.scalars(select(Event).where(Event.task_id == task.id).order_by(Event.seq))
        return [(event.kind, event.before, event.after, event.note) for event in rows]

    return told
