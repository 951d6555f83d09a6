import io
import threading

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_measure, make_organization, make_person, make_plan, make_task, storage
from tests.papers import pdf
from tracker.documents.evidence.intake import taken_in
from tracker.domain.history import EventKind
from tracker.domain.statuses import CannotMove
from tracker.extensions import db
from tracker.models import Appointment, Event, Evidence, Plan, StoredFile, Task
from tracker.services import events, evidence, tasks
from tracker.services.evidence import AlreadyThere


@pytest.fixture
def at_once(fresh_app):
    """Do something in several threads, each with a transaction of its own, and return what came of it."""

    def at_once(deed, count=4):
        gate, outcomes = threading.Barrier(count), []

        def act():
            with fresh_app.app_context():
                gate.wait()
                try:
                    deed()
                    db.session.commit()
                    outcomes.append("done")
                except Exception as error:
                    db.session.rollback()
                    outcomes.append(type(error))

        threads = [threading.Thread(target=act) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    with fresh_app.app_context():
        make_person(division=make_organization().divisions[0])
        make_plan()
        make_task()
        db.session.commit()
    return at_once


def test_people_who_act_at_once_leave_one_unbroken_history(fresh_app, at_once):
    def record_three():
        plan = db.session.scalar(select(Plan))
        for _ in range(3):
            events.record(plan=plan, kind=EventKind.ROUNDS_CHANGED, by=None, now=MORNING)

    assert at_once(record_three) == ["done"] * 4
    with fresh_app.app_context():
        assert db.session.scalars(select(Event.seq).order_by(Event.seq)).all() == list(range(1, 13))
        assert events.first_break(db.session.scalar(select(Plan))) is None


def test_of_people_who_start_a_task_at_once_one_does_and_the_others_are_told(fresh_app, at_once):
    def start():
        task, person = db.session.scalar(select(Task)), db.session.scalar(select(Appointment))
        tasks.start(task=task, by=person, now=MORNING)

    outcomes = at_once(start)

    assert sorted(outcomes, key=str) == [CannotMove] * 3 + ["done"]
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Event)).all()) == 1


def attach(task):
    with taken_in(io.BytesIO(pdf()), name="รายงาน.pdf", storage=storage(), limit=100_000) as file:
        person = db.session.scalar(select(Appointment))
        evidence.add_file(task=task, file=file, storage=storage(), by=person, now=MORNING)


def test_of_people_who_attach_the_same_file_at_once_one_does_and_the_others_are_told(fresh_app, at_once):
    outcomes = at_once(lambda: attach(db.session.scalar(select(Task))))

    assert sorted(outcomes, key=str) == [AlreadyThere] * 3 + ["done"]
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Evidence)).all()) == 1
        assert len(list(storage().all_files())) == 1


def test_the_same_file_attached_in_several_plans_at_once_is_stored_once(fresh_app, at_once):
    """Tasks of different plans are held by different locks, so that only the database keeps the content single."""
    with fresh_app.app_context():
        for year in (2570, 2571, 2572):
            make_task(measure=make_measure(plan=make_plan(year, rounds=())))
        db.session.commit()
        task_ids = iter(db.session.scalars(select(Task.id)).all())

    outcomes = at_once(lambda: attach(db.session.get(Task, next(task_ids))))

    assert outcomes == ["done"] * 4
    with fresh_app.app_context():
        assert len(db.session.scalars(select(Evidence)).all()) == 4
        stored = db.session.scalars(select(StoredFile)).one()
        assert storage().has(stored.name)
