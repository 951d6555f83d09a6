"""What opens once opens once, however many try in the same moment."""

import threading
from collections import Counter

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import PASSWORD, make_organization, make_person
from tests.pages import Visitor
from tracker.domain.sign_in import Visit
from tracker.extensions import db
from tracker.models import OneTimeKey, RecoveryCode, SecondFactor, User, UserSession
from tracker.services import one_time_keys, passwords, second_factors, tokens
from tracker.services.passwords import KeyGone
from tracker.services.second_factors import WrongCode

TIMES = {"visit": Visit(), "now": MORNING, "machine_now": MORNING}


@pytest.fixture
def at_once(fresh_app):
    """Do something in several threads, each with a transaction of its own, and count what came of it."""

    def at_once(deed, count=4):
        gate, outcomes = threading.Barrier(count), []

        def act():
            with fresh_app.app_context():
                gate.wait()
                try:
                    outcome = deed() or "done"
                    db.session.commit()
                except Exception as error:
                    db.session.rollback()
                    outcome = type(error)
                outcomes.append(outcome)

        threads = [threading.Thread(target=act) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter(outcomes)

    with fresh_app.app_context():
        make_person(division=make_organization().divisions[0])
        db.session.commit()
    return at_once


def the_user():
    return db.session.scalars(select(User)).one()


def test_a_key_sets_one_password(fresh_app, at_once):
    with fresh_app.app_context():
        one_time_keys.make_code(user=the_user(), by=None, **TIMES)
        db.session.commit()
        mark = db.session.scalars(select(OneTimeKey.fingerprint)).one()

    def use():
        key = one_time_keys.of_fingerprint(mark, machine_now=MORNING)
        if key is None:
            raise KeyGone()
        passwords.set_by_key(key=key, password_hash="hashed", **TIMES)

    assert at_once(use) == {"done": 1, KeyGone: 3}


@pytest.fixture
def codes(fresh_app, at_once):
    """What lets in beside the password: a code that the app shows, and a recovery code."""
    with fresh_app.app_context():
        user = the_user()
        second_factors.begin(user=user, now=MORNING)
        app = TOTP(key=tokens.unseal(db.session.scalars(select(SecondFactor.sealed)).one()))
        before = app.generate(MORNING.timestamp() - 30).token
        recovery = second_factors.confirm(user=user, code=before, keep=None, **TIMES)
        db.session.commit()
    return {"app": app.generate(MORNING.timestamp()).token, "recovery": recovery[0]}


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_code_lets_one_in(fresh_app, at_once, codes, kind):
    def check():
        second_factors.check(user=the_user(), code=codes[kind], **TIMES)

    assert at_once(check) == {"done": 1, WrongCode: 3}
    with fresh_app.app_context():
        left = len(db.session.scalars(select(RecoveryCode)).all())
    assert left == (10 if kind == "app" else 9)


def test_many_who_sign_in_at_once_all_get_in(fresh_app, at_once):
    with fresh_app.app_context():
        username = the_user().username

    def sign_in():
        visitor = Visitor(fresh_app)
        token = visitor.get("/sign-in").token
        data = {"username": username, "password": PASSWORD, "csrf_token": token}
        return visitor.get("/sign-in", status=None, method="POST", data=data).status

    assert at_once(sign_in, count=8) == {302: 8}
    with fresh_app.app_context():
        assert len(db.session.scalars(select(UserSession)).all()) == 8
