import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.apps import new_app
from tests.factories import make_evidence, make_people, make_person, make_task
from tests.pages import Visitor
from tests.papers import jpg
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.extensions import LONG
from tracker.extensions import db as database
from tracker.models import EvidenceView
from tracker.services import evidence as service
from tracker.web import transactions


@pytest.fixture
def row(people):
    return make_evidence(make_task())


@pytest.fixture
def seen(db):
    """Say who opened what in which way, oldest first."""

    def seen():
        views = db.session.scalars(select(EvidenceView).order_by(EvidenceView.id))
        return [(view.evidence_id, view.appointment_id, view.is_download) for view in views]

    return seen


def test_opening_a_file_is_recorded_with_who_and_when(visit, people, row, seen, db, clock):
    visit(people.auditor).get(f"/evidence/{row.id}/file")

    assert seen() == [(row.id, people.auditor.id, True)]
    assert db.session.scalar(select(EvidenceView.at)) == clock.moment


def test_looking_at_a_picture_is_recorded_once_an_hour(visit, people, row, seen, clock):
    visitor = visit(people.clerk)

    for _ in range(2):
        visitor.get(f"/evidence/{row.id}/preview?small=1")
        visitor.get(f"/evidence/{row.id}/preview")
    assert seen() == [(row.id, people.clerk.id, False)]
    clock.advance(hours=1, seconds=1)
    visitor.get(f"/evidence/{row.id}/preview")

    assert len(seen()) == 2


def test_looking_and_taking_away_are_told_apart_and_so_are_people(visit, people, row, seen):
    visit(people.clerk).get(f"/evidence/{row.id}/preview")
    visit(people.clerk).get(f"/evidence/{row.id}/file")
    visit(people.executive).get(f"/evidence/{row.id}/file")

    assert len(seen()) == 3


def test_what_was_not_shown_is_not_recorded(visit, people, row, seen):
    visit(people.neighbour).get(f"/evidence/{row.id}/file", status=404)
    visit(people.clerk).get(f"/evidence/{row.id}/file", method="HEAD")
    visit(people.clerk).get(f"/tasks/{row.task_id}")

    assert seen() == []


def test_the_record_outlives_the_rollback_that_ends_every_reading(app, visit, people, row, db, seen):
    visit(people.clerk).get(f"/evidence/{row.id}/file")
    db.session.rollback()

    assert len(seen()) == 1


def test_a_record_that_fails_keeps_nobody_from_reading(visit, people, row, seen, monkeypatch, caplog):
    def fail(**_):
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(service, "record_view", fail)

    answer = visit(people.clerk).get(f"/evidence/{row.id}/file").response

    assert answer.data == jpg()
    assert seen() == []
    assert f"'evidence_id': {row.id}" in caplog.text
    assert f"'appointment_id': {people.clerk.id}" in caplog.text


def test_a_view_that_is_not_marked_cannot_record(app):
    with app.test_request_context("/tasks/1"), pytest.raises(RuntimeError, match=r"tasks\.show"):
        transactions.record(lambda: None, "")


@pytest.fixture
def apart(fresh_app):
    """An application whose commits are real, with evidence and somebody who may open it."""
    with fresh_app.app_context():
        people = make_people()
        row = make_evidence(make_task())
        database.session.commit()
        yield fresh_app, people.clerk, row
        database.session.rollback()


def count_views(app):
    with app.app_context():
        return len(database.session.scalars(select(EvidenceView.id)).all())


def test_it_is_recorded_where_commits_are_real(apart, clock):
    app, clerk, row = apart

    Visitor(app, clerk).get(f"/evidence/{row.id}/file")

    assert count_views(app) == 1


@pytest.mark.usefixtures("clock")
def test_while_somebody_else_writes_the_file_comes_all_the_same(apart, caplog, postgresql):
    app, clerk, row = apart
    if postgresql:
        pytest.skip("PostgreSQL lets others write to the same table")
    visitor, address = Visitor(app, clerk), f"/evidence/{row.id}/file"
    database.session.commit()
    other = new_app(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.app_context():
        engine = database.engine
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE organization SET name = name")
        answer = visitor.get(address).response
        connection.rollback()
    engine.dispose()

    assert answer.data == jpg()
    assert "not recorded" in caplog.text
    assert count_views(app) == 0


@pytest.mark.usefixtures("clock")
def test_afterwards_writing_is_as_patient_as_before(apart, postgresql):
    app, clerk, row = apart
    if postgresql:
        pytest.skip("SQLite's patience")
    Visitor(app, clerk).get(f"/evidence/{row.id}/file")

    with app.app_context():
        assert database.session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == LONG
        database.session.rollback()


@pytest.mark.usefixtures("clock")
def test_many_who_open_it_at_once_all_get_it_and_are_all_recorded(apart):
    app, clerk, row = apart
    with app.app_context():
        division = row.task.division
        visitors = [Visitor(app, make_person(Role.OFFICER, division=division)) for _ in range(6)]
        database.session.commit()
    address, answers = f"/evidence/{row.id}/file", []
    database.session.rollback()

    def open_it(visitor):
        with app.app_context():
            answers.append(visitor._client.get(address, buffered=True).data)
            database.session.remove()

    threads = [threading.Thread(target=open_it, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=timedelta(seconds=30).total_seconds())

    assert answers == [jpg()] * 6
    assert count_views(app) == 6


def test_asking_again_within_the_hour_writes_nothing(visit, people, row):
    visitor = visit(people.clerk)
    visitor.get(f"/evidence/{row.id}/file")

    with count_queries() as statements:
        visitor.get(f"/evidence/{row.id}/file")

    assert statements.writes == []
