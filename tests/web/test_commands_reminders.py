from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY
from tests.factories import make_task
from tracker.domain.statuses import Status
from tracker.models import Delivery, Message, Notice

SATURDAY = date(2026, 2, 21)
IN_A_WEEK = date(2026, 2, 27)


@pytest.fixture
def run(app, db, clock):
    """Run the command as a person types it."""

    def run(*arguments):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["reminders", *map(str, arguments)])

    return run


@pytest.fixture
def count(db):
    return lambda table: db.session.scalar(select(func.count()).select_from(table))


def test_a_dry_run_lists_who_would_be_told_what_and_keeps_nothing(run, people, count):
    task = make_task(due_on=IN_A_WEEK)

    done = run("--on", TODAY, "--dry-run")

    person, told = done.stdout.splitlines()
    assert person == f"{people.member.user.name} <{people.member.user.email}>"
    assert told.split()[:4] == ["lead_7", "27", "กุมภาพันธ์", "2569"]
    assert told.endswith(f"{task.division.name}  {task.measure.title}")
    assert [count(table) for table in (Message, Notice, Delivery)] == [0, 0, 0]


def test_a_day_on_which_nobody_is_owed_anything_says_so(run, people):
    make_task(due_on=IN_A_WEEK, status=Status.DONE)

    done = run("--on", TODAY, "--dry-run")

    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert "20 กุมภาพันธ์ 2569" in done.stdout


def test_nobody_is_told_on_a_day_off(run, people, count):
    make_task(due_on=SATURDAY)

    run("--on", SATURDAY)

    assert count(Message) == 0


def test_without_a_mail_server_digests_are_written_and_their_mails_wait(run, people, count):
    make_task(due_on=IN_A_WEEK)

    done = run("--on", TODAY)

    assert done.exit_code == 0
    assert [count(table) for table in (Message, Notice, Delivery)] == [1, 1, 1]


def test_running_twice_writes_nothing_twice(run, people, count):
    make_task(due_on=IN_A_WEEK)

    run("--on", TODAY)
    run("--on", TODAY)

    assert [count(table) for table in (Message, Notice, Delivery)] == [1, 1, 1]


def test_what_was_told_is_not_listed_again(run, people):
    make_task(due_on=IN_A_WEEK)
    run("--on", TODAY)

    done = run("--on", TODAY + timedelta(days=3), "--dry-run")

    assert people.member.user.email not in done.stdout


@pytest.mark.parametrize("arguments", [[], ["--on", "20/2/2569"], ["--on", "2026-02-30"]])
def test_a_day_that_cannot_be_read_is_refused(run, people, count, arguments):
    assert run(*arguments).exit_code == 2
    assert count(Message) == 0
