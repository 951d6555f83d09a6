import threading
from datetime import timedelta

import pytest

from tracker.jobs import scheduler
from tracker.jobs.scheduler import LEASE_LENGTH, Job
from tracker.models import Lease
from tracker.queries import outbox


@pytest.fixture
def runs(monkeypatch):
    """The jobs of the schedule replaced by one that counts."""
    runs = []
    monkeypatch.setattr(scheduler, "JOBS", (Job("counting", lambda: runs.append("ran")),))
    return runs


def test_a_tick_runs_every_job_and_is_noted(app, db, clock, runs):
    assert scheduler.tick(app, "one")

    assert runs == ["ran"]
    assert outbox.scheduler().last_tick_at == clock.moment


def test_of_two_processes_only_one_acts(app, db, clock, runs):
    scheduler.tick(app, "one")
    clock.advance(seconds=30)

    assert not scheduler.tick(app, "two")
    assert runs == ["ran"]


def test_the_one_that_acts_goes_on_acting(app, db, clock, runs):
    for _ in range(3):
        assert scheduler.tick(app, "one")
        clock.advance(seconds=30)

    assert len(runs) == 3


def test_another_takes_over_once_the_lease_has_run_out(app, db, clock, runs):
    scheduler.tick(app, "one")
    clock.advance(seconds=LEASE_LENGTH.total_seconds() - 1)
    assert not scheduler.tick(app, "two")
    clock.advance(seconds=1)

    assert scheduler.tick(app, "two")
    assert db.session.get(Lease, scheduler.SCHEDULER).holder == "two"


def test_a_job_that_fails_keeps_neither_the_next_job_nor_the_next_tick_from_running(
    app, db, clock, runs, monkeypatch, caplog
):
    def fail():
        raise RuntimeError("the printer is on fire")

    monkeypatch.setattr(scheduler, "JOBS", (Job("failing", fail), *scheduler.JOBS))

    assert scheduler.tick(app, "one")
    assert scheduler.tick(app, "one")

    assert runs == ["ran", "ran"]
    assert "job failing failed" in caplog.text


def test_a_lease_outlives_several_ticks(app):
    assert LEASE_LENGTH >= 3 * scheduler.TICK


def test_making_the_application_starts_no_scheduler(app):
    assert not [thread for thread in threading.enumerate() if "scheduler" in thread.name.lower()]


def test_a_started_scheduler_ticks_at_once_and_can_be_stopped(fresh_app, monkeypatch):
    ticked = threading.Event()
    monkeypatch.setattr(scheduler, "JOBS", (Job("seen", ticked.set),))
    running = scheduler.start(fresh_app)
    try:
        assert ticked.wait(10)
    finally:
        running.shutdown(wait=True)


def test_ticks_that_were_missed_are_made_up_for_once(fresh_app, monkeypatch):
    monkeypatch.setattr(scheduler, "JOBS", ())
    running = scheduler.start(fresh_app)
    try:
        job = running.get_job("tick")
        assert job.coalesce
        assert job.max_instances == 1
        assert timedelta(seconds=job.misfire_grace_time) >= timedelta(minutes=10)
    finally:
        running.shutdown(wait=True)
