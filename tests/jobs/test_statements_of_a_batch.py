"""What a batch of mails asks of the database: the same for a few people with few tasks and for many with many."""

from datetime import timedelta

import pytest

from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_person, make_task
from tests.statements import count_queries
from tracker.domain.permissions import Role
from tracker.jobs import reminders

A_MAIL = 2  # how the channel stands, and the mark; then its commit


@pytest.fixture
def asked(db, app, clock, outbox, monkeypatch):
    """Deliver to so many heads with so many tasks each, and return the statements without the beginnings."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    def asked(people, tasks):
        organization = make_organization(divisions=[f"กองที่ {number}" for number in range(people)])
        measure = make_measure()
        for division in organization.divisions:
            make_person(Role.HEAD, division=division)
            for days in range(tasks):
                make_task(measure=measure, division=division, due_on=TODAY + timedelta(days=days))
        db.session.commit()
        reminders.run_collecting()
        db.session.expunge_all()
        with count_queries() as statements:
            reminders.run_delivering(outbox)
        assert len(outbox) == people
        return [one for one in statements.all if not one.startswith("BEGIN")]

    return asked


@pytest.mark.parametrize(("people", "tasks"), [(2, 1), (2, 6), (12, 1), (12, 6)])
def test_the_statements_of_a_batch_grow_with_the_mails_alone(asked, people, tasks):
    statements = asked(people, tasks)

    # Before the batch: what died out of a process, the organizations, the holidays. Of it: what waits, the lease, what
    # was leased; the people, their positions, what they are to be told. Its first mail begins the channel's standing:
    # the row, read again, and when a mail left last. After it: nothing waits any more.
    assert len(statements) - A_MAIL * people == 1 + 2 + 3 + 3 + 3 + 1
