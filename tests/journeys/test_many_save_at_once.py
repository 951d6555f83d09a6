"""Two workers serve eight people who save at once; nothing is lost, nothing is counted twice."""

import pytest
from sqlalchemy import func, select

from tests.serving import serving
from tests.soak import statuses
from tracker.extensions import db
from tracker.models import Event

PEOPLE, MOVES = 8, 12


@pytest.fixture
def server(databases, tmp_path):
    with serving(tmp_path, database_url=databases.empty()) as server:
        yield server


def test_every_move_that_was_answered_is_kept_once_and_the_figures_equal_a_recount(server):
    with server.app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Event))
        db.session.rollback()
    people = statuses.clients_of(server.app, server.port, server.passwords, count=PEOPLE)

    done = statuses.run(people, posts=MOVES)

    assert done.answers == {302: PEOPLE * MOVES}
    assert statuses.problems(server.app, moves=PEOPLE * MOVES, before=before) == []
    assert "locked" not in server.log.read_text(encoding="utf-8")
