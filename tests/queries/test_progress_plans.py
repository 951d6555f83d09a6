"""How the databases find the figures: of any day from one covering index."""

import pytest
from sqlalchemy import text

from tests.clocks import MORNING, TODAY
from tests.factories import make_people, make_task
from tests.statements import count_queries
from tracker.queries import progress
from tracker.services import tasks

LAST_MONTH = TODAY.replace(month=1)


@pytest.fixture
def explained(db):
    """Say how the database goes about the last statement of a day's figures, step by step."""
    person = make_people().member
    task = make_task()
    tasks.start(task=task, by=person, now=MORNING)

    def explained(day):
        with count_queries() as heard:
            progress.as_of(task.plan_id, day=day)
        return _steps(db, heard.all[-1], heard.values[-1])

    return explained


def _steps(db, statement, values):
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    # A handful of rows is read at once otherwise; that they all are visible is what vacuuming notes in time.
    for switch in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
        connection.execute(text(f"SET LOCAL {switch} = off"))
    # To a handful of rows one index is as near as another: the question is whether this one has all that is asked.
    connection.execute(text("DROP INDEX ix_task_state_due"))
    steps = [row[0].strip() for row in connection.exec_driver_sql(f"EXPLAIN {statement}", values)]
    return [step.partition("  (")[0] for step in steps if " on " in step]


@pytest.mark.parametrize("day", [TODAY, LAST_MONTH], ids=["today", "earlier"])
def test_the_figures_of_a_day_are_read_off_one_covering_index(db, explained, day):
    steps = [step for step in explained(day) if "task_state" in step]

    if db.engine.dialect.name == "sqlite":
        covered = "SEARCH task_state USING COVERING INDEX ix_task_state_figures (plan_id=? AND valid_to>?)"
        assert steps == [covered]
    else:
        assert steps == ["->  Index Only Scan using ix_task_state_figures on task_state"]
