"""How the database finds the tasks with a dead link: from the few broken addresses, never through all evidence."""

import pytest

from tests.clocks import TODAY
from tests.factories import make_organization
from tests.statements import count_queries
from tracker.queries import dead_evidence


def test_every_list_of_tasks_finds_them_by_the_addresses_that_are_broken(db):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("with a handful of rows PostgreSQL may take another index")
    organization = make_organization()

    with count_queries() as heard:
        dead_evidence.task_ids(organization.id, today=TODAY)

    (statement,), (values,) = heard.all, heard.values
    steps = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert "SEARCH evidence USING INDEX ix_evidence_url (organization_id=? AND url=?)" in steps
    assert "SEARCH link USING INDEX ix_link_verdict (organization_id=? AND verdict=?)" in steps
