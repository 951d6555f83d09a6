import logging
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING, TODAY
from tests.factories import make_people
from tracker.domain.deliveries import Attempt, DeliveryState, Outcome
from tracker.domain.sign_in import LetterKind, Visit
from tracker.extensions import db as database
from tracker.jobs import letters
from tracker.models import Letter, OneTimeKey, ResetRequest, UserSession
from tracker.services import letters as service
from tracker.services import one_time_keys, sessions, tokens

LATER = Attempt(Outcome.FAILED, "451 try again later")
NEVER = Attempt(Outcome.REFUSED, "550 no such user")


@pytest.fixture
def people(db):
    return make_people()


@pytest.fixture
def invite(people, clock):
    def invite(person=None):
        user = (person or people.member).user
        one_time_keys.invite(
            user=user, by=people.administrator.user, visit=Visit(), now=clock.moment, machine_now=clock.moment
        )
        return user

    return invite


@pytest.fixture
def run(app, db, clock, outbox, monkeypatch):
    """Let the letters leave as the scheduler would, in a context of their own."""
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")

    def run():
        db.session.commit()
        db.session.expire_all()
        with app.app_context():
            letters.run(outbox)

    return run


def the_letter():
    return database.session.scalars(select(Letter)).one()


def token_in(mail):
    return re.search(r"/sign-in/links/(\S+)", mail.text)[1]


def test_an_invitation_carries_a_link_that_opens(run, outbox, invite):
    user = invite()
    run()

    (mail,) = outbox
    assert mail.to == user.email
    assert one_time_keys.of_link(token_in(mail), machine_now=MORNING).user_id == user.id
    assert token_in(mail) in mail.html
    assert user.username in mail.text
    assert user.organization.name in mail.text


def test_letters_leave_at_night_and_on_sundays_too(run, outbox, invite, clock):
    clock.set(TODAY + timedelta(days=2), 3)
    invite()
    run()

    assert len(outbox) == 1


def test_a_second_run_sends_nothing(run, outbox, invite):
    invite()
    run()
    run()

    assert len(outbox) == 1


def test_after_an_outage_the_same_link_leaves_under_the_same_message_id(run, outbox, invite, clock):
    user = invite()
    outbox.answers[user.email] = LATER
    run()
    outbox.answers.clear()
    clock.advance(hours=5)
    run()

    first, second = outbox.tried
    assert token_in(first) == token_in(second)
    assert first.header_id == second.header_id
    assert the_letter().state == DeliveryState.SENT


@pytest.mark.parametrize("answer", [Attempt(Outcome.SENT), NEVER])
def test_once_a_letter_is_settled_nothing_of_its_secret_is_left(run, outbox, invite, answer):
    user = invite()
    outbox.answers[user.email] = answer
    run()

    assert the_letter().state != DeliveryState.WAITING
    assert the_letter().sealed is None


def test_while_a_letter_waits_its_secret_cannot_be_read_in_the_database(run, outbox, invite):
    user = invite()
    outbox.answers[user.email] = LATER
    run()

    assert token_in(outbox.tried[0]) not in the_letter().sealed


def test_a_letter_whose_link_was_used_or_replaced_does_not_leave(run, outbox, invite):
    user = invite()
    one_time_keys.forget(user=user)
    run()

    assert len(outbox) == 0


def test_a_letter_whose_link_has_run_out_does_not_leave(run, outbox, invite, clock, app, monkeypatch):
    invite()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    clock.advance(days=8)
    run()

    assert (the_letter().state, the_letter().sealed) == (DeliveryState.DROPPED, None)


def test_a_letter_to_an_account_closed_meanwhile_does_not_leave(run, outbox, invite):
    invite().active = False
    run()

    assert len(outbox) == 0


def test_without_a_mail_server_letters_wait(run, outbox, invite, app, monkeypatch):
    invite()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "")
    run()

    assert the_letter().state == DeliveryState.WAITING


def test_one_bad_address_holds_nobody_back(run, outbox, invite, people):
    outbox.answers[invite().email] = NEVER
    neighbour = invite(people.neighbour)
    run()

    assert [mail.to for mail in outbox] == [neighbour.email]


def test_who_forgot_the_password_is_mailed_a_link(run, outbox, people):
    user = people.member.user
    one_time_keys.ask_reset(written=user.username, visit=Visit(), now=MORNING)
    one_time_keys.ask_reset(written="nobody", visit=Visit(), now=MORNING)
    run()

    (mail,) = outbox
    assert one_time_keys.of_link(token_in(mail), machine_now=MORNING).user_id == user.id
    assert database.session.scalars(select(ResetRequest)).all() == []


@pytest.mark.parametrize("kind", [LetterKind.PASSWORD_CHANGED, LetterKind.SECOND_FACTOR_ENDED])
def test_a_notice_carries_no_link_to_choose_a_password_by(run, outbox, people, kind):
    service.write(kind, user=people.member.user, now=MORNING, machine_now=MORNING)
    run()

    (mail,) = outbox
    assert "/sign-in/links" not in mail.text + mail.html
    assert "20 กุมภาพันธ์ 2569 09:00" in mail.text
    assert "แจ้งผู้ดูแลระบบทันที" in mail.text


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_subject_says_what_it_is_about(run, outbox, people, kind):
    token = tokens.new_token() if kind in {LetterKind.INVITATION, LetterKind.RESET} else None
    service.write(kind, user=people.member.user, now=MORNING, machine_now=MORNING, token=token)
    run()

    assert outbox.sent[0].subject.startswith("มาตรการ ITA: ")


def test_no_log_and_no_row_tells_the_secret_whatever_the_server_says(run, outbox, invite, caplog, monkeypatch):
    user = invite()
    token = tokens.unseal(the_letter().sealed)
    outbox.answers[user.email] = Attempt(Outcome.FAILED, f"554 I do not like http://127.0.0.1/sign-in/links/{token}")
    with caplog.at_level(logging.DEBUG):
        run()

    assert token not in caplog.text
    assert token not in the_letter().error


def test_a_letter_that_breaks_while_being_sent_is_tried_again_and_its_secret_not_logged(
    app, db, invite, caplog, monkeypatch
):
    invite()
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    token = tokens.unseal(the_letter().sealed)

    def explode(mail):
        raise RuntimeError(mail.text)

    db.session.commit()
    with app.app_context():
        letters.run(explode)

    assert (the_letter().state, the_letter().attempts) == (DeliveryState.WAITING, 1)
    assert token not in caplog.text


def test_what_has_run_out_is_swept_away_and_the_rest_stays(run, people, invite, clock):
    user = invite()
    sessions.begin(user=user, visit=Visit(), now=MORNING, machine_now=MORNING)
    sessions.begin(user=user, visit=Visit(), now=MORNING, machine_now=MORNING, is_remembered=True)
    clock.advance(days=7)
    run()

    assert database.session.scalars(select(UserSession.is_remembered)).all() == [True]
    assert database.session.scalars(select(OneTimeKey)).all() == []
