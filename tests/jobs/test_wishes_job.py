from datetime import date, time

import pytest
from sqlalchemy import func, select

from tests.clocks import TODAY
from tests.factories import make_organization, make_person, make_task
from tracker.domain.deliveries import Attempt, Outcome
from tracker.domain.permissions import Role
from tracker.models import Message, Preference

FRIDAY, MONDAY = TODAY, date(2026, 2, 23)


@pytest.fixture
def head(db):
    return make_person(Role.HEAD, division=make_organization().divisions[0])


@pytest.fixture
def wish(db, head):
    def wish(**wishes):
        db.session.merge(Preference(user_id=head.user_id, **wishes))

    return wish


def test_a_digest_comes_at_the_persons_own_hour(db, head, run, wish, outbox):
    wish(hour=time(13, 30))
    make_task()

    run(FRIDAY, 13, 29)
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0

    run(FRIDAY, 13, 30)
    assert len(outbox) == 1


def test_what_failed_waits_on_the_next_day_for_the_persons_hour_too(head, run, wish, outbox):
    wish(hour=time(13, 30))
    make_task()
    outbox.answers[head.user.email] = Attempt(Outcome.FAILED, "450 busy")
    run(FRIDAY, 14)
    outbox.answers.clear()

    run(MONDAY, 9)
    assert len(outbox) == 0

    run(MONDAY, 14)
    assert len(outbox) == 1


def test_nothing_is_told_during_a_pause_and_one_digest_after_it(db, head, run, wish, outbox):
    wish(hour=time(8, 30), paused_from=FRIDAY, paused_to=MONDAY)
    make_task(due_on=FRIDAY)

    run(FRIDAY)
    run(MONDAY)
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0

    run(date(2026, 2, 24))
    (mail,) = outbox
    assert "เกินกำหนด 4 วัน" in mail.text


def test_what_waits_when_a_pause_begins_does_not_leave_in_it(head, run, wish, outbox):
    make_task()
    outbox.answers[head.user.email] = Attempt(Outcome.FAILED, "450 busy")
    run(FRIDAY)
    outbox.answers.clear()
    wish(hour=time(8, 30), paused_from=MONDAY, paused_to=MONDAY)

    run(MONDAY)

    assert len(outbox) == 0


def test_who_wants_no_mail_is_told_in_the_program_only(db, head, run, wish, outbox):
    wish(hour=time(8, 30), wants_mail=False)
    make_task()

    run()

    assert len(outbox.tried) == 0
    assert db.session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_mail_that_waits_is_not_sent_once_the_person_wants_none(app, head, run, wish, outbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    make_task()
    run()
    wish(hour=time(8, 30), wants_mail=False)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    run()

    assert outbox.tried == []
