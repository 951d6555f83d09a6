import re

import pytest
from sqlalchemy import select

from tests.doors import choose_password, turn_second_factor_on, use_code
from tracker.domain.sign_in import RecordKind
from tracker.extensions import db as database
from tracker.models import OneTimeKey, SignInRecord


@pytest.fixture
def command(app, people, clock):
    def command(*arguments):
        database.session.commit()
        return app.test_cli_runner().invoke(args=["sign-in-code", *arguments])

    return command


def code_in(done):
    return re.search(r"\w{5}-\w{5}", done.stdout.splitlines()[-1])[0]


def test_an_administrator_who_is_locked_out_gets_a_code_that_opens(command, people, visit):
    user = people.administrator.user
    done = command(user.username.upper())

    assert done.exit_code == 0
    assert user.username in done.stdout
    assert "/sign-in/code" in done.stdout
    visitor = visit()
    use_code(visitor, user.username, code_in(done))
    assert choose_password(visitor).h1 == "งานของฉัน"


def test_it_is_recorded_as_nobodys_who_was_signed_in(command, people):
    command(people.administrator.user.username)

    record = database.session.scalars(select(SignInRecord)).one()
    assert (record.kind, record.user_id, record.by_id) == (RecordKind.CODE_MADE, people.administrator.user_id, None)


def test_who_lost_the_telephone_too_can_be_let_in_without_it(command, people, visit):
    user = people.administrator.user
    turn_second_factor_on(user)
    done = command(user.username, "--reset-second-step")

    visitor = visit()
    use_code(visitor, user.username, code_in(done))
    assert choose_password(visitor).h1 == "งานของฉัน"


@pytest.mark.parametrize("username", ["nobody", "", "%"])
def test_an_unknown_name_is_said_in_words(command, username):
    done = command(username)

    assert (done.exit_code, done.stderr) == (1, "ไม่มีบัญชีชื่อนี้\n")
    assert database.session.scalars(select(OneTimeKey)).all() == []


def test_a_closed_account_gets_none(command, people):
    people.administrator.user.active = False

    assert command(people.administrator.user.username).exit_code == 1
