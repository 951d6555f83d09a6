"""The schedule on one page: every process may run it, a lease lets one act."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from tracker import clock
from tracker.domain.deliveries import BETWEEN_TICKS
from tracker.domain.works import WorkKind
from tracker.extensions import db
from tracker.jobs import letters, links, reminders, uploads, works
from tracker.jobs.link_rounds import STOPPING
from tracker.models.lease import SCHEDULER
from tracker.services import leases

log = logging.getLogger(__name__)

TICK = BETWEEN_TICKS
LEASE_LENGTH = timedelta(minutes=2)
# One piece of work at a time in this process, however long it takes; and one that waits for the servers of others.
WORKING, OUTWARD = threading.Lock(), threading.Lock()
HOLDER = f"{socket.gethostname()}:{os.getpid()}"


@dataclass(frozen=True)
class Job:
    """Something to do at a tick, at most once in `every`. It looks at the clock itself: a missed tick loses nothing."""

    name: str
    run: Callable[[], None]
    every: timedelta = TICK


JOBS = (
    Job("letters", letters.run),
    Job("collecting", reminders.run_collecting, every=timedelta(minutes=5)),
    Job("delivering", reminders.run_delivering),
    Job("uploads", uploads.run),
    Job("links", links.run, every=timedelta(minutes=5)),
    Job("old looks", links.forget, every=timedelta(hours=24)),
)


def start(app: Flask) -> BackgroundScheduler:
    """Start ticking in the background of this process and return the scheduler, to be shut down."""
    scheduler = BackgroundScheduler(timezone=clock.BANGKOK)
    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=TICK.seconds, timezone=clock.BANGKOK),
        args=[app, HOLDER, {}],
        id="tick",
        next_run_time=clock.machine_now(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=3600,
    )
    for name, work_off_some in (("works", work_off), ("outward works", work_off_outward)):
        scheduler.add_job(
            work_off_some,
            IntervalTrigger(seconds=1, timezone=clock.BANGKOK),
            args=[app],
            id=name,
            coalesce=True,
            max_instances=2,  # the lock lets one act: the second only sees that
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def stop(app: Flask, ticking: BackgroundScheduler) -> None:
    """Finish what is under way and let another process take over at once."""
    STOPPING.set()
    ticking.shutdown(wait=True)
    STOPPING.clear()
    with app.app_context():
        leases.release(name=SCHEDULER, holder=HOLDER, machine_now=clock.machine_now())
        db.session.commit()


def tick(app: Flask, holder: str = HOLDER, last_runs: dict[str, datetime] | None = None) -> bool:
    """
    Run every job that is due if this process holds the lease, and return whether it does.

    :param last_runs: when each job last began in this process, by its name; without it every job is due. Another
        process that takes over runs all of them at once, which is harmless
    """
    last_runs = {} if last_runs is None else last_runs
    with app.app_context():
        taken = leases.take(name=SCHEDULER, holder=holder, machine_now=clock.machine_now(), length=LEASE_LENGTH)
        db.session.commit()
        if taken:
            for job in JOBS:
                now = clock.machine_now()
                if _is_due(job, last_runs.get(job.name), now):
                    last_runs[job.name] = now
                    _run(job)
        return taken


def work_off(app: Flask) -> None:
    """Do what people wait for. Each piece has a lease of its own, so that every process may help."""
    _work_off(app, WORKING, works.HANDLERS)


def work_off_outward(app: Flask) -> None:
    """Do the same for what waits for the servers of others."""
    _work_off(app, OUTWARD, works.OUTWARD)


def _work_off(app: Flask, lock: threading.Lock, handlers: Mapping[WorkKind, works.Handler]) -> None:
    if not lock.acquire(blocking=False):
        return
    try:
        with app.app_context():
            works.run(handlers)
    except Exception:
        log.exception("works failed")
    finally:
        lock.release()


def _is_due(job: Job, last: datetime | None, now: datetime) -> bool:
    # A clock that was set back must not stop anything.
    return job.every <= TICK or last is None or not timedelta(0) <= now - last < job.every


def _run(job: Job) -> None:
    began = time.monotonic()
    try:
        job.run()
    except Exception:
        db.session.rollback()
        log.exception("job %s failed", job.name)
    else:
        log.debug("job %s took %.1f s", job.name, time.monotonic() - began)


def wait_for_the_end() -> None:
    """Wait until this process is told to stop (Ctrl-C or SIGTERM)."""
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    while not stopped.wait(1):  # an endless wait could not be interrupted on Windows
        pass
