from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clocks import MORNING
from tests.factories import make_person
from tracker.domain.deliveries import DeliveryState
from tracker.domain.sign_in import KEY_LENGTH, KeyKind, RecordKind, Visit
from tracker.extensions import db as database
from tracker.models import Letter, OneTimeKey, ResetRequest, SignInRecord
from tracker.services import one_time_keys, tokens
from tracker.services import people as people_service

TIMES = {"now": MORNING, "machine_now": MORNING}


@pytest.fixture
def by(people):
    """The administrator at the computer of the office."""
    return {"by": people.administrator.user, "visit": Visit("10.0.0.1", "Chrome · Windows")} | TIMES


@pytest.fixture
def user(people):
    return people.member.user


def make_code(user, by):
    return one_time_keys.make_code(user=user, **by)


def opens(user, code, *, after=timedelta()):
    key = one_time_keys.of_code(written_name=user.username, written_code=code, machine_now=MORNING + after)
    return key is not None


def link_of(user):
    """Return the token in the latest letter to a person."""
    letter = database.session.scalars(
        select(Letter).where(Letter.user_id == user.id).order_by(Letter.id.desc())
    ).first()
    return tokens.unseal(letter.sealed)


def ask(written, *, at=MORNING):
    one_time_keys.ask_reset(written=written, visit=Visit("203.0.113.9"), now=at)
    for request in database.session.scalars(select(ResetRequest)):
        one_time_keys.answer(request=request, now=at, machine_now=at)


def records(user):
    return [(row.kind, row.by_id, row.address) for row in database.session.scalars(
        select(SignInRecord).where(SignInRecord.user_id == user.id).order_by(SignInRecord.id))]  # fmt: skip


def test_a_code_opens_the_account_it_was_made_for_and_no_other(user, by, people):
    code = make_code(user, by)

    assert opens(user, code)
    assert not opens(people.neighbour.user, code)
    assert records(user) == [(RecordKind.CODE_MADE, people.administrator.user_id, "10.0.0.1")]


def test_a_code_is_kept_as_a_fingerprint_only(user, by):
    code = make_code(user, by)
    key = database.session.scalars(select(OneTimeKey)).one()

    assert code not in repr({column.name: getattr(key, column.name) for column in OneTimeKey.__table__.columns})


def test_a_code_opens_for_seven_days(user, by):
    code = make_code(user, by)

    assert opens(user, code, after=timedelta(days=7, seconds=-1))
    assert not opens(user, code, after=timedelta(days=7))


def test_a_new_code_voids_older_ones_and_the_link_under_way(user, by):
    one_time_keys.invite(user=user, **by)
    link, first = link_of(user), make_code(user, by)
    second = make_code(user, by)

    assert not opens(user, first)
    assert opens(user, second)
    assert one_time_keys.of_link(link, machine_now=MORNING) is None
    letter = database.session.scalars(select(Letter)).one()
    database.session.refresh(letter)
    assert (letter.state, letter.sealed) == (DeliveryState.DROPPED, None)


def test_a_link_is_no_code_and_a_code_no_link(user, by):
    code = make_code(user, by)

    assert one_time_keys.of_link(code, machine_now=MORNING) is None
    assert one_time_keys.of_link(f"{user.id}:{code}", machine_now=MORNING) is None


def test_of_two_who_use_a_key_at_once_one_does(user, by):
    code = make_code(user, by)
    key = one_time_keys.of_code(written_name=user.username, written_code=code, machine_now=MORNING)

    assert one_time_keys.spend(key)
    assert not one_time_keys.spend(key)


def test_a_closed_account_opens_to_no_key_and_gets_none(user, by):
    code = make_code(user, by)
    user.active = False
    database.session.flush()

    assert not opens(user, code)
    with pytest.raises(one_time_keys.AccountClosed):
        make_code(user, by)
    with pytest.raises(one_time_keys.AccountClosed):
        one_time_keys.invite(user=user, **by)


def test_who_has_no_address_is_not_invited_by_mail(people, by):
    with pytest.raises(one_time_keys.NoAddress):
        one_time_keys.invite(user=make_person(has_email=False).user, **by)


def test_a_link_that_was_mailed_to_another_address_is_void_once_the_address_changes(user, by):
    one_time_keys.invite(user=user, **by)
    link = link_of(user)

    people_service.set_address(user=user, email=user.email)
    assert one_time_keys.of_link(link, machine_now=MORNING) is not None
    people_service.set_address(user=user, email="new@example.org")
    assert one_time_keys.of_link(link, machine_now=MORNING) is None


@pytest.mark.parametrize("name", ["username", "email"])
def test_who_forgot_the_password_gets_a_link_for_an_hour(user, name):
    ask(getattr(user, name).upper())

    link = link_of(user)
    assert one_time_keys.of_link(link, machine_now=MORNING + timedelta(minutes=59)).user_id == user.id
    assert one_time_keys.of_link(link, machine_now=MORNING + KEY_LENGTH[KeyKind.RESET]) is None
    assert records(user) == [(RecordKind.RESET_ASKED, None, "203.0.113.9")]


def test_of_those_who_do_not_exist_are_closed_or_have_no_address_nothing_is_left(people, user):
    user.active = False
    without = make_person(has_email=False).user
    for written in ("nobody", "", user.username, without.username, "x" * 5000):
        ask(written)

    for kind in (Letter, OneTimeKey, ResetRequest, SignInRecord):
        assert database.session.scalars(select(kind)).all() == []


def test_asking_again_and_again_fills_no_mailbox_and_voids_no_link(user):
    ask(user.username)
    link = link_of(user)
    for minute in range(10):
        ask(user.username, at=MORNING + timedelta(minutes=minute))

    assert len(database.session.scalars(select(Letter)).all()) == 1
    assert one_time_keys.of_link(link, machine_now=MORNING) is not None


def test_after_ten_minutes_a_new_link_replaces_the_old_one(user):
    ask(user.username)
    old = link_of(user)
    later = MORNING + timedelta(minutes=10)
    ask(user.username, at=later)

    assert one_time_keys.of_link(old, machine_now=later) is None
    assert one_time_keys.of_link(link_of(user), machine_now=later) is not None


def test_whoever_asks_from_outside_does_not_void_the_code_in_somebodys_hands(user, by):
    code = make_code(user, by)

    ask(user.username)

    assert opens(user, code)
