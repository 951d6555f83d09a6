"""Whatever moment a process is killed at: everybody is told of everything, and nobody of anything by two mails."""

import signal
import time

import pytest

from tests.clocks import TODAY
from tests.jobs import kills, worlds
from tests.jobs.mortals import POINTS, Order
from tests.jobs.worlds import PostgresqlStore, SqliteStore

WORLDS = 16
MANY = {"people": 40, "tasks_each": 10}


@pytest.fixture(scope="module")
def store(databases, postgresql):
    url = databases.migrated()
    return PostgresqlStore(url, postgresql) if postgresql else SqliteStore(url)


@pytest.fixture(scope="module")
def world(store, tmp_path_factory):
    with worlds.prepared(store, tmp_path_factory.mktemp("world"), worlds.build) as world:
        yield world


def test_nothing_is_lost_and_nothing_told_by_two_mails_wherever_processes_are_killed(world, postgresql):
    done = kills.run(world, range(WORLDS // 4 if postgresql else WORLDS))

    assert done.problems == []
    assert done.kills >= (12 if postgresql else 50)
    if not postgresql:
        assert set(done.killed) == {*POINTS, "by time"}


@pytest.mark.parametrize("point", ["written", "all sent, no answer heard", "answered", "marked, not committed"])
def test_what_may_have_arrived_before_the_night_is_told_by_the_same_mail_alone(world, point):
    world.begin()

    killed = world.obey(Order(TODAY.isoformat(), point=point, nth=1 if point == "written" else 2))
    world.obey(Order(worlds.MONDAY.isoformat()))

    assert killed == [-signal.SIGKILL]
    assert world.problems({TODAY, worlds.MONDAY}, kills=1) == []


@pytest.mark.parametrize("seconds", [0.05, 0.3])
def test_a_scheduler_that_is_told_to_stop_finishes_what_it_has_in_hand(world, seconds):
    world.begin()

    ends = world.obey(Order(TODAY.isoformat(), seconds=seconds, by=signal.SIGTERM, is_command=True))
    ends += world.obey(Order(TODAY.isoformat(), minutes=1))  # at once, for nothing is left in its hands

    assert [end for end in ends if end not in (0, -signal.SIGTERM)] == []
    assert world.problems({TODAY}, kills=0) == []


def test_four_processes_at_once_tell_everybody_once(databases, postgresql, tmp_path):
    url = databases.migrated()
    store = PostgresqlStore(url, postgresql) if postgresql else SqliteStore(url)
    with worlds.prepared(store, tmp_path, worlds.build_large, **MANY) as world:
        world.begin()
        began = time.monotonic()

        ends = world.obey(Order(TODAY.isoformat(), processes=4, batch=25))
        ends += world.obey(Order(TODAY.isoformat(), minutes=1, batch=25))  # who came too late for a batch went home

        assert ends == [0] * 5
        assert world.problems({TODAY}, kills=0) == []
        assert "locked" not in (tmp_path / "nursery.log").read_text(encoding="utf-8")
        assert time.monotonic() - began < 60
