"""How the database finds the tasks with a dead link: from the few broken addresses, never through all evidence."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.clocks import TODAY
from tests.factories import make_organization
from tracker.queries import dead_evidence


def test_every_list_of_tasks_finds_them_by_the_addresses_that_are_broken(db):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("with a handful of rows PostgreSQL may take another index")
    organization, heard = make_organization(), []

    def listen(_connection, _cursor, statement, parameters, *_):
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        dead_evidence.task_ids(organization.id, today=TODAY)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)

    ((statement, values),) = heard
    steps = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "SEARCH evidence USING INDEX ix_evidence_url (organization_id=? AND url=?)" in steps
    assert "SEARCH link USING INDEX ix_link_verdict (organization_id=? AND verdict=?)" in steps
