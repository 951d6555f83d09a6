from datetime import timedelta

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from tests.clocks import MORNING
from tracker.domain.sign_in import LetterKind, RecordKind, Visit, written_code
from tracker.extensions import db as database
from tracker.models import Letter, RecoveryCode, SecondFactor, SignInRecord, UserSession
from tracker.queries import accounts
from tracker.services import second_factors, sessions, tokens
from tracker.services.second_factors import AlreadyOn, WrongCode

HERE = Visit("10.0.0.1", "Chrome · Android")


@pytest.fixture
def user(people):
    return people.member.user


def shown(user, at=MORNING):
    """Return what the person's app shows at a moment."""
    factor = database.session.scalars(select(SecondFactor).where(SecondFactor.user_id == user.id)).one()
    return TOTP(key=tokens.unseal(factor.sealed)).generate(at.timestamp()).token


def confirm(user, code, at=MORNING, keep=None):
    return second_factors.confirm(user=user, code=code, keep=keep, visit=HERE, now=at, machine_now=at)


def check(user, code, at):
    second_factors.check(user=user, code=code, visit=HERE, now=at, machine_now=at)


@pytest.fixture
def codes(user):
    """The recovery codes of the person, who has turned the second factor on."""
    second_factors.begin(user=user, now=MORNING)
    return confirm(user, shown(user))


NEXT = MORNING + timedelta(seconds=30)


def test_before_a_code_of_the_app_was_written_nothing_is_asked_for(user):
    second_factors.begin(user=user, now=MORNING)

    assert not accounts.has_second_factor(user.id)
    with pytest.raises(WrongCode):
        check(user, shown(user), MORNING)


def begin_session(user):
    session, _ = sessions.begin(user=user, visit=HERE, now=MORNING, machine_now=MORNING)
    database.session.flush()
    return session


def test_turning_it_on_ends_every_other_session_of_the_person_alone(user, people):
    here, elsewhere, colleague = (begin_session(one) for one in (user, user, people.neighbour.user))
    second_factors.begin(user=user, now=MORNING)

    confirm(user, shown(user), keep=here)

    left = set(database.session.scalars(select(UserSession.id)))
    assert {here.id, colleague.id} <= left
    assert elsewhere.id not in left


def test_a_wrong_code_ends_no_session(user):
    session = begin_session(user)
    second_factors.begin(user=user, now=MORNING)

    with pytest.raises(WrongCode):
        confirm(user, "")
    assert session.id in set(database.session.scalars(select(UserSession.id)))


def test_a_wrong_code_turns_nothing_on(user):
    second_factors.begin(user=user, now=MORNING)
    wrong = f"{(int(shown(user)) + 1) % 10**6:06}"

    for code in (wrong, "", "abc", "1234567", "๑๒๓"):
        with pytest.raises(WrongCode):
            confirm(user, code)
    assert not accounts.has_second_factor(user.id)


def test_it_is_on_once_confirmed_and_cannot_be_begun_or_confirmed_again(user, codes):
    assert accounts.has_second_factor(user.id)
    with pytest.raises(AlreadyOn):
        second_factors.begin(user=user, now=MORNING)
    with pytest.raises(AlreadyOn):
        confirm(user, shown(user, NEXT), NEXT)


def test_the_code_of_the_moment_lets_in_once(user, codes):
    check(user, shown(user, NEXT), NEXT)

    with pytest.raises(WrongCode):
        check(user, shown(user, NEXT), NEXT)


def test_the_code_that_turned_it_on_does_not_let_in_as_well(user, codes):
    with pytest.raises(WrongCode):
        check(user, shown(user), MORNING)


def test_a_code_before_the_last_one_taken_lets_nobody_in(user, codes):
    later = MORNING + timedelta(minutes=5)
    check(user, shown(user, later), later)

    with pytest.raises(WrongCode):
        check(user, shown(user, later - timedelta(seconds=30)), later)


@pytest.mark.parametrize(("drift", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephone_may_be_one_step_behind_or_ahead(user, codes, drift, is_right):
    at = MORNING + timedelta(hours=1)
    code = shown(user, at + timedelta(seconds=drift))

    if is_right:
        check(user, code, at)
    else:
        with pytest.raises(WrongCode):
            check(user, code, at)


def test_a_code_may_be_written_with_a_space_and_in_thai_digits(user, codes):
    code = shown(user, NEXT).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    check(user, f"{code[:3]} {code[3:]}", NEXT)


def test_each_recovery_code_lets_in_once(user, codes):
    assert len(set(codes)) == 10
    check(user, written_code(codes[0], group=4).upper(), NEXT)

    with pytest.raises(WrongCode):
        check(user, codes[0], NEXT)
    check(user, codes[1], NEXT)
    assert accounts.recovery_codes_left(user.id) == 8


def test_new_recovery_codes_void_the_old_ones(user, codes):
    new = second_factors.renew_recovery_codes(user=user, visit=HERE, now=MORNING)

    assert not set(new) & set(codes)
    with pytest.raises(WrongCode):
        check(user, codes[0], NEXT)
    check(user, new[0], NEXT)


def test_without_a_second_factor_there_are_no_recovery_codes(user):
    with pytest.raises(WrongCode):
        second_factors.renew_recovery_codes(user=user, visit=HERE, now=MORNING)


def test_the_recovery_code_of_another_person_lets_nobody_in(user, codes, people):
    other = people.neighbour.user
    second_factors.begin(user=other, now=MORNING)
    others = confirm(other, shown(other))

    with pytest.raises(WrongCode):
        check(user, others[0], NEXT)


def test_neither_secret_nor_codes_are_kept_in_clear(user, codes):
    factor = accounts.second_factor(user.id)
    secret = tokens.unseal(factor.sealed)

    assert secret not in factor.sealed
    kept = {row.fingerprint for row in database.session.scalars(select(RecoveryCode))}
    assert not kept & set(codes)


def test_with_another_secret_of_the_installation_no_code_is_right_and_nothing_breaks(user, codes, app, monkeypatch):
    code = shown(user, NEXT)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret than before")

    with pytest.raises(WrongCode):
        check(user, code, NEXT)


def test_the_app_is_told_whose_account_it_is(user):
    second_factors.begin(user=user, now=MORNING)
    setup = second_factors.setup(accounts.second_factor(user.id), user=user)

    assert setup.uri.startswith("otpauth://totp/")
    assert user.username in setup.uri
    assert setup.letters.replace(" ", "") in setup.uri


def test_turning_it_off_forgets_the_secret_and_the_codes_and_says_who_did_it(user, codes, people):
    administrator = people.administrator.user
    second_factors.end(user=user, by=administrator, visit=HERE, now=MORNING, machine_now=MORNING)

    assert accounts.second_factor(user.id) is None
    assert accounts.recovery_codes_left(user.id) == 0
    last = database.session.scalars(select(SignInRecord).order_by(SignInRecord.id.desc())).first()
    assert (last.kind, last.user_id, last.by_id) == (RecordKind.SECOND_FACTOR_RESET, user.id, administrator.id)
    assert database.session.scalars(select(Letter.kind)).all() == [LetterKind.SECOND_FACTOR_ENDED]


def test_turning_off_what_is_not_on_leaves_no_trace(user):
    second_factors.end(user=user, by=user, visit=HERE, now=MORNING, machine_now=MORNING)

    assert database.session.scalars(select(SignInRecord)).all() == []
