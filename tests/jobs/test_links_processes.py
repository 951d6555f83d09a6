"""Several processes, and one that dies: no address is looked at twice at once, and nothing is lost or half."""

import signal
import subprocess
import sys
import textwrap
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from config import ROOT
from tests.factories import make_organization
from tests.factories_public import make_item, make_link
from tracker import clock as system_clock
from tracker.domain.link_schedules import LEASE
from tracker.domain.links import Observation
from tracker.extensions import db
from tracker.jobs import links as job
from tracker.jobs.link_rounds import Manner
from tracker.models import DisclosureAddress, Link, LinkCheck, Work

ADDRESSES = 12

# Another process of the program: it looks at all that is due, and may die at its n-th look.
PROCESS = textwrap.dedent("""
    import os, signal, sys
    from tracker import create_app
    from tracker.domain.links import Observation
    from tracker.jobs import links
    from tracker.jobs.link_rounds import Manner
    from tracker.models import Work

    dies_at, asked = int(sys.argv[1]), []
    def look(url, hosts):
        asked.append(url)
        if len(asked) == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        print(url, flush=True)
        return Observation(url, status=200, final_url=url)

    with create_app().app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        manner = Manner(open=look, wait=lambda seconds: None, controls=())
        links.check_all(Work(subject_id=1), lambda done, total: None, manner)
""")


@pytest.fixture
def start(fresh_app, tmp_path):
    """Start a process on the same database; it is ready when this returns."""
    processes = []

    def start(dies_at=0):
        environment = {
            "PYTHONPATH": str(ROOT),
            "TRACKER_INSTANCE": str(tmp_path),
            "TRACKER_DATABASE_URL": fresh_app.config["SQLALCHEMY_DATABASE_URI"],
        }
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(dies_at)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture(autouse=True)
def addresses(fresh_app):
    """Addresses of several hosts, all due."""
    with fresh_app.app_context():
        office = make_organization()
        for number in range(ADDRESSES):
            link = make_link(f"https://host{number % 5}.example/{number}", organization=office)
            make_item(number + 1, organization=office, links=(link,))
        db.session.commit()


def go(*processes):
    for process in processes:  # all are let go before any is waited for
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].split() for process in processes]


def test_two_processes_at_once_look_at_every_address_once(fresh_app, start):
    first, second = go(start(), start())

    assert len(first) + len(second) == len({*first, *second}) == ADDRESSES
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count(LinkCheck.id))) == ADDRESSES


@pytest.mark.parametrize("dies_at", [1, 5, ADDRESSES])
def test_a_process_that_dies_in_the_middle_loses_nothing_and_leaves_nothing_half(
    fresh_app, start, monkeypatch, dies_at
):
    process = start(dies_at)
    go(process)
    assert process.returncode == -signal.SIGKILL
    with fresh_app.app_context():
        known = Counter(db.session.scalars(select(LinkCheck.link_id)))
        told = set(db.session.scalars(select(Link.id).where(Link.checked_at.is_not(None))))
        assert set(known) == told
        later = system_clock.machine_now() + LEASE + timedelta(seconds=1)
        monkeypatch.setattr(system_clock, "machine_now", lambda: later)
        manner = Manner(lambda url, _: Observation(url, status=200, final_url=url), lambda _: None, ())

        job.check_all(Work(subject_id=1), lambda _done, _total: None, manner)

        counts = Counter(db.session.scalars(select(LinkCheck.link_id)))
        assert (len(counts), set(counts.values())) == (ADDRESSES, {1})
        db.session.rollback()


def test_others_write_while_an_answer_is_waited_for(fresh_app):
    def look(url, _hosts):
        with fresh_app.app_context():  # somebody else, in this very moment
            db.session.execute(update(Link).where(Link.url == url).values(details={"written": "meanwhile"}))
            db.session.commit()
            seen.append(db.session.scalar(select(Link.details).where(Link.url == url)))
        return Observation(url, status=200, final_url=url)

    seen = []
    with fresh_app.app_context():
        db.session.execute(delete(DisclosureAddress).where(DisclosureAddress.id > 1))
        db.session.commit()

        job.check_all(Work(subject_id=1), lambda _done, _total: None, Manner(look, lambda _: None, ()))

    assert seen == [{"written": "meanwhile"}]
