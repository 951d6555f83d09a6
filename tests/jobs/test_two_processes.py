import json
import subprocess
import sys
import textwrap

import pytest
from sqlalchemy import func, select

from config import ROOT
from tests.clocks import TODAY
from tests.factories import make_measure, make_organization, make_person, make_task
from tracker.extensions import db
from tracker.models import Delivery, Message, Notice

# Another process of the program: it waits until all are ready, then collects and delivers what the day owes.
PROCESS = textwrap.dedent("""
    import json, sys
    from datetime import date, datetime, time, timezone
    from tracker import create_app
    from tracker.domain.deliveries import Attempt, Outcome
    from tracker.jobs import reminders

    sent = []
    def send(mail):
        sent.append(mail.header_id)
        return Attempt(Outcome.SENT)

    with create_app().app_context():
        print("ready", flush=True)
        sys.stdin.readline()
        reminders.run_on(date.fromisoformat(sys.argv[1]), send)
    print(json.dumps(sent))
""")


@pytest.fixture
def start(fresh_app, tmp_path):
    """Start a process on the same database; it is ready when this returns."""
    processes = []

    def start():
        environment = {
            "PYTHONPATH": str(ROOT),
            "TRACKER_INSTANCE": str(tmp_path),
            "TRACKER_DATABASE_URL": fresh_app.config["SQLALCHEMY_DATABASE_URI"],
            "TRACKER_MAIL_SERVER": "127.0.0.1",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", PROCESS, TODAY.isoformat()],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def test_two_processes_at_once_tell_everybody_once(fresh_app, start):
    with fresh_app.app_context():
        organization = make_organization(divisions=("สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง"))
        measure = make_measure()
        for division in organization.divisions:
            make_person(division=division)
            make_person(division=division)
            make_task(measure=measure, division=division)
        db.session.commit()
    running = [start(), start()]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * 2

    for process in running:  # both are let go before either is waited for
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=60)[0] for process in running]

    sent = [header_id for answer in answers for header_id in json.loads(answer)]
    assert len(sent) == len(set(sent)) == 6
    with fresh_app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (Message, Notice, Delivery)]
        assert counts == [6, 6, 6]
        assert set(db.session.scalars(select(Delivery.state))) == {"sent"}
