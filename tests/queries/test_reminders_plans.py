"""How the databases find what is owed: by index ranges over due dates, never by looking at every task."""

import re

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.clocks import TODAY
from tests.factories import make_people, make_task
from tracker.queries import calendars, reminders


@pytest.fixture
def statements(db):
    """What is asked for a day's reminders, each with its parameters."""
    organization = make_people().member.position.division.organization
    task = make_task()
    task.plan.reminders_from = TODAY.replace(month=1)  # the escalations are asked for as well
    db.session.flush()
    heard = []

    def listen(_connection, _cursor, statement, parameters, *_):
        if re.search(r"(FROM|JOIN) task\b", statement):
            heard.append((statement, parameters))

    calendar = calendars.working_days(organization.id)
    event.listen(Engine, "before_cursor_execute", listen)
    try:
        reminders.owed(organization.id, today=TODAY, calendar=calendar)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    return heard


@pytest.fixture
def explained(db, statements):
    """How the database would go about each of them, step by step."""
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        return [
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
            for text, values in statements
        ]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a handful of rows is read at once otherwise
    return [[row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text}", values)] for text, values in statements]


def test_no_statement_looks_at_every_task(explained):
    assert len(explained) >= 5
    steps = [step for steps in explained for step in steps]
    assert [step for step in steps if re.search(r"(SCAN|Seq Scan on) task\b", step)] == []


def test_deadlines_are_an_index_range_of_what_a_division_still_owes(db, explained):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("with a handful of rows PostgreSQL may take another index")
    on_tasks = [step for steps in explained for step in steps if re.match(r"SEARCH task\b", step)]

    assert "SEARCH task USING INDEX ix_task_owed (division_id=? AND plan_id=? AND due_on>? AND due_on<?)" in on_tasks
    by_deadline = [step for step in on_tasks if "due_on>" in step]
    assert {re.findall(r"\w+_task_\w+|ix_\w+", step)[0] for step in by_deadline} <= {
        "ix_task_owed",
        "ix_task_status_due",
    }
